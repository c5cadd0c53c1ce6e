/**
 * Keeps the journal up to date without a button: at most one transaction is in flight, the next one carries all gestures
 * since. "Saved" is said only when the newest gesture's transaction has completed. What could not be written is tried again
 * by itself, at longer and longer intervals; where the database was lost under the page, all that is in memory is written anew.
 *
 * Where another tab has gone on with the work, its entries are read, and what is not kept yet is done once more on top of
 * them: the journal alone says in which order things were done.
 */
import type { Scenario } from '#plan';
import type { Followed, PlanStore, Snapshot, StorageProblemCode } from '#storage';
import type * as workOfOthers from './work-of-others.ts';
import { opened, type Made, type Others, type Told, type Work } from './work.ts';

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

/** The open plan, as far as its saving needs it. */
export interface SavedPlan {
  readonly id: string;
  /** Whether the plan itself is the person's own. */
  readonly isOwn: boolean;
  /** The scenarios that a person begins with. */
  readonly start: readonly Scenario[];
  readonly work: () => Work;
  /** Whether an edit is tried: what other tabs have done waits for its end. */
  readonly isTrying: () => boolean;
  /** Takes what other tabs have done, and tells where edits met. */
  readonly follow: (work: Work, told: readonly Told[], others: Others) => void;
  /** Told of the revision to which the work is kept, and of edits that met on the way. */
  readonly kept: (revision: number, told: readonly Told[]) => void;
}

/** What is done where other tabs have gone on. */
type OthersModule = typeof workOfOthers;

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
  readonly #plan: SavedPlan;
  readonly #care: SaveCare | undefined;
  #revision = $state(0);
  #sinceSnapshot: number;
  /** The work as it is kept. */
  #base: Work;
  /** What is not known to be kept, in order; the first of it are handed to the store already. */
  #queue: readonly Made[] = [];
  #sent = 0;
  readonly #flights = new Set<Promise<unknown>>();
  /** Whether other tabs have, or may have, gone on. */
  #isBehind = false;
  /** Why the last append was refused, until it is known what came before it. */
  #refusal: Error | undefined;
  #running: Promise<void> | undefined;
  #state = $state<SaveState>('saved');
  #problem = $state<StorageProblemCode | undefined>(undefined);
  #isUnsaved = false;
  #keptAt = $state<number | undefined>(undefined);
  #others: Promise<OthersModule | undefined> | undefined;
  #retryMs = RETRY_MS;
  #stopRetry: (() => void) | undefined;

  constructor(
    store: PlanStore,
    plan: SavedPlan,
    kept: { readonly revision: number; readonly entries: number },
    care?: SaveCare,
  ) {
    this.#care = care;
    this.#store = store;
    this.#plan = plan;
    this.#base = plan.work();
    this.#revision = kept.revision;
    this.#sinceSnapshot = kept.entries;
    void this.#bringOthers();
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
    return this.#isUnsaved ? undefined : { revision: this.#revision, ...this.#contentOf(this.#base) };
  }

  /** The revision that is kept. */
  get revision(): number {
    return this.#revision;
  }

  /** Adds a gesture to the journal. The first write begins before this returns. */
  add(made: Made): void {
    this.#queue = [...this.#queue, made];
    this.#isUnsaved = true;
    this.#state = 'saving';
    void this.settle();
  }

  /**
   * Writes what is pending and takes what other tabs have done; resolves when nothing is pending any more, writing failed, or
   * an edit is tried meanwhile. Also the way to try again.
   */
  settle(): Promise<void> {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Goes on where an edit that was tried has kept it from taking what other tabs have done. */
  goOn(): void {
    if (this.#isBehind) void this.settle();
  }

  /** Takes note that another tab has come to a revision, or (without one) that it may have. */
  hear(revision = Infinity): void {
    if (revision <= this.#revision) return;
    this.#isBehind = true;
    void this.settle();
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
    if (this.#sent === this.#queue.length) return;
    this.#send().catch(async (thrown: unknown) => {
      await Promise.allSettled(this.#flights);
      this.#sent = 0;
      if (codeOf(thrown) !== 'stale_revision') return this.#fail(thrown);
      this.#refusal = thrown as Error;
      this.hear();
    });
  }

  async #run(): Promise<void> {
    try {
      while (this.#isDue) {
        if (!this.#isBehind) await this.#sendOrFallBehind();
        else if (this.#plan.isTrying()) return;
        else await this.#catchUp();
        // while anything is in flight its answer comes first
        const isLong = this.#sinceSnapshot >= SNAPSHOT_EVERY;
        if (isLong && !this.#isDue && this.#flights.size === 0) await this.#drawTogether();
      }
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  /** Whether there is anything to write or to read. */
  get #isDue(): boolean {
    return this.#isBehind || this.#sent < this.#queue.length;
  }

  async #sendOrFallBehind(): Promise<void> {
    try {
      await this.#send();
    } catch (thrown) {
      await Promise.allSettled(this.#flights);
      this.#sent = 0;
      if (codeOf(thrown) !== 'stale_revision') throw thrown;
      this.#refusal = thrown as Error;
      this.#isBehind = true;
    }
  }

  /** Hands everything to the store that was not handed to it yet; begins before this returns. */
  async #send(): Promise<void> {
    const batch = this.#queue.slice(this.#sent);
    const from = this.#revision + this.#sent;
    this.#sent += batch.length;
    this.#state = 'saving';
    const entries = batch.flatMap(({ entry }) => (entry ? [entry] : []));
    const flight = this.#store.append(this.#plan.id, from, entries);
    this.#flights.add(flight);
    try {
      const revision = await flight;
      this.#sent -= batch.length;
      this.#base = batch.at(-1)?.work ?? this.#base;
      this.#queue = this.#queue.slice(batch.length);
      this.#sinceSnapshot += batch.length;
      this.#kept(
        revision,
        batch.flatMap(({ told }) => told),
      );
    } finally {
      this.#flights.delete(flight);
    }
  }

  #kept(revision: number, told: readonly Told[]): void {
    this.#revision = revision;
    this.#keptAt = this.#care?.now();
    this.#retryMs = RETRY_MS;
    this.#rest();
    this.#care?.kept();
    this.#plan.kept(revision, told);
  }

  /** Says "saved" where nothing waits. */
  #rest(): void {
    if (this.#queue.length > 0) return;
    this.#isUnsaved = false;
    this.#problem = undefined;
    this.#state = 'saved';
  }

  /** Reads what other tabs have done, and does what is not kept yet once more on top of it. */
  async #catchUp(): Promise<void> {
    const others = await this.#bringOthers();
    const found = await this.#store.follow(this.#plan.id, this.#revision);
    // what a page has written while it was hidden meanwhile is answered first
    if (this.#flights.size > 0) return void (await Promise.allSettled(this.#flights));
    if (this.#plan.isTrying()) return;
    this.#isBehind = false;
    const refusal = this.#refusal;
    this.#refusal = undefined;
    if (found.revision < this.#revision || found.revision === 0) {
      if (this.#queue.length > 0) await this.#writeAnew();
    } else if (others && (found.isWhole || found.entries.length > 0)) this.#follow(found, others);
    // nobody else has gone on and it was refused all the same, or what they did cannot be taken here
    else if (refusal) throw refusal;
  }

  /** Brings what is needed where other tabs have gone on; undefined where it cannot be loaded. */
  async #bringOthers(): Promise<OthersModule | undefined> {
    this.#others ??= import('./work-of-others.ts').catch(() => (this.#others = undefined));
    return this.#others;
  }

  #follow(found: Followed, others: OthersModule): void {
    const base = found.entries.reduce(others.followed, found.isWhole ? this.#wholeOf(found) : this.#base);
    this.#base = base;
    this.#revision = found.revision;
    if (found.isWhole) this.#sinceSnapshot = found.entries.length;
    const told: Told[] = [];
    const queue: Made[] = [];
    let work = base;
    for (const made of this.#queue) {
      const performed = others.performAnew(work, made);
      told.push(...performed.told);
      const { entry } = performed;
      if (entry) {
        const isEdit = made.intent.kind === 'edit' && entry.kind === 'edit';
        const intent = isEdit ? { ...made.intent, patches: entry.patches } : made.intent;
        queue.push({ ...performed, intent, before: work, told: [...made.told, ...performed.told] });
      }
      work = performed.work;
    }
    this.#queue = queue;
    this.#sent = 0;
    this.#rest();
    this.#plan.follow(work, told, others);
  }

  /** The work at a snapshot, or at its beginning. */
  #wholeOf({ snapshot }: Followed): Work {
    const { steps, plan } = this.#base;
    const start = snapshot ?? { scenarios: this.#plan.start, history: { done: [], undone: [] } };
    return { ...opened(snapshot?.plan ?? plan, start.scenarios, start.history), steps };
  }

  #contentOf({ plan, own, history }: Work): Omit<Snapshot, 'revision'> {
    return { scenarios: own, history, ...(this.#plan.isOwn && { plan }) };
  }

  /** A snapshot that fails loses nothing: the journal is still whole, so it is tried again after the next gesture. */
  async #drawTogether(): Promise<void> {
    const snapshot = { revision: this.#revision, ...this.#contentOf(this.#base) };
    try {
      await this.#store.snapshot(this.#plan.id, snapshot);
      this.#sinceSnapshot = 0;
    } catch (thrown) {
      // another tab has drawn it together, and further
      if (codeOf(thrown) === 'stale_revision') this.#sinceSnapshot = 0;
      else this.#problem = codeOf(thrown);
    }
  }

  /** Writes all that is in memory where the database has less than was kept there: it was deleted under the page. */
  async #writeAnew(): Promise<void> {
    const { id } = this.#plan;
    const at = this.#care?.now() ?? 0;
    const carried = this.#queue;
    const work = carried.at(-1)?.work ?? this.#base;
    const content = this.#contentOf(work);
    const revision = this.#revision + carried.length + 1;
    if (content.plan && (await this.#store.readPlan(id)) === undefined)
      await this.#store.keepPlan(content.plan, [], at);
    await this.#store.resume(id, { revision, ...content }, at);
    this.#base = work;
    this.#queue = this.#queue.slice(carried.length);
    this.#sinceSnapshot = 0;
    this.#kept(revision, []);
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
