/**
 * Work that the browser has lost, and what a person does about it: take the last copy back, save it as a file, or go on without.
 * Nothing is written before the person chooses, and what is there is never written over.
 */
import type { Plan } from '#plan';
import type { FoundCopy, Loss, PlanStore, RawRecord, SafetyCopies, Snapshot, StoredWork } from '#storage';

/** Work of which something is missing, or of which records cannot be read. */
export interface LostPlan extends Loss {
  /** Records that cannot be read or do not follow from what came before; they stay where they are. */
  readonly damaged: readonly RawRecord[];
}

/** What is known of the browser's losses. */
export interface LostParts {
  readonly copies: SafetyCopies;
  /** Compares what is in the database with what is known outside of it. */
  readonly findLosses: () => Promise<readonly Loss[]>;
  /** The work on a plan as the database has it now; undefined where the plan itself is gone. */
  readonly workOf: (plan: string) => Promise<Omit<Snapshot, 'revision'> | undefined>;
  /** A shipped plan; undefined where it is none. */
  readonly shippedPlan: (plan: string) => Promise<Plan | undefined>;
  /** Notes that the person goes on without a plan that is gone. */
  readonly letGo: (plan: string) => void;
  /** The browser says that it found its database damaged and began an empty one. */
  readonly isReported: boolean;
}

/** What the rest of the app does for it. */
export interface LostHost {
  readonly store: PlanStore;
  readonly now: () => number;
  /** Whether a plan is one that the program ships. */
  readonly isShipped: (plan: string) => boolean;
  /** Keeps what is on its way of an open plan. */
  readonly settle: () => Promise<void>;
  /** Reads the lists anew, and a plan that is open. */
  readonly refresh: (plan: string) => Promise<void>;
}

/** A plan with scenarios, as a copy has them. */
export interface CopiedWork extends Omit<Snapshot, 'plan'> {
  readonly plan: Plan;
}

/** taken: the work is as the copy has it · beside: there is other work, so the copy is to be laid beside it · unreadable: no copy can be read. */
export type TakenBack =
  | { readonly kind: 'taken' | 'unreadable' }
  | { readonly kind: 'beside'; readonly copy: FoundCopy; readonly work: CopiedWork };

/** The lost work of this browser. Verbs reject with a `StorageProblem` where the store cannot keep what comes of them. */
export class LostWork {
  readonly #parts: LostParts | undefined;
  readonly #host: LostHost;
  #plans = $state.raw<readonly LostPlan[]>([]);
  #isPutOff = $state(false);

  constructor(parts: LostParts | undefined, host: LostHost) {
    this.#parts = parts;
    this.#host = host;
  }

  /** The plans of which something is missing and nothing has been chosen yet. */
  get plans(): readonly LostPlan[] {
    return this.#isPutOff ? [] : this.#plans;
  }

  /** Whether the browser itself says that its database was damaged. */
  get isReported(): boolean {
    return this.#parts?.isReported ?? false;
  }

  /** Looks for losses. */
  async look(): Promise<void> {
    const losses = (await this.#parts?.findLosses()) ?? [];
    for (const loss of losses)
      if (loss.own || this.#host.isShipped(loss.plan)) this.#add({ ...loss, damaged: [] });
  }

  /** Takes note of what an opening has found. */
  async note(plan: string, { missing, damaged, revision }: StoredWork, own?: Loss['own']): Promise<void> {
    if (!this.#parts || (!missing && damaged.length === 0)) return;
    const [all, setAside] = await Promise.all([
      this.#parts.copies.list(),
      damaged.length > 0 ? this.#host.store.readRecords(plan, 'set-aside') : [],
    ]);
    const copies = all.filter((one) => one.plan === plan);
    const known = missing?.revision ?? revision;
    const at = missing?.at;
    this.#add({ plan, ...(own && { own }), found: revision, known, at, copies, damaged: setAside });
  }

  /** Leaves the question open: it is asked again when the app is next opened. */
  putOff(): void {
    this.#isPutOff = true;
  }

  /** The records that the work on a plan has gone on without: they can still be saved as a file. */
  async readLeft(plan: string): Promise<readonly RawRecord[]> {
    try {
      return await this.#host.store.readRecords(plan, 'left');
    } catch (thrown) {
      if (!(thrown instanceof Error) || thrown.name !== 'StorageProblem') throw thrown;
      // that storage does not answer is said where it is asked to keep something
      return [];
    }
  }

  /** Deletes the records that the work on a plan has gone on without. */
  removeLeft(plan: string): Promise<void> {
    return this.#host.store.removeLeft(plan);
  }

  /** All that is stored under a plan, for one that cannot be opened. */
  readStored(plan: string): Promise<readonly RawRecord[]> {
    return this.#host.store.readRecords(plan, 'all');
  }

  /** What a copy holds; undefined where it cannot be read. */
  async read(copy: FoundCopy): Promise<CopiedWork | undefined> {
    const content = await this.#parts?.copies.read(copy);
    const plan = content?.plan ?? (content && (await this.#parts?.shippedPlan(copy.plan)));
    return content && plan && { ...content, plan };
  }

  /** Takes the furthest copy back that can be read. Where there is other work of the plan nothing of that is touched. */
  async takeBack(loss: LostPlan): Promise<TakenBack> {
    for (const copy of loss.copies) {
      const work = await this.read(copy);
      if (!work) continue;
      if (loss.found > 0 || loss.damaged.length > 0) {
        await this.goOn(loss);
        return { kind: 'beside', copy, work };
      }
      await this.#restore(loss, work);
      return { kind: 'taken' };
    }
    return { kind: 'unreadable' };
  }

  /** Goes on with what is there: what is missing is not spoken of again, its copies stay. */
  async goOn(loss: LostPlan): Promise<void> {
    const { store, now, settle } = this.#host;
    await settle();
    const work = await this.#parts?.workOf(loss.plan);
    if (store.kind === 'indexeddb') {
      if (work) await store.resume(loss.plan, { revision: await this.#next(loss), ...work }, now());
      else this.#parts?.letGo(loss.plan);
    }
    await this.#close(loss);
  }

  async #restore(loss: LostPlan, { plan, scenarios, history }: CopiedWork): Promise<void> {
    const { store, now, settle, isShipped } = this.#host;
    await settle();
    const isOwn = !isShipped(loss.plan);
    if (isOwn && (await store.readPlan(loss.plan)) === undefined) await store.keepPlan(plan, [], now());
    const revision = await this.#next(loss);
    await store.resume(loss.plan, { revision, scenarios, history, ...(isOwn && { plan }) }, now());
    await this.#close(loss);
  }

  /** A revision above all that are known. */
  async #next({ plan, known }: LostPlan): Promise<number> {
    const { revision } = await this.#host.store.open(plan, this.#host.now());
    return Math.max(known, revision) + 1;
  }

  #add(loss: LostPlan): void {
    this.#plans = [...this.#plans.filter((one) => one.plan !== loss.plan), loss];
  }

  async #close({ plan }: LostPlan): Promise<void> {
    this.#plans = this.#plans.filter((one) => one.plan !== plan);
    await this.#host.refresh(plan);
  }
}
