/**
 * What a printed number leaves open: `12.6` stands for everything from 12.55 to 12.65.
 *
 * An audit that forgets this finds faults in every plan that rounds.
 */
import { printedDecimals, toHalfWidth, type Unit } from '#quantity';
import type { Comparator, Stated, Target } from '#plan';
import type { BareFigures } from '../targets/target-band.ts';
import { around, exactly, type Interval } from './interval.ts';

/** Powers of ten between a printed number and the value that is kept: 万亿 and percent lie within. */
const POWERS = Array.from({ length: 17 }, (_, index) => index - 8);

/** Words that make a printed number a floor: `40余家`, `超1000亿元`. */
const FLOOR = /余|多|超|逾|突破|以上|不低于|不少于|[>≥]/u;
/** Words that make a printed number a ceiling. */
const CEILING = /近|不足|以下|以内|以里|不高于|不超过|[<≤]/u;
/** Words that leave a printed number open to both sides. */
const ABOUT = /左右|约|上下|[~～≈]/u;

/**
 * The half of the last printed digit, in the unit of the value: `25.0` percent kept as 0.25 gives 0.0005.
 *
 * A rise printed as `33.7%` and kept as a multiple of 1.337 is found as well. Zero where no printed number is that value,
 * as in 翻一番: words are exact.
 */
function halfDigit(asPrinted: string, value: number): number {
  const numbers = toHalfWidth(asPrinted)
    .replaceAll(/(\d),(?=\d{3})/g, '$1')
    .match(/\d+(?:\.\d+)?/g);
  for (const text of numbers ?? []) {
    for (const kept of [Math.abs(value), Math.abs(value - 1)]) {
      const power = POWERS.find((one) => isSame(Number(text) * 10 ** one, kept));
      if (power !== undefined) return 0.5 * 10 ** (power - printedDecimals(text));
    }
  }
  return 0;
}

function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}

/** Tells whether a unit counts things one by one: 8 家 are eight, not seven and a half. */
function isCount({ dimension, scale, shown }: Unit): boolean {
  const [[base, exponent] = [], ...others] = Object.entries(dimension);
  return others.length === 0 && exponent === 1 && scale === 1 && shown === 1 && !base?.endsWith('元');
}

/** The half of the last printed digit of a value in a unit; things that are counted are not rounded. */
function openness(asPrinted: string, value: number, unit: Unit): number {
  return isCount(unit) && Number.isInteger(value) ? 0 : halfDigit(asPrinted, value);
}

/** What a printed figure may have been before it was rounded; words around it count. */
export function figureInterval(value: number, asPrinted: string, unit: Unit): Interval {
  const half = openness(asPrinted, value, unit);
  const digit = 2 * halfDigit(asPrinted, value);
  if (ABOUT.test(asPrinted)) return around(value, 5 * digit);
  if (CEILING.test(asPrinted)) return { low: value - 10 * digit, high: value + half };
  if (FLOOR.test(asPrinted)) return { low: value - half, high: Infinity };
  return around(value, half);
}

/** What a target allows. A limit is a limit to the last digit; a figure without a comparator is rounded like any other. */
export function targetInterval(target: Target, unit: Unit, bareFigures: BareFigures): Interval {
  const { value, upTo = value, comparator, direction, asPrinted, tolerance } = target;
  // the stated precision is for the status, and for words: what a digit leaves open stands in print
  const half = openness(asPrinted, value, unit) || (target.precision ?? 0) / 2;
  switch (comparator) {
    case '>=':
    case '>':
      return { low: value, high: Infinity };
    case '<=':
    case '<':
      return { low: -Infinity, high: value };
    case 'about':
      return around(value, Math.max(half, tolerance ?? 0));
    case 'range':
      return { low: value, high: upTo };
    case '=':
      if (bareFigures === 'equal' || direction === 'near') return around(value, half);
      return direction === 'atMost'
        ? { low: -Infinity, high: value + half }
        : { low: value - half, high: Infinity };
  }
}

/** What a stated growth, change, multiple or mean may have been before it was rounded. */
export function statedInterval(stated: Stated): Interval {
  const { value, upTo = value, comparator = '=', asPrinted } = stated;
  return within(value, upTo, comparator, halfDigit(asPrinted, value), halfDigit(asPrinted, upTo));
}

function within(
  value: number,
  upTo: number,
  comparator: Comparator,
  half: number,
  halfOfUpTo: number,
): Interval {
  switch (comparator) {
    case '>=':
    case '>':
      return { low: value - half, high: Infinity };
    case '<=':
    case '<':
      return { low: -Infinity, high: value + half };
    case '=':
      return half === 0 ? exactly(value) : around(value, half);
    case 'about':
      return around(value, half);
    case 'range':
      return { low: value - half, high: upTo + halfOfUpTo };
  }
}
