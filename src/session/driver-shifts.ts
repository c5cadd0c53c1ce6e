/** Moves drivers as analyses do: the same is added in all periods after the base, as one gesture. */
import { isNumber } from '#quantity';
import type { LeverMove } from './lever-moves.ts';
import type { PlanSession } from './plan-session.svelte.ts';

/** A driver and what is added to its level. Unit: of its line. */
export interface DriverShift {
  readonly line: string;
  readonly shift: number;
}

/** Rounding that a level has gathered on its way, in parts of it. */
const DUST = 1e-12;

/** Digits of a level without that rounding. */
const DIGITS = 12;

/** Whether a driver has the same level in all periods after the base. */
export function isSteadyDriver(session: PlanSession, line: string): boolean {
  const { base } = session.plan.periods;
  const ahead = session.periods.filter((period) => period > base);
  const [first, ...rest] = ahead.map((period) => session.value(line, period));
  return rest.every((value) => value === first);
}

/** Adds to drivers, in one gesture that one undo takes back. One with the same level in all periods gets another such. */
export function shiftDrivers(session: PlanSession, shifts: readonly DriverShift[]): void {
  session.moveLevers(
    shifts.map(({ line, shift }): LeverMove => {
      const level = session.value(line, session.plan.periods.last);
      return isNumber(level) && isSteadyDriver(session, line)
        ? { line, level: withoutDust(level + shift) }
        : { line, by: shift };
    }),
  );
}

/** A level such as 0.07 + 0.005 is 0.075, and not 0.07500000000000001. */
function withoutDust(level: number): number {
  const rounded = Number(level.toPrecision(DIGITS));
  return Math.abs(rounded - level) <= DUST * Math.abs(level) ? rounded : level;
}
