/**
 * Numbers as tables write them: with a decimal point or comma, grouped or not, in brackets for minus, with a percent sign.
 * The value is exact: a text of digits becomes the number that is nearest to it, percent signs included.
 */
import { toHalfWidth } from '#quantity';

/** The sign between the whole and its fraction. */
export type DecimalSign = '.' | ',';

/** A number in a text. */
export interface NumberInText {
  readonly value: number;
  /** Written with a percent or per mille sign; the value is the fraction. */
  readonly isPercent: boolean;
}

/** Why a text that looks like a number is none that can be taken. */
export type NumberRefusal = 'not_finite' | 'digits';

/** Thousands are set off by the other sign, a blank of any width or an apostrophe, and always in threes. */
function patternOf(decimal: DecimalSign): RegExp {
  const group = String.raw`[${decimal === '.' ? ',' : '.'}\u0020\u00a0\u2009\u202f’']`;
  const whole = String.raw`(?<whole>\d*|\d{1,3}(?:${group}\d{3})+)`;
  return new RegExp(
    `^(?<sign>[+-]?)${whole}(?:[${decimal}](?<part>\\d*))?(?<exponent>e[+-]?\\d{1,4})?$`,
    'i',
  );
}

const PATTERNS: Readonly<Record<DecimalSign, RegExp>> = { '.': patternOf('.'), ',': patternOf(',') };

/** Numbers that need no second look: few enough digits, nothing but a decimal point. */
const PLAIN: Readonly<Record<DecimalSign, RegExp>> = {
  '.': /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,30})?$/,
  ',': /^-?(?:0|[1-9]\d{0,14})$/,
};

/** The half-width form of a text; most cells have no other characters, and there may be millions. */
function plainOf(text: string): string {
  return (/[\u0080-\uffff]/.test(text) ? toHalfWidth(text) : text).trim();
}

/** Reads a text as a number; undefined for what is no number at all, which is a text. */
export function readNumber(text: string, decimal: DecimalSign): NumberInText | NumberRefusal | undefined {
  let rest = plainOf(text);
  // most numbers are plain, and a table may hold millions
  if (PLAIN[decimal].test(rest)) return { value: Number(rest), isPercent: false };
  let isNegative = false;
  const enclosed = /^\(([^()]+)\)$/.exec(rest)?.[1];
  if (enclosed !== undefined) {
    isNegative = true;
    rest = enclosed.trim();
  }
  let shift = 0;
  const mark = rest.at(-1);
  if (mark === '%' || mark === '‰') {
    shift = mark === '%' ? 2 : 3;
    rest = rest.slice(0, -1).trim();
  }
  const groups = PATTERNS[decimal].exec(rest)?.groups;
  if (!groups) return undefined;
  const whole = (groups.whole ?? '').replace(/\D/g, '');
  const part = groups.part ?? '';
  if (whole === '' && part === '') return undefined;
  // a bracket means minus already; a code such as 007 or a telephone number is no amount
  if ((isNegative && groups.sign) || /^0\d/.test(whole)) return undefined;
  const power = Number((groups.exponent ?? 'e0').slice(1)) - shift;
  const value = Number(`${whole || '0'}.${part || '0'}e${power}`);
  if (!Number.isFinite(value)) return 'not_finite';
  if (part === '' && !keepsDigits(whole, value)) return 'digits';
  return { value: isNegative || groups.sign === '-' ? -value : value, isPercent: shift > 0 };
}

/** Tells whether all digits of a whole number are in its value: the account 12345678901234567 would become …568. */
function keepsDigits(digits: string, value: number): boolean {
  const written = withoutZeros(digits);
  if (written.length <= 15) return true;
  return withoutZeros(value.toExponential().replace(/e.*$/, '').replace('.', '')) === written;
}

/** Takes away the zeros around digits, each looked at once: a cell may hold thirty thousand. */
function withoutZeros(digits: string): string {
  let [from, to] = [0, digits.length];
  while (digits[from] === '0') from += 1;
  while (to > from && digits[to - 1] === '0') to -= 1;
  return digits.slice(from, to);
}

/** What the way a text is written says about its decimal sign. */
export type DecimalEvidence = DecimalSign | 'either' | 'none';

/** Reads the evidence of one cell: `1,5` speaks for the comma, `1,234.5` for the point, `1,234` for either. */
export function evidenceOf(text: string): DecimalEvidence {
  const rest = plainOf(text);
  if (!/\d/.test(rest) || !/[.,]/.test(rest)) return 'none';
  const [, whole = '', sign, part = ''] = /^-?(0|[1-9]\d*)([.,])(\d+)$/.exec(rest) ?? [];
  // not in threes behind one to three digits: this sign separates no thousands
  if ((sign === '.' || sign === ',') && (part.length !== 3 || whole.length > 3 || whole === '0')) return sign;
  const isPoint = typeof readNumber(rest, '.') === 'object';
  const isComma = typeof readNumber(rest, ',') === 'object';
  if (isPoint && isComma) return 'either';
  return isPoint ? '.' : isComma ? ',' : 'none';
}

/** Writes a number so that `readNumber` gives the same bits back; `isPercent` writes its hundredfold and the sign. */
export function writeNumber(value: number, decimal: DecimalSign, isPercent = false): string {
  const plain = Object.is(value, -0) ? '-0' : String(value);
  const shown = isPercent ? `${shifted(value, 2)}%` : plain.includes('e') ? shifted(value, 0) : plain;
  return decimal === '.' ? shown : shown.replace('.', ',');
}

/** The shortest digits of a number, with its point moved `by` places to the right; very large and small ones as powers. */
function shifted(value: number, by: number): string {
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const [head = '', power = ''] = Math.abs(value).toExponential().split('e');
  const digits = head.replace('.', '');
  const point = Number(power) + 1 + by;
  if (point > 21 || point < -6) return `${sign}${head}e${Number(power) + by}`;
  if (point <= 0) return digits === '0' ? `${sign}0` : `${sign}0.${'0'.repeat(-point)}${digits}`;
  const whole = digits.padEnd(point, '0').slice(0, point);
  const part = digits.slice(point);
  return sign + (digits === '0' ? '0' : whole) + (part === '' ? '' : `.${part}`);
}
