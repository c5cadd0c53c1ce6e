/** Numbers as text that reads back as the very same number: what an editor starts with and a copied block carries. */
import { parseNumber } from '#quantity';
import type { Unit, Value } from '#quantity';

/** Digits that a number may need to be told from its neighbours. */
const ALL_DIGITS = 17;

/** The digits at which decimal arithmetic by hand ends: 0.07 × 100 is 7 and not 7.000000000000001. */
const CLEAN_DIGITS = 15;

/** Writes a number with all its digits, a percent as `8.25%`. Missing is nothing, a failure is its code. */
export function exactText(value: Value, unit: Unit): string {
  if (value === null) return '';
  if (typeof value !== 'number') return value.code;
  const sign = unit.shown === 100 ? '%' : unit.shown === 1000 ? '‰' : '';
  if (sign === '') return String(value);
  for (let digits = CLEAN_DIGITS; digits <= ALL_DIGITS; digits += 1) {
    const text = `${Number((value * unit.shown).toPrecision(digits))}${sign}`;
    if (parseNumber(text) === value) return text;
  }
  return String(value);
}
