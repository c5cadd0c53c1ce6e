import { describe, expect, test, vi } from 'vitest';
import { openIdbStore, StorageProblem, type PlanStore } from '#storage';
import { DATABASE_NAME, DATABASE_VERSION } from '../../src/storage/upgrade.ts';
import { aBrowser, endAfterSuccess, endConnection, recordsOf, settled, type Browser } from './browsers.ts';
import { aSnapshot, edits, PLAN } from './samples.ts';

const VIEW = { scenario: 'trial', foldedSections: [] };

async function openIn(browser: Browser): Promise<PlanStore> {
  return (await openIdbStore(browser.factory)).store;
}

const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) =>
      error instanceof StorageProblem ? error : new Error('no storage problem', { cause: error }),
  );

const codeOf = async (work: Promise<unknown>) => {
  const problem = await problemOf(work);
  return problem instanceof StorageProblem ? problem.code : problem;
};

describe('a write', () => {
  test('is one transaction, strictly durable', async () => {
    const browser = aBrowser();
    const store = await openIn(browser);
    await store.open(PLAN, 1);
    browser.transactions.length = 0;
    await store.append(PLAN, 0, edits(5));
    await store.snapshot(PLAN, aSnapshot(2));
    await store.keepView(PLAN, VIEW);
    await store.keepSettings({ theme: 'dark' });
    await store.remove(PLAN);
    expect(browser.transactions).toHaveLength(5);
    expect(browser.transactions.every((one) => one.mode === 'readwrite' && one.durability === 'strict')).toBe(
      true,
    );
  });

  test('of what a person did is committed before the call returns', async () => {
    const browser = aBrowser();
    const store = await openIn(browser);
    await store.open(PLAN, 1);
    const calls: string[] = [];
    browser.onTransaction = (transaction) => {
      const commit = transaction.commit.bind(transaction);
      transaction.commit = () => {
        calls.push('commit');
        commit();
      };
    };
    browser.onStore = (records) => {
      for (const verb of ['add', 'put'] as const) {
        const write = records[verb].bind(records);
        records[verb] = (value: unknown, key?: IDBValidKey) => {
          calls.push(`${records.name} ${JSON.stringify(key)}`);
          return write(value, key);
        };
      }
    };
    const kept = [
      store.append(PLAN, 0, edits(2)),
      store.keepView(PLAN, VIEW),
      store.keepSettings({ theme: 'dark' }),
      store.append(PLAN, 2, edits(1, 3)),
    ];
    expect(calls).toEqual([
      ...[`journal ["${PLAN}",1]`, `journal ["${PLAN}",2]`, 'commit'],
      ...[`views "${PLAN}"`, 'commit', 'settings "settings"', 'commit'],
      ...[`journal ["${PLAN}",3]`, 'commit'],
    ]);
    await Promise.all(kept);
    expect(await store.open(PLAN, 1)).toMatchObject({ entries: edits(3), view: VIEW });
  });

  test('that is begun before closing is kept', async () => {
    const browser = aBrowser();
    const store = await openIn(browser);
    await store.open(PLAN, 1);
    const kept = store.append(PLAN, 0, edits(2));
    store.close();
    expect(await kept).toBe(2);
    expect((await (await openIn(browser)).open(PLAN, 1)).entries).toEqual(edits(2));
  });
});

describe('storage that is full', () => {
  test('is told, though every request had succeeded', async () => {
    const browser = aBrowser();
    const store = await openIn(browser);
    await store.append(PLAN, 0, edits(2));
    const full = endAfterSuccess(browser, 'QuotaExceededError');
    expect(await codeOf(store.append(PLAN, 2, edits(3, 3)))).toBe('quota');
    expect(await codeOf(store.snapshot(PLAN, aSnapshot(2)))).toBe('quota');
    expect(await codeOf(store.keepView(PLAN, VIEW))).toBe('quota');
    expect(await codeOf(store.keepSettings({ theme: 'dark' }))).toBe('quota');
    expect(full.successes()).toBeGreaterThanOrEqual(4);
  });

  test('loses nothing, shows what is kept, and takes the same entries when there is room', async () => {
    const browser = aBrowser();
    const store = await openIn(browser);
    await store.append(PLAN, 0, edits(2));
    endAfterSuccess(browser, 'QuotaExceededError');
    expect(await codeOf(store.append(PLAN, 2, edits(3, 3)))).toBe('quota');
    expect(await codeOf(store.snapshot(PLAN, aSnapshot(1)))).toBe('quota');
    expect(await store.open(PLAN, 1)).toMatchObject({ snapshot: undefined, entries: edits(2), revision: 2 });
    browser.onStore = () => undefined;
    expect(await store.append(PLAN, 2, edits(3, 3))).toBe(5);
    expect((await store.open(PLAN, 1)).entries).toEqual(edits(5));
  });

  test('keeps the reason as the cause', async () => {
    const browser = aBrowser();
    const store = await openIn(browser);
    endAfterSuccess(browser, 'QuotaExceededError');
    const problem = await problemOf(store.append(PLAN, 0, edits(1)));
    expect(problem?.cause).toHaveProperty('name', 'QuotaExceededError');
  });
});

describe('a disk that fails otherwise', () => {
  test('is told as failed, and the work can still be read', async () => {
    const browser = aBrowser();
    const store = await openIn(browser);
    await store.append(PLAN, 0, edits(2));
    endAfterSuccess(browser, 'DataError');
    expect(await codeOf(store.append(PLAN, 2, edits(1, 3)))).toBe('failed');
    expect((await store.open(PLAN, 1)).entries).toEqual(edits(2));
  });
});

describe('a connection that the browser ends', () => {
  test('is opened again at the next call, a hundred times', async () => {
    const browser = aBrowser();
    const store = await openIn(browser);
    for (let revision = 0; revision < 100; revision += 1) {
      endConnection(browser);
      expect(await store.append(PLAN, revision, edits(1, revision + 1))).toBe(revision + 1);
    }
    expect(browser.connections).toHaveLength(101);
    expect((await store.open(PLAN, 1)).entries).toEqual(edits(100));
  });

  test('without a word is opened again too', async () => {
    const browser = aBrowser();
    const store = await openIn(browser);
    browser.connections[0]?.close();
    expect(await Promise.all([store.append(PLAN, 0, edits(1)), store.readSettings()])).toEqual([1, {}]);
    expect(browser.connections).toHaveLength(2);
  });

  test.each(['AbortError', 'UnknownError'])('under a transaction (%s) costs one retry', async (reason) => {
    const browser = aBrowser();
    const store = await openIn(browser);
    await store.open(PLAN, 1);
    browser.onTransaction = (transaction) => {
      browser.onTransaction = () => undefined;
      queueMicrotask(() => transaction._abort(reason));
    };
    expect(await store.append(PLAN, 0, edits(2))).toBe(2);
    expect(browser.connections).toHaveLength(2);
    expect((await store.open(PLAN, 1)).entries).toEqual(edits(2));
  });

  test('under a transaction that never says anything again costs one retry', async () => {
    const browser = aBrowser();
    const store = await openIn(browser);
    const [first] = browser.connections;
    const closing: (() => void)[] = [];
    if (first) {
      const listen = first.addEventListener.bind(first);
      first.addEventListener = (type: string, listener: EventListenerOrEventListenerObject) => {
        if (type === 'close' && typeof listener === 'function')
          closing.push(() => listener(new Event('close')));
        listen(type, listener);
      };
    }
    await store.open(PLAN, 1);
    browser.onTransaction = (transaction) => {
      browser.onTransaction = () => undefined;
      // No request is answered any more and no event is fired, but that the connection is gone.
      Object.assign(transaction, { _start: () => undefined });
      queueMicrotask(() => {
        Object.assign(transaction, { _state: 'finished' });
        closing.forEach((close) => close());
      });
    };
    expect(await store.append(PLAN, 0, edits(2))).toBe(2);
    expect(browser.connections).toHaveLength(2);
  });

  test('after the commit and before the answer is no reason to refuse what was kept', async () => {
    const browser = aBrowser();
    const store = await openIn(browser);
    await store.open(PLAN, 1);
    browser.onTransaction = (transaction) => {
      browser.onTransaction = () => undefined;
      const tell = transaction.dispatchEvent.bind(transaction);
      transaction.dispatchEvent = (event) => {
        if (event.type !== 'complete') return tell(event);
        endConnection(browser);
        return true;
      };
    };
    expect(await store.append(PLAN, 0, edits(2))).toBe(2);
    expect(browser.connections).toHaveLength(2);
    expect((await store.open(PLAN, 1)).entries).toEqual(edits(2));
  });

  test('again and again is told after one retry', async () => {
    const browser = aBrowser();
    const store = await openIn(browser);
    await store.open(PLAN, 1);
    browser.onTransaction = () => {
      throw new DOMException('closing', 'InvalidStateError');
    };
    expect(await codeOf(store.append(PLAN, 0, edits(1)))).toBe('failed');
    expect(browser.connections).toHaveLength(2);
    browser.onTransaction = () => undefined;
    expect(await store.append(PLAN, 0, edits(1))).toBe(1);
  });

  test('and cannot be opened again says why', async () => {
    const browser = aBrowser();
    const store = await openIn(browser);
    endConnection(browser);
    browser.factory.open = () => {
      throw new DOMException('blocked', 'SecurityError');
    };
    expect(await codeOf(store.append(PLAN, 0, edits(1)))).toBe('unavailable');
  });

  test('after closing is not opened again', async () => {
    const browser = aBrowser();
    const store = await openIn(browser);
    endConnection(browser);
    const refused = codeOf(store.append(PLAN, 0, edits(1)));
    store.close();
    expect(await refused).toBe('closed');
    const reopened = browser.connections.slice(1);
    expect(() => reopened.forEach((one) => one.transaction('journal'))).toThrow();
  });
});

describe('another tab that upgrades the database', () => {
  test('is let through; this one refuses from then on, and says so once', async () => {
    const browser = aBrowser();
    const superseded = vi.fn();
    const { store } = await openIdbStore(browser.factory, { superseded });
    await store.append(PLAN, 0, edits(2));
    const newer = await settled(browser.factory.open(DATABASE_NAME, DATABASE_VERSION + 1));
    expect(await settled(newer.transaction('journal').objectStore('journal').count())).toBe(2);
    expect(await codeOf(store.append(PLAN, 2, edits(1)))).toBe('closed');
    expect(await codeOf(store.open(PLAN, 1))).toBe('closed');
    expect(superseded).toHaveBeenCalledTimes(1);
  });

  test('does not lose what was on its way', async () => {
    const browser = aBrowser();
    const store = await openIn(browser);
    await store.open(PLAN, 1);
    const kept = store.append(PLAN, 0, edits(2));
    const newer = settled(browser.factory.open(DATABASE_NAME, DATABASE_VERSION + 1));
    expect(await kept).toBe(2);
    expect(await settled((await newer).transaction('journal').objectStore('journal').count())).toBe(2);
  });

  test('finds an old tab that comes back refused, not harmful', async () => {
    const browser = aBrowser();
    const store = await openIn(browser);
    endConnection(browser);
    (await settled(browser.factory.open(DATABASE_NAME, DATABASE_VERSION + 1))).close();
    expect(await codeOf(store.append(PLAN, 0, edits(1)))).toBe('newer_version');
  });

  test('or deletes it is let through as well; this one begins anew, and appends nothing to what is gone', async () => {
    const browser = aBrowser();
    const store = await openIn(browser);
    await store.open(PLAN, 1);
    await store.append(PLAN, 0, edits(2));
    await settled(browser.factory.deleteDatabase(DATABASE_NAME));
    expect(await store.list()).toEqual([]);
    expect(await codeOf(store.append(PLAN, 2, edits(1)))).toBe('stale_revision');
  });
});

test('the list needs no record but its key', async () => {
  const browser = aBrowser();
  const store = await openIn(browser);
  await store.append(PLAN, 0, edits(3));
  const before = await recordsOf(browser.factory, 'journal');
  expect(before.size).toBe(3);
  browser.onStore = (records) => {
    if (records.name !== 'works') records.getAll = () => expect.unreachable();
  };
  expect((await store.list()).map((one) => one.revision)).toEqual([3]);
});
