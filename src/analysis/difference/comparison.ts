/** Scenarios side by side: chosen lines and periods as levels, differences and percent. */
import { MISSING, failure, isFailure, isNumber, type Value } from '#quantity';
import type { Calculation } from '#engine';

/** One line of a comparison; the first index is the scenario, the second the period, in the order asked. */
export interface ComparedLine {
  readonly line: string;
  readonly levels: readonly (readonly Value[])[];
  /** Level minus the reference's level, in the unit of the line: percentage points where that is a percent. */
  readonly differences: readonly (readonly Value[])[];
  /** Difference over the size of the reference's level, as a fraction. */
  readonly relative: readonly (readonly Value[])[];
}

/**
 * Compares calculations with the one at `reference`, for chosen lines and periods.
 *
 * Missing: travels · Fails: as the cells compared, the reference's failure first; `#DIV/0!` for percent of zero.
 */
export function compareLevels(
  calculations: readonly Calculation[],
  reference: number,
  lines: readonly string[],
  periods: readonly number[],
): ComparedLine[] {
  if (!calculations[reference]) throw new Error(`no calculation ${reference} to compare with`);
  return lines.map((line) => {
    const levels = calculations.map((calculation) =>
      periods.map((period) => calculation.value(line, period)),
    );
    const base = levels[reference] as Value[];
    const against = (compare: (level: Value, from: Value) => Value) =>
      levels.map((row) => row.map((level, index) => compare(level, base[index] ?? MISSING)));
    return { line, levels, differences: against(difference), relative: against(relativeDifference) };
  });
}

function difference(level: Value, from: Value): Value {
  if (isNumber(level) && isNumber(from)) return finite(level - from);
  return isFailure(from) ? from : isFailure(level) ? level : MISSING;
}

function relativeDifference(level: Value, from: Value): Value {
  const gap = difference(level, from);
  if (!isNumber(gap) || !isNumber(from)) return gap;
  // the size of the reference, so that a fall of a negative level is negative too
  return from === 0 ? failure('#DIV/0!', 'divide_by_zero') : finite(gap / Math.abs(from));
}

function finite(value: number): Value {
  return Number.isFinite(value) ? value : failure('#NUM!', 'not_finite');
}
