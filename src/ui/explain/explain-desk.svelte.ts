/** Whether the explanation is asked for, by a key or a menu, and whether from it the grid is: until a panel shows them. */
import type { PlanSession } from '#session';

/** Wishes to see the explanation, or the grid. */
class ExplainDesk {
  isAsked = $state(false);
  isGridAsked = $state(false);
}

const known = new WeakMap<PlanSession, ExplainDesk>();

/** The desk of a session; one for all places that ask and show. */
export function explainDeskOf(session: PlanSession): ExplainDesk {
  const desk = known.get(session) ?? new ExplainDesk();
  known.set(session, desk);
  return desk;
}
