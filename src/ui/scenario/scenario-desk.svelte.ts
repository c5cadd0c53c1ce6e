/** Whether the contents of the open scenario are asked for, by a tab's menu, until a panel shows them. */
import type { PlanSession } from '#session';

/** A wish to see what the open scenario says. */
class ScenarioDesk {
  isAsked = $state(false);
}

const known = new WeakMap<PlanSession, ScenarioDesk>();

/** The desk of a session; one for all places that ask and show. */
export function scenarioDeskOf(session: PlanSession): ScenarioDesk {
  const desk = known.get(session) ?? new ScenarioDesk();
  known.set(session, desk);
  return desk;
}
