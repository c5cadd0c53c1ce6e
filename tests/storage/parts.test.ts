/** What is heavy is written and read in parts, which leaves the page its turns; all of it is kept or none. */
import { describe, expect, test } from 'vitest';
import { openIdbStore, StorageProblem, type JournalEntry, type Snapshot } from '#storage';
import type { Patch, Plan, Scenario } from '#plan';
import { cutRecord, isCutRecord, joinRecord } from '../../src/storage/parts.ts';
import { atOnce } from '../../src/storage/turns.ts';
import { loadPlan } from '#tests/plans';
import { aBrowser, recordsOf, tamper, type Browser } from './browsers.ts';
import { aScenario, edits, PLAN } from './samples.ts';

/** As many scenarios as one bundle may bring, each with a value in so many lines. */
function manyScenarios(count: number, lines = 60): Scenario[] {
  return Array.from({ length: count }, (_, at) => ({
    ...aScenario(`large_${at}`),
    values: Object.fromEntries(
      Array.from({ length: lines }, (_, line) => [`l${line}`, { '2025': at + line }]),
    ),
  }));
}

/** A gesture that begins them all. */
function anImport(count: number): JournalEntry {
  const patches = manyScenarios(count).flatMap(({ values = {}, ...head }): Patch[] => [
    { kind: 'scenario', before: null, after: head },
    ...Object.entries(values).map(([line, own]): Patch => ({
      kind: 'line',
      scenario: head.id,
      line,
      before: null,
      after: { values: own },
    })),
  ]);
  return { kind: 'edit', patches, at: 1 };
}

const openIn = async ({ factory }: Browser) => (await openIdbStore(factory)).store;
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof StorageProblem ? error.code : error),
  );

/** Does something when so many records have been written in one transaction. */
function afterWrites(browser: Browser, count: number, act: (transaction: IDBTransaction) => void): void {
  browser.onStore = (store, transaction) => {
    if (store.name !== 'journal') return;
    const add = store.add.bind(store);
    let written = 0;
    store.add = (value: unknown, key?: IDBValidKey) => {
      const request = add(value, key);
      request.addEventListener('success', () => {
        written += 1;
        if (written === count) act(transaction);
      });
      return request;
    };
  };
}

describe('a record that is cut', () => {
  test.each<[string, object]>([
    ['with very many patches', { id: 'a', follows: '', entry: anImport(300) }],
    [
      'with one very large object',
      { values: Object.fromEntries(manyScenarios(9000, 1).map((one) => [one.id, one])) },
    ],
    [
      'with heavy things in heavy things',
      { done: [[anImport(200)], [], [anImport(300), 1, null]], text: 'x' },
    ],
    ['with a list whose order counts', { list: Array.from({ length: 50_000 }, (_, at) => at) }],
  ])('%s is the same when it is joined', (_, record) => {
    const { whole, parts } = atOnce(cutRecord(record));
    expect(parts.length).toBeGreaterThan(1);
    const stored = structuredClone({ whole, parts: parts.length });
    expect(isCutRecord(stored)).toBe(true);
    const joined = atOnce(joinRecord(stored, structuredClone(parts)));
    expect(JSON.stringify(joined)).toBe(JSON.stringify(record));
  });

  test('is one piece where it is light', () => {
    const record = { id: 'a', entry: anImport(2) };
    expect(atOnce(cutRecord(record))).toEqual({ whole: record, parts: [] });
  });

  test('is none where a part is missing, leads nowhere, or says something twice', () => {
    const { whole, parts } = atOnce(cutRecord({ entry: anImport(300) }));
    const join = (some: readonly unknown[]) =>
      atOnce(joinRecord(structuredClone({ whole, parts: some.length }), structuredClone(some)));
    expect(join(parts)).toBeDefined();
    expect(
      atOnce(joinRecord(structuredClone({ whole, parts: parts.length }), parts.slice(1))),
    ).toBeUndefined();
    expect(join([...parts.slice(1), { path: ['nowhere'], items: [] }])).toBeUndefined();
    expect(join([...parts, parts[0]])).toBeUndefined();
    expect(join([...parts, 'text'])).toBeUndefined();
    expect(join([...parts, { path: [], items: [['__proto__', {}]] }])).toBeUndefined();
    expect(join([...parts, { path: ['__proto__'], items: [['polluted', 1]] }])).toBeUndefined();
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('an import of many scenarios', () => {
  test('is written a part at a time in one transaction, and read again as it was', async () => {
    const browser = aBrowser();
    const store = await openIn(browser);
    await store.open(PLAN, 1);
    browser.transactions.length = 0;
    let turns = 0;
    let isWritten = false;
    const others = () => {
      turns += 1;
      if (!isWritten) setTimeout(others);
    };
    setTimeout(others);
    const entry = anImport(400);
    expect(await store.append(PLAN, 0, [entry])).toBe(1);
    isWritten = true;
    // every part is a request of its own, and what waits meanwhile has its turn between them
    expect(turns).toBeGreaterThan(1);
    expect(browser.transactions).toHaveLength(1);
    expect((await recordsOf(browser.factory, 'journal')).size).toBeGreaterThan(5);
    expect(await store.open(PLAN, 1)).toMatchObject({ entries: [entry], revision: 1, damaged: [] });
  });

  test('is kept in its place among other gestures', async () => {
    const browser = aBrowser();
    const store = await openIn(browser);
    await store.open(PLAN, 1);
    const large = anImport(300);
    // the second begins before the first has ended, as when the page is left
    const kept = [store.append(PLAN, 0, [...edits(1), large]), store.append(PLAN, 2, edits(1, 2))];
    expect(await Promise.all(kept)).toEqual([2, 3]);
    expect((await store.open(PLAN, 1)).entries).toEqual([...edits(1), large, ...edits(1, 2)]);
  });

  test('leaves nothing when the page is closed in the middle', async () => {
    const browser = aBrowser();
    const store = await openIn(browser);
    await store.open(PLAN, 1);
    await store.append(PLAN, 0, edits(1));
    afterWrites(browser, 3, (transaction) => {
      // what a browser does with the transactions of a page that goes
      store.close();
      transaction.abort();
    });
    expect(await codeOf(store.append(PLAN, 1, [anImport(300)]))).toBe('failed');
    const next = await openIn(browser);
    expect(await next.open(PLAN, 2)).toMatchObject({ entries: edits(1), revision: 1, damaged: [] });
    expect((await recordsOf(browser.factory, 'journal')).size).toBe(1);
  });

  test('leaves nothing when the disk is full in the middle, and can be tried again', async () => {
    const browser = aBrowser();
    const store = await openIn(browser);
    await store.open(PLAN, 1);
    afterWrites(browser, 3, (transaction) => {
      (transaction as IDBTransaction & { _abort(name: string): void })._abort('QuotaExceededError');
    });
    const large = anImport(300);
    expect(await codeOf(store.append(PLAN, 0, [large]))).toBe('quota');
    expect((await recordsOf(browser.factory, 'journal')).size).toBe(0);
    browser.onStore = () => undefined;
    await store.append(PLAN, 0, [large]);
    expect((await store.open(PLAN, 1)).entries).toEqual([large]);
  });

  test('is refused whole where one patch of it could not be read again', async () => {
    const browser = aBrowser();
    const store = await openIn(browser);
    await store.open(PLAN, 1);
    const { patches = [] } = anImport(300) as { patches?: readonly Patch[] };
    const wrong = { ...patches.at(-1), line: 'NO LINE' } as Patch;
    const entry: JournalEntry = { kind: 'edit', patches: [...patches.slice(0, -1), wrong], at: 1 };
    expect(await codeOf(store.append(PLAN, 0, [entry]))).toBe('failed');
    expect((await recordsOf(browser.factory, 'journal')).size).toBe(0);
  });

  test('is refused whole where another tab has written since', async () => {
    const browser = aBrowser();
    const [one, other] = [await openIn(browser), await openIn(browser)];
    await Promise.all([one.open(PLAN, 1), other.open(PLAN, 1)]);
    await other.append(PLAN, 0, edits(1));
    expect(await codeOf(one.append(PLAN, 0, [anImport(300)]))).toBe('stale_revision');
    expect((await recordsOf(browser.factory, 'journal')).size).toBe(1);
  });

  test('that has lost a part is named, and hides nothing that is written after it', async () => {
    const browser = aBrowser();
    const store = await openIn(browser);
    await store.open(PLAN, 1);
    await store.append(PLAN, 0, [...edits(1), anImport(300)]);
    await tamper(browser.factory, 'journal', [PLAN, 2, 2], undefined);
    const next = await openIn(browser);
    expect(await next.open(PLAN, 2)).toMatchObject({
      entries: edits(1),
      revision: 2,
      damaged: [`journal/${PLAN}/2`],
    });
    await next.append(PLAN, 2, edits(1, 2));
    expect((await next.open(PLAN, 2)).entries).toEqual([...edits(1), ...edits(1, 2)]);
  });

  test('goes with its parts when it is drawn together, and when the work is removed', async () => {
    const browser = aBrowser();
    const store = await openIn(browser);
    await store.open(PLAN, 1);
    const large = anImport(300);
    await store.append(PLAN, 0, [large]);
    const snapshot = (revision: number): Snapshot => ({
      revision,
      scenarios: manyScenarios(300),
      history: { done: [large.kind === 'edit' ? large.patches : []], undone: [] },
    });
    await store.snapshot(PLAN, snapshot(1));
    expect((await recordsOf(browser.factory, 'journal')).size).toBe(0);
    const first = (await recordsOf(browser.factory, 'snapshots')).size;
    expect(first).toBeGreaterThan(5);
    expect((await store.open(PLAN, 1)).snapshot).toEqual(snapshot(1));
    await store.append(PLAN, 1, edits(1));
    await store.snapshot(PLAN, snapshot(2));
    // the former one is gone whole
    expect((await recordsOf(browser.factory, 'snapshots')).size).toBe(first);
    await store.remove(PLAN);
    expect((await recordsOf(browser.factory, 'snapshots')).size).toBe(0);
  });
});

test('a plan of many lines and scenarios is kept in parts, whole or not at all, and goes with them', async () => {
  const browser = aBrowser();
  const store = await openIn(browser);
  const plan = loadPlan('lishui-2021-2025');
  const [line] = plan.lines;
  if (!line) throw new Error('a plan without lines');
  const large: Plan = {
    ...plan,
    id: 'large',
    lines: Array.from({ length: 3000 }, (_, at) => ({ ...line, id: `l${at}` })),
  };
  const scenarios = manyScenarios(300);
  await store.keepPlan(large, scenarios, 1);
  expect((await recordsOf(browser.factory, 'plans')).size).toBeGreaterThan(3);
  expect(await store.readPlan('large')).toEqual(large);
  expect((await store.open('large', 1)).snapshot?.scenarios).toEqual(scenarios);
  const wrong = [...scenarios.slice(1), { ...aScenario(), values: { 'NO LINE': {} } }];
  expect(await codeOf(store.keepPlan({ ...large, id: 'wrong' }, wrong, 1))).toBe('failed');
  expect(await store.readPlan('wrong')).toBeUndefined();
  expect((await store.listPlans()).map(({ id }) => id)).toEqual(['large']);
  await store.remove('large');
  expect((await recordsOf(browser.factory, 'plans')).size).toBe(0);
});
