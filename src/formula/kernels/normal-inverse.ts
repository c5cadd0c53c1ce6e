/**
 * The score below which a share of the standard normal curve lies.
 *
 * Within 0.42 of one half the score is q · P(t) / Q(t) with q = share − 1/2 and t = 0.42² − q²; further out its size is
 * √2 · r − P(u) / Q(u) with r = √(−ln tail) and u = r − 1.58. Both quotients were fitted with 110 digits: linearised
 * least squares of the relative error at Chebyshev points, weighted anew until the largest errors were equal. They are
 * off by 4e-17 and 2e-17 of the score. All coefficients are positive, so that nothing cancels inside.
 */
import type { Arithmetic } from './arithmetic.ts';
import { buildLogarithm } from './logarithm.ts';
import { buildPolynomial } from './polynomial.ts';

const CENTRAL = 0.42;
const CENTRAL_ABOVE = [
  3.3454084769276964, 125.10742454408489, 1766.2173857265952, 11759.116668852097, 37720.28310823037,
  53221.29622456701, 25606.038254324947, 1870.8002974517597,
];
const CENTRAL_BELOW = [
  1, 40.261437117481684, 623.4069110001499, 4677.571737274784, 17640.65693584286, 31471.42861825752,
  22252.001942575083, 3937.486381311271,
];

const TAIL = 1.58;
const TAIL_ABOVE = [
  0.8452249692245014, 1.6816090068015779, 1.3750511306005824, 0.605651873498541, 0.15675934093288918,
  0.02398977520581874, 0.002073996550850338, 9.331007217851973e-5, 1.9265116276489446e-6,
  1.466353274070297e-8, 2.4629197510673256e-11,
];
const TAIL_BELOW = [
  1, 2.3427309175751017, 2.304634152157385, 1.2486147064150817, 0.40928025608830954, 0.08329586956915296,
  0.010317485562771988, 0.0007354527788067698, 2.7603411624618586e-5, 4.762908288372105e-7,
  2.9762900909859766e-9, 3.7914894002056466e-12,
];

/**
 * Builds the inverse of the standard normal distribution: relative error below 8e-16.
 *
 * Missing: of a share below 0 or above 1 and of NaN, NaN. Of 0 it is −Infinity, of 1 Infinity.
 */
export function buildNormalInverse<V, M>(a: Arithmetic<V, M>): (share: V) => V {
  const { subtract, multiply, divide, select, choose, less } = a;
  const [zero, half, one] = [a.constant(0), a.constant(0.5), a.constant(1)];
  const [central, centralSquare, tailStart] = [CENTRAL, CENTRAL ** 2, TAIL].map(a.constant) as [V, V, V];
  const [infinity, rootOfTwo] = [a.constant(Infinity), a.constant(Math.SQRT2)];
  const logarithm = buildLogarithm(a);
  const [centralAbove, centralBelow] = [buildPolynomial(a, CENTRAL_ABOVE), buildPolynomial(a, CENTRAL_BELOW)];
  const [tailAbove, tailBelow] = [buildPolynomial(a, TAIL_ABOVE), buildPolynomial(a, TAIL_BELOW)];

  const inCentre = (q: V) => {
    const t = subtract(centralSquare, multiply(q, q));
    const square = multiply(t, t);
    return divide(multiply(q, centralAbove(t, square)), centralBelow(t, square));
  };
  const inTail = (share: V) => {
    const isBelow = less(share, half);
    const tail = select(isBelow, share, subtract(one, share));
    const r = a.squareRoot(subtract(zero, logarithm(tail)));
    const u = subtract(r, tailStart);
    const square = multiply(u, u);
    const shortfall = divide(tailAbove(u, square), tailBelow(u, square));
    const size = select(a.equal(tail, zero), infinity, subtract(multiply(r, rootOfTwo), shortfall));
    return select(isBelow, subtract(zero, size), size);
  };
  return (share) => {
    const q = subtract(share, half);
    return choose(
      a.lessOrEqual(a.absolute(q), central),
      () => inCentre(q),
      () => inTail(share),
    );
  };
}
