/**
 * Duals: a value with its gradient. What is missing or failed has none, and no gradient at all means that no move changes
 * the value.
 *
 * At a kink the slope is that of the side on which the evaluation stands, and that is noted: a condition takes the branch
 * that its test takes there, so that of IF(x >= 0, x, 0) at 0 it is 1, and of IF(x > 0, x, 0) it is 0.
 */
import { isNumber, type Value } from '#quantity';
import { logarithm, type BinaryOperator } from '#formula';
import { calculate } from '../run/reference.ts';
import { weigh, type Slope } from './gradient.ts';

/** A value and its slope. */
export interface Dual {
  readonly value: Value;
  readonly slope: Slope;
}

/**
 * Called where the two sides of a point may differ in slope (kink): they do if these two come apart by some move. And where a
 * value is made to move in jumps (step), if it moves.
 */
export type Note = (what: 'kink' | 'step', one: Slope, other: Slope) => void;

/** A value that no move changes. */
export function fixed(value: Value): Dual {
  return { value, slope: null };
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
      if (a === 0) note('kink', left.slope, null);
      if (b === 0) note('kink', right.slope, null);
      return fixed(value);
    default:
      // a comparison is flat but where both sides meet
      if (a === b) note('kink', left.slope, right.slope);
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
