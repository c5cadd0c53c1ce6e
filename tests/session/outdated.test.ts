/** A calculation that fails leaves what it was to replace marked as old; the edit itself is done, kept and can be undone. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { aPlan } from '#tests/builders';
import { openSession } from '#tests/sessions';

let thrown: unknown[] = [];
const microtask = globalThis.queueMicrotask;

beforeEach(() => {
  thrown = [];
  vi.stubGlobal('queueMicrotask', (work: () => void) =>
    microtask(() => {
      try {
        work();
      } catch (fault) {
        thrown.push(fault);
      }
    }),
  );
});
afterEach(() => void vi.unstubAllGlobals());

const plan = aPlan()
  .driver('growth', '10%')
  .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)')
  .build();

/** Lets the next calculation fail, once or until `mend` is called. */
function breakNext(session: Awaited<ReturnType<typeof openSession>>['session']) {
  const fail = () => {
    throw new Error('provoked');
  };
  const whole = vi.spyOn(session.engine, 'calculate').mockImplementation(fail);
  const part = vi.spyOn(session.explained.calculation, 'revise').mockImplementation(fail);
  return () => {
    whole.mockRestore();
    part.mockRestore();
  };
}

it('marks the numbers, keeps the edit, and is right again with the next calculation', async () => {
  const { session, store } = await openSession(plan);
  const before = session.value('loans', 2021);
  const mend = breakNext(session);
  session.moveLever('growth', 0.2);
  expect(session.isOutdated).toBe(true);
  expect(session.value('loans', 2021)).toBe(before);
  await session.autosave.settle();
  expect((await store.open(plan.id, 0)).entries.length).toBeGreaterThan(0);
  expect(thrown.map(String)).toContain('Error: provoked');

  session.recalculate();
  expect(session.isOutdated).toBe(true);
  mend();
  session.recalculate();
  expect(session.isOutdated).toBe(false);
  expect(session.value('loans', 2021)).toBeCloseTo(120, 9);
});

it('undo goes back to numbers that are right', async () => {
  const { session } = await openSession(plan);
  const mend = breakNext(session);
  session.moveLever('growth', 0.2);
  mend();
  session.undo();
  expect(session.isOutdated).toBe(false);
  expect(session.value('loans', 2021)).toBeCloseTo(110, 9);
});
