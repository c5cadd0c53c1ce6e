/** Named versions of an open plan: kept, listed, taken back as one gesture, deleted. */
import type { Problem } from '#quantity';
import {
  asName,
  headOf,
  inverse,
  MAX_VERSIONS,
  type Patch,
  type Plan,
  type PlanProblemCode,
  type Scenario,
} from '#plan';
import { toPatches } from '#exchange';
import type { NamedVersion, VersionContent } from '#storage';
import { crowding } from './crowding.ts';
import type { PlanSession } from './plan-session.svelte.ts';

/** full: as many are there as there may be · crowded: the browser keeps so much already that no new ones are begun. */
export type VersionRefusal = 'full' | 'crowded';

/** restored: the plan is as it was then · same: it is so already · gone: the version cannot be read · refused: the plan would not be fit for use. */
export type Restored =
  | { readonly kind: 'restored' | 'same' | 'gone' }
  | { readonly kind: 'refused'; readonly problems: readonly Problem<PlanProblemCode>[] };

/** The versions of one open plan. Verbs reject with a `StorageProblem`. */
export class Versions {
  readonly #session: PlanSession;
  #all = $state.raw<readonly NamedVersion[]>([]);

  constructor(session: PlanSession) {
    this.#session = session;
  }

  /** The versions, the furthest first, as they were listed last. */
  get all(): readonly NamedVersion[] {
    return this.#all;
  }

  /** Lists them anew. */
  async refresh(): Promise<void> {
    const { store, plan } = this.#session.shelf;
    this.#all = await store.listVersions(plan);
  }

  /**
   * Keeps the plan as it is now under a name, where there is room; `used` is how much the browser keeps already, in bytes.
   * Gives why nothing was kept.
   */
  async keep(name: string, used = 0): Promise<VersionRefusal | undefined> {
    // other tabs may have kept some meanwhile
    await this.refresh();
    if (this.#all.length >= MAX_VERSIONS) return 'full';
    if (crowding(used) === 'full') return 'crowded';
    const { store, plan, now, mark } = this.#session.shelf;
    await this.#session.autosave.settle();
    const { revision } = this.#session.autosave;
    await store.keepVersion(
      plan,
      { id: `${revision}${mark()}`, name: asName(name), at: now(), revision },
      this.#content,
    );
    await this.refresh();
    return undefined;
  }

  /** Makes the plan what it was, as one gesture that can be undone. */
  async restore(version: string): Promise<Restored> {
    const { store, plan } = this.#session.shelf;
    const content = await store.readVersion(plan, version);
    if (!content) return { kind: 'gone' };
    const patches = patchesBetween(this.#content, content);
    if (patches.length === 0) return { kind: 'same' };
    const problems = this.#session.takeState(patches);
    return problems.length > 0 ? { kind: 'refused', problems } : { kind: 'restored' };
  }

  /** Deletes a version; the plan stays as it is. */
  async remove(version: string): Promise<void> {
    const { store, plan } = this.#session.shelf;
    await store.removeVersion(plan, version);
    await this.refresh();
  }

  get #content(): VersionContent {
    const { scenarios, isOwnPlan, plan } = this.#session;
    const own = scenarios.filter((one) => this.#session.isOwn(one.id));
    return { scenarios: own, ...(isOwnPlan && { plan }) };
  }
}

/** From one state of a work to another, as patches of one gesture. */
function patchesBetween(before: VersionContent, after: VersionContent): readonly Patch[] {
  return [
    ...(before.plan && after.plan ? planPatches(before.plan, after.plan) : []),
    ...scenarioPatches(before.scenarios, after.scenarios),
  ];
}

function scenarioPatches(before: readonly Scenario[], after: readonly Scenario[]): Patch[] {
  const gone = before.filter(({ id }) => !after.some((one) => one.id === id));
  const stay = before.filter((one) => !gone.includes(one));
  const added = after.filter(({ id }) => !before.some((one) => one.id === id));
  const order = [...stay, ...added].map(({ id }) => id);
  const wanted = after.map(({ id }) => id);
  return [
    ...gone.flatMap((one) => toPatches(null, one).map(inverse).reverse()),
    ...added.map((one): Patch => ({ kind: 'scenario', before: null, after: headOf(one) })),
    // where all are there, what each says
    ...after.flatMap((one) => toPatches(before.find(({ id }) => id === one.id) ?? headOf(one), one)),
    ...(order.every((id, index) => id === wanted[index])
      ? []
      : [{ kind: 'order' as const, before: order, after: wanted }]),
  ];
}

const LISTS = ['sections', 'lines', 'targets', 'tables', 'scenarios', 'correlations'] as const;

function planPatches(before: Plan, after: Plan): Patch[] {
  const [was, is] = [headOfPlan(before), headOfPlan(after)];
  const lists = LISTS.flatMap((list) => {
    const [old, next]: (readonly unknown[])[] = [before[list] ?? [], after[list] ?? []];
    return itemPatches(list, old ?? [], next ?? []);
  });
  return [...(isSame(was, is) ? [] : [{ kind: 'plan-head' as const, before: was, after: is }]), ...lists];
}

/** Places that differ one by one, then what is too much from the end, or what is missing at the end. */
function itemPatches(list: string, old: readonly unknown[], next: readonly unknown[]): Patch[] {
  const patch = (at: number, before: unknown, after: unknown) =>
    ({ kind: 'plan-item', list, at, before, after }) as Patch;
  const places = Array.from({ length: Math.min(old.length, next.length) }, (_, at) => at);
  return [
    ...places.filter((at) => !isSame(old[at], next[at])).map((at) => patch(at, old[at], next[at])),
    ...old
      .map((item, at) => patch(at, item, null))
      .slice(next.length)
      .reverse(),
    ...next.map((item, at) => patch(at, null, item)).slice(old.length),
  ];
}

function headOfPlan({ title, place, periods }: Plan) {
  return { title, place, periods };
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

const known = new WeakMap<PlanSession, Versions>();

/** The versions of an open plan: the same, whoever asks. */
export function versionsOf(session: PlanSession): Versions {
  const versions = known.get(session) ?? new Versions(session);
  known.set(session, versions);
  return versions;
}
