/** Numbers beside their units. */
import type { Unit } from '#quantity';
import type { Words } from './index.ts';
import { unitName } from './unit-names.ts';

/** The number alone where the unit's name stands beside it: percentage points are not written as a percent. */
export function besideUnit(shown: string, unit: Unit): string {
  return unit.text.endsWith('百分点') ? shown.replace(/%$/, '') : shown;
}

/** The name that stands beside a number of this unit; empty where the number carries its sign itself. */
export function nameBeside(unit: Unit, words: Words): string {
  return unit.shown !== 1 && !unit.text.endsWith('百分点') ? '' : unitName(words, unit.text);
}

/** A number that has been formatted in its unit with the unit's name behind it, for a sentence. */
export function withUnit(shown: string, unit: Unit, words: Words): string {
  return `${besideUnit(shown, unit)} ${nameBeside(unit, words)}`.trim();
}
