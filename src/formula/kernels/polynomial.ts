/** Two small pieces of which kernels are built. */
import type { Arithmetic } from './arithmetic.ts';

/**
 * Builds Σ coefficients[i] · x^i; the caller hands over x² as well.
 *
 * Even and odd powers are summed apart (Horner's rule in x²), so that two chains run side by side.
 */
export function buildPolynomial<V, M>(
  { add, multiply, constant }: Arithmetic<V, M>,
  coefficients: readonly number[],
): (x: V, square: V) => V {
  const descending = coefficients.map(constant).reverse();
  const [first, second] = descending as [V, V];
  const isOddFirst = descending.length % 2 === 0;
  return (x, square) => {
    let [leading, following] = [first, second];
    for (let at = 2; at < descending.length; at += 1) {
      const next = descending[at] as V;
      if (at % 2 === 0) leading = add(multiply(leading, square), next);
      else following = add(multiply(following, square), next);
    }
    return isOddFirst ? add(following, multiply(leading, x)) : add(leading, multiply(following, x));
  };
}

/**
 * Builds rounding to whole multiples of 2^exponent, ties to even.
 *
 * The sum with 1.5 · 2^(52 + exponent) has no digits below; right up to 2^(51 + exponent), beyond it an odd number more.
 */
export function buildGrid<V, M>(
  { add, subtract, constant }: Arithmetic<V, M>,
  exponent: number,
): (x: V) => V {
  const shift = constant(1.5 * 2 ** (52 + exponent));
  return (x) => subtract(add(x, shift), shift);
}
