/** The plans that are a person's own: listed at home, begun, copied, deleted and brought back. */
import { asNames, type Localized, type Plan, type PlanHead, type Scenario } from '#plan';
import type { PlanCover, PlanStore } from '#storage';
import { blankPlan, copyOf, type NewPlanWords } from './new-plan.ts';

/** What own plans are kept with. */
export interface OwnPlanParts {
  readonly store: PlanStore;
  readonly covers: readonly PlanCover[];
  /** Reads a plan as it is now, with the person's scenarios; throws `PlanNotOpened` where it cannot. */
  readonly readWork: (
    id: string,
  ) => Promise<{ readonly plan: Plan; readonly scenarios: readonly Scenario[] }>;
  /** An id that no other plan has, here or elsewhere. */
  readonly freeId: () => string;
  readonly now: () => number;
}

/** The person's own plans. Verbs reject with a `StorageProblem` where the store cannot keep them; nothing is listed then. */
export class OwnPlans {
  readonly #parts: OwnPlanParts;
  #covers = $state.raw<readonly PlanCover[]>([]);

  constructor(parts: OwnPlanParts) {
    this.#parts = parts;
    this.#covers = parts.covers;
  }

  /** The plans that are not deleted, by id. */
  get all(): readonly PlanCover[] {
    return this.#covers.filter(({ deletedAt }) => deletedAt === undefined);
  }

  has(id: string): boolean {
    return this.all.some((one) => one.id === id);
  }

  /** An id for a plan that is not kept yet. */
  newId(): string {
    return this.#parts.freeId();
  }

  /** Lists anew what the store has. */
  async refresh(): Promise<void> {
    this.#covers = await this.#parts.store.listPlans();
  }

  /**
   * Keeps a plan as one's own, with scenarios that come with it; gives the id under which it is kept: its own, or another
   * where `isTaken` says that another plan has it.
   */
  async add(
    plan: Plan,
    scenarios: readonly Scenario[] = [],
    isTaken: (id: string) => boolean = () => false,
  ): Promise<string> {
    const isKnown = isTaken(plan.id) || this.#covers.some(({ id }) => id === plan.id);
    const id = isKnown ? this.#parts.freeId() : plan.id;
    await this.#parts.store.keepPlan(id === plan.id ? plan : { ...plan, id }, scenarios, this.#parts.now());
    await this.refresh();
    return id;
  }

  /** Begins a plan without lines; gives its id. */
  begin(head: PlanHead, words: NewPlanWords): Promise<string> {
    return this.add(blankPlan(this.#parts.freeId(), head, words));
  }

  /** Makes a copy of a plan with the person's scenarios of it; gives its id. */
  async duplicate(id: string, title: (plan: Plan) => Localized): Promise<string> {
    const { plan, scenarios } = await this.#parts.readWork(id);
    return this.add(copyOf(plan, this.#parts.freeId(), asNames(title(plan))), scenarios);
  }

  /** Deletes a plan; it can be brought back until the app is next opened on another day. */
  delete(id: string): Promise<void> {
    return this.#mark(id, (cover) => ({ ...cover, deletedAt: this.#parts.now() }));
  }

  /** Brings a deleted plan back. */
  restore(id: string): Promise<void> {
    return this.#mark(id, ({ deletedAt: _, ...cover }) => cover);
  }

  async #mark(id: string, change: (cover: PlanCover) => PlanCover): Promise<void> {
    await this.refresh();
    const cover = this.#covers.find((one) => one.id === id);
    if (!cover) return;
    // without a title there is nothing to keep beside a plan that cannot be read: it goes for good
    if (cover.title === undefined) await this.#parts.store.remove(id);
    else await this.#parts.store.keepCover(change(cover));
    await this.refresh();
  }
}
