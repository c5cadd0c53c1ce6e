/** What a person means by what was typed into a lever's box, where the unit stands beside the number. */
import { parseNumber, type NumberProblemCode, type Problem, type Unit } from '#quantity';
import type { Names } from '#formula';
import { readDistributionEntry, type DistributionEntry } from './distribution-entry.ts';

/** A lever's entry, understood. */
export type LeverEntry =
  | {
      readonly kind: 'level';
      /** In stored units: a percent is its fraction. */
      readonly level: number;
      /** Whether a number without a percent sign was taken as a fraction, as a cell takes it: 0.08 for 8 %. */
      readonly isFraction: boolean;
    }
  | { readonly kind: 'refused'; readonly problem: Problem<NumberProblemCode> };

/**
 * Reads a level. A sign decides. Without one the number is in the unit that the box shows, so 8 is 8 %, except where it
 * is below one and lies within the lever's bounds as a fraction: 0.08 is 8 % too, as in a cell.
 */
export function readLeverEntry(
  text: string,
  unit: Unit,
  bounds: { readonly min: number; readonly max: number },
): LeverEntry {
  const value = parseNumber(text);
  if (typeof value !== 'number') return { kind: 'refused', problem: value };
  if (unit.shown === 1 || /[%％‰]/.test(text)) return { kind: 'level', level: value, isFraction: false };
  const isFraction = value !== 0 && Math.abs(value) < 1 && value >= bounds.min && value <= bounds.max;
  return { kind: 'level', level: isFraction ? value : value / unit.shown, isFraction };
}

/**
 * Reads what was typed into a lever's box: a level as above, or a distribution, whose numbers carry their percent signs.
 * `names` gives the lines that `moves with` may name.
 */
export function readLeverText(
  text: string,
  unit: Unit,
  bounds: { readonly min: number; readonly max: number },
  names: Pick<Names, 'match'>,
): LeverEntry | DistributionEntry {
  const level = readLeverEntry(text, unit, bounds);
  return level.kind === 'level' ? level : (readDistributionEntry(text, unit, names) ?? level);
}
