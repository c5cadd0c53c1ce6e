/** Named versions: a plan is made what it was, as one gesture. */
import { expect, test } from 'vitest';
import { crowding, MAX_VERSIONS, versionsOf } from '#session';
import { buildMemoryStore } from '#storage';
import { loadPlan } from '#tests/plans';
import { openOwnSession, openSession } from '#tests/sessions';

const shipped = loadPlan('zhoushan-2021-2025');
const drivers = shipped.lines.filter((one) => one.kind === 'driver').map(({ id }) => id);
const [first = '', second = ''] = drivers;

test('scenarios are what they were, in their order, and undo brings back what was between', async () => {
  const { session, store } = await openSession(shipped);
  const versions = versionsOf(session);
  session.moveLever(first, 0.01);
  session.addScenario('plan', { zh: '乙', en: 'B' });
  session.moveLever(second, 0.02);
  const then = session.scenarios;
  await versions.keep('上报稿');
  expect(versions.all).toMatchObject([{ name: '上报稿', revision: 3 }]);

  session.moveLever(second, 0.07);
  session.moveScenario(then.at(-1)?.id ?? '', 0);
  session.removeScenario(then.at(-2)?.id ?? '');
  session.addScenario('plan', { zh: '丙', en: 'C' });
  session.moveLever(first, 0.03);
  const between = session.scenarios;
  const [version] = versions.all;
  expect(await versions.restore(version?.id ?? '')).toEqual({ kind: 'restored' });
  expect(session.scenarios).toEqual(then);
  expect(await versions.restore(version?.id ?? '')).toEqual({ kind: 'same' });
  session.undo();
  expect(session.scenarios).toEqual(between);
  session.redo();
  await session.autosave.settle();
  expect((await openSession(shipped, store)).session.scenarios).toEqual(then);

  await versions.remove(version?.id ?? '');
  expect(versions.all).toEqual([]);
  expect(await versions.restore(version?.id ?? '')).toEqual({ kind: 'gone' });
  expect(session.scenarios).toEqual(then);
});

test('as many versions are kept as there may be; the next is refused, and none goes without asking', async () => {
  const { session, store } = await openSession(shipped);
  const versions = versionsOf(session);
  const keepTo = async (count: number) => {
    while (versions.all.length < count) {
      const id = `v${versions.all.length}`;
      await store.keepVersion(shipped.id, { id, name: id, at: 1, revision: 0 }, { scenarios: [] });
      await versions.refresh();
    }
  };
  await keepTo(MAX_VERSIONS - 1);
  expect(await versions.keep('the last')).toBeUndefined();
  expect(versions.all).toHaveLength(MAX_VERSIONS);
  const all = await store.listVersions(shipped.id);
  expect(await versions.keep('one too many')).toBe('full');
  expect(await store.listVersions(shipped.id)).toEqual(all);
  // a tab that has not seen what others kept
  await keepTo(10 * MAX_VERSIONS);
  const other = versionsOf((await openSession(shipped, store)).session);
  expect(other.all).toEqual([]);
  expect(await other.keep('one too many')).toBe('full');
  expect(await store.listVersions(shipped.id)).toHaveLength(10 * MAX_VERSIONS);

  for (const { id } of versions.all.slice(MAX_VERSIONS - 1)) await versions.remove(id);
  session.moveLever(first, 0.01);
  expect(await versions.keep('again')).toBeUndefined();
  expect(versions.all).toHaveLength(MAX_VERSIONS);
});

test('where the browser keeps very much, first a word is said, then no new version is kept', async () => {
  const MEGA = 1_000_000;
  expect([0, 200 * MEGA - 1, 200 * MEGA, 500 * MEGA - 1, 500 * MEGA, 5000 * MEGA].map(crowding)).toEqual([
    undefined,
    undefined,
    'filling',
    'filling',
    'full',
    'full',
  ]);
  const { session } = await openSession(shipped);
  const versions = versionsOf(session);
  expect(await versions.keep('below', 500 * MEGA - 1)).toBeUndefined();
  expect(await versions.keep('at', 500 * MEGA)).toBe('crowded');
  expect(versions.all.map(({ name }) => name)).toEqual(['below']);
  // edits are not versions: they are kept all the same
  session.moveLever(first, 0.01);
  await session.autosave.settle();
  expect(session.autosave.state).toBe('saved');
});

test('a plan of one’s own is what it was too: head, lines, targets', async () => {
  const store = buildMemoryStore();
  const own = { ...shipped, id: 'own-1' };
  await store.keepPlan(own, [], 1);
  const { session } = await openOwnSession(own.id, store);
  const versions = versionsOf(session);
  await versions.keep('first');
  const then = session.plan;
  session.model.removeTarget(0);
  session.model.moveTarget(3, 0);
  const section = session.model.saveSection(undefined, { zh: '新', en: 'New' });
  expect(section.ok).toBe(true);
  session.model.moveSection(section.ok ? section.id : '', 0);
  session.model.moveLine(first, own.sections[0]?.id ?? '', 2);
  session.moveLever(second, 0.02);
  const between = session.plan;
  expect(between).not.toEqual(then);
  expect(await versions.restore(versions.all[0]?.id ?? '')).toEqual({ kind: 'restored' });
  expect(session.plan).toEqual(then);
  expect(session.scenarios).toEqual(then.scenarios);
  session.undo();
  expect(session.plan).toEqual(between);
});

/** Bytes of everything that is kept of a work, as text. */
function sizeOf(...parts: readonly unknown[]): number {
  return new TextEncoder().encode(JSON.stringify(parts)).length;
}

/**
 * Undo reaches 500 gestures back after a reload, and up to 200 wait in the journal: that much there always is. What comes to a
 * thousand edits stays below.
 */
const ALWAYS = 160_000;
const PER_THOUSAND = 64_000;

test('what is kept stays within twice the plan and what its edits may take', async () => {
  const store = buildMemoryStore();
  const own = { ...shipped, id: 'own-1' };
  await store.keepPlan(own, [], 1);
  const { session } = await openOwnSession(own.id, store);
  for (let edit = 1; edit <= 2600; edit += 1) {
    session.moveLever(drivers[edit % drivers.length] ?? '', edit / 1e6);
    if (edit % 100 !== 0) continue;
    await session.autosave.settle();
    const { snapshot, entries } = await store.open(own.id, 1);
    const kept = sizeOf(await store.readPlan(own.id), snapshot, entries);
    const edits = Math.max(ALWAYS, (PER_THOUSAND * edit) / 1000);
    expect(kept).toBeLessThanOrEqual(2 * sizeOf(own) + edits);
  }
});
