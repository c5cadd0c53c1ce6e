/** Powers, exponentials and logarithms as arithmetic: `powerOf` and the functions that rest on it. */
import {
  buildDecimalLogarithm,
  buildExponential,
  buildLogarithm,
  buildPower,
  logarithm,
  NEAR_WHOLE,
} from '#formula';
import type { FormulaArithmetic } from './arithmetic.ts';
import type { Guards } from './functions.ts';
import type { Operand } from './operand.ts';

/** base^exponent as `raise` has it; NaN of a base below 0, unless the exponent is a whole number in the formula. */
export function emitPower<V, M>(
  base: Operand<V>,
  exponent: Operand<V>,
  to: FormulaArithmetic<V, M>,
  guards: Guards<V>,
): Operand<V> {
  const of = guards.careful(base);
  const { constant } = exponent;
  // the sign of zero is put off
  const result = (value: V) => guards.result(to.add(value, to.constant(0)));
  if (constant === 1) return result(of);
  if (constant === 2) return result(to.multiply(of, of));
  if (constant === -1) return result(to.divide(to.constant(1), of));
  if (constant === 0.5) return result(to.squareRoot(of));
  const power = buildPower(to);
  const none = to.constant(NaN);
  const isBelow = to.less(of, to.constant(0));
  if (constant !== undefined) {
    const size = power(to.absolute(of), to.constant(constant));
    const below = !Number.isInteger(constant)
      ? none
      : constant % 2 === 0
        ? size
        : to.subtract(to.constant(0), size);
    const value = to.select(isBelow, below, size);
    // 0^0 is undefined
    const defined = constant === 0 ? to.select(to.equal(of, to.constant(0)), none, value) : value;
    return result(guards.keep(defined, [base]));
  }
  const by = guards.careful(exponent);
  const is = (value: number) => to.equal(by, to.constant(value));
  let value = to.select(isBelow, none, power(to.absolute(of), by));
  value = to.select(is(0), to.select(to.equal(of, to.constant(0)), none, value), value);
  value = to.select(is(1), of, value);
  value = to.select(is(2), to.multiply(of, of), value);
  value = to.select(is(-1), to.divide(to.constant(1), of), value);
  value = to.select(is(0.5), to.squareRoot(of), value);
  return result(guards.keep(value, [base, exponent]));
}

/** e^x. */
export function emitExponential<V, M>(
  of: Operand<V>,
  to: FormulaArithmetic<V, M>,
  guards: Guards<V>,
): Operand<V> {
  return guards.result(guards.keep(buildExponential(to)(guards.careful(of)), [of]));
}

/**
 * The logarithm to a base that is a number in the formula, 10 where it was left out; undefined for another. To base 10 it
 * is the kernel's, to others a quotient.
 */
export function emitLogarithm<V, M>(
  [number, basis]: readonly (Operand<V> | undefined)[],
  to: FormulaArithmetic<V, M>,
  guards: Guards<V>,
): Operand<V> | undefined {
  const base = basis === undefined ? DECIMAL : basis.constant;
  if (number === undefined || base === undefined || !(base > 0) || base === 1) return undefined;
  const of = guards.careful(number);
  if (base === DECIMAL) return guards.result(to.add(buildDecimalLogarithm(to)(of), to.constant(0)));
  const quotient = to.divide(buildLogarithm(to)(of), to.constant(logarithm(base)));
  const distance = to.absolute(to.subtract(quotient, to.nearest(quotient)));
  // nearer to a whole number, that one is taken where its power is the number
  const isPlain = to.less(to.constant(NEAR_WHOLE), distance);
  return guards.result(to.select(isPlain, quotient, to.constant(NaN)));
}

const DECIMAL = 10;
