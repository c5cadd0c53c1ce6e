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
