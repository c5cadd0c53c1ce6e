/** Where stacked scenarios contradict each other, worked out by hand. */
import { expect, it } from 'vitest';
import { findConflicts } from '#engine';
import type { Scenario } from '#plan';
import { aPlan, aScenario } from '#tests/builders';

const plan = aPlan()
  .driver('growth', '10%')
  .driver('share', '5%')
  .line('loans', { 2019: 90, 2020: 100 }, 'loans[t-1] * (1 + growth)')
  .build();

const named = (id: string, more: Partial<Scenario> = {}): Scenario => ({ ...aScenario(more), id });

/** `line from–to: winner kind > covered kind, …` */
function conflictsOf(scenario: Scenario, ...others: Scenario[]): string[] {
  return findConflicts(plan, scenario, [...plan.scenarios, ...others, scenario]).map((one) => {
    const covered = one.covered.map(({ scenario: id, kind }) => `${id} ${kind}`).join(', ');
    return `${one.line} ${one.from}–${one.to}: ${one.winner.scenario} ${one.winner.kind} > ${covered}`;
  });
}

const low = named('low', { changes: [{ line: 'growth', set: 0.02 }] });
const high = named('high', { changes: [{ line: 'growth', set: 0.09, from: 2022, to: 2024 }] });

it('are the periods for which two parts set different levels; the nearer one wins', () => {
  expect(conflictsOf(named('trial', { stack: ['high', 'low'] }), low, high)).toEqual([
    'growth 2022–2024: high value > low value',
  ]);
  expect(conflictsOf(named('trial', { stack: ['low', 'high'] }), low, high)).toEqual([
    'growth 2022–2024: low value > high value',
  ]);
});

it('are none where both say the same, or where one builds on the other', () => {
  const same = named('same', { values: { growth: { 2023: 0.09 } } });
  expect(conflictsOf(named('trial', { stack: ['same', 'high'] }), same, high)).toEqual([]);
  const lower = named('lower', { basedOn: 'low', changes: [{ line: 'growth', set: 0.01 }] });
  expect(conflictsOf(named('trial', { stack: ['lower', 'low'] }), low, lower)).toEqual([]);
});

it('are none between the scenario itself, or its base, and a part: those are meant', () => {
  const own = { changes: [{ line: 'growth', set: 0.5 }] };
  expect(conflictsOf(named('trial', { ...own, stack: ['low'] }), low)).toEqual([]);
  expect(conflictsOf(named('trial', { stack: ['high'], basedOn: 'low' }), low, high)).toEqual([]);
});

it('are none for additions and factors, which work together, but a growth covers what lies under it', () => {
  const points = named('points', { changes: [{ line: 'growth', add: 0.01 }] });
  const half = named('half', { changes: [{ line: 'growth', scale: 0.5 }] });
  expect(conflictsOf(named('trial', { stack: ['points', 'half', 'low'] }), low, points, half)).toEqual([]);
  // a level covers the additions under it
  expect(conflictsOf(named('trial', { stack: ['high', 'points'] }), high, points)).toEqual([
    'growth 2022–2024: high value > points change',
  ]);
  const steady = named('steady', { changes: [{ line: 'loans', growth: 0.03, from: 2023 }] });
  const formula = named('formula', { changes: [{ line: 'loans', formula: 'loans[t-1] + 5' }] });
  expect(conflictsOf(named('trial', { stack: ['steady', 'formula'] }), steady, formula)).toEqual([
    'loans 2023–2025: steady change > formula formula',
  ]);
});

it('are formulas, actuals and distributions too', () => {
  const a = named('a', {
    changes: [{ line: 'loans', formula: 'loans[t-1] + 5' }],
    actuals: { growth: { 2021: 0.07 } },
    distributions: { share: { kind: 'normal', mean: 0.05, sd: 0.01 } },
  });
  const b = named('b', {
    changes: [{ line: 'loans', formula: 'loans[t-1] + 7', from: 2024 }],
    actuals: { growth: { 2021: 0.08, 2022: 0.08 } },
    distributions: { share: { kind: 'uniform', low: 0, high: 0.1 } },
  });
  expect(conflictsOf(named('trial', { stack: ['a', 'b'] }), a, b)).toEqual([
    'growth 2021–2021: a actual > b actual',
    'share 2021–2025: a distribution > b distribution',
    'loans 2024–2025: a formula > b formula',
  ]);
});

it('is a value that hides what was observed, whoever says it', () => {
  const own = named('trial', {
    values: { growth: { 2021: 0.2, 2022: 0.2 } },
    actuals: { growth: { 2021: 0.07, 2022: 0.2 } },
  });
  expect(conflictsOf(own)).toEqual(['growth 2021–2021: trial value > trial actual']);
  const observed = named('observed', { actuals: { growth: { 2021: 0.07 } } });
  expect(conflictsOf(named('trial', { basedOn: 'observed', changes: low.changes ?? [] }), observed)).toEqual([
    'growth 2021–2021: trial value > observed actual',
  ]);
});
