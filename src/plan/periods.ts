/** The calendar of a plan: contiguous periods, addressed by calendar number outside and by index inside. */
import type { Periods } from './schema.ts';

/** Lists the periods, first to last. */
export function listPeriods(periods: Periods): number[] {
  return Array.from({ length: periods.last - periods.first + 1 }, (_, index) => periods.first + index);
}

/** Counts the periods. */
export function countPeriods(periods: Periods): number {
  return periods.last - periods.first + 1;
}

/** Tells whether a calendar number is one of the periods. */
export function hasPeriod(periods: Periods, period: number): boolean {
  return Number.isInteger(period) && period >= periods.first && period <= periods.last;
}

/** The span of a change: as given, by default all periods after the base. */
export function spanOf(
  periods: Periods,
  change: { readonly from?: number | undefined; readonly to?: number | undefined },
): {
  from: number;
  to: number;
} {
  return { from: change.from ?? periods.base + 1, to: change.to ?? periods.last };
}
