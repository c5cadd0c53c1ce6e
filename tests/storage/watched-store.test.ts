/** What is known of a work outside of the database, and what an opening says that finds less. */
import { beforeEach, describe, expect, test } from 'vitest';
import { findLosses, openCanary, openIdbStore, watchStore, type FoundCopy, type Mark } from '#storage';
import { loadPlan } from '#tests/plans';
import { aBrowser, recordsOf, tamper, type Browser } from './browsers.ts';
import { aSnapshot, edits, PLAN } from './samples.ts';

beforeEach(() => localStorage.clear());

async function openIn(browser: Browser) {
  const canary = openCanary();
  return { canary, store: watchStore((await openIdbStore(browser.factory)).store, canary) };
}

const AT = edits(1, 5)[0]?.at ?? 0;

test('a work that is whole misses nothing, whatever was done to it', async () => {
  const browser = aBrowser();
  const { store, canary } = await openIn(browser);
  await store.append(PLAN, 0, edits(3));
  await store.snapshot(PLAN, aSnapshot(3));
  await Promise.all([store.append(PLAN, 3, edits(1, 4)), store.append(PLAN, 4, edits(1, 5))]);
  expect(canary.read(PLAN)).toMatchObject({ revision: 5, at: AT, base: { revision: 3 } });
  for (let time = 0; time < 2; time += 1) {
    const again = await openIn(browser);
    const work = await again.store.open(PLAN, 1);
    expect(work).toMatchObject({ revision: 5 + time, damaged: [] });
    expect(work.missing).toBeUndefined();
    await again.store.append(PLAN, 5 + time, edits(1, 6 + time));
  }
});

describe('a work is missing something', () => {
  test.each<[string, (browser: Browser) => Promise<void>, number]>([
    [
      'where the newest entry is gone',
      (browser) => tamper(browser.factory, 'journal', [PLAN, 5], undefined),
      4,
    ],
    [
      'where an entry says another thing than was kept',
      async (browser) => {
        const found = (await recordsOf(browser.factory, 'journal')).get(`["${PLAN}",4]`) as object;
        await tamper(browser.factory, 'journal', [PLAN, 4], { ...found, entry: edits(1, 99)[0] });
      },
      5,
    ],
  ])('%s', async (_, damage, found) => {
    const browser = aBrowser();
    const { store } = await openIn(browser);
    await store.append(PLAN, 0, edits(5));
    store.close();
    await damage(browser);
    const work = await (await openIn(browser)).store.open(PLAN, 1);
    expect(work).toMatchObject({ revision: found, missing: { revision: 5, at: AT } });
  });

  test('where the database is another one', async () => {
    await (await openIn(aBrowser())).store.append(PLAN, 0, edits(5));
    const work = await (await openIn(aBrowser())).store.open(PLAN, 1);
    expect(work).toMatchObject({ revision: 0, missing: { revision: 5 } });
  });

  test('until it goes on from a state, or the person goes on without', async () => {
    await (await openIn(aBrowser())).store.append(PLAN, 0, edits(5));
    const browser = aBrowser();
    const { store } = await openIn(browser);
    await store.resume(PLAN, aSnapshot(6), 9);
    expect((await (await openIn(browser)).store.open(PLAN, 1)).missing).toBeUndefined();
    const { store: other, canary } = await openIn(aBrowser());
    canary.amend(PLAN, { isLetGo: true });
    expect((await other.open(PLAN, 1)).missing).toBeUndefined();
  });
});

test('a removed work is missed by nobody', async () => {
  const { store, canary } = await openIn(aBrowser());
  await store.keepPlan(loadPlan(PLAN), [], 1);
  expect(canary.read(PLAN)).toMatchObject({ revision: 0, own: loadPlan(PLAN).title });
  await store.remove(PLAN);
  expect(canary.readAll().size).toBe(0);
});

test('a browser without localStorage keeps the work all the same', async () => {
  const refusing = openCanary(() => {
    throw new DOMException('blocked', 'SecurityError');
  });
  const store = watchStore((await openIdbStore(aBrowser().factory)).store, refusing);
  expect(await store.append(PLAN, 0, edits(2))).toBe(2);
  expect((await store.open(PLAN, 1)).missing).toBeUndefined();
});

test('marks that are none are passed over', () => {
  localStorage.setItem('tuiyan.kept.a', '{"revision":-1,"digest":"","at":1}');
  localStorage.setItem('tuiyan.kept.b', 'x');
  localStorage.setItem('tuiyan.kept.c', '{"revision":3,"digest":"d","at":1,"base":{},"own":"x"}');
  localStorage.setItem('other', '1');
  expect([...openCanary().readAll()]).toEqual([['c', { revision: 3, digest: 'd', at: 1 }]]);
});

describe('losses', () => {
  const mark = (revision: number, more: Partial<Mark> = {}): Mark => ({
    revision,
    digest: '',
    at: 7,
    ...more,
  });
  const copy = (plan: string, revision: number): FoundCopy => ({
    plan,
    revision,
    at: 3,
    file: 'f',
    bytes: 1,
  });
  const own = { zh: '甲', en: 'A' };
  const summary = (plan: string, revision: number) => ({ plan, revision, openedAt: 0 });

  test('are works with less than is known, by marks or by copies', () => {
    const losses = findLosses({
      marks: new Map([
        ['behind', mark(9)],
        ['gone', mark(4)],
        ['kept', mark(5)],
        ['let-go', mark(9, { isLetGo: true })],
        ['own-gone', mark(0, { own })],
        ['own-kept', mark(2, { own })],
      ]),
      copies: [copy('behind', 8), copy('behind', 2), copy('kept', 5), copy('unmarked', 3)],
      summaries: [summary('behind', 6), summary('kept', 5), summary('own-kept', 2)],
      covers: [{ id: 'own-kept' }],
    });
    expect(losses).toEqual([
      { plan: 'behind', found: 6, known: 9, at: 7, copies: [copy('behind', 8), copy('behind', 2)] },
      { plan: 'gone', found: 0, known: 4, at: 7, copies: [] },
      { plan: 'own-gone', own, found: 0, known: 0, at: 7, copies: [] },
      { plan: 'unmarked', found: 0, known: 3, at: undefined, copies: [copy('unmarked', 3)] },
    ]);
  });
});
