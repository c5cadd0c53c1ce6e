/** Logarithms. */
import type { Arithmetic, Pair } from './arithmetic.ts';
import { buildBinaryLogarithm } from './binary-logarithm.ts';

/** ln 2: 26 bits, and the rest. */
const [LN2, LN2_HIGH, LN2_LOW] = [0.6931471805599453, 0.6931471824645996, -1.904654299957768e-9];

/** log10 2: 26 bits, and the rest. */
const [LOG2, LOG2_HIGH, LOG2_LOW] = [0.3010299956639812, 0.3010299950838089, 5.801722962879576e-10];

/**
 * Builds ln x: at most 0.51 ulp off.
 *
 * Missing: of a number below 0 and of NaN, NaN. Of 0 it is −Infinity, of Infinity Infinity.
 */
export function buildLogarithm<V, M>(arithmetic: Arithmetic<V, M>): (x: V) => V {
  return buildScaled(arithmetic, LN2, LN2_HIGH, LN2_LOW);
}

/** Builds log10 x, as `buildLogarithm`; whole for a power of ten. */
export function buildDecimalLogarithm<V, M>(arithmetic: Arithmetic<V, M>): (x: V) => V {
  return buildScaled(arithmetic, LOG2, LOG2_HIGH, LOG2_LOW);
}

/** Builds ln(1 + x), with its digits also where x is small: at most 0.67 ulp off. Missing: as `buildLogarithm` of 1 + x. */
export function buildLogarithmOfMore<V, M>(a: Arithmetic<V, M>): (x: V) => V {
  const [sum, logarithm] = [buildSumWithOne(a), buildLogarithmOfPair(a)];
  return (x) => logarithm(sum(x));
}

/** Builds 1 + x in two parts: the sum, and what its rounding has lost. */
export function buildSumWithOne<V, M>(a: Arithmetic<V, M>): (x: V) => Pair<V> {
  const { subtract } = a;
  const one = a.constant(1);
  return (x) => {
    const high = a.add(one, x);
    const isSmall = a.less(a.absolute(x), one);
    const [larger, smaller] = [a.select(isSmall, one, x), a.select(isSmall, x, one)];
    return { high, low: subtract(smaller, subtract(high, larger)) };
  };
}

/** Builds ln(high + low), where `low` is below the last digit of `high`. Missing: as `buildLogarithm` of `high`. */
export function buildLogarithmOfPair<V, M>(a: Arithmetic<V, M>): (x: Pair<V>) => V {
  const scaled = buildScaledPair(a, LN2, LN2_HIGH, LN2_LOW);
  return ({ high, low }) => scaled(high, a.divide(low, high));
}

function buildScaled<V, M>(a: Arithmetic<V, M>, scale: number, scaleHigh: number, scaleLow: number) {
  const scaled = buildScaledPair(a, scale, scaleHigh, scaleLow);
  return (x: V): V => scaled(x);
}

/** What `more` is, is added. */
function buildScaledPair<V, M>(a: Arithmetic<V, M>, scale: number, scaleHigh: number, scaleLow: number) {
  const { add, multiply, select, equal } = a;
  const binary = buildBinaryLogarithm(a);
  const [whole, upper, lower] = [a.constant(scale), a.constant(scaleHigh), a.constant(scaleLow)];
  const [zero, infinity, negative] = [a.constant(0), a.constant(Infinity), a.constant(-Infinity)];
  return (x: V, more?: V): V => {
    const { high, low } = binary(x);
    const rest = add(multiply(low, whole), multiply(high, lower));
    const result = add(multiply(high, upper), more === undefined ? rest : add(rest, more));
    return select(equal(x, zero), negative, select(equal(x, infinity), infinity, result));
  };
}
