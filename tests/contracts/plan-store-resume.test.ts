/** A work that goes on from a state: after a loss, or where nothing is. */
import { describe, expect, test } from 'vitest';
import { aSnapshot, edits, PLAN } from '../storage/samples.ts';
import { codeOf, KINDS } from './stores.ts';

describe.each(KINDS)('going on from a state in %s', (_, openTabs) => {
  test('begins a work where none is, at its revision', async () => {
    const tab = openTabs();
    const store = await tab();
    await store.resume(PLAN, aSnapshot(57), 5);
    expect(await store.append(PLAN, 57, edits(2))).toBe(59);
    expect(await (await tab()).open(PLAN, 6)).toMatchObject({
      snapshot: aSnapshot(57),
      entries: edits(2),
      revision: 59,
      damaged: [],
    });
    expect(await store.list()).toMatchObject([{ plan: PLAN, revision: 59 }]);
  });

  test('passes over what lies below, and is drawn together like any work', async () => {
    const store = await openTabs()();
    await store.append(PLAN, 0, edits(3));
    await store.resume(PLAN, aSnapshot(10), 5);
    await store.append(PLAN, 10, edits(1, 4));
    await store.snapshot(PLAN, aSnapshot(11));
    expect(await store.open(PLAN, 6)).toMatchObject({ snapshot: aSnapshot(11), entries: [], revision: 11 });
  });

  test.each([2, 3])('refuses revision %i, which was given out', async (revision) => {
    const store = await openTabs()();
    await store.append(PLAN, 0, edits(3));
    expect(await codeOf(store.resume(PLAN, aSnapshot(revision), 5))).toBe('stale_revision');
    expect((await store.open(PLAN, 6)).entries).toEqual(edits(3));
  });

  test('refuses what could not be read again', async () => {
    const store = await openTabs()();
    const broken = { ...aSnapshot(4), scenarios: [{ id: 'trial' }] } as unknown as ReturnType<
      typeof aSnapshot
    >;
    expect(await codeOf(store.resume(PLAN, broken, 5))).toBe('failed');
    expect((await store.open(PLAN, 6)).revision).toBe(0);
  });
});
