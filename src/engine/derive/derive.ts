/**
 * The engine's face for slopes: how outputs change with every move, exactly. Every reached cell is differentiated by what it
 * was made from, once; then what is asked is carried through these gradients.
 *
 * Promises:
 * 1. The values are those of `Engine.calculate`; the slopes are those of the formulas, not of differences. Functions
 *    without a closed form are differentiated numerically, each call by itself; `functionsByDifference` lists them.
 * 2. Where an output is missing or fails, so is its slope. Where a slope is infinite or does not exist (SQRT at 0), it is
 *    `#NUM!`.
 * 3. At a kink the slope is that of the side taken: the branch that is evaluated, the first of tied items of MIN or MAX,
 *    the right-hand side of ABS, INTERPOLATE and what jumps. Cells that stand on one are listed.
 * 4. In a cycle that is settled by iteration the slopes are those of the settled state, found by solving for them.
 */
import { failure, isNumber, placedAt, type Value } from '#quantity';
import { functionList } from '#formula';
import { Recording, runsOf, type Noted } from './recording.ts';
import { findRule } from './rules.ts';
import { neutralOf, type Move } from '../resolve/move.ts';
import type { Evaluator } from '../batch/batch.ts';
import type { CellPlace, Reach } from '../batch/reach.ts';

/** Outputs and their slopes at one point. */
export interface Slopes {
  /** By output. */
  readonly values: readonly Value[];
  /**
   * By output, then by move. Unit: of the output, per unit of the move. At a kink the slope of one side: to the right of
   * the point, of the branch that is taken, of the first of equals.
   */
  readonly slopes: readonly (readonly Value[])[];
  /** Reached cells that stand on a kink or a jump that some move goes across. */
  readonly kinks: readonly CellPlace[];
  /** Reached cells whose formula makes a moving value move in jumps (ROUND, INT): their slope is flat and tells nothing of those. */
  readonly steps: readonly CellPlace[];
}

/** A scenario made ready for slopes. */
export interface Derivatives {
  /**
   * Calculates outputs and slopes where the moves have these numbers; without them where they change nothing.
   *
   * Fails: throws when a move that replaces (`set`, `growth`) has no number.
   */
  at(numbers?: readonly number[]): Slopes;
}

/** Functions whose slopes are found by differences, because no closed form of them is written. */
export function functionsByDifference(): string[] {
  return functionList.flatMap(({ kind, name }) => (kind === 'plain' && !findRule(name) ? [name] : []));
}

/** Makes a scenario ready for slopes. */
export function buildDerivatives(
  reach: Reach,
  outputs: readonly CellPlace[],
  evaluator?: Evaluator,
): Derivatives {
  const runs = evaluator === 'interpreted' ? reach.steps : runsOf(reach);
  return {
    at(given) {
      const numbers = reach.moves.map((move, index) => numberOf(move, given?.[index]));
      const { duals, tape, notes } = new Recording(reach, numbers).done(runs);
      const held = outputs.map((place) => duals(place));
      const ties = notes.filter(({ what }) => what === 'kink');
      const rows = [...held.map(({ slope }) => slope), ...ties.flatMap(({ one, other }) => [one, other])];
      const found = tape.slopesOf(rows);
      const kinks = ties.filter((_, tie) =>
        differs(
          found[held.length + 2 * tie] as Float64Array,
          found[held.length + 2 * tie + 1] as Float64Array,
        ),
      );
      return {
        values: held.map(({ value }) => value),
        slopes: held.map(({ value }, output) => {
          const place = outputs[output] as CellPlace;
          return Array.from(found[output] as Float64Array, (slope) => slopeOf(value, slope, place));
        }),
        kinks: placesOf(kinks),
        steps: placesOf(notes.filter(({ what }) => what === 'step')),
      };
    },
  };
}

function numberOf({ line, effect }: Move, given: number | undefined): number {
  const number = given ?? neutralOf(effect);
  if (number === undefined) throw new Error(`a move of ${line} that replaces needs a number`);
  return number;
}

function slopeOf(value: Value, slope: number, place: CellPlace): Value {
  if (!isNumber(value)) return value;
  return Number.isFinite(slope) ? slope : placedAt(failure('#NUM!', 'not_finite'), place.line, place.period);
}

/** What rounding may leave between slopes that are the same, against their size. */
const ROUNDING = 1e-12;

/** Tells whether two sides differ in slope by some move. */
function differs(one: Float64Array, other: Float64Array): boolean {
  return one.some((slope, move) => {
    const against = other[move] as number;
    return !(Math.abs(slope - against) <= ROUNDING * Math.max(Math.abs(slope), Math.abs(against)));
  });
}

function placesOf(notes: readonly Noted[]): CellPlace[] {
  return [...new Map(notes.map(({ place }) => [`${place.line} ${place.period}`, place])).values()];
}
