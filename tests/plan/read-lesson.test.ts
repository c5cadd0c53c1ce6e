/** A lesson that does not fit its plan is refused, and says where. */
import { describe, expect, it } from 'vitest';
import { readLesson } from '#plan';
import { aPlan } from '#tests/builders';

const both = { zh: '文', en: 'Text' };
const plan = aPlan()
  .driver('growth', '0.1')
  .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)')
  .target('loans', 150)
  .build();
const step = { kind: 'read', id: 'one', title: both, story: both };
const lesson = {
  format: 1,
  id: 'trial',
  plan: plan.id,
  title: both,
  summary: both,
  minutes: 5,
  steps: [step],
};

function problemsOf(json: unknown): string[] {
  const read = readLesson(json, plan);
  return read.ok ? [] : read.problems.map(({ code, place }) => `${code} ${place.path ?? ''}`.trimEnd());
}
const withStep = (more: object) => problemsOf({ ...lesson, steps: [{ ...step, ...more }] });
const task = { kind: 'task', success: { formula: 'loans > 1' } };

it('reads a lesson, with and without its plan', () => {
  expect(problemsOf(lesson)).toEqual([]);
  expect(readLesson({ ...lesson, plan: 'elsewhere' })).toMatchObject({
    ok: true,
    value: { plan: 'elsewhere' },
  });
});

describe('refuses', () => {
  it.each([
    ['what is no object', [], ['lesson_not_object']],
    ['a newer format', { ...lesson, format: 2 }, ['lesson_newer_format format']],
    ['a key that is not known', { ...lesson, author: 'somebody' }, ['plan_key_unknown author']],
    ['a lesson without steps', { ...lesson, steps: [] }, ['plan_length steps']],
    ['a lesson of another plan', { ...lesson, plan: 'elsewhere' }, ['lesson_other_plan plan']],
    [
      'a scenario that the plan has not',
      { ...lesson, scenario: 'nowhere' },
      ['plan_unknown_reference scenario'],
    ],
    ['two steps of one id', { ...lesson, steps: [step, step] }, ['plan_duplicate_id steps[1].id']],
  ])('%s', (_, json, wanted) => {
    expect(problemsOf(json)).toEqual(wanted);
  });

  it.each([
    [
      'a line to show',
      { show: { view: 'chart', lines: ['nowhere'] } },
      ['plan_unknown_reference steps[0].show.lines[0]'],
    ],
    [
      'a cell to explain',
      { show: { view: 'explain', cell: { line: 'loans', period: 2030 } } },
      ['plan_period_outside steps[0].show.cell.period'],
    ],
    ['a lever without a range', { levers: [{ line: 'loans' }] }, ['lesson_no_lever steps[0].levers[0]']],
    ['crossed bounds', { levers: [{ line: 'growth', min: 1 }] }, ['lesson_bounds steps[0].levers[0]']],
    [
      'a change of a line that is not there',
      { changes: [{ line: 'nowhere', set: 1 }] },
      ['plan_unknown_reference steps[0].changes[0].line'],
    ],
    [
      'a span that ends before it begins',
      { changes: [{ line: 'loans', from: 2024, to: 2022, set: 1 }] },
      ['lesson_span steps[0].changes[0]'],
    ],
    [
      'a change of two kinds',
      { changes: [{ line: 'loans', set: 1, add: 2 }] },
      ['plan_shape steps[0].changes[0]'],
    ],
    ['an empty predicate', { kind: 'task', success: {} }, ['plan_shape steps[0].success']],
    [
      'a target that is not there',
      { kind: 'task', success: { met: [{ line: 'loans', period: 2024 }] } },
      ['lesson_no_target steps[0].success.met[0]'],
    ],
    [
      'a hint about a line that is not there',
      { ...task, hints: [{ when: { onlyMoved: ['nowhere'] }, text: both }] },
      ['plan_unknown_reference steps[0].hints[0].when.onlyMoved[0]'],
    ],
    [
      'a guess outside of the plan',
      { kind: 'predict', within: 0.1, guess: { of: 'curve', line: 'loans', from: 2021, to: 2026 } },
      ['plan_period_outside steps[0].guess.to'],
    ],
    [
      'a fault on a line that is not there',
      { kind: 'find', faults: [{ line: 'nowhere', explain: both }] },
      ['plan_unknown_reference steps[0].faults[0].line'],
    ],
    ['a text in one language', { story: { zh: '文' } }, ['plan_key_missing steps[0].story.en']],
  ])('%s', (_, more, wanted) => {
    expect(withStep(more)).toEqual(wanted);
  });
});
