/** What fields of forms show, and what was written in them: amounts, units, texts in two languages. Pure. */
import { parseNumber, parseUnit, type NumberProblemCode, type Problem, type Unit } from '#quantity';
import { asName, type Localized } from '#plan';

/** Digits that a number in binary tells apart. */
const DIGITS = 12;

/** Writes an amount as its field shows it: a percent without its sign, which stands beside. */
export function amountText(value: number | undefined, unit: Unit): string {
  return value === undefined ? '' : String(Number((value * unit.shown).toPrecision(DIGITS)));
}

/** Reads an amount from a field with its unit beside it: 8 is 8 % in a line of percent, and so is 8%. */
export function readAmount(text: string, unit: Unit): number | Problem<NumberProblemCode> {
  const value = parseNumber(text);
  if (typeof value !== 'number' || unit.shown === 1 || /[%％‰]/.test(text)) return value;
  return Number((value / unit.shown).toPrecision(DIGITS + 2));
}

/** The unit that a field says; undefined where it is none that the program knows. */
export function unitInField(text: string): Unit | undefined {
  return parseUnit(text);
}

/** A text in both languages: where one is missing the other stands for it; undefined where both are. */
export function bothLanguages({ zh, en }: Localized): Localized | undefined {
  const [chinese, english] = [asName(zh).trim(), asName(en).trim()];
  if (chinese === '' && english === '') return undefined;
  return { zh: chinese === '' ? english : chinese, en: english === '' ? chinese : english };
}
