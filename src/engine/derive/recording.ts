/** The reached cells of a scenario at one point, each with its gradient by the cells and moves that it was made from. */
import { isFailure, isNumber, placedAt, type Value } from '#quantity';
import { combineDuals, fixed, type Dual, type Note } from './dual.ts';
import { evaluateDual, type DualReader } from './evaluate-dual.ts';
import { isSameSlope, unit, type Gradient, type Slope } from './gradient.ts';
import { LineGradients } from './line-gradients.ts';
import { solveCycle } from './solve-cycle.ts';
import { Tape } from './tape.ts';
import type { Calculation } from '../run/calculation.ts';
import type { Amount, CellPlace, Reach, ReachedCell, ReachedStep } from '../batch/reach.ts';

/** A cell that stands where slopes may have two sides, with both of them, or that moves in jumps. */
export interface Noted {
  readonly what: 'kink' | 'step';
  readonly place: CellPlace;
  readonly one: Slope;
  readonly other: Slope;
}

/** What is known when all cells have been calculated. */
export interface Recorded {
  readonly tape: Tape;
  readonly notes: readonly Noted[];
  /** A cell, with itself as its gradient where it moves. */
  readonly duals: (place: CellPlace) => Dual;
}

/** Cells whose gradients are found together, and steps that are taken by themselves. */
export type Run = { readonly kind: 'line'; readonly cells: readonly ReachedCell[] } | ReachedStep;

/** Puts the cells together that one code decides in periods that follow each other. */
export function runsOf({ steps }: Reach): Run[] {
  const runs: Run[] = [];
  let line: ReachedCell[] = [];
  const end = () => {
    if (line.length > 0) runs.push({ kind: 'line', cells: line });
    line = [];
  };
  for (const step of steps) {
    if (step.kind === 'cycle' || !goesOn(line, step.cell)) end();
    if (step.kind === 'cell' && isOrdinary(step.cell)) line.push(step.cell);
    else runs.push(step);
  }
  end();
  return runs;
}

/** Formulas and what scenarios make of them; growth starts from the period before. */
function isOrdinary({ origin, transforms }: ReachedCell): boolean {
  return origin.kind === 'code' && transforms.every(({ kind }) => kind !== 'growth');
}

function goesOn(before: readonly ReachedCell[], cell: ReachedCell): boolean {
  const last = before.at(-1);
  return (
    last?.origin.kind === 'code' &&
    cell.origin.kind === 'code' &&
    last.origin.code === cell.origin.code &&
    last.line === cell.line &&
    last.index + 1 === cell.index &&
    last.transforms.length === cell.transforms.length &&
    last.transforms.every(({ kind, amount }, place) => {
      const other = cell.transforms[place];
      return other?.kind === kind && isSameAmount(amount, other.amount);
    })
  );
}

function isSameAmount(one: Amount, other: Amount): boolean {
  if (one.kind === 'moved') return other.kind === 'moved' && one.move === other.move;
  return other.kind === 'fixed' && one.by === other.by;
}

/** One recording. */
export class Recording {
  readonly #reach: Reach;
  readonly #numbers: readonly number[];
  readonly #calculation: Calculation;
  readonly #tape: Tape;
  readonly #notes: Noted[] = [];
  readonly #reader: DualReader;

  constructor(reach: Reach, numbers: readonly number[]) {
    this.#reach = reach;
    this.#numbers = numbers;
    this.#calculation = reach.revisedTo(numbers);
    this.#tape = new Tape(reach.cells, reach.moves.length);
    this.#reader = {
      read: (line, index) => this.#read(line, index),
      periodAt: (index) => reach.periodAt(index),
    };
  }

  /** Goes through all cells. */
  done(runs: readonly Run[]): Recorded {
    const rows: Float64Array[] = [];
    const lines = new LineGradients(
      this.#reach,
      this.#numbers,
      this.#tape,
      (line) => (rows[line] ??= this.#calculation.row(this.#reach.idOf(line))),
    );
    for (const run of runs) {
      if (run.kind === 'line') this.#line(run.cells, lines);
      else if (run.kind === 'cell') this.#tape.add(run.cell.slot, this.#cell(run.cell, this.#reader).slope);
      else this.#cycle(run.cells);
    }
    return {
      tape: this.#tape,
      notes: this.#notes,
      duals: ({ line, period }) => this.#read(this.#reach.lineOf(line), this.#reach.indexOf(period)),
    };
  }

  #line(cells: readonly ReachedCell[], lines: LineGradients): void {
    lines.find(cells);
    for (const [place, cell] of cells.entries()) {
      if (lines.isLeft(place)) this.#tape.add(cell.slot, this.#cell(cell, this.#reader).slope);
      else lines.write(place, cell);
    }
  }

  #valueAt(line: number, index: number): Value {
    return this.#calculation.value(this.#reach.idOf(line), this.#reach.periodAt(index));
  }

  #read(line: number, index: number): Dual {
    const slot = this.#reach.slotAt(line, index);
    const value = this.#valueAt(line, index);
    if (slot === -1) return fixed(value);
    return isNumber(value) && this.#tape.isLive(slot) ? { value, slope: unit(slot) } : fixed(value);
  }

  #moved(move: number): Dual {
    return { value: this.#numbers[move] as number, slope: unit(this.#tape.inputOf(move)) };
  }

  #cell(cell: ReachedCell, reader: DualReader): Dual {
    const note: Note = (what, one, other) => {
      if (!isSameSlope(one, other)) this.#notes.push({ what, place: cell.place, one, other });
    };
    let held = this.#origin(cell, reader, note);
    for (const { kind, amount } of cell.transforms) {
      if (isFailure(held.value)) break;
      const by = amount.kind === 'moved' ? this.#moved(amount.move) : fixed(amount.by);
      if (kind === 'growth') {
        const before = reader.read(cell.line, cell.index - 1);
        held = combineDuals('*', before, combineDuals('+', fixed(1), by, note), note);
      } else held = combineDuals(kind === 'add' ? '+' : '*', held, by, note);
    }
    return isFailure(held.value) ? fixed(placedAt(held.value, cell.place.line, cell.place.period)) : held;
  }

  #origin({ origin, index }: ReachedCell, reader: DualReader, note: Note): Dual {
    switch (origin.kind) {
      case 'moved':
        return this.#moved(origin.move);
      case 'code':
        return evaluateDual(origin.code, index, reader, note);
      case 'value':
        return fixed(origin.value);
      case 'fault':
        return fixed(origin.fault);
    }
  }

  /** Each cell of the cycle is differentiated by what comes from outside and by all cells of it; then they are solved for. */
  #cycle(cells: readonly ReachedCell[]): void {
    const members = new Map(cells.map((cell, order) => [cell.slot, order]));
    const reader: DualReader = {
      read: (line, index) => {
        const slot = this.#reach.slotAt(line, index);
        const value = members.has(slot) ? this.#valueAt(line, index) : null;
        return isNumber(value) ? { value, slope: unit(slot) } : this.#read(line, index);
      },
      periodAt: this.#reader.periodAt,
    };
    const found = cells.map((cell) => this.#cell(cell, reader).slope);
    const outside = [...new Set(found.flatMap((slope) => slope?.inputs ?? []))].filter(
      (one) => !members.has(one),
    );
    const columns = new Map(outside.map((input, column) => [input, column]));
    for (const [input, order] of members) columns.set(input, outside.length + order);
    const rows = found.map((slope) => slope && wide(slope, columns));
    for (const [order, solved] of solveCycle(rows, outside.length).entries()) {
      const { slot, line, index } = cells[order] as ReachedCell;
      const moves = isNumber(this.#valueAt(line, index));
      this.#tape.add(slot, moves ? { inputs: outside, weights: [...solved] } : null);
    }
  }
}

/** A gradient as a row with a place for every input. */
function wide({ inputs, weights }: Gradient, columns: ReadonlyMap<number, number>): Float64Array {
  const row = new Float64Array(columns.size);
  for (const [item, input] of inputs.entries()) row[columns.get(input) as number] = weights[item] as number;
  return row;
}
