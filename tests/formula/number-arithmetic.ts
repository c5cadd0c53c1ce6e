/** The arithmetic of kernels on plain numbers, operation by operation: what the printed kernels are held to. */
import type { Arithmetic } from '../../src/formula/kernels/arithmetic.ts';
import { exponentOf, mantissaOf, powerOfTwo, upperHalf } from '../../src/formula/kernels/number-bits.ts';

export const numberArithmetic: Arithmetic<number, boolean> = {
  constant: (value) => value,
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  absolute: (a) => Math.abs(a),
  squareRoot: (a) => Math.sqrt(a),
  less: (a, b) => a < b,
  lessOrEqual: (a, b) => a <= b,
  equal: (a, b) => a === b,
  either: (a, b) => a || b,
  select: (mask, then, otherwise) => (mask ? then : otherwise),
  choose: (mask, then, otherwise) => (mask ? then() : otherwise()),
  upperHalf,
  exponentOf,
  mantissaOf,
  powerOfTwo,
};
