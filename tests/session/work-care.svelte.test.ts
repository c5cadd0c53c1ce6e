/** What is done for a work beside saving it, and how saving goes on by itself when it has failed. */
import { describe, expect, test, vi } from 'vitest';
import { LostWork, WorkCare, type LostParts } from '#session';
import { buildMemoryStore, replay, StorageProblem, type Loss, type PlanStore } from '#storage';
import { aSpace, aWait, memoryCopies } from '#tests/care';
import { loadPlan } from '#tests/plans';
import { openSession, storeWith } from '#tests/sessions';

const plan = loadPlan('zhoushan-2021-2025');
const driver = plan.lines.find((one) => one.kind === 'driver')?.id ?? '';

function cared() {
  const [wait, copies, space] = [aWait(), memoryCopies(), aSpace()];
  return { wait, copies, space, care: new WorkCare({ copies, space, after: wait.after, now: () => 7 }) };
}

describe('safety copies', () => {
  test('are written when it is quiet, once for each revision, and hold the work with its history', async () => {
    const { wait, copies, care } = cared();
    const { session } = await openSession(plan, buildMemoryStore(), undefined, care);
    session.moveLever(driver, 0.01);
    session.moveLever(driver, 0.02);
    await session.autosave.settle();
    expect(copies.written).toEqual([]);
    expect(wait.run()).toEqual([1500]);
    await vi.waitFor(() => expect(care.copiesOf(plan.id)).toHaveLength(1));
    expect(copies.written[0]).toMatchObject({ plan: plan.id, revision: 2, at: 7 });
    expect(copies.written[0]?.content).toMatchObject({ scenarios: session.scenarios.slice(-1) });
    care.copyNow();
    expect(wait.run()).toEqual([]);
  });

  test('hold nothing of an edit that is only tried', async () => {
    const { care, copies } = cared();
    const { session } = await openSession(plan, buildMemoryStore(), undefined, care);
    session.moveLever(driver, 0.01);
    await session.autosave.settle();
    const kept = structuredClone(session.scenarios.slice(-1));
    session.moveLever(driver, 0.05, true);
    care.copyNow();
    await vi.waitFor(() => expect(copies.written).toHaveLength(1));
    expect(copies.written[0]?.content).toMatchObject({ scenarios: kept });
  });

  test('wait for what is not kept yet', async () => {
    const { care, copies, wait } = cared();
    const { session } = await openSession(plan, buildMemoryStore(), undefined, care);
    session.moveLever(driver, 0.01);
    await session.autosave.settle();
    session.moveLever(driver, 0.02);
    care.copyNow();
    await session.autosave.settle();
    expect(copies.written).toEqual([]);
    wait.run();
    await vi.waitFor(() => expect(copies.written).toMatchObject([{ revision: 2 }]));
  });
});

test('the browser is asked for its promise once, when something was saved', async () => {
  const { care, space } = cared();
  const { session } = await openSession(plan, buildMemoryStore(), undefined, care);
  expect(space.asked()).toBe(0);
  session.moveLever(driver, 0.01);
  await session.autosave.settle();
  session.undo();
  await session.autosave.settle();
  expect(space.asked()).toBe(1);
  await care.refresh();
  expect(care).toMatchObject({ isPersistent: true, hasCopies: true, space: { used: 2_000_000 } });
});

test('what could not be written is tried again by itself, later and later, until it is kept', async () => {
  const { care, wait } = cared();
  let isFull = true;
  const memory = buildMemoryStore();
  const store = storeWith(memory, {
    append: (...given) => (isFull ? Promise.reject(new StorageProblem('quota')) : memory.append(...given)),
  });
  const { session } = await openSession(plan, store, undefined, care);
  session.moveLever(driver, 0.01);
  await session.autosave.settle();
  const waited: number[] = [];
  for (let time = 0; time < 8; time += 1) {
    expect(session.autosave).toMatchObject({ state: 'failed', problem: 'quota', isUnsaved: true });
    waited.push(...wait.run());
    await session.autosave.settle();
  }
  expect(waited).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
  isFull = false;
  wait.run();
  await session.autosave.settle();
  expect(session.autosave).toMatchObject({ state: 'saved', problem: undefined, keptAt: 0, revision: 1 });
});

test('where the database is lost under the page all that is in memory is written anew', async () => {
  let store: PlanStore = buildMemoryStore();
  const passing = new Proxy({} as PlanStore, {
    get: (_, name) => {
      const member: unknown = Reflect.get(store, name);
      return typeof member === 'function' ? (member.bind(store) as unknown) : member;
    },
  });
  const { session } = await openSession(plan, passing);
  session.moveLever(driver, 0.01);
  session.moveLever(driver, 0.02);
  await session.autosave.settle();
  store = buildMemoryStore();
  session.moveLever(driver, 0.03);
  await session.autosave.settle();
  expect(session.autosave.state).toBe('saved');
  session.moveLever(driver, 0.04);
  await session.autosave.settle();
  const work = await store.open(plan.id, 1);
  expect(replay(work).scenarios).toEqual(session.scenarios.slice(-1));
  expect(replay(work).history.done).toHaveLength(4);
});

describe('lost work', () => {
  async function lose(found: number, isShipped = true) {
    const { care, copies, wait } = cared();
    const store = buildMemoryStore();
    const { session } = await openSession(plan, store, undefined, care);
    session.moveLever(driver, 0.01);
    session.moveLever(driver, 0.02);
    await session.autosave.settle();
    wait.run();
    await vi.waitFor(() => expect(copies.written).toHaveLength(1));
    const left = buildMemoryStore();
    Object.defineProperty(left, 'kind', { value: 'indexeddb' });
    if (found > 0) await left.append(plan.id, 0, [{ kind: 'undo', at: 1 }]);
    const loss: Loss = { plan: plan.id, found, known: 2, at: 7, copies: await copies.list() };
    const letGo = vi.fn();
    const parts: LostParts = {
      copies,
      findLosses: () => Promise.resolve([loss]),
      workOf: async (id) => (isShipped ? replay(await left.open(id, 1)) : undefined),
      shippedPlan: () => Promise.resolve(plan),
      letGo,
      isReported: false,
    };
    const lost = new LostWork(parts, {
      store: left,
      now: () => 9,
      isShipped: () => isShipped,
      settle: () => Promise.resolve(),
      refresh: () => Promise.resolve(),
    });
    await lost.look();
    return { lost, left, session, letGo };
  }

  test('is taken back as the copy has it, with its history, where nothing else is', async () => {
    const { lost, left, session } = await lose(0);
    const [loss] = lost.plans;
    expect(loss && (await lost.takeBack(loss))).toEqual({ kind: 'taken' });
    const work = await left.open(plan.id, 1);
    expect(work.revision).toBe(3);
    expect(replay(work).scenarios).toEqual(session.scenarios.slice(-1));
    expect(replay(work).history.done).toHaveLength(2);
    expect(lost.plans).toEqual([]);
  });

  test('is laid beside what is there, of which nothing is touched', async () => {
    const { lost, left } = await lose(1);
    const before = replay(await left.open(plan.id, 1));
    const [loss] = lost.plans;
    expect(loss && (await lost.takeBack(loss))).toMatchObject({
      kind: 'beside',
      work: { plan: { id: plan.id } },
    });
    const work = await left.open(plan.id, 1);
    expect(replay(work)).toEqual(before);
    // above all that is known, so that it is not asked about again
    expect(work.revision).toBe(3);
  });

  test('is not spoken of again when the person goes on without', async () => {
    const { lost, left, letGo } = await lose(0);
    const [loss] = lost.plans;
    if (loss) await lost.goOn(loss);
    expect(lost.plans).toEqual([]);
    expect((await left.open(plan.id, 1)).revision).toBe(3);
    expect(letGo).not.toHaveBeenCalled();
  });

  test('waits when the question is left open', async () => {
    const { lost } = await lose(0);
    lost.putOff();
    expect(lost.plans).toEqual([]);
    await lost.look();
    expect(lost.plans).toEqual([]);
  });
});
