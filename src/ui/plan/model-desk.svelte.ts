/** Which part of the plan is asked for, by the grid or elsewhere, until the view of the plan itself shows it. */
import type { PlanSession } from '#session';
import type { Chosen } from './editing.ts';

/** A wish to edit a part of the plan. */
class ModelDesk {
  asked = $state.raw<Chosen>();
}

const known = new WeakMap<PlanSession, ModelDesk>();

/** The desk of a session; one for all places that ask and show. */
export function modelDeskOf(session: PlanSession): ModelDesk {
  const desk = known.get(session) ?? new ModelDesk();
  known.set(session, desk);
  return desk;
}
