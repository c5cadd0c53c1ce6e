/** What a lesson asks of the model, and how answers are judged. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PLAIN } from '#quantity';
import type { Lesson, LessonStep, Scenario } from '#plan';
import { buildEngine } from '#engine';
import {
  checkPredicate,
  findMistake,
  guessTruth,
  judgeGuess,
  judgePoint,
  lessonState,
  pickHint,
  rehearse,
  stepLevers,
  stepScenario,
  type GuessTruth,
} from '#analysis';
import { aPlan, aScenario } from '#tests/builders';
import { plans } from '../engine/random-plans.ts';

const both = (text: string) => ({ zh: text, en: text });
const plan = aPlan()
  .driver('growth', '0.1')
  .driver('share', '0.2')
  .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)')
  .line('green', {}, 'loans * share')
  .line('broken', {}, 'green / (share - share)')
  .line('empty')
  .target('loans', 150)
  .target('broken', 1)
  .build();
const engine = buildEngine(plan);
const nothing = aScenario();
const stateOf = (changes: Scenario['changes'] = []) => lessonState(engine, { ...nothing, changes }, nothing);

const words = { title: both('Title'), story: both('Story') };
const lessonOf = (...steps: LessonStep[]): Lesson => ({
  format: 1,
  id: 'trial',
  plan: plan.id,
  title: both('Trial'),
  summary: both('A trial.'),
  minutes: 5,
  steps,
});

describe('a predicate', () => {
  it('tells each condition that "and" joins, with the values of both sides', () => {
    const { answer, parts } = checkPredicate(stateOf(), {
      formula: 'loans[2025] >= 150 and 20% < share[2025] + 1%',
    });
    expect(answer).toBe('yes');
    expect(parts).toMatchObject([
      { kind: 'condition', answer: 'yes', compared: { operator: '>=', right: 150, line: 'loans' } },
      {
        kind: 'condition',
        answer: 'yes',
        compared: { left: 0.2, operator: '<', right: expect.closeTo(0.21, 12) as number },
      },
    ]);
  });

  it('needs all of its parts, and one of several that it calls any', () => {
    const low = stateOf([{ line: 'growth', set: 0.01 }]);
    expect(
      checkPredicate(low, { formula: 'loans > 100', met: [{ line: 'loans', period: 2025 }] }).answer,
    ).toBe('no');
    expect(checkPredicate(low, { missed: [{ line: 'loans', period: 2025 }] }).answer).toBe('yes');
    expect(checkPredicate(low, { any: ['loans > 150', 'loans > 100'] }).answer).toBe('yes');
    expect(checkPredicate(low, { any: ['loans > 150', 'green > 100'] }).answer).toBe('no');
    expect(checkPredicate(low, { any: ['loans > 150', 'broken > 1'] }).answer).toBe('unknown');
  });

  it('names what was moved and should not have been; what was typed as it was is not moved', () => {
    const moved = stateOf([
      { line: 'growth', set: 0.2 },
      { line: 'share', add: 0.01 },
    ]);
    expect(checkPredicate(moved, { onlyMoved: ['growth'] })).toMatchObject({
      answer: 'no',
      parts: [{ others: ['share'] }],
    });
    expect(checkPredicate(moved, { onlyMoved: ['growth', 'share'] }).answer).toBe('yes');
    expect(checkPredicate(stateOf(), { onlyMoved: [] }).answer).toBe('yes');
  });

  it.each([
    ['broken > 1', 'lesson_formula_failed'],
    ['empty > 1', 'lesson_formula_missing'],
    ['loans', 'lesson_not_condition'],
    ['nowhere > 1', 'formula_unknown_name'],
    ['loans >', 'formula_syntax'],
  ])('has no answer for %s, and says why: %s', (formula, code) => {
    const { answer, problems } = checkPredicate(stateOf(), { formula });
    expect(answer).toBe('unknown');
    expect(problems.map((one) => one.code)).toEqual([code]);
  });

  it('has no answer for a target without a number, and none for one that is not there', () => {
    expect(checkPredicate(stateOf(), { met: [{ line: 'broken', period: 2025 }] })).toMatchObject({
      answer: 'unknown',
      problems: [{ code: 'lesson_formula_failed' }],
    });
    expect(checkPredicate(stateOf(), { missed: [{ line: 'green', period: 2024 }] })).toMatchObject({
      answer: 'unknown',
      problems: [{ code: 'lesson_no_target' }],
    });
  });

  it('is no where one part is, whatever is unknown beside it', () => {
    expect(checkPredicate(stateOf(), { formula: 'loans < 1 and broken > 1' }).answer).toBe('no');
  });

  it('never throws, whatever it says and whatever the plan', () => {
    const texts = fc.oneof(
      fc.string({ minLength: 1, maxLength: 30 }),
      fc
        .array(fc.constantFrom('l0', 'l1', '[2020]', '[t-1]', '/', '0', '>', 'and', '(', ')', 'sum', '%'), {
          minLength: 1,
          maxLength: 8,
        })
        .map((parts) => parts.join(' ')),
    );
    const cells = fc.record({
      line: fc.constantFrom('l0', 'l1', 'nowhere'),
      period: fc.integer({ min: 1990, max: 2060 }),
    });
    const predicates = fc.record({
      formula: texts,
      any: fc.array(texts, { minLength: 1, maxLength: 3 }),
      met: fc.array(cells, { maxLength: 2 }),
      missed: fc.array(cells, { maxLength: 2 }),
      onlyMoved: fc.array(fc.constantFrom('l0', 'nowhere'), { maxLength: 2 }),
    });
    fc.assert(
      fc.property(plans, predicates, (random, predicate) => {
        const { answer, parts } = checkPredicate(
          lessonState(buildEngine(random), aScenario(), aScenario()),
          predicate,
        );
        expect(['yes', 'no', 'unknown']).toContain(answer);
        if (answer === 'yes') expect(parts.every((part) => part.answer === 'yes')).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a hint', () => {
  const hints = [
    { text: both('first') },
    { when: { formula: 'growth[2025] < 5%' }, text: both('too low') },
    { when: { formula: 'broken > 0' }, text: both('never') },
    { text: both('second') },
  ];
  it('is the first that fits; else the general ones, one more with each try', () => {
    expect(pickHint(stateOf([{ line: 'growth', set: 0.01 }]), hints, 3)?.text.en).toBe('too low');
    expect([1, 2, 3].map((tries) => pickHint(stateOf(), hints, tries)?.text.en)).toEqual([
      'first',
      'second',
      'second',
    ]);
    expect(pickHint(stateOf(), hints.slice(2, 3), 1)).toBeUndefined();
  });
});

describe('a guess', () => {
  const truthOf = (...values: GuessTruth['points'][number]['value'][]): GuessTruth => ({
    unit: PLAIN,
    points: values.map((value, index) => ({ period: 2021 + index, value })),
  });

  it('is right within its share of the true number', () => {
    expect(judgeGuess(truthOf(200), [204], 0.02)).toMatchObject({ answer: 'right', side: 'high', off: 0.02 });
    expect(judgeGuess(truthOf(200), [195], 0.02)).toMatchObject({ answer: 'wrong', side: 'low' });
    expect(judgeGuess(truthOf(-200), [-200], 0.02)).toMatchObject({ answer: 'right', side: 'same', off: 0 });
    expect(judgeGuess(truthOf(0), [0.001], 0.02)).toMatchObject({ answer: 'wrong', off: Infinity });
    expect(judgeGuess(truthOf(0), [0], 0.02).answer).toBe('right');
  });

  it('of a course is measured by its farthest point and the largest true number', () => {
    const result = judgeGuess(truthOf(10, 50, 100), [15, 50, 97], 0.05);
    expect(result).toMatchObject({ answer: 'right', side: 'both', off: 0.05 });
    expect(result.points.map(({ difference }) => difference)).toEqual([5, 0, -3]);
    expect(judgeGuess(truthOf(10, 50), [10, null], 0.05)).toMatchObject({ answer: 'wrong', off: Infinity });
  });

  it('cannot be judged where the model has no number, and is not asked in years without one', () => {
    const failing = engine.calculate(nothing).value('broken', 2025);
    expect(judgeGuess(truthOf(null), [1], 0.05).answer).toBe('unknown');
    expect(judgeGuess(truthOf(1, failing), [1, 1], 0.05).answer).toBe('unknown');
    expect(judgeGuess(truthOf(null, 10), [null, 10], 0.05).answer).toBe('right');
  });

  it('is about a cell, a course or a formula of the last period', () => {
    const calculation = engine.calculate(nothing);
    expect(guessTruth(engine, calculation, { of: 'number', line: 'loans', period: 2021 }).points).toEqual([
      { period: 2021, value: expect.closeTo(110, 10) as number },
    ]);
    const course = guessTruth(engine, calculation, { of: 'curve', line: 'green', from: 2021, to: 2023 });
    expect(course.points.map(({ period }) => period)).toEqual([2021, 2022, 2023]);
    const rate = guessTruth(engine, calculation, {
      of: 'formula',
      formula: 'YOY(loans)',
      unit: '%',
      decimals: 1,
    });
    expect(rate).toMatchObject({
      unit: { shown: 100 },
      decimals: 1,
      points: [{ period: 2025, value: expect.closeTo(0.1, 10) as number }],
    });
  });

  it('that a known wrong way gives is told where that way errs; a right one is not', () => {
    const step = {
      kind: 'predict',
      id: 'one',
      ...words,
      guess: { of: 'number', line: 'loans', period: 2025 },
      within: 0.02,
      mistakes: [
        { formula: 'broken', text: both('never') },
        { formula: 'loans[2020] * (1 + 5 * 10%)', text: both('added') },
      ],
    } satisfies LessonStep;
    const before = engine.calculate(nothing);
    const truth = before.value('loans', 2025);
    expect(findMistake(engine, before, step, 150, truth)?.text.en).toBe('added');
    expect(findMistake(engine, before, step, 161, truth)).toBeUndefined();
    expect(findMistake(engine, before, step, 130, truth)).toBeUndefined();
  });
});

it('what is pointed at is a fault, its line in another year, or nothing', () => {
  const step = {
    kind: 'find',
    id: 'one',
    ...words,
    faults: [
      { line: 'loans', period: 2022, explain: both('here') },
      { line: 'share', explain: both('there') },
    ],
  } satisfies LessonStep;
  expect(judgePoint(step, { line: 'loans', period: 2022 })).toEqual({ hit: 'fault', fault: 0 });
  expect(judgePoint(step, { line: 'loans', period: 2023 })).toEqual({ hit: 'line', fault: 0 });
  expect(judgePoint(step, { line: 'loans' })).toEqual({ hit: 'line', fault: 0 });
  expect(judgePoint(step, { line: 'share', period: 2025 })).toEqual({ hit: 'fault', fault: 1 });
  expect(judgePoint(step, { line: 'green' })).toEqual({ hit: 'nothing' });
});

describe('the scenario of a step', () => {
  const lesson = lessonOf(
    { kind: 'read', id: 'one', ...words, changes: [{ line: 'growth', set: 0.2 }] },
    {
      kind: 'predict',
      id: 'two',
      ...words,
      guess: { of: 'number', line: 'loans', period: 2025 },
      within: 0.1,
      reveal: [{ line: 'share', set: 0.3 }],
    },
    {
      kind: 'task',
      id: 'three',
      ...words,
      success: { formula: 'loans > 1000' },
      solution: [{ line: 'growth', set: 0.9 }],
    },
    { kind: 'read', id: 'four', ...words, afresh: true, changes: [{ line: 'share', set: 0.4 }] },
  );
  const levels = (step: number, moment?: Parameters<typeof stepScenario>[2]) => {
    const calculation = engine.calculate(stepScenario(lesson, step, moment), [nothing]);
    return ['growth', 'share'].map((line) => calculation.value(line, 2025));
  };
  it('keeps what the lesson changed and revealed, until it begins afresh', () => {
    expect(levels(0)).toEqual([0.2, 0.2]);
    expect([levels(1), levels(1, 'revealed')]).toEqual([
      [0.2, 0.2],
      [0.2, 0.3],
    ]);
    expect([levels(2), levels(2, 'solved')]).toEqual([
      [0.2, 0.3],
      [0.9, 0.3],
    ]);
    expect(levels(3)).toEqual([0.1, 0.4]);
  });

  it('has levers within the lesson’s bounds, else the plan’s', () => {
    const step = {
      kind: 'read',
      id: 'one',
      ...words,
      levers: [
        { line: 'growth', max: 0.5 },
        { line: 'loans', min: 0, max: 200 },
      ],
    } satisfies LessonStep;
    expect(stepLevers(plan, step)).toEqual([
      { line: 'growth', min: -1, max: 0.5, step: 0.01 },
      { line: 'loans', min: 0, max: 200, step: 2 },
    ]);
  });
});

describe('a rehearsal', () => {
  const problemsOf = (step: LessonStep) =>
    rehearse(engine, lessonOf(step), [nothing]).map(({ code, place }) => `${code} ${place.path ?? ''}`);
  const task = { kind: 'task' as const, id: 'one', ...words, levers: [{ line: 'growth', max: 0.5 }] };
  const predict = { kind: 'predict', id: 'one', ...words, within: 0.02 } as const;

  it('finds nothing in a lesson that can be done', () => {
    expect(
      problemsOf({ ...task, success: { formula: 'loans > 200' }, solution: [{ line: 'growth', set: 0.2 }] }),
    ).toEqual([]);
    expect(problemsOf({ ...predict, guess: { of: 'curve', line: 'loans', from: 2021, to: 2025 } })).toEqual(
      [],
    );
  });

  it.each([
    [
      'a task that is done before it begins',
      { ...task, success: { formula: 'loans > 100' }, solution: [{ line: 'growth', set: 0.2 }] },
      ['lesson_done_at_start steps[0].success'],
    ],
    [
      'a task without a solution',
      { ...task, success: { formula: 'loans > 200' } },
      ['lesson_no_solution steps[0]'],
    ],
    [
      'a solution that fails',
      { ...task, success: { formula: 'loans > 200' }, solution: [{ line: 'growth', set: 0.11 }] },
      ['lesson_solution_fails steps[0].solution'],
    ],
    [
      'a solution beyond the lever',
      { ...task, success: { formula: 'loans > 200' }, solution: [{ line: 'growth', set: 0.6 }] },
      ['lesson_solution_lever steps[0].solution'],
    ],
    [
      'a condition that cannot be read',
      { ...task, success: { formula: 'loan > 200' } },
      ['formula_unknown_name steps[0].success', 'lesson_no_solution steps[0]'],
    ],
    [
      'a hint that cannot be asked',
      {
        ...task,
        success: { formula: 'loans > 200' },
        solution: [{ line: 'growth', set: 0.2 }],
        hints: [{ when: { formula: 'broken > 1' }, text: both('hint') }],
      },
      ['lesson_formula_failed steps[0].hints[0].when'],
    ],
    [
      'a guess without a number',
      { ...predict, guess: { of: 'number', line: 'broken', period: 2025 } },
      ['lesson_guess_unknown steps[0].guess'],
    ],
    [
      'a guess in a unit that is not known',
      { ...predict, guess: { of: 'formula', formula: 'loans', unit: 'furlongs' } },
      ['plan_unknown_unit steps[0].guess.unit'],
    ],
    [
      'a mistake that is right',
      {
        ...predict,
        guess: { of: 'number', line: 'loans', period: 2020 },
        mistakes: [{ formula: '101', text: both('no') }],
      },
      ['lesson_mistake_right steps[0].mistakes[0].formula'],
    ],
    [
      'a planted formula that cannot be read',
      { kind: 'read', id: 'one', ...words, changes: [{ line: 'green', formula: 'loans *' }] },
      ['formula_syntax steps[0].changes[0].formula'],
    ],
  ] as const satisfies readonly (readonly [string, LessonStep, readonly string[]])[])(
    'finds %s',
    (_, step, wanted) => {
      expect(problemsOf(step)).toEqual(wanted);
    },
  );
});
