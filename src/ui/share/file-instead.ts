import type { PlanSession } from '#session';

/** The file that holds what a link would have held, and the key of its name: of a plan that nobody else has, all of it. */
export function fileInstead(session: PlanSession) {
  return session.isOwnPlan
    ? ({ action: 'bundle', label: 'share_bundle' } as const)
    : ({ action: 'scenario', label: 'share_scenario_file' } as const);
}
