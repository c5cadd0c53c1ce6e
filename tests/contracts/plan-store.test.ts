import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NO_HISTORY } from '#plan';
import type { JournalEntry } from '#storage';
import {
  aHead,
  anEdit,
  aPatch,
  aScenario,
  aSnapshot,
  edits,
  EVERY_CHANGE,
  PLAN,
} from '../storage/samples.ts';

import { codeOf, KINDS } from './stores.ts';

describe.each(KINDS)('the store in %s', (kind, openTabs) => {
  test('says what it is', async () => {
    expect((await openTabs()()).kind).toBe(kind);
  });

  test('has nothing of work that nobody began', async () => {
    const store = await openTabs()();
    const nothing = {
      snapshot: undefined,
      entries: [],
      revision: 0,
      view: undefined,
      damaged: [],
      unplaced: [],
    };
    expect(await store.open(PLAN, 1)).toEqual(nothing);
  });

  describe('1. what append has resolved is kept', () => {
    test('another tab finds it', async () => {
      const tab = openTabs();
      await (await tab()).append(PLAN, 0, edits(3));
      expect((await (await tab()).open(PLAN, 1)).entries).toEqual(edits(3));
    });

    test('append gives the new revision, which open gives too', async () => {
      const store = await openTabs()();
      expect(await store.append(PLAN, 0, edits(3))).toBe(3);
      expect(await store.append(PLAN, 3, edits(1, 4))).toBe(4);
      expect((await store.open(PLAN, 1)).revision).toBe(4);
    });

    test('an append of nothing still checks the revision', async () => {
      const store = await openTabs()();
      expect(await store.append(PLAN, 0, [])).toBe(0);
      expect(await codeOf(store.append(PLAN, 1, []))).toBe('stale_revision');
    });
  });

  describe('2. all entries of one append are kept or none', () => {
    test.each<[string, () => JournalEntry]>([
      ['holds what is not a number', () => anEdit(Number.NaN)],
      ['is a proxy', () => new Proxy(anEdit(3), {})],
      ['holds a proxy', () => ({ kind: 'edit', patches: [new Proxy(aPatch(3), {})], at: 1 })],
      ['has a key of its own', () => ({ ...anEdit(3), colour: 'red' })],
      ['is of another kind', () => ({ kind: 'merge', at: 1 }) as unknown as JournalEntry],
    ])('none when the last %s', async (_, bad) => {
      const store = await openTabs()();
      await store.append(PLAN, 0, [anEdit(1)]);
      expect(await codeOf(store.append(PLAN, 1, [anEdit(2), bad()]))).toBe('failed');
      expect((await store.open(PLAN, 1)).entries).toEqual([anEdit(1)]);
      expect(await store.append(PLAN, 1, [anEdit(2)])).toBe(2);
    });
  });

  describe('3. open gives exactly what was appended, in order', () => {
    test('every kind of entry and change', async () => {
      const store = await openTabs()();
      const overlay = {
        values: { '2021': -0, '2022': 5e-324 },
        changes: EVERY_CHANGE,
        actuals: { '2021': 0.1 + 0.2 },
      };
      const head = { ...aHead('trial_2'), note: { zh: '注', en: 'note' }, basedOn: 'trial' };
      const entries: JournalEntry[] = [
        { kind: 'edit', patches: [{ kind: 'scenario', before: null, after: head }], at: 1 },
        {
          kind: 'edit',
          patches: [{ kind: 'line', scenario: 'trial_2', line: 'gdp', before: null, after: overlay }],
          at: 2,
        },
        {
          kind: 'edit',
          patches: [{ kind: 'line', scenario: 'trial_2', line: 'gdp', before: overlay, after: null }],
          at: 3,
        },
        { kind: 'undo', at: 4 },
        { kind: 'redo', at: 4 },
        { kind: 'edit', patches: [], at: 0 },
      ];
      await store.append(PLAN, 0, entries);
      const { entries: kept } = await store.open(PLAN, 1);
      expect(kept).toStrictEqual(entries);
    });

    test('however they are cut into appends', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 4 }), {
            maxLength: 6,
          }),
          async (groups) => {
            const store = await openTabs()();
            const entries = groups.map((group) =>
              group.map((value) => ({ ...anEdit(0), patches: [aPatch(value)] })),
            );
            let revision = 0;
            for (const group of entries) revision = await store.append(PLAN, revision, group);
            const work = await store.open(PLAN, 1);
            expect(work.entries).toStrictEqual(entries.flat());
            expect(work.revision).toBe(entries.flat().length);
          },
        ),
        { numRuns: 40 },
      );
    });

    test('what the caller changes afterwards changes nothing that is kept', async () => {
      const store = await openTabs()();
      const patches = [aPatch(1)];
      await store.append(PLAN, 0, [{ kind: 'edit', patches, at: 1 }]);
      patches.push(aPatch(2));
      const { entries } = await store.open(PLAN, 1);
      expect(entries).toEqual([{ kind: 'edit', patches: [aPatch(1)], at: 1 }]);
      (entries as JournalEntry[]).length = 0;
      expect((await store.open(PLAN, 1)).entries).toHaveLength(1);
    });

    test('plans do not mix, even where one name begins another', async () => {
      const store = await openTabs()();
      await store.append('a', 0, edits(2));
      await store.append('a-b', 0, edits(1, 5));
      await store.append('b', 0, edits(1, 7));
      expect((await store.open('a', 1)).entries).toEqual(edits(2));
      expect((await store.open('a-b', 1)).entries).toEqual(edits(1, 5));
    });
  });

  describe('4. a revision is given out once', () => {
    test('who has not seen the newest entry is refused', async () => {
      const tab = openTabs();
      const [mine, theirs] = [await tab(), await tab()];
      await mine.open(PLAN, 1);
      await theirs.open(PLAN, 2);
      await theirs.append(PLAN, 0, edits(1));
      expect(await codeOf(mine.append(PLAN, 0, edits(1, 9)))).toBe('stale_revision');
      expect((await mine.open(PLAN, 3)).entries).toEqual(edits(1));
    });

    test('a revision that was never given out is refused', async () => {
      const store = await openTabs()();
      expect(await codeOf(store.append(PLAN, 7, edits(1)))).toBe('stale_revision');
    });

    test('a snapshot in another tab does not make an old revision good again', async () => {
      const tab = openTabs();
      const [mine, theirs] = [await tab(), await tab()];
      await mine.append(PLAN, 0, edits(2));
      await theirs.append(PLAN, 2, edits(3, 3));
      await theirs.snapshot(PLAN, aSnapshot(5));
      expect(await codeOf(mine.append(PLAN, 2, edits(1, 9)))).toBe('stale_revision');
    });

    test('of two that write at once, one wins', async () => {
      const tab = openTabs();
      const [mine, theirs] = [await tab(), await tab()];
      const outcomes = await Promise.all([
        codeOf(mine.append(PLAN, 0, edits(2))),
        codeOf(theirs.append(PLAN, 0, edits(2, 10))),
      ]);
      expect(outcomes).toEqual(['done', 'stale_revision']);
      expect((await mine.open(PLAN, 1)).entries).toEqual(edits(2));
    });

    test('two tabs that write at once and look again when refused lose nothing', async () => {
      const tab = openTabs();
      const write = async (from: number) => {
        const store = await tab();
        let { revision } = await store.open(PLAN, from);
        for (let value = from; value < from + 50; value += 1) {
          while ((await codeOf(store.append(PLAN, revision, [anEdit(value)]))) === 'stale_revision') {
            ({ revision } = await store.open(PLAN, from));
          }
          revision += 1;
        }
      };
      await Promise.all([write(1000), write(2000)]);
      const { entries } = await (await tab()).open(PLAN, 1);
      const times = entries.map((entry) => entry.at - anEdit(0).at);
      expect(times.filter((value) => value < 2000)).toEqual(
        Array.from({ length: 50 }, (_, index) => 1000 + index),
      );
      expect(times.filter((value) => value >= 2000)).toEqual(
        Array.from({ length: 50 }, (_, index) => 2000 + index),
      );
    });

    test('appends that are begun without waiting are kept in order', async () => {
      const store = await openTabs()();
      const revisions = await Promise.all([
        store.append(PLAN, 0, edits(2)),
        store.append(PLAN, 2, edits(1, 3)),
        store.append(PLAN, 3, edits(2, 4)),
      ]);
      expect(revisions).toEqual([2, 3, 5]);
      expect((await store.open(PLAN, 1)).entries).toEqual(edits(5));
    });
  });

  describe('5. nothing is deleted but by remove, and by snapshot what it contains', () => {
    test('a snapshot takes the place of what it contains', async () => {
      const store = await openTabs()();
      await store.append(PLAN, 0, edits(5));
      await store.snapshot(PLAN, aSnapshot(3));
      const work = await store.open(PLAN, 1);
      expect(work.snapshot).toStrictEqual(aSnapshot(3));
      expect(work.entries).toEqual(edits(2, 4));
      expect(work.revision).toBe(5);
      expect(work.damaged).toEqual([]);
    });

    test('a later one takes the place of an earlier one, and of one at the same revision', async () => {
      const store = await openTabs()();
      await store.append(PLAN, 0, edits(2));
      await store.snapshot(PLAN, aSnapshot(1));
      await store.snapshot(PLAN, aSnapshot(1, 8));
      expect((await store.open(PLAN, 1)).snapshot).toEqual(aSnapshot(1, 8));
      await store.snapshot(PLAN, aSnapshot(2));
      const work = await store.open(PLAN, 1);
      expect(work).toMatchObject({ snapshot: aSnapshot(2), entries: [], revision: 2, damaged: [] });
      expect(await store.append(PLAN, 2, edits(1, 3))).toBe(3);
    });

    test('work can begin with a snapshot', async () => {
      const store = await openTabs()();
      const start = { revision: 0, scenarios: [aScenario()], history: NO_HISTORY };
      await store.snapshot(PLAN, start);
      expect(await store.append(PLAN, 0, edits(1))).toBe(1);
      expect(await store.open(PLAN, 1)).toMatchObject({ snapshot: start, entries: edits(1), revision: 1 });
    });

    test.each([
      ['older than the one that is kept', 1],
      ['of a revision that is not given out yet', 4],
    ])('one %s is refused and deletes nothing', async (_, revision) => {
      const store = await openTabs()();
      await store.append(PLAN, 0, edits(3));
      await store.snapshot(PLAN, aSnapshot(2));
      expect(await codeOf(store.snapshot(PLAN, aSnapshot(revision)))).toBe('stale_revision');
      expect(await store.open(PLAN, 1)).toMatchObject({ snapshot: aSnapshot(2), entries: edits(1, 3) });
    });

    test.each<[string, unknown]>([
      ['with a scenario that could not be read', { ...aSnapshot(3), scenarios: [{ id: 'Trial' }] }],
      ['that is a proxy', { ...aSnapshot(3), scenarios: new Proxy([aScenario()], {}) }],
      ['without history', { revision: 3, scenarios: [] }],
    ])('one %s is refused and deletes nothing', async (_, bad) => {
      const store = await openTabs()();
      await store.append(PLAN, 0, edits(3));
      expect(await codeOf(store.snapshot(PLAN, bad as ReturnType<typeof aSnapshot>))).toBe('failed');
      expect((await store.open(PLAN, 1)).entries).toEqual(edits(3));
    });

    test('remove deletes all work on a plan, and on no other', async () => {
      const store = await openTabs()();
      for (const plan of [PLAN, 'other']) {
        await store.open(plan, 1);
        await store.append(plan, 0, edits(3));
        await store.snapshot(plan, aSnapshot(2));
        await store.keepView(plan, { scenario: 'trial', foldedSections: [] });
      }
      await store.remove(PLAN);
      expect((await store.list()).map((one) => one.plan)).toEqual(['other']);
      expect(await store.open(PLAN, 2)).toMatchObject({
        snapshot: undefined,
        entries: [],
        revision: 0,
        view: undefined,
      });
      expect(await store.open('other', 2)).toMatchObject({ snapshot: aSnapshot(2), entries: edits(1, 3) });
      expect(await store.append(PLAN, 0, edits(1))).toBe(1);
    });

    test('after a removal in another tab an old revision is refused', async () => {
      const tab = openTabs();
      const [mine, theirs] = [await tab(), await tab()];
      await mine.append(PLAN, 0, edits(2));
      await theirs.remove(PLAN);
      expect(await codeOf(mine.append(PLAN, 2, edits(1)))).toBe('stale_revision');
    });
  });

  test('after closing, everything is refused', async () => {
    const store = await openTabs()();
    await store.append(PLAN, 0, edits(1));
    store.close();
    store.close();
    const refused = await Promise.all(
      [
        store.list(),
        store.open(PLAN, 1),
        store.append(PLAN, 1, edits(1)),
        store.snapshot(PLAN, aSnapshot(1)),
        store.keepView(PLAN, { scenario: 'trial', foldedSections: [] }),
        store.readSettings(),
        store.keepSettings({}),
        store.remove(PLAN),
      ].map(codeOf),
    );
    expect(new Set(refused)).toEqual(new Set(['closed']));
  });
});
