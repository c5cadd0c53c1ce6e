/** The exponential function. */
import type { Arithmetic } from './arithmetic.ts';
import { buildBinaryExponential, buildScaling } from './binary-exponential.ts';

/** 1 / ln 2: 26 bits, and the rest. */
const [LOG2E_HIGH, LOG2E_LOW] = [1.4426950514316559, -1.0542692476429138e-8];

/** Beyond ±this the result is Infinity or 0 whatever the digits. */
const FAR = 800;

/**
 * Builds e^x: at most 0.52 ulp off; below 2^-1022, where it is rounded twice, 0.8 ulp.
 *
 * Missing: of NaN, NaN. Too large is Infinity, too small 0.
 */
export function buildExponential<V, M>(a: Arithmetic<V, M>): (x: V) => V {
  const { add, multiply, select, less } = a;
  const [upper, lower] = [a.constant(LOG2E_HIGH), a.constant(LOG2E_LOW)];
  const [far, near] = [a.constant(FAR), a.constant(-FAR)];
  const [exponential, scale] = [buildBinaryExponential(a), buildScaling(a)];
  return (x) => {
    const held = select(less(far, x), far, select(less(x, near), near, x));
    const heldHigh = a.upperHalf(held);
    const heldLow = a.subtract(held, heldHigh);
    const high = multiply(heldHigh, upper);
    const low = add(multiply(held, lower), multiply(heldLow, upper));
    return scale(exponential({ high, low }));
  };
}
