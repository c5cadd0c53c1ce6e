/**
 * Databases of every version that there was. A new version's sample is written by the first run of this file; from then on it is
 * as little edited as the others.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { replay, openIdbStore, StorageProblem } from '#storage';
import { DATABASE_NAME, DATABASE_VERSION, upgrade } from '../../src/storage/upgrade.ts';
import { aBrowser, settled, type Browser } from './browsers.ts';
import { PLAN } from './samples.ts';
import { readBack, workOn } from './worked-on.ts';

const NAMES = [
  'covers',
  'journal',
  'lessons',
  'plans',
  'settings',
  'snapshots',
  'version_contents',
  'versions',
  'views',
  'works',
];

interface Sample {
  readonly version: number;
  /** What the program of that version has read back. */
  readonly holds?: unknown;
  readonly stores: Readonly<
    Record<string, readonly { readonly key: IDBValidKey; readonly value: unknown }[]>
  >;
}

const pathOf = (version: number) => resolve(import.meta.dirname, '../saved', `database-${version}.json`);

/** The records of a database as a program of that version wrote them. */
function sample(version: number): Sample {
  return JSON.parse(readFileSync(pathOf(version), 'utf8')) as Sample;
}

/** Lays the sample into a browser as its version lays a database out. */
async function restore(browser: Browser, { version, stores }: Sample): Promise<void> {
  const request = browser.factory.open(DATABASE_NAME, version);
  request.addEventListener('upgradeneeded', () => {
    for (const [name, records] of Object.entries(stores)) {
      const store = request.result.createObjectStore(name);
      for (const { key, value } of records) store.put(value, key);
    }
  });
  (await settled(request)).close();
}

async function dump(browser: Browser, version: number): Promise<Sample> {
  const database = await settled(browser.factory.open(DATABASE_NAME, version));
  const names = [...database.objectStoreNames];
  const read = await Promise.all(
    names.map(async (name) => {
      const store = database.transaction(name).objectStore(name);
      const [keys, values] = await Promise.all([settled(store.getAllKeys()), settled(store.getAll())]);
      return [name, keys.map((key, index) => ({ key, value: values[index] as unknown }))] as const;
    }),
  );
  database.close();
  return { version: database.version, stores: Object.fromEntries(read) };
}

test('every version leads to the same stores', async () => {
  for (let from = 0; from < DATABASE_VERSION; from += 1) {
    const { factory } = aBrowser();
    for (const version of [from, DATABASE_VERSION].filter((one) => one > 0)) {
      const request = factory.open(DATABASE_NAME, version);
      request.addEventListener('upgradeneeded', ({ oldVersion }) => {
        if (!request.transaction) return;
        // up to `from` as an older program stops there, then the rest
        upgrade(request.result, request.transaction, oldVersion, version);
      });
      const database = await settled(request);
      if (version === DATABASE_VERSION) expect([...database.objectStoreNames]).toEqual(NAMES);
      database.close();
    }
  }
});

test('work that version 1 kept is there after the upgrade, and plans of one’s own can be kept beside it', async () => {
  const browser = aBrowser();
  await restore(browser, sample(1));
  const { store } = await openIdbStore(browser.factory);
  const work = await store.open(PLAN, 1_700_000_001_000);
  expect(work).toMatchObject({ revision: 6, damaged: [], snapshot: { revision: 3 } });
  // the last gesture undid the edit that set the value, and before that edit nothing was said
  expect(replay(work).scenarios).toEqual([{ id: 'trial', name: { zh: 'trial', en: 'trial' } }]);
  expect(work.view).toEqual({ scenario: 'trial', line: 'gdp', period: 2025, foldedSections: ['banking'] });
  expect(await store.readSettings()).toMatchObject({ language: 'zh', theme: 'dark', openPlan: PLAN });
  expect(await store.listPlans()).toEqual([]);
});

/** The databases of every version that this program opens. */
const VERSIONS = Array.from({ length: DATABASE_VERSION }, (_, step) => step + 1);

describe.each(VERSIONS)('a database of version %i', (version) => {
  test('has a sample, made by the program of that version', async () => {
    if (!existsSync(pathOf(version)) && version === DATABASE_VERSION) await writeSample();
    expect(sample(version)).toMatchObject({ database: DATABASE_NAME, version });
    expect(Object.keys(sample(version).stores).sort()).toEqual(await storesOf(version));
  });
});

// the first was made before there was a common measure of what is in one; a test above names what is in it
describe.each(VERSIONS.slice(1))('a database of version %i', (version) => {
  test('opens with everything that is in it, and with equal results', async () => {
    const browser = aBrowser();
    await restore(browser, sample(version));
    const { store } = await openIdbStore(browser.factory);
    const [read, held] = [await readBack(store, version), sample(version).holds].map(apart);
    expect(read?.rest).toEqual(held?.rest);
    expect(held?.results.length).toBeGreaterThan(80);
    expect(read?.results.length).toBe(held?.results.length);
    for (const [at, value] of held?.results.entries() ?? []) expect(read?.results[at]).toBeCloseTo(value, 12);
  });
});

describe.each(VERSIONS.slice(0, -1))('a database of version %i', (version) => {
  test('stays as it was, and readable, when its upgrade fails in any of its steps', async () => {
    const steps = (await storesOf(DATABASE_VERSION)).length - (await storesOf(version)).length;
    for (let step = 0; step <= steps; step += 1) {
      for (const fail of [endTransaction, throwError]) {
        const browser = aBrowser();
        await restore(browser, sample(version));
        failInside(browser, step, fail);
        await expect(openIdbStore(browser.factory)).rejects.toBeInstanceOf(StorageProblem);
        expect(sample(version)).toMatchObject(await dump(browser, version));
        browser.onOpen = () => undefined;
        const { store } = await openIdbStore(browser.factory);
        expect(await store.open(PLAN, 1)).toMatchObject({
          damaged: [],
          snapshot: { scenarios: [{ id: 'trial' }] },
        });
        store.close();
      }
    }
  });
});

type Failing = (transaction: IDBTransaction | null) => void;

/** What a browser does whose disk is full or which is closed. */
const endTransaction: Failing = (transaction) => transaction?.abort();

/** What a mistake in a step does. */
const throwError: Failing = () => {
  throw new TypeError('a step that is wrong');
};

/** Makes an upgrade fail when it has made so many stores; with 0 before the first. */
function failInside(browser: Browser, stores: number, fail: Failing): void {
  browser.onOpen = (request) => {
    request.addEventListener('upgradeneeded', () => {
      const database = request.result;
      const create = database.createObjectStore.bind(database);
      let made = 0;
      if (stores === 0) return request.transaction?.abort();
      database.createObjectStore = (...named) => {
        const store = create(...named);
        made += 1;
        if (made === stores) fail(request.transaction);
        return store;
      };
    });
  };
}

/** The stores that a version has. */
async function storesOf(version: number): Promise<string[]> {
  const request = aBrowser().factory.open(DATABASE_NAME, version);
  request.addEventListener('upgradeneeded', () => {
    if (request.transaction) upgrade(request.result, request.transaction, 0, version);
  });
  return [...(await settled(request)).objectStoreNames];
}

/** Results apart from all that has to be the same to the letter. */
function apart(held: unknown): { readonly rest: unknown; readonly results: readonly number[] } {
  const { works, ...others } = held as { works: readonly { readonly results?: unknown }[] };
  return {
    rest: { ...others, works: works.map(({ results: _, ...work }) => work) },
    results: works.flatMap(({ results }) => numbersIn(results)),
  };
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

/** Writes the sample of the newest version, as this program makes one, a record in a line. */
async function writeSample(): Promise<void> {
  const browser = aBrowser();
  const { store } = await openIdbStore(browser.factory);
  await workOn(store, DATABASE_VERSION);
  const holds = await readBack(store, DATABASE_VERSION);
  store.close();
  const { stores } = await dump(browser, DATABASE_VERSION);
  const listed = Object.entries(stores).map(
    ([name, records]) => `"${name}":[${records.map((one) => JSON.stringify(one)).join(',\n')}]`,
  );
  const head = `{"database":"${DATABASE_NAME}","version":${DATABASE_VERSION},\n"holds":${JSON.stringify(holds)}`;
  writeFileSync(pathOf(DATABASE_VERSION), `${head},\n"stores":{\n${listed.join(',\n')}\n}}\n`);
}
