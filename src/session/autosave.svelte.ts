/**
 * Keeps the journal up to date without a button: at most one transaction is in flight, the next one carries all gestures
 * since. "Saved" is said only when the newest gesture's transaction has completed.
 */
import type { JournalEntry, PlanStore, Snapshot, StorageProblemCode } from '#storage';

/** saved: the newest gesture is kept · saving: it is on its way · failed: it is in memory only. */
export type SaveState = 'saved' | 'saving' | 'failed';

/** Entries after which the journal is drawn together into a snapshot. */
const SNAPSHOT_EVERY = 200;

/** Saves the gestures of one plan. */
export class Autosave {
  readonly #store: PlanStore;
  readonly #plan: string;
  readonly #snapshot: () => Omit<Snapshot, 'revision'>;
  #revision: number;
  #sinceSnapshot: number;
  #pending: JournalEntry[] = [];
  /** Entries handed to the store whose transaction has not completed. */
  #inFlight = 0;
  #running: Promise<void> | undefined;
  #state = $state<SaveState>('saved');
  #problem = $state<StorageProblemCode | undefined>(undefined);
  #isUnsaved = false;

  /** `snapshot` gives the scenarios and history as they are when everything pending has been kept. */
  constructor(
    store: PlanStore,
    plan: string,
    kept: { revision: number; entries: number },
    snapshot: () => Omit<Snapshot, 'revision'>,
  ) {
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
    if (this.#inFlight > 0 || this.#pending.length > 0) return;
    this.#isUnsaved = false;
    this.#problem = undefined;
    this.#state = 'saved';
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
        this.#fail(thrown);
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

  #fail(thrown: unknown): void {
    this.#problem = codeOf(thrown);
    this.#state = 'failed';
  }
}

function codeOf(thrown: unknown): StorageProblemCode {
  if (thrown instanceof Error && thrown.name === 'StorageProblem')
    return (thrown as Error & { code: StorageProblemCode }).code;
  throw thrown;
}
