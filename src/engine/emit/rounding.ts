/** Roundings and remainders as arithmetic: each gives the bits of its definition, or NaN where fifteen digits decide. */
import type { FormulaArithmetic } from './arithmetic.ts';
import type { Guards } from './functions.ts';
import type { Operand } from './operand.ts';

/** Numbers up to here have a digit to spare beyond the fifteen that roundings look at. */
const MAX_PLAIN = 1e12;

/** How near to a turning point, against the number, fifteen digits may decide otherwise than the binary number. */
const NEAR = 1e-13;

/** Powers of ten up to here are exact numbers. */
const MAX_EXACT_POWER = 22;

/** Of a size without sign the whole number that a rounding takes, and whether the digits seen cannot say otherwise. */
type Pick = <V, M>(size: V, to: FormulaArithmetic<V, M>) => { readonly whole: V; readonly isClear: M };

const nearest: Pick = (size, to) => {
  const below = to.floor(size);
  const part = to.subtract(size, below);
  const half = to.constant(0.5);
  return {
    whole: to.select(to.less(part, half), below, to.add(below, to.constant(1))),
    isClear: isFarFrom(half, part, size, to),
  };
};

/** A whole number stays what it is: what is a hair beside one is left to the digits. */
const towardZero: Pick = (size, to) => ({ whole: to.floor(size), isClear: isWholeOrFar(size, to) });

const awayFromZero: Pick = (size, to) => {
  const below = to.floor(size);
  const isWhole = to.equal(size, below);
  return { whole: to.select(isWhole, below, to.add(below, to.constant(1))), isClear: isWholeOrFar(size, to) };
};

const PICKS: Readonly<Record<string, Pick>> = {
  ROUND: nearest,
  ROUNDUP: awayFromZero,
  ROUNDDOWN: towardZero,
  TRUNC: towardZero,
};

/** Functions that are emitted here. */
export const ROUNDINGS: ReadonlySet<string> = new Set([...Object.keys(PICKS), 'INT', 'MOD']);

/** Emits a rounding; undefined where there is no fast form: for digits that are calculated, or more than are exact. */
export function emitRounding<V, M>(
  name: string,
  [of, by]: readonly (Operand<V> | undefined)[],
  to: FormulaArithmetic<V, M>,
  guards: Guards<V>,
): Operand<V> | undefined {
  if (of === undefined) return undefined;
  const value = guards.careful(of);
  const withoutSign = (result: V) => guards.result(to.add(result, to.constant(0)));
  if (name === 'INT') return withoutSign(wholeBelow(value, to));
  if (name === 'MOD') return by && withoutSign(remainder(value, guards.careful(by), to));
  const pick = PICKS[name];
  const digits = by === undefined ? 0 : by.constant;
  if (pick === undefined || digits === undefined) return undefined;
  const decimals = Math.trunc(digits);
  if (Math.abs(decimals) > MAX_EXACT_POWER) return undefined;
  const power = to.constant(Number(`1e${Math.abs(decimals)}`));
  const times = (a: V) => to.multiply(a, power);
  const parts = (a: V) => to.divide(a, power);
  const [inUnits, back] = decimals < 0 ? [parts, times] : [times, parts];
  const size = inUnits(to.absolute(value));
  const { whole, isClear } = pick(size, to);
  // product and quotient of two exact numbers are the number nearest to the decimal
  const rounded = back(whole);
  const signed = to.select(to.less(value, to.constant(0)), to.subtract(to.constant(0), rounded), rounded);
  // a quotient of next to nothing has become 0
  const isLost = to.both(to.equal(size, to.constant(0)), to.not(to.equal(value, to.constant(0))));
  const isPlain = to.both(to.less(size, to.constant(MAX_PLAIN)), to.both(isClear, to.not(isLost)));
  return guards.result(to.select(isPlain, signed, to.constant(NaN)));
}

function isFarFrom<V, M>(turn: V, place: V, size: V, to: FormulaArithmetic<V, M>): M {
  return to.less(to.multiply(to.constant(NEAR), size), to.absolute(to.subtract(place, turn)));
}

function isWholeOrFar<V, M>(value: V, to: FormulaArithmetic<V, M>): M {
  const whole = to.nearest(value);
  return to.either(to.equal(value, whole), isFarFrom(whole, value, to.absolute(value), to));
}

/** INT where fifteen digits cannot decide otherwise. */
function wholeBelow<V, M>(value: V, to: FormulaArithmetic<V, M>): V {
  const isPlain = to.both(to.less(to.absolute(value), to.constant(MAX_PLAIN)), isWholeOrFar(value, to));
  return to.select(isPlain, to.floor(value), to.constant(NaN));
}

/** Quotients below this leave a remainder that can be had exactly: their product with half the divisor's bits is. */
const MAX_QUOTIENT = 2 ** 26;

/** How far a quotient of two decimals may lie from a whole number by their binary fractions alone. */
const QUOTIENT_NOISE = 1.5 * Number.EPSILON;

/** MOD: the remainder with the sign of the divisor; 0 where two decimals divide without one. */
function remainder<V, M>(value: V, divisor: V, to: FormulaArithmetic<V, M>): V {
  const { subtract, multiply } = to;
  const zero = to.constant(0);
  const quotient = to.divide(value, divisor);
  const [size, by] = [to.absolute(value), to.absolute(divisor)];
  // every step is exact: the products have at most 53 bits, and so have the differences
  const times = to.floor(to.divide(size, by));
  const byHigh = to.upperHalf(by);
  const left = subtract(subtract(size, multiply(times, byHigh)), multiply(times, subtract(by, byHigh)));
  // the quotient may have been rounded up to a whole number
  const rest = to.select(to.less(left, zero), to.add(left, by), left);
  const isBelow = to.less(value, zero);
  const signed = to.select(isBelow, subtract(zero, rest), rest);
  const isOpposite = to.either(
    to.both(isBelow, to.less(zero, divisor)),
    to.both(to.less(divisor, zero), to.less(zero, value)),
  );
  const turned = to.select(to.equal(rest, zero), zero, to.add(signed, divisor));
  const result = to.select(isOpposite, turned, signed);
  // 5.1 / 0.1 is no whole number in binary
  const whole = to.nearest(quotient);
  const distance = to.absolute(subtract(quotient, whole));
  const isNear = to.lessOrEqual(distance, multiply(to.absolute(whole), to.constant(QUOTIENT_NOISE)));
  const isWhole = to.both(to.equal(value, to.floor(value)), to.equal(divisor, to.floor(divisor)));
  const isNought = to.both(to.both(isNear, to.not(isWhole)), to.not(to.equal(whole, zero)));
  const isPlain = to.less(to.absolute(quotient), to.constant(MAX_QUOTIENT));
  return to.select(isPlain, to.select(isNought, zero, result), to.constant(NaN));
}
