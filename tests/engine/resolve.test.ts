/** What a cell is worth: the order in which override, actual, figure and formula speak. */
import { describe, expect, it } from 'vitest';
import { buildEngine, layersOf } from '#engine';
import type { Scenario } from '#plan';
import { aPlan, aScenario } from '#tests/builders';

const plan = aPlan()
  .line('loans', { 2019: 90, 2020: 100 }, 'loans[t-1] * (1 + growth)')
  .driver('growth', '10%')
  .line('double', {}, 'loans * 2')
  .build();
const engine = buildEngine(plan);

const valuesOf = (scenario: Scenario, others: readonly Scenario[] = []) =>
  engine
    .calculate(scenario, [...plan.scenarios, ...others])
    .series('loans')
    .slice(1)
    .map((value) => (typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value));

// 2019 … 2025 on the plan's own: 90, 100, then 10 % a year
const OWN = [90, 100, 110, 121, 133.1, 146.41, 161.051];

describe('what decides a cell', () => {
  it('is the figure where something was observed, else the formula', () => {
    expect(valuesOf(aScenario())).toEqual(OWN);
  });

  it('is an actual before a figure and a formula, and the projection rolls on from it', () => {
    expect(valuesOf(aScenario({ actuals: { loans: { 2020: 102, 2021: 120 } } }))).toEqual([
      90, 102, 120, 132, 145.2, 159.72, 175.692,
    ]);
  });

  it('is the scenario’s own value before an actual', () => {
    const scenario = aScenario({ values: { loans: { 2021: 130 } }, actuals: { loans: { 2021: 120 } } });
    expect(valuesOf(scenario)[2]).toBe(130);
  });

  it('is what it was again when a scenario takes back what it said of the last period', () => {
    // the plan's formula holds to the end; the scenario parts from it in one period, at the end
    const plain = aScenario();
    const late = aScenario({ values: { loans: { 2025: 7 } } });
    const calculation = engine.calculate(plain, plan.scenarios);
    engine.revise(calculation, late);
    expect(calculation.value('loans', 2025)).toBe(7);
    expect(calculation.rule('loans', 2025)?.base.kind).toBe('override');
    expect(calculation.rule('loans', 2026)).toBeUndefined();
    expect(engine.revise(calculation, plain).changed).toEqual(['loans', 'double']);
    expect(calculation.value('loans', 2025)).toBeCloseTo(161.051, 9);
    expect(calculation.rule('loans', 2025)?.base.kind).toBe('formula');
  });

  it('is the scenario’s formula before the plan’s, after the base', () => {
    expect(valuesOf(aScenario({ changes: [{ line: 'loans', formula: 'loans[t-1] + 5' }] }))).toEqual([
      90, 100, 105, 110, 115, 120, 125,
    ]);
  });

  it('is missing where nothing says anything, and missing travels', () => {
    const calculation = engine.calculate(aScenario());
    expect(calculation.value('loans', 2018)).toBeNull();
    expect(calculation.value('double', 2018)).toBeNull();
    expect(calculation.value('growth', 2020)).toBeNull();
  });
});

describe('changes over a span', () => {
  it.each<[string, Scenario['changes'], number[]]>([
    ['set', [{ line: 'loans', set: 7 }], [90, 100, 7, 7, 7, 7, 7]],
    [
      'set in a span',
      [{ line: 'loans', from: 2022, to: 2023, set: 200 }],
      [90, 100, 110, 200, 200, 220, 242],
    ],
    // each year's result is raised by 1 and the next grows from it: 111, 123.1, 136.41, 151.051, 167.1561
    ['add', [{ line: 'loans', add: 1 }], [90, 100, 111, 123.1, 136.41, 151.051, 167.1561]],
    [
      'scale in a span',
      [{ line: 'loans', from: 2025, scale: 2 }],
      [90, 100, 110, 121, 133.1, 146.41, 322.102],
    ],
    // 3 % a year in 2022 and 2023, then as the base: 110, 113.3, 116.699, 128.3689, 141.20579
    [
      'growth, then as the base',
      [{ line: 'loans', from: 2022, to: 2023, growth: 0.03 }],
      [90, 100, 110, 113.3, 116.699, 128.3689, 141.20579],
    ],
    [
      'a level that stands before an addition',
      [
        { line: 'loans', from: 2022, to: 2023, set: 200 },
        { line: 'loans', from: 2022, to: 2023, add: 1 },
      ],
      // 201 × 1.1 = 221.1, × 1.1 = 243.21
      [90, 100, 110, 201, 201, 221.1, 243.21],
    ],
    [
      'not an addition that stands before a level',
      [
        { line: 'loans', from: 2022, to: 2023, add: 1 },
        { line: 'loans', from: 2022, to: 2023, set: 200 },
      ],
      [90, 100, 110, 200, 200, 220, 242],
    ],
    [
      'add touches history only where the span names it',
      [{ line: 'loans', from: 2020, to: 2020, add: 10 }],
      [90, 110, 121, 133.1, 146.41, 161.051, 177.1561],
    ],
  ])('%s', (_, changes, expected) =>
    expect(valuesOf(aScenario({ changes: changes ?? [] }))).toEqual(expected),
  );
});

describe('scenarios on scenarios', () => {
  const base: Scenario = {
    id: 'low',
    name: { zh: '低', en: 'Low' },
    basedOn: 'plan',
    changes: [{ line: 'growth', set: 0 }],
  };

  it('inherits what it does not say itself', () => {
    expect(valuesOf(aScenario({ basedOn: 'low' }), [base])).toEqual([90, 100, 100, 100, 100, 100, 100]);
  });

  it('overrides what it does say', () => {
    const scenario = aScenario({ basedOn: 'low', values: { growth: { 2021: 0.5 } } });
    expect(valuesOf(scenario, [base])).toEqual([90, 100, 150, 150, 150, 150, 150]);
  });

  it('replaces a farther value by a nearer formula', () => {
    const scenario = aScenario({ basedOn: 'low', changes: [{ line: 'growth', formula: '25% * 2' }] });
    expect(valuesOf(scenario, [base])[2]).toBe(150);
  });

  it('works on what the farther one has set', () => {
    const scenario = aScenario({ basedOn: 'low', changes: [{ line: 'growth', add: 0.1 }] });
    expect(valuesOf(scenario, [base])).toEqual(OWN);
  });
});

describe('a stack', () => {
  const named = (id: string, more: Partial<Scenario> = {}): Scenario => ({ ...aScenario(more), id });
  const namesOf = (scenario: Scenario, others: readonly Scenario[]) =>
    layersOf(scenario, [...plan.scenarios, ...others]).map(({ id }) => id);

  it('lies between a scenario and its base, each part on what it builds on', () => {
    const parts = [
      named('low'),
      named('lower', { basedOn: 'low' }),
      named('green'),
      named('mixed', { basedOn: 'green', stack: ['low'] }),
    ];
    expect(namesOf(named('trial', { stack: ['green', 'lower'] }), parts)).toEqual([
      'trial',
      'green',
      'lower',
      'low',
      'plan',
    ]);
    // what occurs twice lies where it is farthest: low under lower, not beside green
    expect(namesOf(named('trial', { stack: ['low', 'green', 'lower'] }), parts)).toEqual([
      'trial',
      'green',
      'lower',
      'low',
      'plan',
    ]);
    expect(namesOf(named('trial', { stack: ['mixed'], basedOn: 'lower' }), parts)).toEqual([
      'trial',
      'mixed',
      'green',
      'lower',
      'low',
      'plan',
    ]);
  });

  it('passes over what is not there, and ends a circle where it closes', () => {
    const a = named('a', { stack: ['b', 'nowhere'] });
    const b = named('b', { basedOn: 'a' });
    expect(namesOf(a, [a, b])).toEqual(['a', 'b', 'plan']);
  });

  it('lets the nearer part win, and a change of it work on the farther one', () => {
    const low = named('low', { changes: [{ line: 'growth', set: 0 }] });
    const points = named('points', { changes: [{ line: 'growth', add: 0.1, from: 2022, to: 2022 }] });
    const high = named('high', { changes: [{ line: 'growth', set: 0.5, from: 2023 }] });
    const valuesOn = (...stack: string[]) => valuesOf(named('trial', { stack }), [low, points, high]);
    // growth 0 %, 10 %, 0 %, 0 %, 0 %
    expect(valuesOn('points', 'low')).toEqual([90, 100, 100, 110, 110, 110, 110]);
    // the level covers the addition
    expect(valuesOn('low', 'points')).toEqual([90, 100, 100, 100, 100, 100, 100]);
    // growth 0 %, 10 %, then 50 %: 110 × 1.5 = 165, 247.5, 371.25
    expect(valuesOn('points', 'high', 'low')).toEqual([90, 100, 100, 110, 165, 247.5, 371.25]);
    expect(valuesOn('points', 'low', 'high')).toEqual([90, 100, 100, 110, 110, 110, 110]);
  });
});
