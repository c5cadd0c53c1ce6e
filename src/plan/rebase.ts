/**
 * A gesture that was made without knowing of other edits, put on top of them. What stands there may be another than the
 * gesture has seen; the patches that come of it hold what stands there now, so that a journal of them is exact.
 */
import { changedLines, headOf, lineOverlay, type Patch, type ScenarioHead } from './patch.ts';
import type { ItemPatch, PlanItem, PlanList } from './plan-patch.ts';
import { isSame } from './same.ts';
import type { Scenario } from './schema.ts';
import { mergedFields, mergedOverlay, type Winner } from './three-way.ts';
import { applied, type WorkState } from './work-state.ts';

/** Two edits of the same item: the patches that take what stands now away and put the other one in its place. */
export type Clash = readonly Patch[];

/** A gesture on top of others. */
export interface Rebased {
  /** The gesture as it has to be done now; none where nothing is left to do. */
  readonly patches: readonly Patch[];
  readonly clashes: readonly Clash[];
  /** A patch that has nothing to work on any more: then the gesture as a whole is not done. */
  readonly homeless?: Patch;
}

/** What a patch comes to; undefined where the thing that it edits is gone. */
type Step = { readonly patches: readonly Patch[]; readonly clash?: Clash } | undefined;

const NOTHING: Step = { patches: [] };

/** Puts a gesture that was made in one state on top of another; the winner's word stands where both touched the same. */
export function rebase(patches: readonly Patch[], made: WorkState, now: WorkState, winner: Winner): Rebased {
  const rebasing = new Rebasing(patches, made, now, winner);
  const clashes: Clash[] = [];
  const done: Patch[] = [];
  for (const patch of patches) {
    const step = rebasing.take(patch);
    if (!step) return { patches: [], clashes: [], homeless: patch };
    done.push(...step.patches);
    if (step.clash) clashes.push(step.clash);
  }
  return { patches: done, clashes };
}

class Rebasing {
  /** What the gesture has seen, and what there is, both as far as it has been done. */
  #seen: WorkState;
  #now: WorkState;
  readonly #before: WorkState;
  readonly #winner: Winner;
  /** Items that are put in by the gesture. */
  readonly #arriving: ReadonlySet<string>;
  /** Items that were taken out: as the gesture has seen them, and as they are. */
  readonly #carried = new Map<string, { readonly base: object; readonly there: object }>();

  constructor(gesture: readonly Patch[], made: WorkState, now: WorkState, winner: Winner) {
    const items = gesture.filter((one) => one.kind === 'plan-item');
    this.#arriving = new Set(
      items.flatMap(({ list, before, after }) => (before === null && after ? [nameOf(list, after)] : [])),
    );
    this.#seen = made;
    this.#now = now;
    this.#before = now;
    this.#winner = winner;
  }

  take(patch: Patch): Step {
    const step = this.#stepOf(patch);
    this.#seen = applied(this.#seen, [patch]);
    if (step) this.#now = applied(this.#now, step.patches);
    return step;
  }

  #stepOf(patch: Patch): Step {
    switch (patch.kind) {
      case 'line':
        return this.#line(patch);
      case 'order':
        return this.#order(patch);
      case 'plan-head':
        return this.#planHead(patch);
      case 'plan-item':
        return patch.before === null ? this.#putIn(patch) : this.#item(patch, patch.before);
      case 'scenario':
        if (patch.before === null) return patch.after ? this.#begin(patch.after) : NOTHING;
        return patch.after ? this.#head(patch.before, patch.after) : this.#remove(patch.before);
    }
  }

  // scenarios

  #line(patch: Extract<Patch, { kind: 'line' }>): Step {
    const { scenario: id, line, before, after } = patch;
    const scenario = this.#scenario(id);
    const isLineGone = this.#hasLine(this.#seen, line) && !this.#hasLine(this.#now, line);
    if (!scenario || isLineGone) return after === null ? NOTHING : undefined;
    const there = lineOverlay(scenario, line);
    const [stands, other] = this.#both((winner) => mergedOverlay(before, there, after, winner));
    const to = (from: typeof there, next: typeof there): Patch => ({
      kind: 'line',
      scenario: id,
      line,
      before: from,
      after: next,
    });
    return {
      patches: isSame(there, stands) ? [] : [to(there, stands)],
      ...(!isSame(stands, other) && { clash: [to(stands, other)] }),
    };
  }

  #begin(head: ScenarioHead): Step {
    if (this.#scenario(head.id)) return NOTHING;
    const standing = this.#standing(head);
    const clash = this.#rebuilding(head, standing);
    return {
      patches: [{ kind: 'scenario', before: null, after: standing }],
      ...(clash.length > 0 && { clash }),
    };
  }

  /** What brings the scenarios back on which a head was to build, and lets it build on them. */
  #rebuilding(head: ScenarioHead, standing: ScenarioHead): Clash {
    const ids = [head.basedOn, ...(head.stack ?? [])];
    const gone = this.#seen.own.filter((one) => ids.includes(one.id) && !this.#scenario(one.id));
    if (gone.length === 0) return [];
    return [
      ...gone.flatMap((one): Patch[] => [
        { kind: 'scenario', before: null, after: headOf(one) },
        ...changedLines(one).map((line) => this.#overlayPatch(one, line, false)),
      ]),
      { kind: 'scenario', before: standing, after: head },
    ];
  }

  #head(before: ScenarioHead, after: ScenarioHead): Step {
    const scenario = this.#scenario(after.id);
    if (!scenario) return undefined;
    const there = headOf(scenario);
    const [stands, other] = this.#both((winner) =>
      this.#standing(mergedFields(before, there, after, winner)),
    );
    const rebuilt = this.#rebuilding(mergedFields(before, there, after, this.#winner), stands);
    const to = (from: ScenarioHead, next: ScenarioHead): Patch => ({
      kind: 'scenario',
      before: from,
      after: next,
    });
    return {
      patches: isSame(there, stands) ? [] : [to(there, stands)],
      ...(!isSame(stands, other) && { clash: [to(stands, other)] }),
      ...(rebuilt.length > 0 && { clash: rebuilt }),
    };
  }

  /** Takes a scenario away. That others have worked on it, or build on it, since is a clash. */
  #remove(before: ScenarioHead): Step {
    const scenario = this.#scenario(before.id);
    if (!scenario) return NOTHING;
    const heirs = this.#now.own.filter(
      (one) => one.basedOn === before.id || (one.stack ?? []).includes(before.id),
    );
    const left = changedLines(scenario);
    const there = headOf(scenario);
    const removal: Patch[] = [
      ...heirs.flatMap((heir): Patch[] => [
        { kind: 'scenario', before: headOf(heir), after: withoutBase(headOf(heir), there) },
      ]),
      ...left.map((line): Patch => this.#overlayPatch(scenario, line, true)),
      { kind: 'scenario', before: there, after: null },
    ];
    const isTouched = left.length > 0 || heirs.length > 0 || !isSame(there, before);
    if (!isTouched) return { patches: removal };
    if (this.#winner === 'theirs') return { patches: [], clash: removal };
    const whole = this.#before.own.find((one) => one.id === before.id) ?? scenario;
    const clash: Patch[] = [
      { kind: 'scenario', before: null, after: headOf(whole) },
      ...changedLines(whole).map((line): Patch => this.#overlayPatch(whole, line, false)),
      ...heirs.map((heir): Patch => ({
        kind: 'scenario',
        before: withoutBase(headOf(heir), there),
        after: headOf(heir),
      })),
    ];
    return { patches: removal, clash };
  }

  #overlayPatch(scenario: Scenario, line: string, isRemoved: boolean): Patch {
    const overlay = lineOverlay(scenario, line);
    const [before, after] = isRemoved ? [overlay, null] : [null, overlay];
    return { kind: 'line', scenario: scenario.id, line, before, after };
  }

  /** Puts the scenarios in an order. Where one was moved it is moved; those that came since stay where they are. */
  #order({ before, after }: Extract<Patch, { kind: 'order' }>): Step {
    const there = this.#now.own.map((one) => one.id);
    const moved = movedIn(before, after);
    const next = moved === undefined ? ordered(there, after) : movedLike(there, after, moved);
    return { patches: isSame(there, next) ? [] : [{ kind: 'order', before: there, after: next }] };
  }

  // the plan itself

  #planHead({ before, after }: Extract<Patch, { kind: 'plan-head' }>): Step {
    const { title, place, periods } = this.#now.plan;
    const there = { title, place, periods };
    const [stands, other] = this.#both((winner) => mergedFields(before, there, after, winner));
    return {
      patches: isSame(there, stands) ? [] : [{ kind: 'plan-head', before: there, after: stands }],
      ...(!isSame(stands, other) && { clash: [{ kind: 'plan-head', before: stands, after: other }] }),
    };
  }

  #item({ list, at, after }: ItemPatch, before: PlanItem<PlanList>): Step {
    const items = this.#items(list);
    const place = placeOf(items, list, before, at);
    const there = items[place];
    if (!there) return after === null ? NOTHING : undefined;
    if (after === null) {
      const name = nameOf(list, before);
      this.#carried.set(name, { base: before, there });
      const removal = itemPatch(list, place, there, null);
      // what is put in again elsewhere carries the other's edit with it
      if (isSame(there, before) || this.#arriving.has(name)) return { patches: [removal] };
      if (this.#winner === 'theirs') return { patches: [], clash: [removal] };
      return { patches: [removal], clash: [itemPatch(list, place, null, there)] };
    }
    const [stands, other] = this.#both((winner) => mergedFields<object>(before, there, after, winner));
    return {
      patches: isSame(there, stands) ? [] : [itemPatch(list, place, there, stands)],
      ...(!isSame(stands, other) && { clash: [itemPatch(list, place, stands, other)] }),
    };
  }

  #putIn({ list, at, after }: ItemPatch): Step {
    if (after === null) return NOTHING;
    const items = this.#items(list);
    const name = nameOf(list, after);
    if (hasIds(list) && items.some((one) => nameOf(list, one) === name)) return undefined;
    if (items.some((one) => isSame(one, after))) return NOTHING;
    const carried = this.#carried.get(name);
    const [stands, other] = this.#both((winner) =>
      carried ? mergedFields<object>(carried.base, carried.there, after, winner) : after,
    );
    const former: PlanItem<PlanList> | undefined = (this.#seen.plan[list] ?? [])[at - 1];
    const behind = former ? placeOf(items, list, former, at - 1) : -1;
    const place = at === 0 ? 0 : behind >= 0 ? behind + 1 : Math.min(at, items.length);
    return {
      patches: [itemPatch(list, place, null, stands)],
      ...(!isSame(stands, other) && { clash: [itemPatch(list, place, stands, other)] }),
    };
  }

  #items(list: PlanList): readonly PlanItem<PlanList>[] {
    return this.#now.plan[list] ?? [];
  }

  // what both need

  #scenario(id: string): Scenario | undefined {
    return this.#now.own.find((one) => one.id === id);
  }

  #hasLine({ plan }: WorkState, id: string): boolean {
    return plan.lines.some((one) => one.id === id);
  }

  /** What stands, and what would stand had the other side won. */
  #both<T>(merge: (winner: Winner) => T): readonly [T, T] {
    return [merge(this.#winner), merge(this.#winner === 'mine' ? 'theirs' : 'mine')];
  }

  /** A head that builds only on what is there: in the place of what is gone comes what that was built on. */
  #standing(head: ScenarioHead): ScenarioHead {
    const { basedOn, stack, ...bare } = head;
    const ids = new Set([...this.#now.plan.scenarios, ...this.#now.own].map((one) => one.id));
    const known = [...this.#seen.own, ...this.#before.own];
    const tried = new Set<string>();
    let base = basedOn;
    while (base !== undefined && !ids.has(base) && !tried.has(base)) {
      tried.add(base);
      base = known.find((one) => one.id === base)?.basedOn;
    }
    if (base !== undefined && !ids.has(base)) base = undefined;
    const standing = base ?? (basedOn === undefined ? undefined : this.#now.plan.scenarios[0]?.id);
    const rest = (stack ?? []).filter((id) => ids.has(id));
    return {
      ...bare,
      ...(standing !== undefined && { basedOn: standing }),
      ...(rest.length > 0 && { stack: rest }),
    };
  }
}

/** The head of a scenario that builds on one that goes: it builds on that one's base instead. */
function withoutBase({ basedOn, stack = [], ...bare }: ScenarioHead, gone: ScenarioHead): ScenarioHead {
  const base = basedOn === gone.id ? gone.basedOn : basedOn;
  const rest = stack.filter((id) => id !== gone.id);
  return { ...bare, ...(base !== undefined && { basedOn: base }), ...(rest.length > 0 && { stack: rest }) };
}

/** The one id that stands elsewhere; undefined where several do, or none. */
function movedIn(before: readonly string[], after: readonly string[]): string | undefined {
  const at = before.findIndex((id, index) => id !== after[index]);
  const isAlone = (id: string | undefined) =>
    id !== undefined &&
    isSame(
      before.filter((one) => one !== id),
      after.filter((one) => one !== id),
    );
  return [before[at], after[at]].find(isAlone);
}

/** Ids in an order; those that it does not name stand behind. */
function ordered(ids: readonly string[], order: readonly string[]): readonly string[] {
  const place = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length);
  return ids.toSorted((a, b) => place(a) - place(b));
}

/** Ids with one of them behind the one that it stands behind in an order. */
function movedLike(ids: readonly string[], order: readonly string[], moved: string): readonly string[] {
  if (!ids.includes(moved)) return ids;
  const rest = ids.filter((id) => id !== moved);
  if (order.at(-1) === moved) return [...rest, moved];
  const before = order.slice(0, order.indexOf(moved)).findLast((id) => rest.includes(id));
  const at = before === undefined ? 0 : rest.indexOf(before) + 1;
  return rest.toSpliced(at, 0, moved);
}

function hasIds(list: PlanList): boolean {
  return list !== 'targets' && list !== 'correlations';
}

/** What an item is known by within its plan. */
function nameOf(list: PlanList, item: object): string {
  const { id, line, period, lines } = item as {
    readonly id?: string;
    readonly line?: string;
    readonly period?: number;
    readonly lines?: readonly string[];
  };
  return `${list} ${id ?? lines?.join(' ') ?? `${line} ${period}`}`;
}

/** Where an item stands now, as near as possible to where it stood; -1 where it is gone. */
function placeOf(items: readonly object[], list: PlanList, item: object, at: number): number {
  const name = nameOf(list, item);
  if (items[at] && isSame(items[at], item)) return at;
  const same = items.findIndex((one) => isSame(one, item));
  if (same >= 0) return same;
  const named = [...items.keys()].filter((index) => nameOf(list, items[index] ?? {}) === name);
  return named.sort((a, b) => Math.abs(a - at) - Math.abs(b - at))[0] ?? -1;
}

function itemPatch(list: PlanList, at: number, before: object | null, after: object | null): Patch {
  // the list says which items these are; its type cannot carry that through
  return { kind: 'plan-item', list, at, before, after } as Patch;
}
