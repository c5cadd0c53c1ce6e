/** The comparison of scenarios: the numbers are the engine's, the inputs that differ are named, choices stay. */
import { flushSync } from 'svelte';
import { expect, it, vi } from 'vitest';
import { CompareView } from '#session';
import { aPlan, aScenario } from '#tests/builders';
import { loadPlan } from '#tests/plans';
import { openSession } from '#tests/sessions';

const plan = aPlan()
  .driver('growth', '10%', { unit: '%' })
  .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)', { unit: '亿元' })
  .line('rest', { 2020: 0 }, 'rest[t-1]')
  .target('loans', 150)
  .build();

async function comparison() {
  const { session } = await openSession({
    ...plan,
    scenarios: [
      ...plan.scenarios,
      aScenario({ id: 'low', changes: [{ line: 'growth', set: 0.05 }] }),
      aScenario({ id: 'late', changes: [{ line: 'growth', from: 2024, set: 0.2 }] }),
      aScenario({ id: 'same' }),
    ],
  });
  session.select('loans', 2025);
  const compare = new CompareView(session);
  const stop = $effect.root(() => {
    $effect(() => compare.keepUp());
  });
  flushSync();
  await vi.waitFor(() => expect(compare.inquiry.answer).toBeDefined());
  return { session, compare, stop };
}

/** Lets what was asked be answered. */
async function answered(compare: CompareView) {
  flushSync();
  await vi.waitFor(() => expect(compare.inquiry.answer).toBeDefined());
}

it('opens with the targets of the first scenarios in the last period, held against the first', async () => {
  const { compare, stop } = await comparison();
  expect(compare.columns.map(({ id }) => id)).toEqual(['plan', 'low', 'late']);
  expect(compare.reference?.id).toBe('plan');
  expect(compare.periods).toEqual([2025]);
  expect(compare.rows.map(({ line }) => line.id)).toEqual(['loans']);
  const [row] = compare.rows;
  const [base, low, late] = [100 * 1.1 ** 5, 100 * 1.05 ** 5, 100 * 1.1 ** 3 * 1.2 ** 2];
  expect(row?.levels.map(([value]) => value)).toEqual(
    [base, low, late].map((one) => expect.closeTo(one, 9) as number),
  );
  expect(row?.differences[1]?.[0]).toBeCloseTo(low - base, 9);
  expect(row?.relative[2]?.[0]).toBeCloseTo(late / base - 1, 12);
  expect(compare.courses[1]?.values[4]).toBeCloseTo(105 * 1.05, 9);
  stop();
});

it('lists lines without any value only where that is wished, and counts them', async () => {
  const { compare, stop } = await comparison();
  compare.chooseLines({ isTargets: false, isAll: true });
  compare.choosePeriods(new Set([2018]));
  await answered(compare);
  const rows = () => compare.rows.map(({ line, isEmpty }) => [line.id, isEmpty]);
  const all = compare.rows.length + compare.emptyCount;
  expect(all).toBe(3);
  expect(compare.emptyCount).toBeGreaterThan(0);
  expect(rows().some(([, isEmpty]) => isEmpty)).toBe(false);
  compare.isEmptyShown = true;
  expect(rows()).toHaveLength(3);
  compare.isDifferingOnly = true;
  expect(rows()).toEqual([]);
  stop();
});

it('names the inputs that differ from the reference, and says where there are none', async () => {
  const { compare, stop } = await comparison();
  compare.include('same', true);
  await answered(compare);
  expect(compare.inputs.map(({ scenario, inputs }) => [scenario.id, inputs.length])).toEqual([
    ['low', 1],
    ['late', 1],
    ['same', 0],
  ]);
  expect(compare.inputs[1]?.inputs[0]).toMatchObject({
    line: 'growth',
    from: 2024,
    to: 2025,
    levels: { before: [0.1, 0.1], after: [0.2, 0.2] },
  });
  stop();
});

it('names distributions and correlations that differ, which no value follows from', async () => {
  const { session, compare, stop } = await comparison();
  session.addScenario('plan');
  session.setDistribution('growth', { kind: 'uniform', low: 0.02, high: 0.06 });
  await answered(compare);
  const own = compare.inputs.find(({ scenario }) => scenario.id === 'trial_1');
  expect([own?.inputs, own?.chances]).toEqual([
    [],
    [{ line: 'growth', distribution: { before: null, after: { kind: 'uniform', low: 0.02, high: 0.06 } } }],
  ]);
  stop();
});

it('changes the reference, the lines and the periods, and keeps what was chosen while the plan is open', async () => {
  const { session, compare, stop } = await comparison();
  compare.chooseReference('low');
  compare.chooseLines({ isTargets: false, isAll: true });
  compare.choosePeriods('ahead');
  compare.measure = 'percent';
  await answered(compare);
  expect(compare.rows.map(({ line }) => line.id)).toEqual(['growth', 'loans', 'rest']);
  expect(compare.found?.reference).toBe(1);
  expect(compare.rows[1]?.differences[0]?.[0]).toBeCloseTo(5, 9);
  // nothing of nothing is no percentage, and says so
  expect(compare.rows[2]?.relative[0]?.[0]).toMatchObject({ code: '#DIV/0!' });
  compare.isDifferingOnly = true;
  expect(compare.rows.map(({ line }) => line.id)).toEqual(['growth', 'loans']);
  compare.togglePeriod(2021);
  expect(compare.periods).toEqual([2022, 2023, 2024, 2025]);
  stop();
  const again = new CompareView(session);
  expect([again.reference?.id, again.measure, again.periods.length, again.isDifferingOnly]).toEqual([
    'low',
    'percent',
    4,
    true,
  ]);
});

it('follows an edit of a scenario, and a scenario that is begun is compared at once', async () => {
  const { session, compare, stop } = await comparison();
  session.moveLever('growth', 0.2);
  await answered(compare);
  expect(compare.columns.map(({ id }) => id)).toEqual(['plan', 'low', 'late', 'trial_1']);
  expect(compare.rows[0]?.levels[3]?.[0]).toBeCloseTo(100 * 1.2 ** 5, 9);
  compare.include('plan', false);
  compare.include('low', false);
  compare.include('late', false);
  expect([compare.isEnough, compare.found]).toEqual([false, undefined]);
  stop();
});

it('compares the whole of a real plan as the engine calculates it', async () => {
  const { session } = await openSession(loadPlan('lishui-2021-2025'));
  const compare = new CompareView(session);
  const stop = $effect.root(() => {
    $effect(() => compare.keepUp());
  });
  compare.chooseLines({ isAll: true });
  compare.choosePeriods('all');
  compare.isEmptyShown = true;
  await answered(compare);
  expect(compare.rows).toHaveLength(session.plan.lines.length);
  const stress = session.engine.calculate(session.scenarios[2] ?? session.scenario);
  for (const row of compare.rows) expect(row.levels[2]).toEqual([...stress.series(row.line.id)]);
  stop();
});
