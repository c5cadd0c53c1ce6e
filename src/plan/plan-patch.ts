/**
 * Edits of the plan itself as small reversible patches. The plan is lists of items and a head; a patch names one place in
 * one list and holds what stands there before and after, so that lines, sections and targets are all edited the same way.
 */
import type { Plan } from './schema.ts';

/** The lists that are edited item by item. */
export type PlanList = 'sections' | 'lines' | 'targets' | 'tables' | 'scenarios' | 'correlations';

/** An item of a list of the plan. */
export type PlanItem<L extends PlanList> = NonNullable<Plan[L]>[number];

/** What a plan is called and which years it spans. */
export type PlanHead = Pick<Plan, 'title' | 'place' | 'periods'>;

/** One place of one list. `null` before puts an item in there, after takes it out; others move up or down. */
export type ItemPatch<L extends PlanList = PlanList> = {
  readonly [K in L]: {
    readonly kind: 'plan-item';
    readonly list: K;
    /** The place in the list, from 0. */
    readonly at: number;
    readonly before: PlanItem<K> | null;
    readonly after: PlanItem<K> | null;
  };
}[L];

/** One reversible edit of the plan itself. */
export type PlanPatch =
  ItemPatch | { readonly kind: 'plan-head'; readonly before: PlanHead; readonly after: PlanHead };

/** Tells the patches of the plan itself from those of scenarios. */
export function isPlanPatch(patch: { readonly kind: string }): patch is PlanPatch {
  return patch.kind === 'plan-item' || patch.kind === 'plan-head';
}

/** The plan after the patches that are of the plan itself, in order; the same object where there are none. */
export function applyPlanPatches(plan: Plan, patches: readonly { readonly kind: string }[]): Plan {
  return patches.filter(isPlanPatch).reduce(applyPlanPatch, plan);
}

function applyPlanPatch(plan: Plan, patch: PlanPatch): Plan {
  if (patch.kind === 'plan-head') {
    const { title, place, periods } = patch.after;
    return { ...plan, title, place, periods };
  }
  const { list, at, before, after } = patch;
  const items: readonly PlanItem<PlanList>[] = plan[list] ?? [];
  const next = items.toSpliced(at, before === null ? 0 : 1, ...(after === null ? [] : [after]));
  return { ...plan, [list]: next };
}
