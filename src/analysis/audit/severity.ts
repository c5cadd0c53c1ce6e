/** What is off in the last printed digits, and what is wrong. */
import type { Severity } from './finding.ts';
import { distance, type Interval } from './interval.ts';

/** Numbers that miss each other by no more than so many of their last digits are a slip. */
const SLIP_DIGITS = 2;

/**
 * A slip stays within this share of the number, however coarse its digits: 4 times instead of 3 is none. A doubling in words and
 * things that were counted have no digit to round, so that for them this share alone decides.
 */
const SLIP_SHARE = 0.05;

/** A limit holds to its last digit, which its interval does not tell. */
const SLIP_SHARE_OF_LIMIT = 0.01;

/** How grave it is that a printed number has nothing in common with what it should be. Shape: both as what their digits leave open. */
export function severityOfGap(printed: Interval, other: Interval): Severity {
  const size = Math.max(...[printed.low, printed.high].filter(Number.isFinite).map(Math.abs), 0);
  const digit = printed.high - printed.low;
  const room = Number.isFinite(digit)
    ? Math.min(digit === 0 ? Infinity : SLIP_DIGITS * digit, SLIP_SHARE * size)
    : SLIP_SHARE_OF_LIMIT * size;
  return distance(printed, other) <= room ? 'slip' : 'contradiction';
}
