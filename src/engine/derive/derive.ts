/**
 * The engine's face for slopes: how outputs change with every move, exactly, by forward differentiation through the codes.
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
import { failure, isFailure, isNumber, placedAt, type Value } from '#quantity';
import { functionList } from '#formula';
import { evaluateDual, type DualReader } from './evaluate-dual.ts';
import { solveCycle } from './solve-cycle.ts';
import { combineDuals, fixed, type Dual, type Note } from './dual.ts';
import { findRule } from './rules.ts';
import { neutralOf, type Move } from '../resolve/move.ts';
import type { CellPlace, Reach, ReachedCell } from '../batch/reach.ts';

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

/** Moves that are carried at once: their slopes stay in the processor's cache. */
const MOVES_AT_ONCE = 32;

/** Functions whose slopes are found by differences, because no closed form of them is written. */
export function functionsByDifference(): string[] {
  return functionList.flatMap(({ kind, name }) => (kind === 'plain' && !findRule(name) ? [name] : []));
}

/** Makes a scenario ready for slopes. */
export function buildDerivatives(reach: Reach, outputs: readonly CellPlace[]): Derivatives {
  return {
    at(given) {
      const numbers = reach.moves.map((move, index) => numberOf(move, given?.[index]));
      const values: Value[] = [];
      const slopes: Value[][] = outputs.map(() => []);
      const noted = { kink: new Map<string, CellPlace>(), step: new Map<string, CellPlace>() };
      for (let first = 0; first === 0 || first < reach.moves.length; first += MOVES_AT_ONCE) {
        const count = Math.min(MOVES_AT_ONCE, reach.moves.length - first);
        const run = new SlopeRun(reach, numbers, first, count, (what, place) => {
          noted[what].set(`${place.line} ${place.period}`, place);
        });
        run.calculate();
        outputs.forEach((place, output) => {
          const dual = run.dualOf(place);
          values[output] = dual.value;
          for (let move = 0; move < count; move += 1)
            (slopes[output] as Value[]).push(slopeIn(dual, move, place));
        });
      }
      return { values, slopes, kinks: [...noted.kink.values()], steps: [...noted.step.values()] };
    },
  };
}

function numberOf({ line, effect }: Move, given: number | undefined): number {
  const number = given ?? neutralOf(effect);
  if (number === undefined) throw new Error(`a move of ${line} that replaces needs a number`);
  return number;
}

function slopeIn({ value, slope }: Dual, move: number, place: CellPlace): Value {
  if (!isNumber(value)) return value;
  const one = slope?.[move] ?? 0;
  return Number.isFinite(one) ? one : placedAt(failure('#NUM!', 'not_finite'), place.line, place.period);
}

/** The reached cells once, with slopes by some of the moves. */
class SlopeRun {
  readonly #reach: Reach;
  readonly #numbers: readonly number[];
  readonly #first: number;
  readonly #count: number;
  readonly #onNote: (what: 'kink' | 'step', place: CellPlace) => void;
  readonly #duals: Dual[];
  readonly #reader: DualReader;

  constructor(
    reach: Reach,
    numbers: readonly number[],
    first: number,
    count: number,
    onNote: (what: 'kink' | 'step', place: CellPlace) => void,
  ) {
    this.#reach = reach;
    this.#numbers = numbers;
    this.#first = first;
    this.#count = count;
    this.#onNote = onNote;
    this.#duals = new Array<Dual>(reach.cells).fill(fixed(null));
    this.#reader = {
      read: (line, index) => this.#read(line, index),
      periodAt: (index) => reach.periodAt(index),
    };
  }

  calculate(): void {
    const { steps } = this.#reach;
    const isCyclic = steps.some(({ kind }) => kind === 'cycle');
    // what a cycle settles to is told by the specification
    const settled = isCyclic ? this.#reach.calculationAt(this.#numbers) : undefined;
    for (const step of steps) {
      if (step.kind === 'cell')
        this.#duals[step.cell.slot] = this.#cell(step.cell, this.#reader, (move) => this.#moved(move));
      else if (settled) this.#cycle(step.cells, ({ line, period }) => settled.value(line, period));
    }
  }

  dualOf(place: CellPlace): Dual {
    return this.#read(this.#reach.lineOf(place.line), this.#reach.indexOf(place.period));
  }

  #read(line: number, index: number): Dual {
    const slot = this.#reach.slotAt(line, index);
    return slot === -1 ? fixed(this.#reach.read(line, index)) : (this.#duals[slot] as Dual);
  }

  /** The number of a move, which has slope 1 by itself. */
  #moved(move: number): Dual {
    return { value: this.#numbers[move] as number, slope: unit(move - this.#first, this.#count) };
  }

  #cell(cell: ReachedCell, reader: DualReader, moved: (move: number) => Dual): Dual {
    const note: Note = (what) => this.#onNote(what, cell.place);
    let held = originOf(cell, reader, moved, note);
    for (const { kind, amount } of cell.transforms) {
      if (isFailure(held.value)) break;
      const by = amount.kind === 'moved' ? moved(amount.move) : fixed(amount.by);
      if (kind === 'growth') {
        const before = reader.read(cell.line, cell.index - 1);
        held = combineDuals('*', before, combineDuals('+', fixed(1), by, note), note);
      } else held = combineDuals(kind === 'add' ? '+' : '*', held, by, note);
    }
    return isFailure(held.value) ? fixed(placedAt(held.value, cell.place.line, cell.place.period)) : held;
  }

  /** Each cell of the cycle is differentiated by the moves and by all cells of the cycle; then they are solved for. */
  #cycle(cells: readonly ReachedCell[], settledAt: (place: CellPlace) => Value): void {
    const width = this.#count + cells.length;
    const widen = ({ value, slope }: Dual): Dual => {
      if (slope === null) return fixed(value);
      const wide = new Float64Array(width);
      wide.set(slope);
      return { value, slope: wide };
    };
    const members = new Map(cells.map((cell, order) => [cell.slot, order]));
    const reader: DualReader = {
      read: (line, index) => {
        const order = members.get(this.#reach.slotAt(line, index));
        if (order === undefined) return widen(this.#read(line, index));
        const value = settledAt((cells[order] as ReachedCell).place);
        return isNumber(value) ? { value, slope: unit(this.#count + order, width) } : fixed(value);
      },
      periodAt: this.#reader.periodAt,
    };
    const rows = cells.map((cell) => this.#cell(cell, reader, (move) => widen(this.#moved(move))).slope);
    const solved = solveCycle(rows, this.#count);
    for (const [order, cell] of cells.entries()) {
      const value = settledAt(cell.place);
      this.#duals[cell.slot] = isNumber(value) ? { value, slope: solved[order] ?? null } : fixed(value);
    }
  }
}

function originOf(
  { origin, index }: ReachedCell,
  reader: DualReader,
  moved: (move: number) => Dual,
  note: Note,
): Dual {
  switch (origin.kind) {
    case 'moved':
      return moved(origin.move);
    case 'code':
      return evaluateDual(origin.code, index, reader, note);
    case 'value':
      return fixed(origin.value);
    case 'fault':
      return fixed(origin.fault);
  }
}

/** A slope of 1 by one move; none where that move is not among those that are carried. */
function unit(at: number, count: number): Float64Array | null {
  if (at < 0 || at >= count) return null;
  const slope = new Float64Array(count);
  slope[at] = 1;
  return slope;
}
