/**
 * What is done for the works beside saving them: safety copies when it has been quiet for a moment, the browser's promise not to
 * take the room away, and what is known of all that.
 */
import type { Localized } from '#plan';
import type { BrowserSpace, FoundCopy, SafetyCopies, Snapshot, Space } from '#storage';

/** What is cared with. */
export interface CareParts {
  readonly copies: SafetyCopies;
  readonly space: BrowserSpace;
  /** Does something after so many milliseconds; gives a way to call it off. */
  readonly after: (ms: number, work: () => void) => () => void;
  readonly now: () => number;
}

/** A work that was kept, as it can be copied. */
export interface KeptWork {
  readonly plan: string;
  /** The title of a plan that is the person's own. */
  readonly own?: Localized;
  /** How far it is kept, and what it is then; undefined while something of it is not kept yet. */
  readonly settled: () => ({ readonly revision: number } & Omit<Snapshot, 'revision'>) | undefined;
}

/** A work is copied when nothing has been done to it for so long. Milliseconds. */
const QUIET_MS = 1_500;

/** A work that is never quiet is copied all the same after so long. Milliseconds. */
const LATEST_MS = 30_000;

/** Cares for all works of the browser. */
export class WorkCare {
  readonly #parts: CareParts;
  #copies = $state.raw<readonly FoundCopy[]>([]);
  #hasCopies = $state<boolean | undefined>(undefined);
  #isPersistent = $state<boolean | undefined>(undefined);
  #space = $state.raw<Space | undefined>(undefined);
  #hasAsked = false;
  #waiting: { readonly work: KeptWork; readonly since: number; readonly stop: () => void } | undefined;
  readonly #listeners: ((plan: string) => void)[] = [];
  /** The revisions that were copied, by plan. */
  readonly #copied = new Map<string, number>();

  constructor(parts: CareParts) {
    this.#parts = parts;
  }

  /** The copies of a work, the furthest first. */
  copiesOf(plan: string): readonly FoundCopy[] {
    return this.#copies.filter((one) => one.plan === plan);
  }

  /** Whether this browser can hold copies; undefined until it was asked. */
  get hasCopies(): boolean | undefined {
    return this.#hasCopies;
  }

  /** Whether what is kept stays until a person deletes it; undefined where the browser does not say. */
  get isPersistent(): boolean | undefined {
    return this.#isPersistent;
  }

  /** How much room is used; undefined where the browser does not say. */
  get space(): Space | undefined {
    return this.#space;
  }

  /** Looks at everything anew. */
  async refresh(): Promise<void> {
    const { copies, space } = this.#parts;
    [this.#hasCopies, this.#copies, this.#isPersistent, this.#space] = await Promise.all([
      copies.isAvailable(),
      copies.list(),
      space.isPersistent(),
      space.measure(),
    ]);
  }

  /** Asks the browser not to take the room away. */
  async askToPersist(): Promise<void> {
    this.#hasAsked = true;
    this.#isPersistent = await this.#parts.space.askToPersist();
  }

  /** Tells of each work that was kept, when it has been quiet for a moment. */
  whenQuiet(listener: (plan: string) => void): void {
    this.#listeners.push(listener);
  }

  /** Runs something after a while: what could not be written is tried again. */
  after(ms: number, work: () => void): () => void {
    return this.#parts.after(ms, work);
  }

  /** Takes note that something of a work was kept: it will be copied, and the first time the browser is asked for its promise. */
  kept(work: KeptWork): void {
    if (!this.#hasAsked) void this.askToPersist();
    const now = this.#parts.now();
    const former = this.#waiting;
    if (former && former.work.plan !== work.plan) this.copyNow();
    const since = this.#waiting?.since ?? now;
    this.#waiting?.stop();
    const wait = Math.min(QUIET_MS, Math.max(0, since + LATEST_MS - now));
    this.#waiting = { work, since, stop: this.#parts.after(wait, () => this.copyNow()) };
  }

  /** Begins to write the copy that waits, as a page does that is hidden. */
  copyNow(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.stop();
    if (waiting) void this.#copy(waiting.work);
  }

  async #copy({ plan, own, settled }: KeptWork): Promise<void> {
    const work = settled();
    if (!work) return;
    const { revision, ...content } = work;
    for (const listener of this.#listeners) listener(plan);
    if ((this.#copied.get(plan) ?? -1) >= revision) return;
    try {
      const head = { plan, revision, at: this.#parts.now(), ...(own && { own }) };
      await this.#parts.copies.write(head, content);
      this.#copied.set(plan, revision);
      this.#copies = await this.#parts.copies.list();
    } catch (thrown) {
      // full or refused: the copies that are there stay, and the next quiet moment tries again
      if (!(thrown instanceof DOMException)) throw thrown;
    }
  }
}
