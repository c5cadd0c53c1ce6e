/**
 * 2^p of a number in two parts: what the exponential and the power are made of.
 *
 * p = n + f with n whole and f within ±1/2; f = g + h with g a multiple of 2^-13. 2^f = 1 + f · ln 2 + f² · b + f³ · R(f)
 * with b = (ln 2)² / 2. Of ln 2 and b so many bits are taken that 1 + g · ln 2 + g² · b has 53: nothing of it is rounded.
 */
import type { Arithmetic, Pair } from './arithmetic.ts';
import { buildGrid, buildPolynomial } from './polynomial.ts';

/** ln 2: to 2^-39, and the rest. */
const [LN2, LN2_HIGH, LN2_LOW] = [0.6931471805599453, 0.6931471805601177, -1.7239444525614835e-13];
/** (ln 2)² / 2: to 2^-26, and the rest. */
const [BEND, BEND_HIGH, BEND_LOW] = [0.24022650695910072, 0.24022650718688965, -2.2778893610394874e-10];

/**
 * R(f) for f within ±0.5001: interpolated at the ten Chebyshev points with 60 digits. What it is off by is 2^-61 of the
 * result.
 */
const CUBIC = [
  0.05550410866482158, 0.009618129107628477, 0.0013333558146423204, 0.00015403530393379018,
  1.5252733820815906e-5, 1.3215486798438914e-6, 1.0178067252442298e-7, 7.054902335637785e-9,
  4.4541068401718915e-10, 2.572085448323225e-11,
];

/** 2^p = 2^exponent · (high + low). */
export interface Scaled<V> extends Pair<V> {
  readonly exponent: V;
}

/**
 * Builds 2^(high + low) before it is scaled: `high` near the result and exact, `low` below 0.008.
 *
 * Takes a `high` of at most 52 significant bits, as a product of two short numbers has.
 */
export function buildBinaryExponential<V, M>(a: Arithmetic<V, M>): (p: Pair<V>) => Scaled<V> {
  const { add, subtract, multiply } = a;
  const one = a.constant(1);
  const [ln2, ln2High, ln2Low] = [LN2, LN2_HIGH, LN2_LOW].map(a.constant) as [V, V, V];
  const [bend, bendHigh, bendLow] = [BEND, BEND_HIGH, BEND_LOW].map(a.constant) as [V, V, V];
  const cubic = buildPolynomial(a, CUBIC);
  const [nearest, grid] = [buildGrid(a, 0), buildGrid(a, -13)];

  return (p) => {
    const exponent = nearest(add(p.high, p.low));
    const distance = subtract(p.high, exponent);
    const f = add(distance, p.low);
    const g = grid(f);
    const h = add(subtract(distance, g), p.low);
    const gg = multiply(g, g);
    const high = add(add(one, multiply(g, ln2High)), multiply(gg, bendHigh));
    // what h adds to the two terms, what their constants lack, and the terms to come
    const byRest = multiply(h, add(ln2, multiply(bend, add(f, g))));
    const byConstants = add(multiply(g, ln2Low), multiply(gg, bendLow));
    const square = multiply(f, f);
    const further = multiply(multiply(square, f), cubic(f, square));
    return { exponent, high, low: add(further, add(byRest, byConstants)) };
  };
}

/** Every base but 1 is beyond all numbers, or 0, at this exponent. */
const FAR = 2 ** 65;

/** Builds x^y before it is scaled, of log2 x in two parts, `high` with 26 significant bits. */
export function buildRaising<V, M>(a: Arithmetic<V, M>): (logarithm: Pair<V>, y: V) => Scaled<V> {
  const { add, multiply, select, less } = a;
  const [far, farBelow] = [a.constant(FAR), a.constant(-FAR)];
  const exponential = buildBinaryExponential(a);
  return ({ high, low }, y) => {
    const held = select(less(far, y), far, select(less(y, farBelow), farBelow, y));
    const heldHigh = a.upperHalf(held);
    const heldLow = a.subtract(held, heldHigh);
    return exponential({
      high: multiply(heldHigh, high),
      low: add(multiply(held, low), multiply(heldLow, high)),
    });
  };
}

/** Beyond these exponents the result is Infinity, and 0. */
const [LARGEST, SMALLEST] = [1024, -1075];

/**
 * Builds high + low times 2^exponent: Infinity where it is too large, 0 where it is too small.
 *
 * Scaled in two steps, so that neither power of two is too large; below 2^-1022 the result is rounded a second time.
 */
export function buildScaling<V, M>(a: Arithmetic<V, M>): (scaled: Scaled<V>) => V {
  const { multiply, select, less } = a;
  const [zero, half, infinity] = [a.constant(0), a.constant(0.5), a.constant(Infinity)];
  const [largest, smallest] = [a.constant(LARGEST), a.constant(SMALLEST)];
  const nearest = buildGrid(a, 0);
  return ({ exponent, high, low }) => {
    const first = nearest(multiply(exponent, half));
    const second = a.subtract(exponent, first);
    const result = multiply(multiply(a.add(high, low), a.powerOfTwo(first)), a.powerOfTwo(second));
    return select(less(largest, exponent), infinity, select(less(exponent, smallest), zero, result));
  };
}

/** 2^±this against 1 is beyond the last digit. */
const APART = 64;

/** Builds high + low times 2^exponent less 1, with the digits that come forth where both are close. */
export function buildGain<V, M>(a: Arithmetic<V, M>): (scaled: Scaled<V>) => V {
  const { add, subtract, multiply, select, less } = a;
  const [one, apart, apartBelow] = [a.constant(1), a.constant(APART), a.constant(-APART)];
  const scale = buildScaling(a);
  return (scaled) => {
    const { exponent, high, low } = scaled;
    const unit = a.powerOfTwo(select(less(exponent, apartBelow), apartBelow, exponent));
    const of = multiply(high, unit);
    const gain = subtract(of, one);
    // what the subtraction has lost
    const taken = subtract(gain, of);
    const lost = subtract(subtract(of, subtract(gain, taken)), add(one, taken));
    return select(less(apart, exponent), scale(scaled), add(gain, add(lost, multiply(low, unit))));
  };
}
