/** What must be true, as the view asks it: defaults, the judged example, and edits that do what was found. */
import { flushSync } from 'svelte';
import { expect, it, vi } from 'vitest';
import { Reach, type PlanSession } from '#session';
import { aPlan, aScenario } from '#tests/builders';
import { loadPlan } from '#tests/plans';
import { openSession } from '#tests/sessions';

/** Asks, and gives the answer once it belongs to the inputs of now. */
function answered(session: PlanSession, prepare: (reach: Reach) => void = () => undefined) {
  const reach = new Reach(session);
  prepare(reach);
  const stop = $effect.root(() => {
    $effect(() => reach.inquiry.follow());
  });
  const answer = async () => {
    flushSync();
    await vi.waitFor(() => expect(reach.answer?.isOutdated).toBe(false), { timeout: 30_000 });
    return reach.answer ?? expect.unreachable();
  };
  return { reach, answer, stop };
}

const small = aPlan()
  .driver('growth', '10%', { unit: '%', lever: { min: 0, max: 0.2, step: 0.01 } })
  .driver('share', 'PERIODYEAR(t) / 10000', { unit: '%', lever: { min: 0, max: 1, step: 0.01 } })
  .driver('idle', '1')
  .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)', { unit: '亿元' })
  .line('green', {}, 'loans * share', { unit: '亿元' })
  .target('loans', 180)
  .target('green', 20, { comparator: '>=' })
  .build();

it('opens with what is missed, and with the drivers that it can follow', async () => {
  const { session } = await openSession(small);
  const { reach, answer, stop } = answered(session);
  // loans end at 161.05; a share of 20.25 % makes 32.6 green
  expect(reach.wanted.map(({ line }) => line)).toEqual(['loans']);
  expect(reach.drivers.map(({ line, isFree }) => [line.id, isFree])).toEqual([['growth', true]]);
  const { found } = await answer();
  if (found.kind !== 'met') return expect.unreachable(found.kind);
  expect(found.solution.drivers[0]?.level).toBeCloseTo(1.8 ** (1 / 5) - 1, 9);
  stop();
});

it('does what it found as one edit: a level, or a shift of every year where they differ', async () => {
  const { session } = await openSession(small);
  const { reach, answer, stop } = answered(session, (one) => {
    one.chooseTargets([0, 1]);
    one.say('target:1', { value: '40' });
  });
  const before = [2021, 2025].map((period) => session.value('share', period) as number);
  const { found } = await answer();
  if (found.kind !== 'met') return expect.unreachable(found.kind);
  reach.apply(found.solution.drivers);
  expect(session.value('loans', 2025)).toBeCloseTo(180, 6);
  expect(session.value('green', 2025)).toBeCloseTo(40, 6);
  const after = [2021, 2025].map((period) => session.value('share', period) as number);
  expect((after[0] as number) - (before[0] as number)).toBeCloseTo(
    (after[1] as number) - (before[1] as number),
    12,
  );
  // what was found for the scenario of before is no answer to that of now
  expect(reach.answer?.isOutdated).toBe(true);
  await answer();
  session.undo();
  expect(session.canUndo).toBe(false);
  expect(session.value('loans', 2025)).toBeCloseTo(161.051, 6);
  stop();
});

it('shifts on top of what was added before, and leaves a later level alone', async () => {
  const { session } = await openSession(small);
  session.changeSpan('share', { add: 0.1 });
  session.moveLevers([{ line: 'share', by: 0.05 }]);
  expect(session.value('share', 2022)).toBeCloseTo(0.2022 + 0.15, 12);
  session.changeSpan('share', { set: 0.5, from: 2023, to: 2023 });
  session.moveLevers([{ line: 'share', by: 0.01 }]);
  expect(session.value('share', 2023)).toBeCloseTo(0.51, 12);
  expect(session.value('share', 2024)).toBeCloseTo(0.2024 + 0.16, 12);
});

it('reads values, comparators, bounds and weights, and asks nothing while one of them is wrong', async () => {
  const { session } = await openSession(small);
  const reach = new Reach(session);
  reach.chooseTargets([1]);
  reach.say('target:1', { comparator: 'between', value: '50', upTo: '40' });
  expect(reach.wanted[0]?.problems).toEqual({ upTo: 'crossed' });
  expect(reach.gap).toBe('problem');
  reach.say('target:1', { upTo: '60', weight: '0' });
  expect(reach.wanted[0]?.problems).toEqual({ weight: 'not_positive' });
  reach.say('target:1', { weight: '2' });
  expect(reach.wanted[0]?.target).toMatchObject({ comparator: 'range', value: 50, upTo: 60 });
  expect(reach.gap).toBeUndefined();
  reach.sayDriver('share', { min: '5', max: '3%' });
  expect(reach.drivers.find(({ line }) => line.id === 'share')?.problems).toEqual({ max: 'crossed' });
  reach.sayDriver('share', { max: '30' });
  expect(reach.drivers.find(({ line }) => line.id === 'share')?.free?.lever).toEqual({
    line: 'share',
    min: 0.05,
    max: 0.3,
  });
  reach.sayDriver('share', { max: 'much' });
  expect(reach.drivers.find(({ line }) => line.id === 'share')?.problems.max).toMatchObject({
    code: 'number_expected',
  });
  // a driver that is held is not asked for its bounds
  reach.sayDriver('share', { isFree: false });
  expect(reach.gap).toBeUndefined();
  reach.choosePreset('none');
  expect(reach.gap).toBe('no_drivers');
  reach.choosePreset('all');
  expect(reach.drivers.map(({ line }) => line.id)).toEqual(['growth', 'share', 'idle']);
  reach.chooseTargets([]);
  expect(reach.gap).toBe('no_targets');
});

it('wants figures without a target, and keeps what was chosen for the next look', async () => {
  const { session } = await openSession(small);
  const reach = new Reach(session);
  reach.chooseTargets([]);
  reach.want({ line: 'loans', period: 2023 });
  reach.want({ line: 'green', period: 2025 });
  expect(reach.wanted.map(({ key, value }) => [key, value])).toEqual([
    ['target:1', 20],
    ['added:loans@2023', expect.closeTo(133.1, 9)],
  ]);
  reach.say('added:loans@2023', { value: '150', comparator: 'exactly' });
  const later = new Reach(session);
  expect(later.wanted[1]?.target).toMatchObject({ period: 2023, value: 150, comparator: '=' });
  later.leaveOut('added:loans@2023');
  expect(reach.wanted.map(({ key }) => key)).toEqual(['target:1']);
});

it('offers targets with what they are made of', async () => {
  const lishui = loadPlan('lishui-2021-2025');
  const { session } = await openSession(lishui);
  const reach = new Reach(session);
  const families = reach.sets.filter(({ kind }) => kind === 'family');
  const lines = (places: readonly number[]) => places.map((place) => lishui.targets[place]?.line);
  expect(lines(families.find(({ id }) => id === 'green_loans')?.places ?? [])).toEqual([
    'green_loans',
    'green_share',
    'deposits_loans',
  ]);
  expect(lines(families.find(({ id }) => id === 'premiums')?.places ?? [])).toEqual([
    'premiums',
    'insurance_depth',
  ]);
  // nothing is missed in the plan's own scenario: it opens with the first of these
  expect(lines(reach.wanted.map(({ key }) => Number(key.slice(7))))).toEqual(
    lines(families[0]?.places ?? []),
  );
});

it('finds on Lishui what contradicts itself, and that the loan share of 33.2 % repairs it', async () => {
  const { session } = await openSession(loadPlan('lishui-2021-2025'));
  const { reach, answer, stop } = answered(session, (one) => {
    const family = one.sets.find(({ kind, id }) => kind === 'family' && id === 'green_loans');
    one.chooseTargets(family?.places ?? []);
    one.readBareFigures('equal');
    one.sayDriver('loan_share', { isFree: false });
  });
  const { found } = await answer();
  if (found.kind !== 'contradiction') return expect.unreachable(found.kind);
  expect(found.conflicts).toEqual([[0, 1, 2]]);
  const freed = found.repairs.find((one) => one.kind === 'freeDriver');
  reach.apply(freed?.solution.drivers ?? []);
  expect(session.value('loans', 2025)).toBeCloseTo(3320, 6);
  expect(session.value('deposits', 2025)).toBeCloseTo(6680, 6);
  const next = await answer();
  expect(next.found.kind).toBe('met');
  stop();
});

it('leaves out what a repair drops', async () => {
  const plan = aPlan()
    .driver('growth', '10%', { unit: '%', lever: { min: 0, max: 0.2, step: 0.01 } })
    .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)')
    .target('loans', 180, { comparator: '>=' })
    .target('loans', 150, { comparator: '<=', direction: 'atMost' })
    .build();
  const { session } = await openSession({ ...plan, scenarios: [...plan.scenarios, aScenario()] });
  const { reach, answer, stop } = answered(session, (one) => one.chooseTargets([0, 1]));
  const first = await answer();
  if (first.found.kind !== 'contradiction') return expect.unreachable(first.found.kind);
  expect(first.found.conflicts).toEqual([[0, 1]]);
  const [repair] = first.found.repairs;
  if (repair?.kind !== 'dropTargets') return expect.unreachable();
  reach.drop(first, repair.targets);
  expect((await answer()).found.kind).toBe('met');
  stop();
});
