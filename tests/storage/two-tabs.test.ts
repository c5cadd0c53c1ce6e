/** Two tabs on one database: what is refused leaves nothing behind, and one work is not taken for another. */
import { describe, expect, test } from 'vitest';
import { openIdbStore, type PlanStore } from '#storage';
import { codeOf } from '../contracts/stores.ts';
import { aBrowser, endAfterSuccess, recordsOf, type Browser } from './browsers.ts';
import { aSnapshot, edits, PLAN } from './samples.ts';

async function openIn(browser: Browser): Promise<PlanStore> {
  return (await openIdbStore(browser.factory)).store;
}

describe('work that another tab removed and began anew', () => {
  test('is another work, even at the same revision', async () => {
    const browser = aBrowser();
    const [mine, theirs] = [await openIn(browser), await openIn(browser)];
    await mine.open(PLAN, 1);
    await mine.append(PLAN, 0, edits(2));
    await theirs.remove(PLAN);
    await theirs.open(PLAN, 2);
    await theirs.append(PLAN, 0, edits(2, 7));
    expect(await codeOf(mine.append(PLAN, 2, edits(1, 3)))).toBe('stale_revision');
    await mine.open(PLAN, 3);
    expect(await mine.append(PLAN, 2, edits(1, 9))).toBe(3);
    expect(await codeOf(theirs.append(PLAN, 3, edits(1, 10)))).toBe('stale_revision');
  });

  test('takes neither a snapshot of the old work nor its revisions', async () => {
    const browser = aBrowser();
    const [mine, theirs] = [await openIn(browser), await openIn(browser)];
    await mine.open(PLAN, 1);
    await mine.append(PLAN, 0, edits(3));
    await theirs.remove(PLAN);
    await theirs.open(PLAN, 2);
    await theirs.append(PLAN, 0, edits(2, 7));
    expect(await codeOf(mine.snapshot(PLAN, aSnapshot(2)))).toBe('stale_revision');
    await mine.open(PLAN, 3);
    await theirs.append(PLAN, 2, edits(1, 9));
    expect(await codeOf(mine.append(PLAN, 3, edits(1, 4)))).toBe('stale_revision');
    expect((await theirs.open(PLAN, 4)).entries).toEqual(edits(3, 7));
  });

  test('or only removed is begun again by opening it', async () => {
    const browser = aBrowser();
    const [mine, theirs] = [await openIn(browser), await openIn(browser)];
    await mine.open(PLAN, 1);
    await theirs.remove(PLAN);
    expect(await codeOf(mine.append(PLAN, 0, edits(1)))).toBe('stale_revision');
    await mine.open(PLAN, 2);
    expect(await mine.append(PLAN, 0, edits(1))).toBe(1);
    expect(await mine.list()).toHaveLength(1);
  });
});

describe('entries that are refused', () => {
  const journalOf = async (browser: Browser) => [...(await recordsOf(browser.factory, 'journal')).keys()];

  test('because another tab made a snapshot meanwhile leave nothing behind', async () => {
    const browser = aBrowser();
    const [mine, theirs] = [await openIn(browser), await openIn(browser)];
    await mine.append(PLAN, 0, edits(2));
    await theirs.append(PLAN, 2, edits(3, 3));
    await theirs.snapshot(PLAN, aSnapshot(5));
    expect(await codeOf(mine.append(PLAN, 2, edits(6, 11)))).toBe('stale_revision');
    expect(await journalOf(browser)).toEqual([]);
    expect(await theirs.append(PLAN, 5, edits(1, 6))).toBe(6);
  });

  test('because those before them were not kept leave nothing behind', async () => {
    const browser = aBrowser();
    const store = await openIn(browser);
    await store.open(PLAN, 1);
    endAfterSuccess(browser, 'QuotaExceededError');
    const first = codeOf(store.append(PLAN, 0, edits(2)));
    browser.onStore = () => undefined;
    const second = codeOf(store.append(PLAN, 2, edits(2, 3)));
    expect([await first, await second]).toEqual(['quota', 'stale_revision']);
    expect(await journalOf(browser)).toEqual([]);
    expect(await store.append(PLAN, 0, edits(4))).toBe(4);
    expect((await store.open(PLAN, 1)).entries).toEqual(edits(4));
  });

  test('because those before them came too late leave nothing behind', async () => {
    const browser = aBrowser();
    const [mine, theirs] = [await openIn(browser), await openIn(browser)];
    await mine.open(PLAN, 1);
    await theirs.open(PLAN, 1);
    await theirs.append(PLAN, 0, edits(2));
    const first = codeOf(mine.append(PLAN, 0, edits(2, 11)));
    // The head is just where this one expects it; but it is another's.
    const second = codeOf(mine.append(PLAN, 2, edits(2, 13)));
    expect([await first, await second]).toEqual(['stale_revision', 'stale_revision']);
    expect((await theirs.open(PLAN, 2)).entries).toEqual(edits(2));
    expect(await theirs.append(PLAN, 2, edits(1, 3))).toBe(3);
  });

  test('and could not be taken back are named, and never mixed with what was kept', async () => {
    const browser = aBrowser();
    const [mine, theirs] = [await openIn(browser), await openIn(browser)];
    await mine.append(PLAN, 0, edits(2));
    await theirs.append(PLAN, 2, edits(3, 3));
    await theirs.snapshot(PLAN, aSnapshot(5));
    // The page is left after the commit: nobody looks at the answer.
    let begun = 0;
    browser.onTransaction = () => {
      begun += 1;
      if (begun > 1) throw new DOMException('gone', 'DataError');
    };
    expect(await codeOf(mine.append(PLAN, 2, edits(6, 11)))).toBe('stale_revision');
    browser.onTransaction = () => undefined;
    const work = await theirs.open(PLAN, 1);
    expect(work).toMatchObject({ snapshot: aSnapshot(5), entries: [], unplaced: edits(3, 14) });
    expect(work.damaged).toEqual([6, 7, 8].map((revision) => `journal/${PLAN}/${revision}`));
    expect(await theirs.append(PLAN, work.revision, edits(1, 6))).toBe(9);
    expect((await theirs.open(PLAN, 1)).entries).toEqual(edits(1, 6));
  });
});
