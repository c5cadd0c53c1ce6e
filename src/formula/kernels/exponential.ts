/** The exponential function, and what it lacks to 1. */
import type { Arithmetic } from './arithmetic.ts';
import { buildBinaryExponential, buildGain, buildScaling, type Scaled } from './binary-exponential.ts';
import { buildPolynomial } from './polynomial.ts';

/** 1 / ln 2: 26 bits, and the rest. */
const [LOG2E_HIGH, LOG2E_LOW] = [1.4426950514316559, -1.0542692476429138e-8];

/** Beyond ±this the result is Infinity or 0 whatever the digits. */
const FAR = 800;

/** e^x − 1 of a number nearer to 0 than this is its series. */
const NEAR = 2 ** -9;

/** (e^x − 1 − x) / x² = 1/2! + x/3! + …; what it is off by is 2^-71 of e^x − 1. */
const SERIES = [1 / 2, 1 / 6, 1 / 24, 1 / 120, 1 / 720, 1 / 5040];

/**
 * Builds e^x: at most 0.52 ulp off; below 2^-1022, where it is rounded twice, 0.8 ulp.
 *
 * Missing: of NaN, NaN. Too large is Infinity, too small 0.
 */
export function buildExponential<V, M>(a: Arithmetic<V, M>): (x: V) => V {
  const [unscaled, scale] = [buildUnscaled(a), buildScaling(a)];
  return (x) => scale(unscaled(x));
}

/**
 * Builds e^x − 1, with its digits also where x is small: at most 0.53 ulp off.
 *
 * Missing: of NaN, NaN. Too large is Infinity.
 */
export function buildExponentialMinusOne<V, M>(a: Arithmetic<V, M>): (x: V) => V {
  const { add, multiply } = a;
  const near = a.constant(NEAR);
  const [unscaled, gain, series] = [buildUnscaled(a), buildGain(a), buildPolynomial(a, SERIES)];
  return (x) =>
    a.choose(
      a.less(a.absolute(x), near),
      () => {
        const square = multiply(x, x);
        return add(x, multiply(square, series(x, square)));
      },
      () => gain(unscaled(x)),
    );
}

/** e^x before it is scaled. */
function buildUnscaled<V, M>(a: Arithmetic<V, M>): (x: V) => Scaled<V> {
  const { add, multiply, select, less } = a;
  const [upper, lower] = [a.constant(LOG2E_HIGH), a.constant(LOG2E_LOW)];
  const [far, farBelow] = [a.constant(FAR), a.constant(-FAR)];
  const exponential = buildBinaryExponential(a);
  return (x) => {
    const held = select(less(far, x), far, select(less(x, farBelow), farBelow, x));
    const heldHigh = a.upperHalf(held);
    const heldLow = a.subtract(held, heldHigh);
    const high = multiply(heldHigh, upper);
    const low = add(multiply(held, lower), multiply(heldLow, upper));
    return exponential({ high, low });
  };
}
