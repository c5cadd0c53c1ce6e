/** Whether a plan is so small that every driver of it is tried on the page's own thread. */
import { countPeriods, type Plan } from '#plan';
import { drivers } from '#analysis';

/** Up to so many drivers times cells are tried at once: a few milliseconds. */
const MOST_AT_ONCE = 200_000;

/** Whether one lever step of each driver is tried at once; on a larger plan it is asked off the page's thread. */
export function isTriedAtOnce(plan: Plan): boolean {
  return drivers(plan).length * plan.lines.length * countPeriods(plan.periods) <= MOST_AT_ONCE;
}
