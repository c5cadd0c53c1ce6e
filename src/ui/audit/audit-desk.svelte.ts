/** Which finding is asked for, by a mark beside a target or a row, until the view of the audit shows it. */
import type { PlanSession } from '#session';

/** A wish to see a finding. */
class AuditDesk {
  /** The finding by its id. */
  asked = $state<string>();
}

const known = new WeakMap<PlanSession, AuditDesk>();

/** The desk of a session; one for all places that ask and show. */
export function auditDeskOf(session: PlanSession): AuditDesk {
  const desk = known.get(session) ?? new AuditDesk();
  known.set(session, desk);
  return desk;
}
