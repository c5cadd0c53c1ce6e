import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { replay, openIdbStore, StorageProblem } from '#storage';
import { DATABASE_NAME, DATABASE_VERSION, upgrade } from '../../src/storage/upgrade.ts';
import { aBrowser, settled, type Browser } from './browsers.ts';
import { PLAN } from './samples.ts';

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
  readonly stores: Readonly<
    Record<string, readonly { readonly key: IDBValidKey; readonly value: unknown }[]>
  >;
}

/** The records of a database as a program of that version wrote them. */
function sample(version: number): Sample {
  const path = resolve(import.meta.dirname, '../saved', `database-${version}.json`);
  return JSON.parse(readFileSync(path, 'utf8')) as Sample;
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

test('an upgrade that fails leaves everything as it was, and the next one succeeds', async () => {
  const browser = aBrowser();
  await restore(browser, sample(1));
  let isFailing = true;
  browser.onOpen = (request) => {
    request.addEventListener('upgradeneeded', () => {
      if (isFailing) request.transaction?.abort();
    });
  };
  await expect(openIdbStore(browser.factory)).rejects.toBeInstanceOf(StorageProblem);
  expect(sample(1)).toMatchObject(await dump(browser, 1));
  isFailing = false;
  const { store } = await openIdbStore(browser.factory);
  expect((await store.open(PLAN, 1)).revision).toBe(6);
});
