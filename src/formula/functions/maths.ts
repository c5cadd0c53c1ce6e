/**
 * Arithmetic on single numbers.
 *
 * Everything that rounds does so on the fifteen decimal digits that a reader sees, as Excel does: 4.35 × 100 is 435 to
 * INT, although the binary number is a hair below.
 */
import { failure, roundTo, type RoundingDirection, type Value } from '#quantity';
import type { FunctionSpec } from '../function-spec.ts';
import { decimalLogarithm, exponential, logarithm } from '../kernels/numbers.ts';
import { finite, microsoft, number, ofNumbers, optional, outside, plainIn } from './declare.ts';
import { powerOf } from './power-of.ts';

const plain = plainIn('maths');

/** ROUND, ROUNDUP, ROUNDDOWN and TRUNC differ in direction only; a fraction of a digit is cut off. */
function rounding(direction: RoundingDirection) {
  return ofNumbers((value = 0, digits = 0) => roundTo(value, Math.trunc(digits), direction));
}

/** The whole number at or below, on the digits seen. */
function floor(value: number): number {
  return roundTo(value, 0, value < 0 ? 'awayFromZero' : 'towardZero');
}

function ceiling(value: number): number {
  return -floor(-value);
}

/** Rounds to a multiple; `pick` rounds the quotient, whose sign does not turn where both are negative. */
function toMultiple(
  name: string,
  value: number,
  significance: number,
  pick: (quotient: number) => number,
): Value {
  if (value > 0 && significance < 0) return outside(name, 'significance');
  const times = pick(value / significance);
  const parts = 1 / significance;
  // 3 / 10 is the number that 3 × 0.1 only comes near
  return Number.isInteger(parts) ? times / parts : times * significance;
}

/** How far a quotient of two decimals may lie from a whole number by their binary fractions alone. */
const QUOTIENT_NOISE = 1.5 * Number.EPSILON;

/** The remainder with the sign of the divisor. */
function modulo(value: number, divisor: number): Value {
  if (divisor === 0) return failure('#DIV/0!', 'divide_by_zero');
  const quotient = value / divisor;
  const whole = Math.round(quotient);
  const hasFractions = !Number.isInteger(value) || !Number.isInteger(divisor);
  if (hasFractions && whole !== 0 && Math.abs(quotient - whole) <= Math.abs(whole) * QUOTIENT_NOISE) return 0;
  const rest = value % divisor;
  return rest !== 0 && rest < 0 !== divisor < 0 ? rest + divisor : rest;
}

/**
 * Raises as Excel does: 0^0 is undefined, and of a negative number there are whole powers and odd roots.
 *
 * The numbers are those of `powerOf`.
 * Fails: `#NUM!` 0^0, another root of a negative number, overflow · `#DIV/0!` a negative power of 0.
 * Source: Excel POWER; that (−8)^(1/3) is −2 and (−8)^(2/3) fails is its behaviour, not in its help.
 */
export function raise(base: number, exponent: number): Value {
  if (base === 0 && exponent === 0) return failure('#NUM!', 'power_undefined');
  if (base === 0 && exponent < 0) return failure('#DIV/0!', 'divide_by_zero');
  if (base >= 0 || Number.isInteger(exponent)) return finite(powerOf(base, exponent));
  // 1/3 is not a third in binary: its reciprocal is read on the digits seen
  const root = Number((1 / exponent).toPrecision(15));
  const isOddRoot = Number.isInteger(root) && root % 2 !== 0;
  return isOddRoot ? finite(-powerOf(-base, exponent)) : failure('#NUM!', 'root_of_negative');
}

/** How near to a whole number a logarithm is looked at again; next to 0, where numbers are few, many share a whole power. */
export const NEAR_WHOLE = 1e-9;

function logarithmTo(base: number, value: number): Value {
  if (value <= 0 || base <= 0) return failure('#NUM!', 'log_of_nonpositive');
  if (base === 1) return failure('#DIV/0!', 'divide_by_zero');
  if (base === 10) return decimalLogarithm(value);
  const power = logarithm(value) / logarithm(base);
  // log 125 to base 5 is 3, not the 3.0000000000000004 of the quotient
  const whole = Math.round(power);
  return Math.abs(power - whole) <= NEAR_WHOLE && powerOf(base, whole) === value ? whole : power;
}

/** ABS SIGN ROUND ROUNDUP ROUNDDOWN INT TRUNC MOD CEILING FLOOR POWER SQRT EXP LN LOG LOG10. */
export const mathsFunctions: readonly FunctionSpec[] = [
  {
    ...plain,
    name: 'ABS',
    parameters: [number('number', 'a')],
    result: 'a',
    compute: ofNumbers((value = 0) => Math.abs(value)),
    examples: [
      { text: '=ABS(2)', gives: 2, source: microsoft('ABS') },
      { text: '=ABS(-2)', gives: 2, source: microsoft('ABS') },
    ],
  },
  {
    ...plain,
    name: 'SIGN',
    parameters: [number('number')],
    result: '1',
    compute: ofNumbers((value = 0) => Math.sign(value)),
    examples: [
      { text: '=SIGN(10)', gives: 1, source: microsoft('SIGN') },
      { text: '=SIGN(4 - 4)', gives: 0, source: microsoft('SIGN') },
      { text: '=SIGN(-0.00001)', gives: -1, source: microsoft('SIGN') },
    ],
  },
  {
    ...plain,
    name: 'ROUND',
    parameters: [number('number', 'a'), number('num_digits', '1')],
    result: 'a',
    compute: rounding('nearest'),
    examples: [
      { text: '=ROUND(2.15, 1)', gives: 2.2, source: microsoft('ROUND') },
      { text: '=ROUND(-1.475, 2)', gives: -1.48, source: microsoft('ROUND') },
      { text: '=ROUND(626.3, -3)', gives: 1000, source: microsoft('ROUND') },
      { text: '=ROUND(-50.55, -2)', gives: -100, source: microsoft('ROUND') },
      {
        text: '=ROUND(1.005, 2)',
        gives: 1.01,
        source: 'a half on the digits as written goes away from zero',
      },
    ],
  },
  {
    ...plain,
    name: 'ROUNDUP',
    parameters: [number('number', 'a'), number('num_digits', '1')],
    result: 'a',
    compute: rounding('awayFromZero'),
    examples: [
      { text: '=ROUNDUP(76.9, 0)', gives: 77, source: microsoft('ROUNDUP') },
      { text: '=ROUNDUP(-3.14159, 1)', gives: -3.2, source: microsoft('ROUNDUP') },
      { text: '=ROUNDUP(31415.92654, -2)', gives: 31500, source: microsoft('ROUNDUP') },
    ],
  },
  {
    ...plain,
    name: 'ROUNDDOWN',
    parameters: [number('number', 'a'), number('num_digits', '1')],
    result: 'a',
    compute: rounding('towardZero'),
    examples: [
      { text: '=ROUNDDOWN(76.9, 0)', gives: 76, source: microsoft('ROUNDDOWN') },
      { text: '=ROUNDDOWN(-3.14159, 1)', gives: -3.1, source: microsoft('ROUNDDOWN') },
      { text: '=ROUNDDOWN(31415.92654, -2)', gives: 31400, source: microsoft('ROUNDDOWN') },
    ],
  },
  {
    ...plain,
    name: 'INT',
    parameters: [number('number', 'a')],
    result: 'a',
    compute: ofNumbers((value = 0) => floor(value)),
    examples: [
      { text: '=INT(8.9)', gives: 8, source: microsoft('INT') },
      { text: '=INT(-8.9)', gives: -9, source: microsoft('INT') },
      { text: '=INT(4.35 * 100)', gives: 435, source: 'Excel reads fifteen digits: 435.000000000000' },
    ],
  },
  {
    ...plain,
    name: 'TRUNC',
    parameters: [number('number', 'a'), optional(number('num_digits', '1'))],
    result: 'a',
    compute: rounding('towardZero'),
    examples: [
      { text: '=TRUNC(8.9)', gives: 8, source: microsoft('TRUNC') },
      { text: '=TRUNC(-8.9)', gives: -8, source: microsoft('TRUNC') },
      { text: '=TRUNC(3.14159, 3)', gives: 3.141, source: 'hand arithmetic' },
    ],
  },
  {
    ...plain,
    name: 'MOD',
    parameters: [number('number', 'a'), number('divisor', 'a')],
    result: 'a',
    compute: ofNumbers((value = 0, divisor = 0) => modulo(value, divisor)),
    examples: [
      { text: '=MOD(3, 2)', gives: 1, source: microsoft('MOD') },
      { text: '=MOD(-3, 2)', gives: 1, source: microsoft('MOD') },
      { text: '=MOD(3, -2)', gives: -1, source: microsoft('MOD') },
      { text: '=MOD(3, 0)', gives: '#DIV/0!', source: microsoft('MOD') },
    ],
  },
  {
    ...plain,
    name: 'CEILING',
    parameters: [number('number', 'a'), number('significance', 'a')],
    result: 'a',
    compute: ofNumbers((value = 0, significance = 0) =>
      value === 0 || significance === 0 ? 0 : toMultiple('CEILING', value, significance, ceiling),
    ),
    examples: [
      { text: '=CEILING(2.5, 1)', gives: 3, source: microsoft('CEILING') },
      { text: '=CEILING(-2.5, -2)', gives: -4, source: microsoft('CEILING') },
      { text: '=CEILING(-2.5, 2)', gives: -2, source: microsoft('CEILING') },
      { text: '=CEILING(0.234, 0.01)', gives: 0.24, source: microsoft('CEILING') },
    ],
  },
  {
    ...plain,
    name: 'FLOOR',
    parameters: [number('number', 'a'), number('significance', 'a')],
    result: 'a',
    compute: ofNumbers((value = 0, significance = 0) => {
      if (value === 0) return 0;
      if (significance === 0) return failure('#DIV/0!', 'divide_by_zero');
      return toMultiple('FLOOR', value, significance, floor);
    }),
    examples: [
      { text: '=FLOOR(3.7, 2)', gives: 2, source: microsoft('FLOOR') },
      { text: '=FLOOR(-2.5, -2)', gives: -2, source: microsoft('FLOOR') },
      { text: '=FLOOR(2.5, -2)', gives: '#NUM!', source: microsoft('FLOOR') },
      { text: '=FLOOR(0.234, 0.01)', gives: 0.23, source: microsoft('FLOOR') },
    ],
  },
  {
    ...plain,
    name: 'POWER',
    parameters: [number('number'), number('power', '1')],
    result: '?',
    compute: ofNumbers((base = 0, exponent = 0) => raise(base, exponent)),
    examples: [
      { text: '=POWER(5, 2)', gives: 25, source: microsoft('POWER') },
      { text: '=POWER(98.6, 3.2)', gives: 2401077.222, decimals: 3, source: microsoft('POWER') },
      { text: '=POWER(4, 5/4)', gives: 5.656854249, decimals: 9, source: microsoft('POWER') },
      { text: '=POWER(-8, 1/3)', gives: -2, source: 'Excel takes odd roots of negative numbers' },
    ],
  },
  {
    ...plain,
    name: 'SQRT',
    parameters: [number('number')],
    result: '?',
    compute: ofNumbers((value = 0) => (value < 0 ? failure('#NUM!', 'root_of_negative') : Math.sqrt(value))),
    examples: [
      { text: '=SQRT(16)', gives: 4, source: microsoft('SQRT') },
      { text: '=SQRT(-16)', gives: '#NUM!', source: microsoft('SQRT') },
      { text: '=SQRT(ABS(-16))', gives: 4, source: microsoft('SQRT') },
    ],
  },
  {
    ...plain,
    name: 'EXP',
    parameters: [number('number', '1')],
    result: '1',
    compute: ofNumbers((value = 0) => exponential(value)),
    examples: [
      { text: '=EXP(1)', gives: 2.71828183, decimals: 8, source: microsoft('EXP') },
      { text: '=EXP(2)', gives: 7.3890561, decimals: 7, source: microsoft('EXP') },
      { text: '=EXP(1000)', gives: '#NUM!', source: 'more than a number can hold' },
    ],
  },
  {
    ...plain,
    name: 'LN',
    // the logarithm of a level is taken for the sake of differences of logarithms, so that any unit will do
    parameters: [number('number')],
    result: '1',
    compute: ofNumbers((value = 0) => logarithmTo(Math.E, value)),
    examples: [
      { text: '=LN(86)', gives: 4.4543473, decimals: 7, source: microsoft('LN') },
      { text: '=LN(EXP(3))', gives: 3, source: microsoft('LN') },
      { text: '=LN(0)', gives: '#NUM!', source: 'there is none' },
    ],
  },
  {
    ...plain,
    name: 'LOG',
    parameters: [number('number'), optional(number('base', '1'))],
    result: '1',
    compute: ofNumbers((value = 0, base = 10) => logarithmTo(base, value)),
    examples: [
      { text: '=LOG(10)', gives: 1, source: microsoft('LOG') },
      { text: '=LOG(8, 2)', gives: 3, source: microsoft('LOG') },
      { text: '=LOG(86, 2.7182818)', gives: 4.4543473, decimals: 7, source: microsoft('LOG') },
    ],
  },
  {
    ...plain,
    name: 'LOG10',
    parameters: [number('number')],
    result: '1',
    compute: ofNumbers((value = 0) => logarithmTo(10, value)),
    examples: [
      { text: '=LOG10(86)', gives: 1.9345, decimals: 4, source: microsoft('LOG10') },
      { text: '=LOG10(100000)', gives: 5, source: microsoft('LOG10') },
    ],
  },
];
