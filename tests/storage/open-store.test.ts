import { describe, expect, test, vi } from 'vitest';
import { openStore } from '#storage';
import { DATABASE_NAME, DATABASE_VERSION } from '../../src/storage/upgrade.ts';
import { aBrowser, recordsOf, settled } from './browsers.ts';
import { edits, PLAN } from './samples.ts';

/** A factory whose every request to open fails so. */
function failingWith(...names: string[]): { factory: IDBFactory; asked: () => number } {
  const { factory } = aBrowser();
  const open = factory.open.bind(factory);
  let asked = 0;
  factory.open = (...args) => {
    const name = names[asked];
    asked += 1;
    if (name === undefined) return open(...args);
    const request = new EventTarget() as IDBOpenDBRequest;
    Object.assign(request, { error: new DOMException('refused', name) });
    queueMicrotask(() => request.dispatchEvent(new Event('error')));
    return request;
  };
  return { factory, asked: () => asked };
}

test('a browser with a database gives it', async () => {
  const { factory } = aBrowser();
  const { store, problem, isDataLost } = await openStore({}, () => factory);
  expect([store.kind, problem, isDataLost]).toEqual(['indexeddb', undefined, false]);
});

test('the database of the page is taken when none is given', async () => {
  const { store } = await openStore();
  expect(store.kind).toBe('indexeddb');
  store.close();
  await settled(indexedDB.deleteDatabase(DATABASE_NAME));
});

describe('a browser that refuses a database gives memory and says why', () => {
  test.each<[string, () => IDBFactory | undefined]>([
    ['it has none', () => undefined],
    [
      'it throws at its mention',
      () => {
        throw new DOMException('blocked', 'SecurityError');
      },
    ],
    [
      'it throws when asked to open',
      () => {
        const { factory } = aBrowser();
        factory.open = () => {
          throw new DOMException('blocked', 'SecurityError');
        };
        return factory;
      },
    ],
    ['it answers that it may not be changed', () => failingWith('InvalidStateError').factory],
  ])('%s', async (_, find) => {
    const { store, problem } = await openStore({}, find);
    expect([store.kind, problem?.code]).toEqual(['memory', 'unavailable']);
    expect(await store.append(PLAN, 0, edits(2))).toBe(2);
  });
});

test('storage that is full at the opening is said to be full', async () => {
  const { store, problem } = await openStore({}, () => failingWith('QuotaExceededError').factory);
  expect([store.kind, problem?.code]).toEqual(['memory', 'quota']);
});

describe('a backing store that does not open', () => {
  test('is asked once more', async () => {
    const { factory, asked } = failingWith('UnknownError');
    expect((await openStore({}, () => factory)).store.kind).toBe('indexeddb');
    expect(asked()).toBe(2);
  });

  test('and not a third time', async () => {
    const { factory, asked } = failingWith('UnknownError', 'UnknownError');
    const { store, problem } = await openStore({}, () => factory);
    expect([store.kind, problem?.code, asked()]).toEqual(['memory', 'failed', 2]);
    expect(problem?.cause).toHaveProperty('name', 'UnknownError');
  });
});

test('a database of a newer version is left as it is', async () => {
  const { factory } = aBrowser();
  const { store } = await openStore({}, () => factory);
  await store.append(PLAN, 0, edits(1));
  store.close();
  const newer = await settled(factory.open(DATABASE_NAME, DATABASE_VERSION + 1));
  const { store: old, problem } = await openStore({}, () => factory);
  expect([old.kind, problem?.code]).toEqual(['memory', 'newer_version']);
  expect(await settled(newer.transaction('journal').objectStore('journal').count())).toBe(1);
});

test('that other tabs are in the way is told, and opening goes on when they are closed', async () => {
  const browser = aBrowser();
  browser.onOpen = (request) => {
    const listen = request.addEventListener.bind(request);
    request.addEventListener = (type: string, listener: EventListenerOrEventListenerObject) => {
      listen(type, listener);
      // Version 1 has no older tabs to be blocked by, so the browser says it here at the first opportunity.
      if (type === 'blocked') listen('upgradeneeded', listener);
    };
  };
  const blocked = vi.fn();
  expect((await openStore({ blocked }, () => browser.factory)).store.kind).toBe('indexeddb');
  expect(blocked).toHaveBeenCalledTimes(1);
});

test('that the browser lost its data is told when the browser says so', async () => {
  const browser = aBrowser();
  browser.onOpen = (request) => {
    request.addEventListener('upgradeneeded', (event) => Object.assign(event, { dataLoss: 'total' }));
  };
  expect((await openStore({}, () => browser.factory)).isDataLost).toBe(true);
});

test('an upgrade that breaks leaves no database behind', async () => {
  const browser = aBrowser();
  browser.onOpen = (request) => {
    request.addEventListener('upgradeneeded', () => request.transaction?.abort());
  };
  const { store, problem } = await openStore({}, () => browser.factory);
  expect([store.kind, problem?.code]).toEqual(['memory', 'failed']);
  browser.onOpen = () => undefined;
  expect((await openStore({}, () => browser.factory)).store.kind).toBe('indexeddb');
  expect((await recordsOf(browser.factory, 'journal')).size).toBe(0);
});
