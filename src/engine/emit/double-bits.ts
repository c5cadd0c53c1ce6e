/** How a double is made of bits, for the operations of the kernels that look at them. */

/** What the exponent field of a number holds beyond its exponent. */
export const EXPONENT_BIAS = 1023;
/** The bits of the fraction. */
export const MANTISSA = (1n << 52n) - 1n;
/** The bits of 1. */
export const ONE_BITS = BigInt(EXPONENT_BIAS) << 52n;
/** The bits that `upperHalf` keeps. */
export const UPPER_HALF = -1n << 27n;
/** 2^52: added to a whole number below it, that number stands in the lowest bits; put there, it is read as a number. */
export const SHIFT = 2 ** 52;
/** The bits of 2^52. */
export const SHIFT_BITS = BigInt(EXPONENT_BIAS + 52) << 52n;
