/** What a person works on: a plan and their scenarios of it. */
import { applyPatches, type Patch } from './patch.ts';
import { applyPlanPatches } from './plan-patch.ts';
import type { Plan, Scenario } from './schema.ts';

/** A plan and the person's own scenarios of it. */
export interface WorkState {
  readonly plan: Plan;
  readonly own: readonly Scenario[];
}

/** The state after a gesture. */
export function applied({ plan, own }: WorkState, patches: readonly Patch[]): WorkState {
  return { plan: applyPlanPatches(plan, patches), own: applyPatches(own, patches) };
}
