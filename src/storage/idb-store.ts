/**
 * The store in IndexedDB, and the only file that knows the library idb. Everything goes through one private `#tx`:
 * 1. It resolves when the transaction completed with strict durability, never at a request's success.
 * 2. It starts at once when a connection stands, before the first `await`. What a person did is also committed without
 *    waiting for the requests' answers: a page that is left takes with it every transaction that still waits.
 * 3. Whatever fails becomes a `StorageProblem`. A dead connection is opened anew once; a second loss is said.
 * 4. Where another tab upgrades the database this one is `closed` from then on; where it is deleted the next call begins one.
 *
 * What is read is believed only after `record.ts` and `chain.ts` have looked at it. Nothing is repaired in place.
 */
import type { Lesson, Plan, Scenario } from '#plan';
import { unwrap, wrap, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import type { Chain } from './chain.ts';
import { openDatabase, type StoreEvents } from './connection.ts';
import { readSince } from './idb-follow.ts';
import { addPlan, readCovers, removeAll, toWork } from './idb-plans.ts';
import { isLostConnection, nameOf, transactionProblem } from './idb-problem.ts';
import {
  addRecord,
  readAll,
  readHead,
  readRecord,
  readStart,
  readSummaries,
  readWork,
  tolerate,
} from './idb-requests.ts';
import type { StoreShapes } from './idb-schema.ts';
import { drawTogether, goOnFrom } from './idb-snapshots.ts';
import { ALL, JOURNAL, OWN, revisionsOf, SETTINGS_KEY, VERSIONS, WORK, type StoreName } from './keys.ts';
import { DRAFT_ID, demandLesson, putLesson, readLessons } from './lessons.ts';
import { isHeavy } from './parts.ts';
import {
  StorageProblem,
  type Followed,
  type JournalEntry,
  type KeptLesson,
  type LessonDraft,
  type NamedVersion,
  type PlanCover,
  type PlanStore,
  type Settings,
  type Snapshot,
  type StoredSummary,
  type StoredWork,
  type VersionContent,
  type ViewState,
} from './plan-store.ts';
import {
  checkJournalRecord,
  copyOf,
  demand,
  demandEntries,
  demandRevision,
  demandSettings,
  freeRecordId,
  isPlanCover,
  isViewState,
  toRecords,
  toSettings,
  toSnapshotRecord,
  type JournalRecord,
} from './record.ts';
import { readRecords, removeLeft, type RawRecord, type RecordChoice } from './set-aside.ts';
import { isOther, moveOn, standAt, type End, type Standing, type Start } from './standing.ts';
import { runToEnd } from './transaction.ts';
import { demandVersion, dropVersion, listVersions, putVersion, readVersion } from './versions.ts';

type Stores = DBSchema & StoreShapes;
type Mode = 'readonly' | 'readwrite';
type Transaction<M extends Mode> = IDBPTransaction<Stores, StoreName[], M>;
type Database = IDBPDatabase<Stores>;

class IdbStore implements PlanStore {
  readonly kind = 'indexeddb';
  readonly #factory: IDBFactory;
  readonly #events: StoreEvents;
  readonly #standings = new Map<string, Standing>();
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
    return this.#tx(JOURNAL, 'readonly', (tx) => readSummaries(unwrap(tx)));
  }

  async open(plan: string, at: number): Promise<StoredWork> {
    const { chain, startedAt } = await this.#readAndNote(plan, at);
    const { snapshot, links, lastId, head, view, damaged, unplaced } = chain;
    this.#standings.set(plan, standAt(head, lastId, startedAt, this.#standings.get(plan)));
    return { snapshot, entries: links.map((link) => link.entry), revision: head, view, damaged, unplaced };
  }

  async #readAndNote(plan: string, at: number): Promise<{ chain: Chain; startedAt: Start }> {
    const read = async <M extends Mode>(tx: Transaction<M>) => {
      const [chain, startedAt] = await Promise.all([readWork(unwrap(tx), plan), readStart(unwrap(tx), plan)]);
      return { chain, startedAt };
    };
    try {
      return await this.#tx(WORK, 'readwrite', async (tx) => {
        const { chain, startedAt: known } = await read(tx);
        const startedAt = known ?? at;
        await tx.objectStore('works').put(toWork(at, startedAt), plan);
        return { chain, startedAt };
      });
    } catch (error) {
      // A full disk must not hide the work: it is read all the same, and the next `append` says what is wrong.
      const code = error instanceof StorageProblem ? error.code : undefined;
      if (code !== 'quota' && code !== 'failed') throw error;
      return this.#tx(WORK, 'readonly', read);
    }
  }

  async append(plan: string, revision: number, entries: readonly JournalEntry[]): Promise<number> {
    const isLong = isHeavy(entries);
    if (!isLong) demandEntries(entries);
    if (!this.#standings.has(plan)) await this.open(plan, entries[0]?.at ?? 0);
    const standing = this.#standings.get(plan);
    const end = standing?.ends.get(revision);
    if (!standing || !end) throw new StorageProblem('stale_revision');
    // what is written in one go is copied first: nothing that is done to it afterwards is kept
    const records = toRecords(isLong ? entries : copyOf(entries), end.id);
    const next = revision + records.length;
    const kept = this.#keep(plan, revision, records, standing.startedAt, end, isLong);
    const last = records.at(-1);
    if (last) moveOn(standing, revision, next, last.id, kept);
    await kept;
    return next;
  }

  async #keep(
    plan: string,
    revision: number,
    records: readonly JournalRecord[],
    start: Start,
    end: End,
    isLong: boolean,
  ): Promise<void> {
    try {
      const { head, startedAt } = await (isLong
        ? this.#addLong(plan, revision, records)
        : this.#add(plan, revision, records));
      const isStale = head !== revision || isOther(startedAt, start) || !(await end.isKept);
      if (isStale) throw await this.#takeBack(plan, revision, records.length);
    } catch (error) {
      const isTaken = error instanceof StorageProblem && nameOf(error.cause) === 'ConstraintError';
      if (!isTaken || !(await this.#isKept(plan, revision, records))) throw error;
    }
  }

  /**
   * Adds records in a transaction that is committed before this returns: a page that is left in the next moment keeps
   * them. A revision that was given to another tab makes it fail. What no constraint can tell is given back to be
   * looked at: the head as it was before, and which work this is.
   */
  async #add(plan: string, revision: number, records: readonly JournalRecord[]) {
    return this.#tx(JOURNAL, 'readwrite', async (tx) => {
      const journal = tx.objectStore('journal');
      const before = Promise.all([readHead(unwrap(tx), plan), readStart(unwrap(tx), plan)]);
      const added = records.map((record, index) => journal.add(record, [plan, revision + index + 1]));
      tx.commit();
      const [[head, startedAt]] = await Promise.all([before, ...added]);
      return { head, startedAt };
    });
  }

  /**
   * Adds records that hold very much, in a transaction that begins before this returns and leaves the page its turns: what
   * is looked at and written is a part at a time. All of it is kept or none; a page that is left before the end keeps none.
   */
  async #addLong(plan: string, revision: number, records: readonly JournalRecord[]) {
    return this.#tx(JOURNAL, 'readwrite', async (transaction) => {
      const tx = unwrap(transaction);
      const [head, startedAt] = await Promise.all([readHead(tx, plan), readStart(tx, plan)]);
      for (const [index, record] of records.entries()) {
        const demanded = { check: checkJournalRecord(record), what: `journal entry ${index}` };
        await addRecord(tx, 'journal', [plan, revision + index + 1], record, demanded);
      }
      transaction.commit();
      return { head, startedAt };
    });
  }

  /** Takes refused records back: they follow a revision that is gone. Should that fail, the next opening names them. */
  async #takeBack(plan: string, revision: number, count: number): Promise<StorageProblem> {
    if (count === 0) return new StorageProblem('stale_revision');
    const keys = revisionsOf(plan, revision + 1, revision + count);
    try {
      await this.#tx(['journal'], 'readwrite', (tx) => tx.objectStore('journal').delete(keys));
      return new StorageProblem('stale_revision');
    } catch (error) {
      return new StorageProblem('stale_revision', error);
    }
  }

  /** Tells whether just these records were kept: a connection can be lost after its commit and before its answer. */
  async #isKept(plan: string, revision: number, records: readonly JournalRecord[]): Promise<boolean> {
    return this.#tx(['journal'], 'readonly', async (tx) => {
      const keys = revisionsOf(plan, revision + 1, revision + records.length);
      const found = await readAll(unwrap(tx), 'journal', keys);
      return JSON.stringify(found.map((one) => one.value)) === JSON.stringify(records);
    });
  }

  async follow(plan: string, revision: number): Promise<Followed> {
    const former = this.#standings.get(plan);
    const from = { revision, id: former?.ends.get(revision)?.id, start: former?.startedAt };
    const { followed, lastId, startedAt } = await this.#tx(WORK, 'readonly', (tx) =>
      readSince(unwrap(tx), plan, from),
    );
    for (const passed of former?.ends.keys() ?? []) if (passed < revision) former?.ends.delete(passed);
    this.#standings.set(plan, standAt(followed.revision, lastId, startedAt, former));
    return followed;
  }

  async readRecords(plan: string, which: RecordChoice): Promise<readonly RawRecord[]> {
    return this.#tx(ALL, 'readonly', (tx) => readRecords(unwrap(tx), plan, which));
  }

  async removeLeft(plan: string): Promise<void> {
    await this.#tx(WORK, 'readwrite', (tx) => removeLeft(unwrap(tx), plan));
  }

  async snapshot(plan: string, snapshot: Snapshot): Promise<void> {
    const { revision } = snapshot;
    demandRevision(revision);
    if (!this.#standings.has(plan)) await this.open(plan, 0);
    const start = this.#standings.get(plan)?.startedAt;
    await this.#tx(WORK, 'readwrite', (tx) => drawTogether(unwrap(tx), plan, snapshot, start));
  }

  async resume(plan: string, snapshot: Snapshot, at: number): Promise<void> {
    demandRevision(snapshot.revision);
    const id = freeRecordId();
    const startedAt = await this.#tx(WORK, 'readwrite', async (transaction) => {
      const tx = unwrap(transaction);
      await goOnFrom(tx, plan, toSnapshotRecord(snapshot, id), snapshot.revision);
      const known = (await readStart(tx, plan)) ?? at;
      await transaction.objectStore('works').put(toWork(at, known), plan);
      return known;
    });
    const former = this.#standings.get(plan);
    this.#standings.set(plan, standAt(snapshot.revision, id, startedAt, former));
  }

  async keepView(plan: string, view: ViewState): Promise<void> {
    demand(isViewState(view), 'view');
    await this.#put('views', plan, view);
  }

  async readSettings(): Promise<Settings> {
    return this.#tx(['settings'], 'readonly', async (tx) =>
      toSettings(await tolerate<unknown, null>(unwrap(tx.objectStore('settings')).get(SETTINGS_KEY), null)),
    );
  }

  async keepSettings(settings: Settings): Promise<void> {
    demandSettings(settings);
    await this.#put('settings', SETTINGS_KEY, settings);
  }

  async listPlans(): Promise<readonly PlanCover[]> {
    return this.#tx(OWN, 'readonly', (tx) => readCovers(unwrap(tx.objectStore('covers'))));
  }

  async readPlan(id: string): Promise<unknown> {
    return this.#tx(OWN, 'readonly', (tx) => readRecord(unwrap(tx), 'plans', id));
  }

  async keepPlan(plan: Plan, scenarios: readonly Scenario[], at: number): Promise<void> {
    await this.#tx([...WORK, ...OWN], 'readwrite', (tx) => addPlan(unwrap(tx), plan, scenarios, toWork(at)));
  }

  async keepCover(cover: PlanCover): Promise<void> {
    demand(isPlanCover(cover), 'cover');
    await this.#put('covers', cover.id, cover);
  }

  async readLessons(): Promise<readonly KeptLesson[]> {
    return this.#tx(['lessons'], 'readonly', (tx) => readLessons(unwrap(tx)));
  }

  async keepLesson(plan: string, id: string, lesson: Lesson | LessonDraft | undefined): Promise<void> {
    demandLesson(id, lesson);
    await this.#tx(['lessons'], 'readwrite', (tx) => putLesson(unwrap(tx), [plan, id], lesson));
  }

  keepLessonDraft(plan: string, draft: LessonDraft | undefined): Promise<void> {
    return this.keepLesson(plan, DRAFT_ID, draft);
  }

  async keepVersion(plan: string, version: NamedVersion, content: VersionContent): Promise<void> {
    demandVersion(version, content);
    await this.#tx(VERSIONS, 'readwrite', (tx) => putVersion(unwrap(tx), plan, version, content));
  }

  async listVersions(plan: string): Promise<readonly NamedVersion[]> {
    return this.#tx(VERSIONS, 'readonly', (tx) => listVersions(unwrap(tx), plan));
  }

  async readVersion(plan: string, id: string): Promise<VersionContent | undefined> {
    return this.#tx(VERSIONS, 'readonly', (tx) => readVersion(unwrap(tx), plan, id));
  }

  async removeVersion(plan: string, id: string): Promise<void> {
    await this.#tx(VERSIONS, 'readwrite', (tx) => dropVersion(unwrap(tx), plan, id));
  }

  async #put<V extends object>(store: 'views' | 'settings' | 'covers', key: string, value: V): Promise<void> {
    await this.#tx([store], 'readwrite', (tx) => {
      const kept = tx.objectStore(store).put(value, key);
      tx.commit();
      return kept;
    });
  }

  async remove(plan: string): Promise<void> {
    await this.#tx(ALL, 'readwrite', (tx) => removeAll(unwrap(tx), plan));
    this.#standings.delete(plan);
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
        const tx = database.transaction(stores, mode, { durability: 'strict' });
        return await runToEnd(tx, database, async () => work(tx));
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
    const database = (this.#database = wrap(opened.database) as unknown as Database);
    this.#isDataLost ||= opened.isDataLost;
    database.addEventListener('close', () => this.#drop(database));
    database.addEventListener('versionchange', ({ newVersion }) => {
      // Transactions that were begun are finished all the same.
      if (newVersion === null) return this.#drop(database);
      if (this.#database !== database) return;
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
