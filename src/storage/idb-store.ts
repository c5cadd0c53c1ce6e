/**
 * The store in IndexedDB, and the only file that knows the library idb. Everything goes through one private `#tx`:
 * 1. It resolves when the transaction completed with strict durability, never at a request's success.
 * 2. It starts at once when a connection stands, before the first `await`: what is begun while a page is being hidden
 *    is kept (`append` hands over all its requests in one go; the revision check runs between them and the commit).
 * 3. Whatever fails becomes a `StorageProblem`. A dead connection is opened anew once; a second loss is said.
 * 4. When another tab wants to upgrade or delete the database, this one lets go and is `closed` from then on.
 *
 * What is read is believed only after `record.ts` and `chain.ts` have looked at it. Nothing is repaired in place.
 */
import { unwrap, wrap, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import { isReachable, readChain, type Chain, type FoundRecord } from './chain.ts';
import { openDatabase, type StoreEvents } from './connection.ts';
import { EndedWithoutReason, isLostConnection, nameOf, transactionProblem } from './idb-problem.ts';
import {
  StorageProblem,
  type JournalEntry,
  type PlanStore,
  type Settings,
  type Snapshot,
  type StoredSummary,
  type StoredWork,
  type ViewState,
} from './plan-store.ts';
import {
  demand,
  demandEntries,
  demandSettings,
  demandSnapshot,
  isViewState,
  toSettings,
  toWorkRecord,
} from './record.ts';
import type { JournalRecord, SnapshotRecord, WorkRecord } from './record.ts';

/** Values are `unknown` on purpose: whoever reads one has to look at it first. */
interface Stores extends DBSchema {
  journal: { key: [plan: string, revision: number]; value: unknown };
  /** `generation` counts a plan's snapshots, so that a new one never lands on a damaged one of the same revision. */
  snapshots: { key: [plan: string, revision: number, generation: number]; value: unknown };
  views: { key: string; value: unknown };
  works: { key: string; value: unknown };
  settings: { key: string; value: unknown };
}
type StoreName = 'journal' | 'snapshots' | 'views' | 'works' | 'settings';
type Mode = 'readonly' | 'readwrite';
type Transaction<M extends Mode> = IDBPTransaction<Stores, StoreName[], M>;

/** The one key of the settings. */
const SETTINGS_KEY = 'settings';
const JOURNAL: StoreName[] = ['journal', 'snapshots', 'works'];
const WORK: StoreName[] = [...JOURNAL, 'views'];

type Database = IDBPDatabase<Stores>;

/** What `append` must know of the last opening. */
interface Opened {
  readonly startedAt: number;
  readonly head: number;
  readonly last: number;
}

class IdbStore implements PlanStore {
  readonly kind = 'indexeddb';
  readonly #factory: IDBFactory;
  readonly #events: StoreEvents;
  readonly #opened = new Map<string, Opened>();
  #database: Database | undefined;
  #connecting: Promise<Database> | undefined;
  #isDataLost = false;
  #isClosed = false;

  constructor(factory: IDBFactory, events: StoreEvents) {
    this.#factory = factory;
    this.#events = events;
  }

  /** Opens the connection; tells whether the browser reported a loss of data. */
  async connect(): Promise<boolean> {
    await this.#connected();
    return this.#isDataLost;
  }

  async list(): Promise<readonly StoredSummary[]> {
    return this.#tx(JOURNAL, 'readonly', async (tx) => {
      const works = tx.objectStore('works');
      const plans = await works.getAllKeys();
      const summaries = await Promise.all(
        plans.map(async (plan) => {
          const [revision, work] = await Promise.all([readHead(tx, plan), tolerate(works.get(plan), null)]);
          return { plan, revision, openedAt: toWorkRecord(work).openedAt };
        }),
      );
      return summaries.sort((a, b) => b.openedAt - a.openedAt || (a.plan < b.plan ? -1 : 1));
    });
  }

  async open(plan: string, at: number): Promise<StoredWork> {
    const { chain, startedAt } = await this.#readAndNote(plan, at);
    const { snapshot, links, last, head, view, damaged, unplaced } = chain;
    this.#opened.set(plan, { startedAt, head, last });
    return { snapshot, entries: links.map((link) => link.entry), revision: head, view, damaged, unplaced };
  }

  async #readAndNote(plan: string, at: number): Promise<{ chain: Chain; startedAt: number }> {
    const read = async <M extends Mode>(tx: Transaction<M>) => {
      const work = tolerate(tx.objectStore('works').get(plan), null);
      const [chain, found] = await Promise.all([readWork(tx, plan), work]);
      return { chain, startedAt: found === undefined ? at : toWorkRecord(found).startedAt };
    };
    try {
      return await this.#tx(WORK, 'readwrite', async (tx) => {
        const found = await read(tx);
        await beginWork(tx, plan, found.startedAt, at);
        return found;
      });
    } catch (error) {
      // A full disk must not hide the work: it is read all the same, and the next `append` says what is wrong.
      const isUnwritable =
        error instanceof StorageProblem && (error.code === 'quota' || error.code === 'failed');
      if (!isUnwritable) throw error;
      return this.#tx(WORK, 'readonly', read);
    }
  }

  async append(plan: string, revision: number, entries: readonly JournalEntry[]): Promise<number> {
    demandEntries(entries);
    const opened = this.#opened.get(plan);
    // Who opened damaged work stands at its last readable entry, though higher revisions were given out.
    const follows = opened?.head === revision ? opened.last : revision;
    return this.#tx(JOURNAL, 'readwrite', async (tx) => {
      const journal = tx.objectStore('journal');
      const check = Promise.all([readHead(tx, plan), tolerate(tx.objectStore('works').get(plan), null)]);
      const added = Promise.all(
        entries.map(async (entry, index) => {
          const record: JournalRecord = { follows: index === 0 ? follows : revision + index, entry };
          await journal.add(record, [plan, revision + index + 1]);
        }),
      );
      // A stale revision is said first; whatever else happened to the entries is thrown by the last line.
      added.catch(() => undefined);
      const [head, work] = await check;
      // The same revision of work that was removed and begun anew is another work.
      const isOther =
        opened !== undefined && work !== undefined && toWorkRecord(work).startedAt !== opened.startedAt;
      if (head !== revision || isOther) throw new StorageProblem('stale_revision');
      const now = entries[0]?.at ?? 0;
      if (work === undefined) await beginWork(tx, plan, opened?.startedAt ?? now, now);
      await added;
      return revision + entries.length;
    });
  }

  async snapshot(plan: string, snapshot: Snapshot): Promise<void> {
    demandSnapshot(snapshot);
    const { revision, scenarios, history } = snapshot;
    await this.#tx(WORK, 'readwrite', async (tx) => {
      const [chain, work] = await Promise.all([
        readWork(tx, plan),
        tolerate(tx.objectStore('works').get(plan), null),
      ]);
      if (!isReachable(chain, revision)) throw new StorageProblem('stale_revision');
      const snapshots = tx.objectStore('snapshots');
      const journal = tx.objectStore('journal');
      const record: SnapshotRecord = { scenarios, history };
      await snapshots.add(record, [plan, revision, chain.nextGeneration]);
      const contained = chain.links.filter((link) => link.revision <= revision);
      await Promise.all([
        ...(chain.snapshot ? [snapshots.delete([plan, chain.snapshot.revision, chain.generation])] : []),
        ...contained.map((link) => journal.delete([plan, link.revision])),
        ...(work === undefined ? [beginWork(tx, plan, 0, 0)] : []),
      ]);
    });
    const opened = this.#opened.get(plan);
    if (opened?.head === revision) this.#opened.set(plan, { ...opened, last: revision });
  }

  async keepView(plan: string, view: ViewState): Promise<void> {
    demand(isViewState(view), 'view');
    await this.#tx(['views'], 'readwrite', (tx) => tx.objectStore('views').put(view, plan));
  }

  async readSettings(): Promise<Settings> {
    return this.#tx(['settings'], 'readonly', async (tx) =>
      toSettings(await tolerate(tx.objectStore('settings').get(SETTINGS_KEY), null)),
    );
  }

  async keepSettings(settings: Settings): Promise<void> {
    demandSettings(settings);
    await this.#tx(['settings'], 'readwrite', (tx) => tx.objectStore('settings').put(settings, SETTINGS_KEY));
  }

  async remove(plan: string): Promise<void> {
    await this.#tx(WORK, 'readwrite', (tx) =>
      Promise.all([
        tx.objectStore('journal').delete(wholeOf(plan)),
        tx.objectStore('snapshots').delete(wholeOf(plan)),
        tx.objectStore('views').delete(plan),
        tx.objectStore('works').delete(plan),
      ]),
    );
    this.#opened.delete(plan);
  }

  close(): void {
    this.#isClosed = true;
    this.#database?.close();
    this.#database = undefined;
  }

  /** The only way into the database: the promises at the head of this file are kept here. */
  async #tx<T, M extends Mode>(
    stores: StoreName[],
    mode: M,
    work: (tx: Transaction<M>) => Promise<T>,
  ): Promise<T> {
    for (let isRetry = false; ; isRetry = true) {
      if (this.#isClosed) throw new StorageProblem('closed');
      // No await while a connection stands: promise 2.
      const database = this.#database ?? (await this.#connected());
      try {
        return await runTransaction(database, stores, mode, work);
      } catch (error) {
        if (isRetry || !isLostConnection(error)) throw transactionProblem(error);
        this.#drop(database);
      }
    }
  }

  #connected(): Promise<Database> {
    if (this.#database) return Promise.resolve(this.#database);
    this.#connecting ??= this.#connectAnew().finally(() => {
      this.#connecting = undefined;
    });
    return this.#connecting;
  }

  async #connectAnew(): Promise<Database> {
    const opened = await openDatabase(this.#factory, this.#events);
    if (this.#isClosed) {
      opened.database.close();
      throw new StorageProblem('closed');
    }
    const database = wrap(opened.database) as unknown as Database;
    this.#database = database;
    this.#isDataLost ||= opened.isDataLost;
    database.addEventListener('close', () => this.#drop(database));
    database.addEventListener('versionchange', () => {
      if (this.#database !== database) return;
      // Transactions that were begun are finished all the same.
      this.close();
      this.#events.superseded?.();
    });
    return database;
  }

  #drop(database: Database): void {
    database.close();
    if (this.#database === database) this.#database = undefined;
  }
}

/** Opens the store of this browser. Fails with `unavailable`, `newer_version`, `quota` or `failed`. */
export async function openIdbStore(
  factory: IDBFactory,
  events: StoreEvents = {},
): Promise<{ readonly store: PlanStore; readonly isDataLost: boolean }> {
  const store = new IdbStore(factory, events);
  return { store, isDataLost: await store.connect() };
}

/** Runs one transaction and waits for its end; when it fails, throws why it ended. */
async function runTransaction<T, M extends Mode>(
  database: Database,
  stores: StoreName[],
  mode: M,
  work: (tx: Transaction<M>) => Promise<T>,
): Promise<T> {
  const tx = database.transaction(stores, mode, { durability: 'strict' });
  const { ended, forget } = watch(tx, database);
  const answer = async () => work(tx);
  try {
    const [result] = await Promise.all([answer(), ended]);
    return result;
  } catch (error) {
    abort(tx);
    // A request that fails is often the echo of something larger: why the transaction ended is known at its end.
    const reason: unknown = await ended.catch((why: unknown) => why);
    throw error instanceof StorageProblem || reason instanceof EndedWithoutReason ? error : (reason ?? error);
  } finally {
    forget();
  }
}

/** Waits for a transaction's end, or for that of its connection, after which some browsers say nothing more. */
function watch<M extends Mode>(tx: Transaction<M>, database: Database) {
  let onClose = (): void => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    onClose = () => reject(new EndedWithoutReason());
    database.addEventListener('close', onClose);
    tx.addEventListener('abort', () => reject(tx.error ?? new EndedWithoutReason()));
    // That it failed `done` says before the reason is known; the listener above waits for the reason.
    tx.done.then(resolve, () => undefined);
  });
  return { ended, forget: () => database.removeEventListener('close', onClose) };
}

function abort(tx: Pick<IDBTransaction, 'abort'>): void {
  try {
    tx.abort();
  } catch (error) {
    // It has ended already.
    if (nameOf(error) !== 'InvalidStateError') throw error;
  }
}

/** Asks for a record whose loss must not end the transaction: gives `instead` when the browser cannot bring it. */
function tolerate<T, I>(answer: Promise<T>, instead: I): Promise<T | I> {
  unwrap(answer).addEventListener('error', (event) => {
    event.preventDefault();
    event.stopPropagation();
  });
  return answer.catch(() => instead);
}

/** The keys of all revisions of a plan. */
function wholeOf(plan: string): IDBKeyRange {
  return IDBKeyRange.bound([plan], [plan, Number.MAX_SAFE_INTEGER]);
}

/** The highest revision that was given out, read from keys alone. */
async function readHead<M extends Mode>(tx: Transaction<M>, plan: string): Promise<number> {
  const [entry, snapshot] = await Promise.all([
    tx.objectStore('journal').openKeyCursor(wholeOf(plan), 'prev'),
    tx.objectStore('snapshots').openKeyCursor(wholeOf(plan), 'prev'),
  ]);
  return Math.max(entry?.key[1] ?? 0, snapshot?.key[1] ?? 0);
}

async function readWork<M extends Mode>(tx: Transaction<M>, plan: string): Promise<Chain> {
  const [snapshots, journal, view] = await Promise.all([
    readAll(tx, 'snapshots', plan),
    readAll(tx, 'journal', plan),
    tolerate(tx.objectStore('views').get(plan), null),
  ]);
  return readChain({ plan, snapshots, journal, view });
}

/** All records of a plan. When they do not come together, they are asked for one by one. */
async function readAll<M extends Mode>(
  tx: Transaction<M>,
  name: 'journal' | 'snapshots',
  plan: string,
): Promise<FoundRecord[]> {
  const store = tx.objectStore(name);
  const [keys, together] = await Promise.all([
    store.getAllKeys(wholeOf(plan)),
    tolerate(store.getAll(wholeOf(plan)), undefined),
  ]);
  const values = together ?? (await Promise.all(keys.map((key) => tolerate(store.get(key), undefined))));
  return keys.map(([, revision, generation = 0], index) => ({ revision, generation, value: values[index] }));
}

/** Notes when work began and when it was opened. */
async function beginWork(
  tx: Transaction<'readwrite'>,
  plan: string,
  startedAt: number,
  openedAt: number,
): Promise<void> {
  await tx.objectStore('works').put({ startedAt, openedAt } satisfies WorkRecord, plan);
}
