/** Browsers that misbehave: databases in memory whose calls are watched and made to fail. */
import 'fake-indexeddb/auto';
import { forceCloseDatabase, IDBFactory as FakeFactory } from 'fake-indexeddb';
import { DATABASE_NAME, DATABASE_VERSION } from '../../src/storage/upgrade.ts';

/** What fake-indexeddb lets a test do to a transaction: end it for a reason of the browser's own. */
interface BreakableTransaction extends IDBTransaction {
  _abort(name: string): void;
  _execRequestAsync(request: { source: IDBObjectStore; operation: () => unknown }): IDBRequest;
}

/** A transaction as the browser saw it begin. */
export interface SeenTransaction {
  readonly stores: readonly string[];
  readonly mode: IDBTransactionMode;
  readonly durability: string | undefined;
}

/** A browser whose database can be watched and broken. */
export interface Browser {
  readonly factory: IDBFactory;
  /** Connections that were opened, oldest first. */
  readonly connections: IDBDatabase[];
  readonly transactions: SeenTransaction[];
  /** Called with every transaction that begins; it may throw, or break the transaction. */
  onTransaction: (transaction: BreakableTransaction) => void;
  /** Called with every object store that a transaction uses, at its first use. */
  onStore: (store: IDBObjectStore, transaction: BreakableTransaction) => void;
  /** Called with every request to open the database. */
  onOpen: (request: IDBOpenDBRequest) => void;
}

/** A browser with an empty database of its own. */
export function aBrowser(): Browser {
  const factory = new FakeFactory();
  const open = factory.open.bind(factory);
  const browser: Browser = {
    factory,
    connections: [],
    transactions: [],
    onTransaction: () => undefined,
    onStore: () => undefined,
    onOpen: () => undefined,
  };
  factory.open = (...args) => {
    const request = open(...args);
    request.addEventListener('success', () => {
      watch(browser, request.result);
    });
    browser.onOpen(request);
    return request;
  };
  return browser;
}

function watch(browser: Browser, database: IDBDatabase): void {
  browser.connections.push(database);
  const begin = database.transaction.bind(database);
  database.transaction = (stores, mode = 'readonly', options) => {
    const transaction = begin(stores, mode, options) as BreakableTransaction;
    const names = typeof stores === 'string' ? [stores] : [...stores];
    browser.transactions.push({ stores: names, mode, durability: options?.durability });
    browser.onTransaction(transaction);
    const get = transaction.objectStore.bind(transaction);
    const used = new Set<string>();
    transaction.objectStore = (name) => {
      const store = get(name);
      if (!used.has(name)) browser.onStore(store, transaction);
      used.add(name);
      return store;
    };
    return transaction;
  };
}

/** Ends the newest connection as the browser does when its storage process dies. */
export function endConnection(browser: Browser): void {
  // Its type asks for the class where it means a database.
  forceCloseDatabase(browser.connections.at(-1) as unknown as typeof IDBDatabase);
}

/** Ends every transaction that writes, with this reason, after each of its writes has succeeded. */
export function endAfterSuccess(browser: Browser, reason: string): { readonly successes: () => number } {
  let successes = 0;
  browser.onStore = (store, transaction) => {
    for (const verb of ['add', 'put'] as const) {
      const write = store[verb].bind(store);
      store[verb] = (value: unknown, key?: IDBValidKey) => {
        const request = write(value, key);
        request.addEventListener('success', () => {
          successes += 1;
          transaction._abort(reason);
        });
        return request;
      };
    }
  };
  return { successes: () => successes };
}

/** Makes records that lie under these keys unreadable, as Chromium does with a lost blob. */
export function makeUnreadable(browser: Browser, isBad: (store: string, key: unknown) => boolean): void {
  browser.onStore = (store, transaction) => {
    const fail = () =>
      transaction._execRequestAsync({
        source: store,
        operation: () => {
          throw new DOMException('Failed to read large IndexedDB value', 'DataError');
        },
      }) as IDBRequest<unknown[]>;
    const get = store.get.bind(store);
    store.get = (key) => (isBad(store.name, key) ? fail() : get(key));
    store.getAll = () => fail();
  };
}

/** Everything that lies in a store of the database, by its key as JSON. */
export async function recordsOf(factory: IDBFactory, store: string): Promise<Map<string, unknown>> {
  return withRawStore(factory, store, async (records) => {
    const [keys, values] = await Promise.all([settled(records.getAllKeys()), settled(records.getAll())]);
    return new Map(keys.map((key, index) => [JSON.stringify(key), values[index]]));
  });
}

/** Writes into the database behind the back of the app; `undefined` deletes. */
export async function tamper(
  factory: IDBFactory,
  store: string,
  key: IDBValidKey,
  value: unknown,
): Promise<void> {
  await withRawStore<unknown>(factory, store, (records) =>
    value === undefined ? settled(records.delete(key)) : settled(records.put(value, key)),
  );
}

async function withRawStore<T>(
  factory: IDBFactory,
  store: string,
  work: (records: IDBObjectStore) => Promise<T>,
): Promise<T> {
  const database = await settled(factory.open(DATABASE_NAME, DATABASE_VERSION));
  const result = await work(database.transaction(store, 'readwrite').objectStore(store));
  database.close();
  return result;
}

/** A request as a promise. */
export function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('no reason')));
  });
}
