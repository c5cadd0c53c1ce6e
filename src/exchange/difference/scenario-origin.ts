/**
 * Whether two scenarios of one id are two states of one scenario. A number in an id tells the scenarios of one person apart,
 * and everybody's first is the first: only a mark of chance that went into the id, or the plan that ships it, ties two together.
 */
import type { Plan, Scenario } from '#plan';

/** Characters of a mark after its sign; 36 ** 12 are some 62 bits. */
const MARK_DIGITS = 12;

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';

/** An id with a mark, and the number behind it that a copy was given for want of a free id. */
const MARKED = new RegExp(`_x[0-9a-z]{${MARK_DIGITS}}(_\\d+)*$`);

/**
 * Makes the end of an id for a scenario that is begun. `random` gives whole numbers from 0 below its argument.
 */
export function originMark(random: (below: number) => number): string {
  return `_x${Array.from({ length: MARK_DIGITS }, () => DIGITS.charAt(random(DIGITS.length))).join('')}`;
}

/** Whether scenarios of this id have one origin wherever they are met: the plan ships it, or its id holds a mark. */
export function hasOneOrigin(plan: Plan, id: string): boolean {
  return MARKED.test(id) || commonAncestor(plan, id) !== null;
}

/** The ancestor of a scenario of this id in the plan from which both sides began; null where the plan ships none. */
export function commonAncestor(plan: Plan, id: string): Scenario | null {
  return plan.scenarios.find((one) => one.id === id) ?? null;
}
