/**
 * Duals: a value with its slope by every move. What is missing or failed has no slope, and no slope at all means that
 * no move changes the value; a slope that is no finite number is told as a failure at the end.
 *
 * At a kink the slope is that of the side on which the evaluation stands, and that is noted: a condition takes the branch
 * that its test takes there, so that of IF(x >= 0, x, 0) at 0 it is 1, and of IF(x > 0, x, 0) it is 0.
 */
import { isNumber, type Value } from '#quantity';
import { logarithm, type BinaryOperator } from '#formula';
import { calculate } from '../run/reference.ts';

/** Slopes by move; null where all are zero. */
export type Slope = Float64Array | null;

/** A value and its slope. */
export interface Dual {
  readonly value: Value;
  readonly slope: Slope;
}

/** Called where the two sides of a point differ in slope (kink), or where a value that moves is made to move in jumps (step). */
export type Note = (what: 'kink' | 'step') => void;

/** A value that no move changes. */
export function fixed(value: Value): Dual {
  return { value, slope: null };
}

/** The sum of slopes times their weights. A weight without a finite number matters only where there is a slope. */
export function weigh(parts: readonly (readonly [weight: number, slope: Slope])[]): Slope {
  let sum: Float64Array | null = null;
  for (const [weight, slope] of parts) {
    if (slope === null || weight === 0) continue;
    sum ??= new Float64Array(slope.length);
    for (let move = 0; move < slope.length; move += 1) {
      const one = slope[move] as number;
      if (one !== 0) sum[move] = (sum[move] as number) + weight * one;
    }
  }
  return sum;
}

/** Applies an operator to two duals. */
export function combineDuals(operator: BinaryOperator, left: Dual, right: Dual, note: Note): Dual {
  const value = calculate(operator, left.value, right.value);
  if (!isNumber(value) || (left.slope === null && right.slope === null)) return fixed(value);
  const [a, b] = [left.value as number, right.value as number];
  const slopeBy = (byLeft: number, byRight: number) =>
    weigh([
      [byLeft, left.slope],
      [byRight, right.slope],
    ]);
  switch (operator) {
    case '+':
      return { value, slope: slopeBy(1, 1) };
    case '-':
      return { value, slope: slopeBy(1, -1) };
    case '*':
      return { value, slope: slopeBy(b, a) };
    case '/':
      return { value, slope: slopeBy(1 / b, -value / b) };
    case '^':
      return { value, slope: slopeBy(...powerSlopes(a, b, value)) };
    case 'and':
    case 'or':
      if ((a === 0 && left.slope) || (b === 0 && right.slope)) note('kink');
      return fixed(value);
    default:
      // a comparison is flat but where both sides meet
      if (a === b && differs(left.slope, right.slope)) note('kink');
      return fixed(value);
  }
}

/** Slopes of a power by its base and by its exponent; the latter is no number for a base below 0. */
export function powerSlopes(
  base: number,
  exponent: number,
  power: number,
): [byBase: number, byExponent: number] {
  const byExponent = base === 0 ? 0 : power * logarithm(base);
  if (exponent === 0) return [0, byExponent];
  if (base !== 0) return [(exponent * power) / base, byExponent];
  return [exponent === 1 ? 1 : exponent > 1 ? 0 : Infinity, byExponent];
}

/** Tells whether two slopes are not the same. */
export function differs(a: Slope, b: Slope): boolean {
  if (a === null && b === null) return false;
  const length = (a ?? b)?.length ?? 0;
  for (let move = 0; move < length; move += 1) if ((a?.[move] ?? 0) !== (b?.[move] ?? 0)) return true;
  return false;
}
