/** Lessons for tests, and what they are gone through with. */
import { readLesson, type Lesson } from '#plan';
import { buildMemoryStore } from '#storage';
import { Practice, type LessonParts } from '#session';
import { anAnalyst } from '#tests/analyst';
import { aPlan } from '#tests/builders';

/** Opens practices as the app does, with time that stands still. */
export const practise: LessonParts['practise'] = (engine, scenario, bounds, look) =>
  new Practice(
    {
      engine,
      store: buildMemoryStore(),
      analyst: anAnalyst(),
      now: () => 0,
      later: () => () => undefined,
      originMark: () => '',
    },
    scenario,
    bounds,
    look,
  );

/** A plan of two drivers and two results. */
export const smallPlan = aPlan()
  .periods(2019, 2020, 2023)
  .driver('growth', '10%', { unit: '%', decimals: 1 })
  .driver('share', '50%', { unit: '%', decimals: 1 })
  .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)', { unit: '亿元', decimals: 1 })
  .line('green', {}, 'loans * share', { unit: '亿元', decimals: 1 })
  .build();

const both = (text: string) => ({ zh: text, en: text });

/** A lesson on it with a step of every kind. */
export function smallLesson(): Lesson {
  const read = readLesson(
    {
      format: 1,
      id: 'small',
      plan: smallPlan.id,
      title: both('small'),
      summary: both('about growth'),
      minutes: 5,
      steps: [
        { kind: 'read', id: 'hello', title: both('hello'), story: both('a story'), drivers: both('drivers') },
        {
          kind: 'predict',
          id: 'guess',
          title: both('guess'),
          story: both('how much'),
          guess: { of: 'number', line: 'loans', period: 2023 },
          within: 0.01,
          reveal: [{ line: 'growth', set: 0.2 }],
          mistakes: [{ formula: 'loans[2020] * 1.6', text: both('added, not multiplied') }],
          hints: [{ text: both('multiply') }],
        },
        {
          kind: 'predict',
          id: 'course',
          title: both('course'),
          story: both('how it goes'),
          afresh: true,
          guess: { of: 'curve', line: 'loans', from: 2021, to: 2023 },
          within: 0.01,
        },
        {
          kind: 'task',
          id: 'reach',
          title: both('reach'),
          story: both('bring green to 90'),
          changes: [{ line: 'growth', set: 0.2 }],
          levers: [{ line: 'share', min: 0.2, max: 0.7 }, { line: 'growth' }],
          success: { formula: 'green[2023] >= 90', onlyMoved: ['share'] },
          hints: [
            { when: { formula: 'green[2023] < 88' }, text: both('too low') },
            { text: both('more') },
            { text: both('even more') },
          ],
        },
        {
          kind: 'find',
          id: 'find',
          title: both('find'),
          story: both('where'),
          changes: [{ line: 'loans', from: 2022, to: 2022, set: 5 }],
          faults: [{ line: 'loans', period: 2022, explain: both('planted') }],
        },
      ],
    },
    smallPlan,
  );
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value;
}
