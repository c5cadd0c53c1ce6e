/** Moves drivers as analyses do: the same is added in all periods after the base, as one gesture. */
import { isNumber } from '#quantity';
import type { PlanSession } from './plan-session.svelte.ts';

/** A driver and what is added to its level. Unit: of its line. */
export interface DriverShift {
  readonly line: string;
  readonly shift: number;
}

/** Digits behind the point that a number keeps on its way through the text of a cell: all that it has. */
const DIGITS = 15;

/** Rounding that a level has gathered on its way, in parts of it. */
const DUST = 1e-12;

/** Whether a driver has the same level in all periods after the base. */
export function isSteadyDriver(session: PlanSession, line: string): boolean {
  const [first, ...rest] = aheadOf(session).map((period) => session.value(line, period));
  return rest.every((value) => value === first);
}

/**
 * Adds to drivers, in one gesture that one undo takes back. Actuals stay.
 *
 * Missing: a period in which a driver has no number is left as it is.
 */
export function shiftDrivers(session: PlanSession, shifts: readonly DriverShift[]): void {
  const [only] = shifts;
  const last = session.plan.periods.last;
  if (shifts.length === 1 && only && isSteadyDriver(session, only.line)) {
    const level = session.value(only.line, last);
    if (isNumber(level)) session.moveLever(only.line, withoutDust(level + only.shift));
    return;
  }
  const refused = session.enter(
    shifts.flatMap(({ line, shift }) =>
      aheadOf(session).flatMap((period) => {
        const value = session.value(line, period);
        const isObserved = session.rule(line, period)?.base.kind === 'actual';
        if (!isNumber(value) || isObserved) return [];
        return [
          { line, period, text: textOf(withoutDust(value + shift), session.engine.unitOf(line).shown) },
        ];
      }),
    ),
  );
  // a number that was written here is read there
  if (refused.length > 0) throw new Error(`a shifted level was refused: ${refused[0]?.text ?? ''}`);
}

function aheadOf(session: PlanSession): number[] {
  return session.periods.filter((period) => period > session.plan.periods.base);
}

/** A level such as 0.07 + 0.005 is 0.075, and not 0.07500000000000001. */
function withoutDust(level: number): number {
  const rounded = Number(level.toPrecision(12));
  return Math.abs(rounded - level) <= DUST * Math.abs(level) ? rounded : level;
}

/** A number as a cell of its line takes it, its sign told: 2.5 in a percent line is doubtful, 250% is not. */
function textOf(value: number, shown: 1 | 100 | 1000): string {
  const sign = { 1: '', 100: '%', 1000: '‰' }[shown];
  return `${(value * shown).toFixed(DIGITS)}${sign}`;
}
