/** Powers of numbers, before failures are told. */
import { power } from '../kernels/numbers.ts';

/**
 * base^exponent, with the same bits in every browser and in WebAssembly, where these rules hold in the same order.
 *
 * x^1 is x, x^2 is x · x, x^-1 is 1 / x, x^0.5 is √x: each rounded once, as IEEE 754 says. Every other power is the
 * kernel's of |base|; where the base is below 0, an odd exponent puts the sign back. These rules go by the value of the
 * exponent, be it written in the formula or calculated.
 * Missing: NaN for an exponent that is not whole and a base below 0, and for NaN. 0^0 is 1: `raise` refuses it.
 * Unit: pure numbers. Too large is ±Infinity, too small 0.
 */
export function powerOf(base: number, exponent: number): number {
  if (exponent === 1) return base;
  if (exponent === 2) return base * base;
  if (exponent === -1) return 1 / base;
  if (exponent === 0.5) return Math.sqrt(base);
  if (!(base < 0)) return power(base, exponent);
  if (!Number.isInteger(exponent)) return NaN;
  const size = power(-base, exponent);
  return exponent % 2 === 0 ? size : -size;
}
