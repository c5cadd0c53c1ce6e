/** The natural logarithm. */
import type { Arithmetic } from './arithmetic.ts';
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

function buildScaled<V, M>(a: Arithmetic<V, M>, scale: number, scaleHigh: number, scaleLow: number) {
  const { add, multiply, select, equal } = a;
  const binary = buildBinaryLogarithm(a);
  const [whole, upper, lower] = [a.constant(scale), a.constant(scaleHigh), a.constant(scaleLow)];
  const [zero, infinity, negative] = [a.constant(0), a.constant(Infinity), a.constant(-Infinity)];
  return (x: V): V => {
    const { high, low } = binary(x);
    const result = add(multiply(high, upper), add(multiply(low, whole), multiply(high, lower)));
    return select(equal(x, zero), negative, select(equal(x, infinity), infinity, result));
  };
}
