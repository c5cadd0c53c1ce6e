/** What comes back when records are damaged or missing: an exact state, the rest named, nothing deleted. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openIdbStore, type JournalEntry, type PlanStore } from '#storage';
import { aBrowser, makeUnreadable, recordsOf, tamper, type Browser } from './browsers.ts';
import { aPatch, aSnapshot, anEdit, edits, PLAN } from './samples.ts';

async function openIn(browser: Browser): Promise<PlanStore> {
  return (await openIdbStore(browser.factory)).store;
}

const key = (revision: number) => `journal/${PLAN}/${revision}`;

/** A browser with so many entries, of which some were written over. */
async function withDamage(count: number, damage: Record<number, unknown>): Promise<Browser> {
  const browser = aBrowser();
  const store = await openIn(browser);
  await store.append(PLAN, 0, edits(count));
  store.close();
  for (const [revision, value] of Object.entries(damage)) {
    await tamper(browser.factory, 'journal', [PLAN, Number(revision)], value);
  }
  return browser;
}

const JUNK = [
  null,
  'x',
  {},
  { id: 'a', follows: '', entry: { kind: 'undo' } },
  {
    id: 'a',
    follows: '',
    entry: { kind: 'edit', patches: [{ ...aPatch(1), after: { values: { '2025': Number.NaN } } }], at: 1 },
  },
  new Uint8Array(8),
];

describe('a damaged entry', () => {
  test.each(JUNK)('%j ends the entries there; what follows is set aside and named', async (junk) => {
    const browser = await withDamage(5, { 3: junk });
    const work = await (await openIn(browser)).open(PLAN, 1);
    expect(work.entries).toEqual(edits(2));
    expect(work.damaged).toEqual([key(3), key(4), key(5)]);
    expect(work.unplaced).toEqual(edits(2, 4));
    expect(work.revision).toBe(5);
  });

  test.each(JUNK)('%j is brought as it lies there, with what follows it', async (junk) => {
    const browser = await withDamage(5, { 4: junk });
    await tamper(browser.factory, 'views', PLAN, 7);
    const store = await openIn(browser);
    const { damaged } = await store.open(PLAN, 1);
    const found = await store.readRecords(PLAN, 'set-aside');
    expect(found.map(({ name }) => name)).toEqual(damaged);
    expect(found).toMatchObject([
      { kind: 'change', revision: 4, content: [junk] },
      { kind: 'change', revision: 5, content: [{ entry: anEdit(5) }] },
      { kind: 'view', revision: 0, content: [7] },
    ]);
  });

  test('that the browser does not bring is named without a content', async () => {
    const browser = await withDamage(3, {});
    const store = await openIn(browser);
    makeUnreadable(browser, (name, at) => name === 'journal' && JSON.stringify(at) === `["${PLAN}",3]`);
    expect(await store.readRecords(PLAN, 'set-aside')).toEqual([
      { name: key(3), kind: 'change', revision: 3, content: undefined },
    ]);
  });

  test('in parts is brought with its parts', async () => {
    const browser = await withDamage(1, { 1: { whole: {}, parts: 2 } });
    for (const part of [1, 2]) await tamper(browser.factory, 'journal', [PLAN, 1, part], `part ${part}`);
    const store = await openIn(browser);
    expect(await store.readRecords(PLAN, 'set-aside')).toEqual([
      { name: key(1), kind: 'change', revision: 1, content: [{ whole: {}, parts: 2 }, 'part 1', 'part 2'] },
    ]);
  });

  test('that is missing does the same', async () => {
    const browser = await withDamage(5, { 3: undefined });
    const work = await (await openIn(browser)).open(PLAN, 1);
    expect(work).toMatchObject({
      entries: edits(2),
      damaged: [key(4), key(5)],
      unplaced: edits(2, 4),
      revision: 5,
    });
  });

  test('that came to another place does the same', async () => {
    const browser = await withDamage(5, {});
    const records = await recordsOf(browser.factory, 'journal');
    await tamper(browser.factory, 'journal', [PLAN, 2], records.get(`["${PLAN}",4]`));
    const work = await (await openIn(browser)).open(PLAN, 1);
    expect(work.entries).toEqual(edits(1));
    expect(work.damaged).toEqual([2, 3, 4, 5].map(key));
  });

  test('stays where it is whatever is done, until the work is removed', async () => {
    const browser = await withDamage(5, { 3: 'x' });
    const before = await recordsOf(browser.factory, 'journal');
    const store = await openIn(browser);
    await store.open(PLAN, 1);
    await store.append(PLAN, 5, edits(2, 6));
    await store.snapshot(PLAN, aSnapshot(7));
    await store.open(PLAN, 2);
    const after = await recordsOf(browser.factory, 'journal');
    expect([...after.keys()]).toEqual([3, 4, 5].map((revision) => `["${PLAN}",${revision}]`));
    for (const [name, value] of after) expect(value).toEqual(before.get(name));
    await store.remove(PLAN);
    expect((await recordsOf(browser.factory, 'journal')).size).toBe(0);
  });

  test('is left behind by work that goes on, and can be brought and removed alone', async () => {
    const browser = await withDamage(5, { 3: 'x' });
    const store = await openIn(browser);
    const names = async () => (await store.readRecords(PLAN, 'left')).map(({ name }) => name);
    await store.open(PLAN, 1);
    // nothing has gone on without them yet
    expect(await names()).toEqual([]);
    await store.resume(PLAN, aSnapshot(6), 2);
    await store.append(PLAN, 6, edits(2, 7));
    // what the work goes on from is not left behind
    expect(await names()).toEqual([3, 4, 5].map(key));
    expect(await store.readRecords(PLAN, 'left')).toMatchObject([
      { kind: 'change', revision: 3, content: ['x'] },
      { kind: 'change', revision: 4, content: [{ entry: anEdit(4) }] },
      { kind: 'change', revision: 5, content: [{ entry: anEdit(5) }] },
    ]);

    // a second damage joins the first when that is left behind too
    await tamper(browser.factory, 'journal', [PLAN, 8], 'y');
    await store.open(PLAN, 3);
    await store.resume(PLAN, aSnapshot(9), 4);
    expect((await names()).toSorted()).toEqual([3, 4, 5, 8].map(key));

    const work = await store.open(PLAN, 5);
    await store.removeLeft(PLAN);
    expect(await names()).toEqual([]);
    expect(await store.open(PLAN, 5)).toEqual(work);
    expect([...(await recordsOf(browser.factory, 'journal')).keys()]).toEqual(
      [1, 2, 7].map((revision) => `["${PLAN}",${revision}]`),
    );
  });

  test('that a snapshot was drawn past is left behind as well', async () => {
    const browser = await withDamage(5, { 3: 'x' });
    const store = await openIn(browser);
    await store.open(PLAN, 1);
    await store.append(PLAN, 5, edits(2, 6));
    await store.snapshot(PLAN, aSnapshot(7));
    const found = await store.readRecords(PLAN, 'left');
    expect(found.map(({ name }) => name)).toEqual([3, 4, 5].map(key));
    await store.removeLeft(PLAN);
    expect((await recordsOf(browser.factory, 'journal')).size).toBe(0);
    expect(await store.open(PLAN, 2)).toMatchObject({ snapshot: aSnapshot(7), revision: 7, damaged: [] });
  });

  test('is passed over by a snapshot after it, and named no more', async () => {
    const browser = await withDamage(5, { 3: 'x' });
    const store = await openIn(browser);
    await store.open(PLAN, 1);
    await store.snapshot(PLAN, aSnapshot(5));
    await store.append(PLAN, 5, edits(1, 6));
    const work = await store.open(PLAN, 2);
    expect(work).toMatchObject({
      snapshot: aSnapshot(5),
      entries: edits(1, 6),
      revision: 6,
      damaged: [],
      unplaced: [],
    });
  });

  test('hides nothing that is appended after it was named', async () => {
    const browser = await withDamage(5, { 3: 'x' });
    const store = await openIn(browser);
    await store.open(PLAN, 1);
    expect(await store.append(PLAN, 5, edits(2, 6))).toBe(7);
    expect(await store.append(PLAN, 7, edits(1, 8))).toBe(8);
    const work = await (await openIn(browser)).open(PLAN, 2);
    expect(work.entries).toEqual([...edits(2), ...edits(3, 6)]);
    expect(work.damaged).toEqual([3, 4, 5].map(key));
    expect(work.revision).toBe(8);
  });

  test('does not come between a snapshot and what is kept after it', async () => {
    const browser = await withDamage(5, { 3: 'x' });
    const store = await openIn(browser);
    await store.open(PLAN, 1);
    await store.append(PLAN, 5, edits(3, 6));
    await store.snapshot(PLAN, aSnapshot(6));
    const work = await store.open(PLAN, 2);
    expect(work).toMatchObject({ snapshot: aSnapshot(6), entries: edits(2, 7), revision: 8, damaged: [] });
  });

  test('can be read again when a later program understands it', async () => {
    const browser = await withDamage(5, {});
    const records = await recordsOf(browser.factory, 'journal');
    await tamper(browser.factory, 'journal', [PLAN, 3], 'x');
    expect((await (await openIn(browser)).open(PLAN, 1)).entries).toEqual(edits(2));
    await tamper(browser.factory, 'journal', [PLAN, 3], records.get(`["${PLAN}",3]`));
    const work = await (await openIn(browser)).open(PLAN, 2);
    expect(work).toMatchObject({ entries: edits(5), damaged: [], unplaced: [] });
  });

  test('makes no room for a snapshot that would cut the way to later entries', async () => {
    const browser = await withDamage(5, { 3: 'x' });
    const store = await openIn(browser);
    await store.open(PLAN, 1);
    await expect(store.snapshot(PLAN, aSnapshot(4))).rejects.toMatchObject({ code: 'stale_revision' });
  });
});

describe('a damaged snapshot', () => {
  async function withSnapshot(value: unknown): Promise<Browser> {
    const browser = aBrowser();
    const store = await openIn(browser);
    await store.append(PLAN, 0, edits(4));
    await store.snapshot(PLAN, aSnapshot(3));
    store.close();
    await tamper(browser.factory, 'snapshots', [PLAN, 3, 0], value);
    return browser;
  }

  test('is named with the entries that need it', async () => {
    const browser = await withSnapshot({ scenarios: [] });
    const work = await (await openIn(browser)).open(PLAN, 1);
    expect(work).toMatchObject({ snapshot: undefined, entries: [], revision: 4, unplaced: [anEdit(4)] });
    expect(work.damaged).toEqual([`snapshots/${PLAN}/3/0`, key(4)]);
  });

  test('stays beside the snapshots that follow, at the same revision too', async () => {
    const browser = await withSnapshot('x');
    await tamper(browser.factory, 'journal', [PLAN, 4], undefined);
    const store = await openIn(browser);
    const { revision } = await store.open(PLAN, 1);
    expect(revision).toBe(3);
    await store.snapshot(PLAN, aSnapshot(revision, 8));
    await store.append(PLAN, revision, edits(1, 5));
    expect(await store.open(PLAN, 2)).toMatchObject({
      snapshot: aSnapshot(3, 8),
      entries: edits(1, 5),
      damaged: [],
    });
    await store.snapshot(PLAN, aSnapshot(4));
    expect([...(await recordsOf(browser.factory, 'snapshots')).keys()]).toEqual([
      `["${PLAN}",3,0]`,
      `["${PLAN}",4,2]`,
    ]);
    await store.remove(PLAN);
    expect((await recordsOf(browser.factory, 'snapshots')).size).toBe(0);
  });

  test('does not keep a person from going on', async () => {
    const browser = await withSnapshot('x');
    const store = await openIn(browser);
    await store.open(PLAN, 1);
    await store.append(PLAN, 4, edits(2, 5));
    expect(await store.open(PLAN, 2)).toMatchObject({
      snapshot: undefined,
      entries: edits(2, 5),
      revision: 6,
    });
  });
});

describe('a record that the browser cannot give back', () => {
  test('hides no other record', async () => {
    const browser = aBrowser();
    const store = await openIn(browser);
    await store.append(PLAN, 0, edits(4));
    await store.snapshot(PLAN, aSnapshot(1));
    await store.keepView(PLAN, { scenario: 'trial', foldedSections: [] });
    makeUnreadable(browser, (name, at) => name === 'views' || JSON.stringify(at) === `["${PLAN}",4]`);
    expect(await store.open(PLAN, 1)).toMatchObject({
      snapshot: aSnapshot(1),
      entries: edits(2, 2),
      view: undefined,
      damaged: [key(4), `views/${PLAN}`],
    });
  });

  test('keeps neither the list nor the settings from opening', async () => {
    const browser = aBrowser();
    const store = await openIn(browser);
    await store.append(PLAN, 0, edits(4));
    await store.keepSettings({ theme: 'dark' });
    makeUnreadable(browser, () => true);
    expect(await store.list()).toEqual([{ plan: PLAN, revision: 4, openedAt: 0 }]);
    expect(await store.readSettings()).toEqual({});
    expect(await store.append(PLAN, 4, edits(1, 5))).toBe(5);
  });
});

test('a damaged view is named, and the next one takes its place', async () => {
  const browser = aBrowser();
  const store = await openIn(browser);
  await store.append(PLAN, 0, edits(1));
  await tamper(browser.factory, 'views', PLAN, { scenario: 7 });
  expect(await store.open(PLAN, 1)).toMatchObject({
    view: undefined,
    entries: edits(1),
    damaged: [`views/${PLAN}`],
  });
  await store.keepView(PLAN, { scenario: 'trial', foldedSections: [] });
  expect((await store.open(PLAN, 1)).damaged).toEqual([]);
});

test('damaged times and settings are read as far as they are understood', async () => {
  const browser = aBrowser();
  const store = await openIn(browser);
  await store.append('a', 0, edits(1));
  await store.open('b', 5);
  await tamper(browser.factory, 'works', 'a', 'yesterday');
  await tamper(browser.factory, 'settings', 'settings', { theme: 'dark', language: 'fr' });
  expect(await store.list()).toEqual([
    { plan: 'b', revision: 0, openedAt: 5 },
    { plan: 'a', revision: 1, openedAt: 0 },
  ]);
  expect(await store.readSettings()).toEqual({ theme: 'dark' });
  await store.open('a', 9);
  expect(await store.append('a', 1, edits(1, 2))).toBe(2);
});

describe('whatever is damaged', () => {
  /** A record is picked by its place among those that are there; junk -1 takes it away. */
  const blow = fc.record({
    store: fc.constantFrom('journal', 'journal', 'journal', 'snapshots'),
    place: fc.nat(30),
    junk: fc.integer({ min: -1, max: JUNK.length - 1 }),
  });
  const step = fc.oneof(
    fc.record({ does: fc.constant('append' as const), count: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ does: fc.constant('snapshot' as const), back: fc.nat(2) }),
    fc.record({ does: fc.constant('reload' as const), blows: fc.array(blow, { maxLength: 2 }) }),
  );

  /** Records by the names that `damaged` gives them. */
  async function named(browser: Browser): Promise<Map<string, unknown>> {
    const stores = await Promise.all(
      ['journal', 'snapshots'].map(async (store) =>
        [...(await recordsOf(browser.factory, store))].map(
          ([at, value]) => [[store, ...(JSON.parse(at) as unknown[])].join('/'), value] as const,
        ),
      ),
    );
    return new Map(stores.flat());
  }

  async function strike(
    browser: Browser,
    { store, place, junk }: { store: string; place: number; junk: number },
  ) {
    const keys = [...(await recordsOf(browser.factory, store)).keys()];
    const at = keys[place % Math.max(keys.length, 1)];
    if (at !== undefined) await tamper(browser.factory, store, JSON.parse(at) as IDBValidKey, JUNK[junk]);
  }

  test('a beginning comes back, what is done then is kept, and nothing unread is deleted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        const browser = aBrowser();
        let store = await openIn(browser);
        /** What the person stands on: the revision of each entry, and the entries. */
        let mine: JournalEntry[] = [];
        let revisions: number[] = [];
        let { revision, damaged } = await store.open(PLAN, 1);
        for (const one of steps) {
          const before = await named(browser);
          if (one.does === 'append') {
            const next = edits(one.count, revision + 1);
            mine.push(...next);
            revisions.push(...next.map((_, index) => revision + index + 1));
            revision = await store.append(PLAN, revision, next);
          } else if (one.does === 'snapshot') {
            const back = mine.length - one.back;
            const at = one.back === 0 ? revision : revisions[back - 1];
            // How many entries it stands for is told by the length of its history.
            const history = { done: Array.from({ length: back }, () => []), undone: [] };
            if (at !== undefined) {
              await store.snapshot(PLAN, { revision: at, scenarios: [], history }).catch((error: unknown) => {
                // Only one that is older than another may be refused.
                expect(error).toMatchObject({ code: 'stale_revision' });
                expect(one.back).toBeGreaterThan(0);
              });
            }
          } else {
            store.close();
            for (const each of one.blows) await strike(browser, each);
            store = await openIn(browser);
            const work = await store.open(PLAN, 1);
            const isHurt = one.blows.length > 0;
            const from = work.snapshot?.history.done.length ?? 0;
            const back = [...mine.slice(0, from), ...work.entries];
            expect(back).toEqual(isHurt ? mine.slice(0, back.length) : mine);
            mine = back;
            revisions = revisions.slice(0, back.length);
            ({ revision, damaged } = work);
            continue;
          }
          const after = await named(browser);
          for (const name of damaged) expect([name, after.get(name)]).toEqual([name, before.get(name)]);
        }
      }),
      { numRuns: 200 },
    );
  });
});
