/** Numbers known only to lie between two ends, and the arithmetic on them. An end may be infinite. */

/** Both ends belong to it. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Any number. */
export const ANY: Interval = { low: -Infinity, high: Infinity };

/** Any amount: what is counted or paid is not below nothing. */
export const POSITIVE: Interval = { low: 0, high: Infinity };

/** Ends that differ by less than this share of their size are the same number, reached by other arithmetic. */
const SAME = 1e-9;

/** An interval of one number. */
export function exactly(value: number): Interval {
  return { low: value, high: value };
}

/** The numbers within `half` of one. */
export function around(value: number, half: number): Interval {
  return { low: value - half, high: value + half };
}

/** Tells whether two intervals have no number in common. */
export function isApart(a: Interval, b: Interval): boolean {
  return distance(a, b) > SAME * Math.max(size(a), size(b));
}

/** How far the nearest numbers of two intervals are from each other; 0 where they overlap. */
export function distance(a: Interval, b: Interval): number {
  return Math.max(0, a.low - b.high, b.low - a.high);
}

function size({ low, high }: Interval): number {
  const ends = [Math.abs(low), Math.abs(high)].filter(Number.isFinite);
  return Math.max(0, ...ends);
}

/** What two intervals have in common; undefined where that is nothing. */
export function overlap(a: Interval, b: Interval): Interval | undefined {
  if (isApart(a, b)) return undefined;
  const [low, high] = [Math.max(a.low, b.low), Math.min(a.high, b.high)];
  // ends that are the same number by other arithmetic may cross in their last digits
  return low <= high ? { low, high } : exactly((low + high) / 2);
}

/** Tells whether an interval says less than any number: at least one end is finite. */
export function saysSomething({ low, high }: Interval): boolean {
  return Number.isFinite(low) || Number.isFinite(high);
}

/** Tells whether `inner` lies wholly in `outer`. */
export function isWithin(inner: Interval, outer: Interval): boolean {
  const slack = SAME * size(outer);
  return inner.low >= outer.low - slack && inner.high <= outer.high + slack;
}

/** Sum of any number of one and any number of the other. */
export function plus(a: Interval, b: Interval): Interval {
  return { low: a.low + b.low, high: a.high + b.high };
}

export function minus(a: Interval, b: Interval): Interval {
  return { low: a.low - b.high, high: a.high - b.low };
}

export function times(a: Interval, b: Interval): Interval {
  return hull([a.low, a.high].flatMap((x) => [b.low, b.high].map((y) => (x === 0 || y === 0 ? 0 : x * y))));
}

/** Quotient; any number where the divisor may be zero within its interval. An end at zero is approached, not reached. */
export function over(a: Interval, b: Interval): Interval {
  if (b.low < 0 && b.high > 0) return ANY;
  if (b.low === 0 && b.high === 0) return ANY;
  const inverse =
    b.low >= 0
      ? { low: 1 / b.high, high: b.low === 0 ? Infinity : 1 / b.low }
      : { low: b.high === 0 ? -Infinity : 1 / b.high, high: 1 / b.low };
  return times(a, inverse);
}

/**
 * Power by a constant. A power that is no whole number has a base that is not below zero; of an interval with negative
 * numbers only the rest counts then.
 */
export function toPower(base: Interval, exponent: number): Interval {
  const whole = Math.round(exponent);
  const isOdd = Math.abs(exponent - whole) < SAME && whole > 0 && whole % 2 === 1;
  if (base.high < 0 && !isOdd) return ANY;
  const from = isOdd ? base.low : Math.max(0, base.low);
  const [low, high] = [from ** (isOdd ? whole : exponent), base.high ** (isOdd ? whole : exponent)];
  return exponent >= 0 ? { low, high } : { low: high, high: low };
}

function hull(ends: readonly number[]): Interval {
  return { low: Math.min(...ends), high: Math.max(...ends) };
}
