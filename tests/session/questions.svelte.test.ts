/** Questions: the default driver, an answer that the edit fulfils, comparison and bridge, and no answer from older inputs. */
import { flushSync } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Questions, type PlanSession } from '#session';
import { aPlan, aScenario } from '../helpers/builders.ts';
import { loadPlan } from '../helpers/plans.ts';
import { openSession } from '../helpers/sessions.ts';

const ends: (() => void)[] = [];
afterEach(() => ends.splice(0).forEach((end) => end()));

/** A busy machine takes its time. */
const SLOW = { timeout: 30_000 };

/** The questions of a session, asked as a component asks them. */
function ask(session: PlanSession) {
  const asked = new Questions(session);
  ends.push(
    $effect.root(() => {
      $effect(() => asked.follow());
    }),
  );
  const settled = async <T>(read: () => { readonly output: T; readonly isOutdated: boolean } | undefined) => {
    flushSync();
    await vi.waitFor(() => expect(read()?.isOutdated).toBe(false), SLOW);
    return read()?.output ?? expect.unreachable();
  };
  return { asked, answer: () => settled(() => asked.answer), bridge: () => settled(() => asked.bridge) };
}

async function questions() {
  const plan = aPlan()
    .driver('growth', '10%', { unit: '%' })
    .driver('share', '50%', { unit: '%' })
    .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)', { unit: '亿元' })
    .line('green', {}, 'loans * share', { unit: '亿元' })
    .target('loans', 150)
    .build();
  const { session } = await openSession({
    ...plan,
    scenarios: [
      ...plan.scenarios,
      aScenario({
        id: 'low',
        basedOn: plan.scenarios[0]?.id ?? 'plan',
        changes: [{ line: 'growth', set: 0.05 }],
      }),
    ],
  });
  session.select('loans', 2025);
  return { session, ...ask(session) };
}

describe('how far a driver must move', () => {
  it('takes the most influential driver and the target’s value, and its edit reaches it', async () => {
    const { session, asked, answer: found } = await questions();
    expect(asked.driver?.id).toBe('growth');
    expect(asked.wanted).toBe(150);
    const answer = await found();
    if (answer.kind !== 'found') return expect.unreachable(answer.kind);
    expect(answer.level).toBeCloseTo(1.5 ** (1 / 5) - 1, 9);
    asked.apply(answer.level);
    expect(session.value('loans', 2025)).toBeCloseTo(150, 6);
    session.undo();
    expect(session.value('loans', 2025)).toBeCloseTo(161.051, 6);
    expect(session.canUndo).toBe(false);
  });

  it('reaches what it says where the levels of the years differ', async () => {
    const { session, asked, answer: found } = await questions();
    session.enter([{ line: 'growth', period: 2022, text: '20%' }]);
    expect(asked.isDriverVarying).toBe(true);
    const answer = await found();
    if (answer.kind !== 'found') return expect.unreachable(answer.kind);
    asked.apply(answer.level);
    expect(session.value('loans', 2025)).toBeCloseTo(150, 6);
  });

  it('reads what is wanted in the unit beside it, and begins afresh in another cell', async () => {
    const { session, asked, answer } = await questions();
    asked.setWanted('155');
    expect(asked.wanted).toBe(155);
    asked.setWanted('much');
    expect(asked.wanted).toMatchObject({ code: 'number_expected' });
    expect(asked.answer).toBeUndefined();
    session.select('green', 2025);
    expect(asked.wantedText).toBeUndefined();
    expect(asked.wanted).toBeUndefined();
    expect(asked.drivers.map(({ line }) => line.id)).toEqual(['growth', 'share']);
    session.select('loans', 2025);
    asked.setWanted(undefined);
    asked.chooseDriver('share');
    expect((await answer()).kind).toBe('independent');
  });

  it('asks about what becomes of a line when its history is selected', async () => {
    const { session, asked } = await questions();
    session.select('loans', 2020);
    expect(asked.cell).toEqual({ line: 'loans', period: 2025 });
  });
});

describe('another scenario', () => {
  it('is the first that is not open, compared by assumptions and targets', async () => {
    const { session, asked } = await questions();
    expect(asked.other?.id).toBe('low');
    session.openScenario('low');
    expect(asked.other?.id).toBe(session.plan.scenarios[0]?.id);
    const { changes, targets } = asked.comparison ?? expect.unreachable();
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({
      line: { id: 'growth' },
      from: 2021,
      to: 2025,
      before: { base: 'formula', last: 0.1 },
      after: { base: 'override', last: 0.05 },
    });
    expect(targets[0]?.difference).toBeCloseTo(100 * (1.05 ** 5 - 1.1 ** 5), 6);
  });

  it('is bridged: the shares of the assumptions sum to the difference', async () => {
    const { session } = await openSession(loadPlan('lishui-2021-2025'));
    const { asked, bridge } = ask(session);
    const target = session.plan.targets[0] ?? expect.unreachable();
    session.select(target.line, target.period);
    asked.chooseOther('stress');
    const found = await bridge();
    if (found.kind !== 'bridge') return expect.unreachable(found.kind);
    const sum = found.items.reduce((total, item) => total + item.contribution, 0);
    expect(sum).toBeCloseTo(found.difference, 6);
    expect(found.rule.method).toBe('exact');
  });
});

it('asks nothing while a lever moves, and marks what belongs to older inputs until the new answer is there', async () => {
  const { session, asked, answer, bridge } = await questions();
  session.openScenario('low');
  expect(await answer()).toMatchObject({ present: 0.05 });
  await bridge();
  session.moveLever('growth', 0.08, true);
  expect(asked.isWaiting).toBe(true);
  expect([asked.answer, asked.comparison, asked.bridge]).toEqual([undefined, undefined, undefined]);
  session.moveLever('growth', 0.08);
  expect(asked.answer).toMatchObject({ isOutdated: true, output: { present: 0.05 } });
  expect(asked.comparison?.changes[0]?.after.last).toBe(0.08);
  expect(await answer()).toMatchObject({ present: 0.08 });
  // of another figure there is nothing, rather than an answer about this one
  session.select('green', 2025);
  expect([asked.answer, asked.bridge]).toEqual([undefined, undefined]);
});

describe('on a large plan', () => {
  /** So many drivers and lines that what a step does is not found at once. */
  async function large() {
    const built = aPlan();
    for (let at = 0; at < 120; at += 1)
      built.driver(`d${at}`, '0', { lever: { min: 0, max: 1, step: at === 77 ? 0.02 : 0.01 } });
    for (let at = 0; at < 100; at += 1) built.line(`l${at}`, {}, `d${at} * ${at === 7 ? 10 : 1}`);
    const { session } = await openSession(
      built.line('sum', {}, Array.from({ length: 120 }, (_, at) => `d${at}`).join(' + ')).build(),
    );
    session.select('sum', 2025);
    return { session, ...ask(session) };
  }

  it(
    'looks for the driver that moves a figure most off the page’s thread, and keeps its order meanwhile',
    { timeout: 60_000 },
    async () => {
      const { session, asked } = await large();
      expect(asked.driver).toBeUndefined();
      expect(asked.drivers).toHaveLength(120);
      expect(asked.ranking).toBeDefined();
      flushSync();
      await vi.waitFor(() => expect(asked.driver?.id).toBe('d77'), SLOW);
      expect(asked.ranking).toBeUndefined();
      session.moveLever('d3', 0.5);
      flushSync();
      expect(asked.drivers[0]?.line.id).toBe('d77');
      // of another figure nothing is known yet, rather than the order of this one
      session.select('l7', 2025);
      expect(asked.ranking).toBeDefined();
      expect(asked.driver).toBeUndefined();
      flushSync();
      await vi.waitFor(() => expect(asked.driver?.id).toBe('d7'), SLOW);
    },
  );

  it('leaves the choice to the person where the search was stopped', async () => {
    const { asked } = await large();
    flushSync();
    asked.ranking?.cancel();
    expect(asked.ranking?.isCancelled).toBe(true);
    asked.chooseDriver('d5');
    expect(asked.driver?.id).toBe('d5');
  });
});

it('calculates the other scenario of a large plan in turns, and compares when it is there', async () => {
  const built = aPlan().periods(1921, 2020, 2025).driver('growth', '10%').line('loans', { 2020: 100 });
  // more cells than are calculated at once
  for (let other = 0; other < 1000; other += 1) built.line(`line${other}`, { 2020: other });
  const plan = built.line('debts', { 2020: 100 }, 'debts[t-1] * (1 + growth)').target('debts', 150).build();
  const low = aScenario({ id: 'low', basedOn: 'plan', changes: [{ line: 'growth', set: 0.05 }] });
  const { session, time } = await openSession({ ...plan, scenarios: [...plan.scenarios, low] });
  const asked = new Questions(session);
  const read: (number | undefined)[] = [];
  ends.push(
    $effect.root(() => {
      $effect(() => void read.push(asked.comparison?.changes.length));
    }),
  );
  flushSync();
  expect(read).toEqual([undefined]);
  time.run();
  flushSync();
  expect(read).toEqual([undefined, 1]);
});
