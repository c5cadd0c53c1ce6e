/** A question asked off the page's thread: what it shows belongs to the inputs of now, or is marked as older. */
import { flushSync } from 'svelte';
import { expect, it, vi } from 'vitest';
import { Inquiry, type Analyst } from '#session';
import { aPlan } from '#tests/builders';
import { openSession } from '#tests/sessions';

const plan = aPlan()
  .driver('growth', '10%')
  .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)')
  .build();

async function aQuestion() {
  const { session } = await openSession(plan);
  const inquiry = new Inquiry(session, 'table', () =>
    session.isMovingLever
      ? undefined
      : {
          scenario: session.scenario,
          scenarios: session.scenarios,
          rows: { lever: { line: 'growth' }, levels: [session.value('growth', 2025) as number] },
          cells: [{ line: 'loans', period: 2022 }],
        },
  );
  const stop = $effect.root(() => {
    $effect(() => inquiry.follow());
  });
  flushSync();
  const found = () => (inquiry.answer?.ok ? inquiry.answer.sheets[0]?.values[0] : undefined);
  return { session, inquiry, found, stop };
}

it('answers, and follows its inputs', async () => {
  const { session, found, stop } = await aQuestion();
  await vi.waitFor(() => expect(found()).toBeCloseTo(121, 9));
  session.moveLever('growth', 0.2);
  flushSync();
  await vi.waitFor(() => expect(found()).toBeCloseTo(144, 9));
  stop();
});

it('gives nothing of older inputs as its answer, but as outdated', async () => {
  const { session, inquiry, found, stop } = await aQuestion();
  await vi.waitFor(() => expect(found()).toBeCloseTo(121, 9));
  session.moveLever('growth', 0.2);
  // before any effect has run
  expect(inquiry.answer).toBeUndefined();
  expect(inquiry.outdated).toMatchObject({ ok: true });
  stop();
});

it('has nothing to ask while a lever moves', async () => {
  const { session, inquiry, found, stop } = await aQuestion();
  await vi.waitFor(() => expect(found()).toBeCloseTo(121, 9));
  session.moveLever('growth', 0.3, true);
  flushSync();
  expect([inquiry.answer, inquiry.isRunning]).toEqual([undefined, false]);
  session.moveLever('growth', 0.3);
  flushSync();
  await vi.waitFor(() => expect(found()).toBeCloseTo(169, 9));
  stop();
});

/** An analyst that answers when the test says so, with the level that was asked about. */
function aSlowAnalyst() {
  const asked: { level: number; answer: () => void; isAborted: () => boolean }[] = [];
  const analyst = {
    run: (
      { input }: { input: { rows: { levels: readonly number[] } } },
      { signal }: { signal: AbortSignal },
    ) =>
      new Promise((resolve) => {
        const level = input.rows.levels[0] ?? NaN;
        asked.push({
          level,
          answer: () => resolve({ kind: 'done', output: { ok: true, level } }),
          isAborted: () => signal.aborted,
        });
      }),
    close: () => undefined,
  } as unknown as Analyst;
  return { asked, analyst };
}

it('keeps up with a moving lever: answers come however fast it moves, the newest inputs next', async () => {
  const { session } = await openSession(plan);
  const { asked, analyst } = aSlowAnalyst();
  vi.spyOn(session, 'analyst', 'get').mockReturnValue(analyst);
  const inquiry = new Inquiry(session, 'table', () => ({
    scenario: session.scenario,
    scenarios: session.scenarios,
    rows: { lever: { line: 'growth' }, levels: [session.value('growth', 2025) as number] },
    cells: [{ line: 'loans', period: 2022 }],
  }));
  const stop = $effect.root(() => {
    $effect(() => inquiry.keepUp());
  });
  flushSync();
  for (const level of [0.11, 0.12, 0.13]) {
    session.moveLever('growth', level, true);
    flushSync();
  }
  expect(asked.map(({ level }) => level)).toEqual([0.1]);
  asked[0]?.answer();
  await vi.waitFor(() => expect(asked.map(({ level }) => level)).toEqual([0.1, 0.13]));
  // the answer to 10 % is there, and said to be of before
  expect(inquiry.answer).toBeUndefined();
  expect(inquiry.shown).toMatchObject({ isOutdated: true, output: { level: 0.1 } });
  asked[1]?.answer();
  await vi.waitFor(() => expect(inquiry.answer).toMatchObject({ level: 0.13 }));
  expect(inquiry.shown?.isOutdated).toBe(false);
  session.moveLever('growth', 0.14);
  flushSync();
  stop();
  expect(asked.map((one) => [one.level, one.isAborted()])).toEqual([
    [0.1, false],
    [0.13, false],
    [0.14, true],
  ]);
});

it('is cancelled at once, and asked again on demand', async () => {
  const { inquiry, found, stop } = await aQuestion();
  inquiry.cancel();
  expect([inquiry.isRunning, inquiry.isCancelled, inquiry.answer]).toEqual([false, true, undefined]);
  inquiry.askAgain();
  flushSync();
  await vi.waitFor(() => expect(found()).toBeCloseTo(121, 9));
  stop();
});

it('tells a failure and does not call it an answer', async () => {
  const broken: Analyst = { run: () => Promise.reject(new Error('out of memory')), close: () => undefined };
  const { session } = await openSession(plan);
  vi.spyOn(session, 'analyst', 'get').mockReturnValue(broken);
  const inquiry = new Inquiry(session, 'leastChange', () => ({
    scenario: session.scenario,
    scenarios: session.scenarios,
    targets: [],
    drivers: [],
    bareFigures: 'equal' as const,
  }));
  const stop = $effect.root(() => {
    $effect(() => inquiry.follow());
  });
  flushSync();
  await vi.waitFor(() => expect(inquiry.failure).toContain('out of memory'));
  expect(inquiry.answer).toBeUndefined();
  stop();
});

/** An analyst that tells progress when the test says so, by a clock of the test's. */
function aWatchedAnalyst() {
  const runs: { tell: (share: number) => void; isAborted: () => boolean; end: () => void }[] = [];
  const analyst = {
    run: (_: unknown, { signal, onProgress }: { signal: AbortSignal; onProgress: (share: number) => void }) =>
      new Promise((resolve) => {
        runs.push({
          tell: onProgress,
          isAborted: () => signal.aborted,
          end: () => resolve({ kind: 'done', output: { ok: true, sheets: [] } }),
        });
      }),
    close: () => undefined,
  } as unknown as Analyst;
  return { runs, analyst };
}

async function aLongQuestion() {
  const { session } = await openSession(plan);
  const { runs, analyst } = aWatchedAnalyst();
  let now = 0;
  vi.spyOn(session, 'analyst', 'get').mockReturnValue(analyst);
  vi.spyOn(session as { readonly now: object }, 'now', 'get').mockReturnValue(() => now);
  const inquiry = new Inquiry(session, 'table', () => ({
    scenario: session.scenario,
    scenarios: session.scenarios,
    rows: { lever: { line: 'growth' }, levels: Array.from({ length: 200 }, () => 0.1) },
    cells: [{ line: 'loans', period: 2022 }],
  }));
  const stop = $effect.root(() => {
    $effect(() => inquiry.follow());
  });
  flushSync();
  /** The first part of the run: so much in a second. */
  const begin = (share: number) => {
    const run = runs.at(-1);
    run?.tell(share / 2);
    now += 1000;
    run?.tell(1.5 * share);
    flushSync();
    return run;
  };
  return { session, inquiry, runs, begin, stop };
}

it('goes on with what is short', async () => {
  const { inquiry, begin, stop } = await aLongQuestion();
  const run = begin(0.2);
  expect([inquiry.held, inquiry.isRunning, run?.isAborted()]).toEqual([undefined, true, false]);
  stop();
});

it('holds what would take long, and runs it on demand', async () => {
  const { inquiry, runs, begin, stop } = await aLongQuestion();
  const run = begin(0.02);
  expect(run?.isAborted()).toBe(true);
  expect(inquiry.isRunning).toBe(false);
  expect(inquiry.held).toMatchObject({
    isRefused: false,
    cost: { ms: expect.closeTo(50_000, -1) as number },
  });
  inquiry.runAnyway();
  flushSync();
  expect([inquiry.held, inquiry.isRunning, runs.length]).toEqual([undefined, true, 2]);
  // it is not asked about once more
  begin(0.02)?.end();
  await vi.waitFor(() => expect(inquiry.answer).toBeDefined());
  stop();
});

it('refuses what would take too long, and does not run it on demand', async () => {
  const { inquiry, runs, begin, stop } = await aLongQuestion();
  begin(0.001);
  // 1,000 s for 200 levels: 100 take 500 s
  expect(inquiry.held).toMatchObject({ isRefused: true, fits: { what: 'levels', count: 100 } });
  inquiry.runAnyway();
  flushSync();
  expect([runs.length, inquiry.isRunning]).toEqual([1, false]);
  stop();
});

it('asks nothing of what needs too much memory', async () => {
  const many = { ...plan.periods, last: plan.periods.first + 599 };
  const wide = aPlan().driver('growth', '10%').line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)');
  const { session } = await openSession({ ...wide.build(), periods: many });
  const { runs, analyst } = aWatchedAnalyst();
  vi.spyOn(session, 'analyst', 'get').mockReturnValue(analyst);
  const cells = Array.from({ length: 600_000 }, () => ({ line: 'loans', period: 2022 }));
  const inquiry = new Inquiry(session, 'table', () => ({
    scenario: session.scenario,
    scenarios: session.scenarios,
    rows: { lever: { line: 'growth' }, levels: Array.from({ length: 200 }, () => 0.1) },
    cells,
  }));
  const stop = $effect.root(() => {
    $effect(() => inquiry.follow());
  });
  flushSync();
  expect(inquiry.held).toMatchObject({ isRefused: true, fits: { what: 'levels', count: 100 } });
  expect(runs).toEqual([]);
  stop();
});
