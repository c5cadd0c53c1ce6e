/** Whether the printed page of the open scenario is asked for: by a menu, until it is closed. */
import type { PlanSession } from '#session';

/** A wish to see the printed page. */
class BriefingDesk {
  isOpen = $state(false);
}

const known = new WeakMap<PlanSession, BriefingDesk>();

/** The desk of a session; one for all places that ask and show. */
export function briefingDeskOf(session: PlanSession): BriefingDesk {
  const desk = known.get(session) ?? new BriefingDesk();
  known.set(session, desk);
  return desk;
}
