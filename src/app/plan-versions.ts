/** An arriving plan beside the version of it that is at hand. */
import { findPlanDifference, summarizePlanDifference, type Import, type PlanDifference } from '#exchange';
import type { Plan } from '#plan';

/** Changes of each group that travel to the page; a reader of more is told how many there are. */
const MAX_GROUP_ROWS = 200;

/** How an arriving plan differs from the one of that id at hand; nothing where there is none, or both are the same. */
export function differenceOf(
  known: Plan | undefined,
  { plan, isPlanNew }: Import,
): { readonly difference?: PlanDifference } {
  if (!known || !isPlanNew) return {};
  return { difference: summarizePlanDifference(findPlanDifference(known, plan), MAX_GROUP_ROWS) };
}
