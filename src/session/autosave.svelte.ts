/**
 * Keeps the journal up to date without a button: at most one transaction is in flight, the next one carries all gestures
 * since. "Saved" is said only when the newest gesture's transaction has completed. What could not be written is tried again
 * by itself, at longer and longer intervals; where the database was lost under the page, all that is in memory is written anew.
 */
import type { JournalEntry, PlanStore, Snapshot, StorageProblemCode } from '#storage';

/** saved: the newest gesture is kept · saving: it is on its way · failed: it is in memory only. */
export type SaveState = 'saved' | 'saving' | 'failed';

/** What is told of the saving, and what it is tried again with. */
export interface SaveCare {
  /** Something was kept. */
  readonly kept: () => void;
  /** Does something after so many milliseconds; gives a way to call it off. */
  readonly after: (ms: number, work: () => void) => () => void;
  readonly now: () => number;
}

/** When what could not be written is tried again: first and at most. Milliseconds. */
const RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;

/** Problems that a person, or time, may take away without the page being loaded anew. */
const PASSING: ReadonlySet<StorageProblemCode> = new Set(['quota', 'failed', 'unavailable']);

/** Entries after which the journal is drawn together into a snapshot. */
const SNAPSHOT_EVERY = 200;

/** Saves the gestures of one plan. */
export class Autosave {
  readonly #store: PlanStore;
  readonly #plan: string;
  readonly #snapshot: () => Omit<Snapshot, 'revision'>;
  readonly #care: SaveCare | undefined;
  #revision = $state(0);
  #sinceSnapshot: number;
  #pending: JournalEntry[] = [];
  /** Entries handed to the store whose transaction has not completed. */
  #inFlight = 0;
  #running: Promise<void> | undefined;
  #state = $state<SaveState>('saved');
  #problem = $state<StorageProblemCode | undefined>(undefined);
  #isUnsaved = false;
  #keptAt = $state<number | undefined>(undefined);
  #retryMs = RETRY_MS;
  #stopRetry: (() => void) | undefined;

  /** `snapshot` gives the scenarios and history as they are when everything pending has been kept. */
  constructor(
    store: PlanStore,
    plan: string,
    kept: { revision: number; entries: number },
    snapshot: () => Omit<Snapshot, 'revision'>,
    care?: SaveCare,
  ) {
    this.#care = care;
    this.#store = store;
    this.#plan = plan;
    this.#revision = kept.revision;
    this.#sinceSnapshot = kept.entries;
    this.#snapshot = snapshot;
  }

  get state(): SaveState {
    return this.#state;
  }

  /** Why the last attempt failed. */
  get problem(): StorageProblemCode | undefined {
    return this.#problem;
  }

  /** Whether closing the page now would lose a gesture. */
  get isUnsaved(): boolean {
    return this.#isUnsaved;
  }

  /** When something was last kept while the plan was open. */
  get keptAt(): number | undefined {
    return this.#keptAt;
  }

  /** The revision that is kept, and the work at it; undefined while something is on its way or in memory only. */
  get settled(): Snapshot | undefined {
    return this.#isUnsaved ? undefined : { revision: this.#revision, ...this.#snapshot() };
  }

  /** The revision that is kept. */
  get revision(): number {
    return this.#revision;
  }

  /** Adds a gesture to the journal. The first write begins before this returns. */
  add(entry: JournalEntry): void {
    this.#pending.push(entry);
    this.#isUnsaved = true;
    this.#state = 'saving';
    void this.settle();
  }

  /** Writes what is pending; resolves when nothing is pending any more or writing failed. Also the way to try again. */
  settle(): Promise<void> {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Takes a problem of the store that was met elsewhere. */
  noteProblem(thrown: unknown): void {
    this.#problem = codeOf(thrown);
  }

  /**
   * Begins to write what is pending without waiting for the transaction in flight: what a page does when it is hidden
   * or closed, where only work that has begun synchronously is kept.
   */
  flush(): void {
    if (this.#pending.length === 0) return;
    const batch = this.#pending;
    this.#pending = [];
    const behind = this.#inFlight;
    this.#inFlight += batch.length;
    this.#store.append(this.#plan, this.#revision + behind, batch).then(
      (revision) => this.#kept(revision, batch.length),
      (thrown: unknown) => {
        this.#inFlight -= batch.length;
        this.#pending = [...batch, ...this.#pending];
        this.#fail(thrown);
      },
    );
  }

  #kept(revision: number, count: number): void {
    this.#inFlight -= count;
    this.#sinceSnapshot += count;
    this.#revision = Math.max(this.#revision, revision);
    this.#keptAt = this.#care?.now();
    this.#retryMs = RETRY_MS;
    if (this.#inFlight === 0 && this.#pending.length === 0) {
      this.#isUnsaved = false;
      this.#problem = undefined;
      this.#state = 'saved';
    }
    this.#care?.kept();
  }

  async #run(): Promise<void> {
    while (this.#pending.length > 0) {
      const batch = this.#pending;
      this.#pending = [];
      this.#state = 'saving';
      const behind = this.#inFlight;
      this.#inFlight += batch.length;
      try {
        this.#kept(await this.#store.append(this.#plan, this.#revision + behind, batch), batch.length);
      } catch (thrown) {
        this.#inFlight -= batch.length;
        this.#pending = [...batch, ...this.#pending];
        if (await this.#couldWriteAnew(thrown)) continue;
        return;
      }
    }
    // while anything is in flight the scenarios are newer than the revision that is kept
    if (this.#sinceSnapshot >= SNAPSHOT_EVERY && this.#inFlight === 0) await this.#drawTogether();
  }

  /** A snapshot that fails loses nothing: the journal is still whole, so it is tried again after the next gesture. */
  async #drawTogether(): Promise<void> {
    try {
      await this.#store.snapshot(this.#plan, { revision: this.#revision, ...this.#snapshot() });
      this.#sinceSnapshot = 0;
    } catch (thrown) {
      this.#problem = codeOf(thrown);
    }
  }

  /** After an append that failed: tells whether all could be written anew instead; where not, it says what is wrong. */
  async #couldWriteAnew(thrown: unknown): Promise<boolean> {
    try {
      if (codeOf(thrown) === 'stale_revision' && (await this.#writeAnew())) return true;
      this.#fail(thrown);
    } catch (another) {
      this.#fail(another);
    }
    return false;
  }

  /**
   * Writes all that is in memory where the database has less than was kept there: it was deleted under the page. Tells
   * whether it did; where another tab has gone on with the work it does nothing.
   */
  async #writeAnew(): Promise<boolean> {
    const plan = this.#plan;
    const at = this.#care?.now() ?? 0;
    const found = await this.#store.open(plan, at);
    const isLost = found.revision < this.#revision || found.revision === 0;
    if (!isLost || this.#inFlight > 0) return false;
    const content = this.#snapshot();
    const carried = this.#pending;
    this.#pending = [];
    const revision = this.#revision + carried.length + 1;
    try {
      if (content.plan && (await this.#store.readPlan(plan)) === undefined)
        await this.#store.keepPlan(content.plan, [], at);
      await this.#store.resume(plan, { revision, ...content }, at);
    } catch (thrown) {
      this.#pending = [...carried, ...this.#pending];
      throw thrown;
    }
    this.#sinceSnapshot = 0;
    this.#kept(revision, 0);
    return true;
  }

  #fail(thrown: unknown): void {
    this.#problem = codeOf(thrown);
    this.#state = 'failed';
    this.#stopRetry?.();
    if (!PASSING.has(this.#problem)) return;
    this.#stopRetry = this.#care?.after(this.#retryMs, () => void this.settle());
    this.#retryMs = Math.min(2 * this.#retryMs, LAST_RETRY_MS);
  }
}

function codeOf(thrown: unknown): StorageProblemCode {
  if (thrown instanceof Error && thrown.name === 'StorageProblem')
    return (thrown as Error & { code: StorageProblemCode }).code;
  throw thrown;
}
