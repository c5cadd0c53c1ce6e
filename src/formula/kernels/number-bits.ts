/** What a kernel on plain numbers reads and writes by bits; see `Arithmetic`. */

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
/** A second pair of words, whose low half stays 0. */
const power = new Float64Array(1);
const powerWords = new Uint32Array(power.buffer);

double[0] = 1;
/** Where the sign, the exponent and the top of the fraction stand. */
const HIGH = words[0] === 0 ? 1 : 0;
const LOW = 1 - HIGH;

const BIAS = 1023;
const FRACTION_BITS = 20;
const FRACTION = 0x000fffff;
const ONE = 0x3ff00000;
const UPPER_HALF = 0xf8000000;

/** Clears the low 27 bits. */
export function upperHalf(a: number): number {
  double[0] = a;
  words[LOW] = words[LOW]! & UPPER_HALF;
  return double[0];
}

/** floor(log2 a) of a positive normal number. */
export function exponentOf(a: number): number {
  double[0] = a;
  return (words[HIGH]! >>> FRACTION_BITS) - BIAS;
}

/** a / 2^exponent, in [1, 2), of a positive normal number. */
export function mantissaOf(a: number): number {
  double[0] = a;
  words[HIGH] = (words[HIGH]! & FRACTION) | ONE;
  return double[0];
}

/** 2^k for a whole k from −1022 to 1023. */
export function powerOfTwo(k: number): number {
  powerWords[HIGH] = (k + BIAS) << FRACTION_BITS;
  return power[0]!;
}
