/** Numbers as people write them and as tables show them. Parsing never guesses: what is not a number is refused. */
import { problem, type Problem } from './problem.ts';
import type { Unit } from './unit.ts';

/** What is wrong with a text that should be a number. */
export type NumberProblemCode = 'number_expected' | 'number_grouping' | 'number_not_finite';

const FULL_WIDTH: ReadonlyMap<string, string> = new Map([
  ['％', '%'],
  ['．', '.'],
  ['，', ','],
  ['－', '-'],
  ['−', '-'],
  ['＋', '+'],
  ['（', '('],
  ['）', ')'],
]);

/** What `toHalfWidth` changes; most texts hold none of it. */
const HAS_FULL_WIDTH = /[０-９％．，－−＋（）]/;

/** Turns full-width digits and signs into their ASCII twins; every character keeps its position. */
export function toHalfWidth(text: string): string {
  if (!HAS_FULL_WIDTH.test(text)) return text;
  let result = '';
  for (const character of text) {
    const code = character.charCodeAt(0);
    result +=
      FULL_WIDTH.get(character) ??
      (code >= 0xff10 && code <= 0xff19 ? String.fromCharCode(code - 0xff10 + 0x30) : character);
  }
  return result;
}

/**
 * Reads one number as typed into a cell: `8%`, `0.08`, `1,234.5`, `(12)` for −12, `1.2e3`.
 *
 * Unit: a percent sign makes the fraction; a bare number is taken as it stands, in a percent line too.
 */
export function parseNumber(text: string): number | Problem<NumberProblemCode> {
  let rest = toHalfWidth(text).trim();
  const refuse = (code: NumberProblemCode) => problem(code, { from: 0, to: text.length }, { text });
  let sign = 1;
  if (rest.startsWith('(') && rest.endsWith(')')) {
    sign = -1;
    rest = rest.slice(1, -1).trim();
  }
  let divisor = 1;
  if (rest.endsWith('%') || rest.endsWith('‰')) {
    divisor = rest.endsWith('%') ? 100 : 1000;
    rest = rest.slice(0, -1).trim();
  }
  if (rest.includes(',')) {
    if (!/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(rest)) {
      return refuse(/\d/.test(rest) ? 'number_grouping' : 'number_expected');
    }
    rest = rest.replaceAll(',', '');
  }
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(rest)) return refuse('number_expected');
  const value = (sign * Number(rest)) / divisor;
  return Number.isFinite(value) ? value : refuse('number_not_finite');
}

/** How a number is to be shown. */
export interface NumberFormat {
  readonly unit: Unit;
  /** Digits after the point; without it up to six significant digits and no trailing zeros. */
  readonly decimals?: number | undefined;
  readonly language: 'zh' | 'en';
  /** Thousands separators; on by default. */
  readonly grouped?: boolean | undefined;
  /** A plus before positive numbers, for differences. */
  readonly signed?: boolean | undefined;
}

const LOCALES = { zh: 'zh-CN', en: 'en-GB' } as const;

/** Shows a number in its unit's convention: `12,345.6`, `8.25%`, minus as `−`. The unit's name is not added. */
export function formatNumber(value: number, format: NumberFormat): string {
  return written(value, format, numerals(format));
}

/**
 * Builds a writer that shows numbers as `formatNumber` does and keeps the numerals of each format that it has met: making
 * them takes far longer than using them, and a screen shows hundreds of numbers again with every picture.
 */
export function buildNumberWriter(): (value: number, format: NumberFormat) => string {
  const known = new Map<string, Intl.NumberFormat>();
  return (value, format) => {
    const { decimals, language, grouped = true, signed = false } = format;
    const key = `${language} ${decimals ?? ''} ${grouped} ${signed}`;
    let found = known.get(key);
    if (!found) {
      found = numerals(format);
      known.set(key, found);
    }
    return written(value, format, found);
  };
}

function written(value: number, { unit }: NumberFormat, style: Intl.NumberFormat): string {
  const suffix = unit.shown === 100 ? '%' : unit.shown === 1000 ? '‰' : '';
  return style.format(value * unit.shown).replace('-', '−') + suffix;
}

function numerals({ decimals, language, grouped = true, signed = false }: NumberFormat): Intl.NumberFormat {
  const digits =
    decimals === undefined
      ? { maximumSignificantDigits: 6 }
      : { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return new Intl.NumberFormat(LOCALES[language], {
    ...digits,
    useGrouping: grouped,
    signDisplay: signed ? 'exceptZero' : 'negative',
  });
}

/** How many digits a printed number shows after its point: `0.67` has 2, `100` has 0. Percent signs do not count. */
export function printedDecimals(text: string): number {
  const match = /\d\.(\d+)/.exec(toHalfWidth(text));
  return match?.[1]?.length ?? 0;
}

/** Which neighbour a rounding takes; `nearest` sends an exact half away from zero. */
export type RoundingDirection = 'nearest' | 'awayFromZero' | 'towardZero';

/** Digits that every number carries whole from text and back; spreadsheets show and round no more than these. */
const SEEN_DIGITS = 15;

/** The largest power of ten that is a number; anything rounded to a larger one is 0, as in spreadsheets. */
const MAX_POWER_OF_TEN = 308;

/** Rounds at `decimals` digits, on the decimal digits that a reader sees (1.005 rounds to 1.01). */
export function roundTo(value: number, decimals: number, direction: RoundingDirection = 'nearest'): number {
  if (!Number.isFinite(value)) return value;
  if (value === 0) return 0;
  if (decimals < -MAX_POWER_OF_TEN) return 0;
  const seen = decimalOf(value, SEEN_DIGITS);
  // the digits before the cut; where they are more than a reader sees, all that the number has count
  const { digits, exponent } = seen.exponent + decimals < SEEN_DIGITS ? seen : decimalOf(value);
  const kept = exponent + decimals + 1;
  if (kept > digits.length) return value;
  const tail = digits.slice(Math.max(0, kept));
  const isUp =
    direction === 'nearest'
      ? kept >= 0 && tail.charAt(0) >= '5'
      : direction === 'awayFromZero' && /[1-9]/.test(tail);
  const head = BigInt(digits.slice(0, Math.max(0, kept)) || '0') + (isUp ? 1n : 0n);
  return Math.sign(value) * Number(`${head}e${-decimals}`) + 0;
}

/** Writes a number as its decimal digits, the point after the first, and a power of ten. */
function decimalOf(value: number, count?: number): { digits: string; exponent: number } {
  const text = Math.abs(value).toExponential(count === undefined ? undefined : count - 1);
  const [digits = '', exponent] = text.split('e');
  return { digits: digits.replace('.', ''), exponent: Number(exponent) };
}
