/** What is off in the last printed digits, and what is wrong. */
import type { Severity } from './finding.ts';
import { distance, type Interval } from './interval.ts';

/** Numbers that miss each other by no more than so many of their last digits are a slip. */
const SLIP_DIGITS = 2;

/** A doubling in words and things that were counted have no digit to round; within this share of themselves they are a slip. */
const SLIP_SHARE = 0.05;

/** How grave it is that a printed number has nothing in common with what it should be. Shape: both as what their digits leave open. */
export function severityOfGap(printed: Interval, other: Interval): Severity {
  const digit = printed.high - printed.low;
  const isExact = digit === 0 || !Number.isFinite(digit);
  const room = isExact ? SLIP_SHARE * Math.abs(printed.low) : SLIP_DIGITS * digit;
  return distance(printed, other) <= room ? 'slip' : 'contradiction';
}
