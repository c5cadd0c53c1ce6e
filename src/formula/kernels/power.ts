/** Powers with any exponent. */
import type { Arithmetic } from './arithmetic.ts';
import { buildRaising, buildScaling } from './binary-exponential.ts';
import { buildBinaryLogarithm } from './binary-logarithm.ts';

/** Stands for the logarithm of 0 and Infinity, so that an exponent of 0 still gives 1. */
const ENDLESS = 2 ** 1023;

/**
 * Builds x^y of a base not below 0: at most 0.52 ulp off, so that a power that is a number is that number; below 2^-1022,
 * where it is rounded twice, 0.8 ulp.
 *
 * Missing: of a base below 0 and of NaN, NaN. x^0 is 1, also of 0; 1^±Infinity is 1. Too large is Infinity, too small 0.
 * Of 0 and Infinity an exponent nearer to 0 than 1e-304 counts as 0.
 */
export function buildPower<V, M>(a: Arithmetic<V, M>): (x: V, y: V) => V {
  const { select, equal } = a;
  const [zero, infinity] = [a.constant(0), a.constant(Infinity)];
  const [endless, endlessBelow] = [a.constant(ENDLESS), a.constant(-ENDLESS)];
  const [logarithm, raise, scale] = [buildBinaryLogarithm(a), buildRaising(a), buildScaling(a)];
  return (x, y) => {
    const { high, low } = logarithm(x);
    const upper = select(equal(x, zero), endlessBelow, select(equal(x, infinity), endless, high));
    return scale(raise({ high: upper, low }, y));
  };
}
