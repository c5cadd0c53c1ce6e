/** One block of samples after another: reached cells compiled where that pays, interpreted where it does not. */
import { MISSING, failure, type Value } from '#quantity';
import type { Plan } from '#plan';
import type { Calculation } from '../run/calculation.ts';
import { settle } from './settle-cycle.ts';
import { BlockInterpreter } from './block-interpreter.ts';
import {
  HAS_NUMBER,
  combine,
  copy,
  hasFailure,
  keepFailures,
  makeLanes,
  share,
  spread,
  valueIn,
  write,
  type FailureList,
  type Faults,
  type Lanes,
} from './lane-values.ts';
import type { Samples } from './batch.ts';
import type { FastCells, FastRows } from './fast-cells.ts';
import type { CellPlace, Reach, ReachedCell, ReachedStep } from './reach.ts';

/** The cells of one block after another. */
export class BlockRun {
  readonly #reach: Reach;
  readonly #iteration: Plan['iteration'];
  readonly #faults: Faults;
  readonly #interpreter: BlockInterpreter;
  /** Room for each reached cell, and what it holds now: its room, or the lanes of a cell that it only repeats. */
  readonly #room: readonly Lanes[];
  readonly #cells: Lanes[];
  readonly #moves: readonly Lanes[];
  /** Between transformations. */
  readonly #between: readonly [Lanes, Lanes, Lanes];
  /** Values that all samples share, once they have been read, by line × periods + index. */
  readonly #rest = new Map<number, Lanes>();
  readonly #amounts = new Map<number, Lanes>();
  readonly #outside: Lanes;
  /** For each cycle a sample in which it did not settle, calculated by the specification. */
  readonly #unsettled = new Map<readonly ReachedCell[], Calculation>();

  /** The compiled cells have been given their rooms. */
  #isSettled = false;
  readonly #fast: FastCells | undefined;
  readonly #rows: FastRows | undefined;

  /** Without `fast` all cells are interpreted. */
  constructor(
    reach: Reach,
    iteration: Plan['iteration'],
    size: number,
    failures: FailureList,
    fast?: FastCells,
  ) {
    this.#fast = fast;
    this.#rows = fast?.begin();
    this.#reach = reach;
    this.#iteration = iteration;
    this.#faults = { failures, line: '', period: 0 };
    this.#room = Array.from({ length: reach.cells }, (_, slot) =>
      makeLanes(size, false, this.#rows?.cellRow(slot)),
    );
    this.#cells = [...this.#room];
    this.#moves = reach.moves.map((_, move) => makeLanes(size, false, this.#rows?.moveRow(move)));
    this.#between = [makeLanes(size, true), makeLanes(size, true), makeLanes(size, true)];
    this.#outside = share(makeLanes(1, false), MISSING, this.#faults);
    const reader = {
      lanesAt: (line: number, index: number) => this.#lanesAt(line, index),
      periodAt: (index: number) => reach.periodAt(index),
    };
    this.#interpreter = new BlockInterpreter(size, reader, this.#faults);
  }

  /** Calculates the reached cells for samples from `start` on. */
  calculate(samples: Samples, start: number, count: number): void {
    this.#takeMoves(samples, start, count);
    if (this.#fast && this.#rows) this.#calculateFast(this.#fast, this.#rows, count);
    else for (const step of this.#reach.steps) this.#interpret(step, count);
  }

  #interpret(step: ReachedStep, count: number): void {
    if (step.kind === 'cell') this.#cells[step.cell.slot] = this.#cell(step.cell, count);
    else this.#cycle(step.cells, count);
  }

  /** Where a value is out of the ordinary, the cells are calculated once more, and all of them kept from then on. */
  #calculateFast(fast: FastCells, rows: FastRows, count: number): void {
    if (this.#runParts(fast, rows, count)) return;
    rows.keepAll();
    this.#runParts(fast, rows, count);
  }

  /**
   * Runs part after part. A compiled cell holds a number only where the interpreter would give the same; where one that is
   * looked at holds none, everything compiled so far that holds none is interpreted, in its order. False where that is
   * needed and not all cells are kept.
   */
  #runParts({ parts }: FastCells, rows: FastRows, count: number): boolean {
    const unchecked: ReachedCell[] = [];
    for (const part of parts) {
      if (part.kind === 'slow') {
        this.#interpret(part.step, count);
        for (const cell of part.step.kind === 'cell' ? [part.step.cell] : part.step.cells)
          this.#settleRow(cell, count);
        continue;
      }
      const isOrdinary = rows.run(part.functions, count);
      if (!isOrdinary && !rows.keepsAll) return false;
      // before, nothing but the first block can have found a cell in another state
      if (!rows.keepsAll && this.#isSettled) continue;
      for (const cell of part.cells) {
        const room = this.#room[cell.slot] as Lanes;
        room.mask = -1;
        if (!room.isClean) room.status.fill(HAS_NUMBER);
        room.isClean = true;
        this.#cells[cell.slot] = room;
        unchecked.push(cell);
      }
      if (isOrdinary) continue;
      for (const cell of unchecked.splice(0)) {
        if (isOrdinaryRow((this.#room[cell.slot] as Lanes).values, count)) continue;
        this.#cells[cell.slot] = this.#cell(cell, count);
        this.#settleRow(cell, count);
      }
    }
    this.#isSettled = true;
    return true;
  }

  /** What was interpreted, as compiled cells read it: in its own row, a value for each sample, NaN where there is none. */
  #settleRow({ slot }: ReachedCell, count: number): void {
    const room = this.#room[slot] as Lanes;
    const held = this.#cells[slot] as Lanes;
    if (held !== room) copy(held, room, count);
    spread(room, count);
    this.#cells[slot] = room;
    if (room.isClean) return;
    for (let lane = 0; lane < count; lane += 1) if (room.status[lane] !== HAS_NUMBER) room.values[lane] = NaN;
  }

  /** What a reached output holds. */
  lanesOf(slot: number): Lanes {
    const held = this.#cells[slot] as Lanes;
    const room = this.#room[slot] as Lanes;
    // what repeats another cell gets arrays of its own, since a caller may hand them on
    return held === room ? held : copy(held, room, room.values.length);
  }

  /** What an output holds that no move reaches: a value that all samples share. */
  restedOf(place: CellPlace): Lanes {
    return this.#rested(this.#reach.lineOf(place.line), this.#reach.indexOf(place.period));
  }

  #takeMoves(samples: Samples, start: number, count: number): void {
    samples.fill(
      start,
      this.#moves.map(({ values }) => (values.length === count ? values : values.subarray(0, count))),
    );
    const isOrdinary = this.#rows?.hasOrdinaryMoves(count) ?? false;
    this.#moves.forEach((lanes, move) => {
      lanes.mask = -1;
      if (!lanes.isClean) lanes.status.fill(HAS_NUMBER);
      lanes.isClean = true;
      if (!isOrdinary) this.#takeMove(move, lanes, count);
    });
  }

  #takeMove(move: number, lanes: Lanes, count: number): void {
    this.#faults.line = this.#reach.moves[move]?.line ?? '';
    this.#faults.period = this.#reach.moves[move]?.from ?? this.#reach.periodAt(0);
    for (let lane = 0; lane < count; lane += 1) {
      if (Number.isFinite(lanes.values[lane])) continue;
      write(lanes, lane, failure('#NUM!', 'not_finite'), this.#faults);
      // a compiled cell sees by this that there is no number
      lanes.values[lane] = NaN;
    }
  }

  #lanesAt(line: number, index: number): Lanes {
    const slot = this.#reach.slotAt(line, index);
    return slot === -1 ? this.#rested(line, index) : (this.#cells[slot] as Lanes);
  }

  /** A cell that no sample moves. */
  #rested(line: number, index: number): Lanes {
    const { periods } = this.#reach;
    if (index < 0 || index >= periods) return this.#outside;
    const key = line * periods + index;
    const known =
      this.#rest.get(key) ?? share(makeLanes(1, false), this.#reach.read(line, index), this.#faults);
    this.#rest.set(key, known);
    return known;
  }

  #amount(by: number): Lanes {
    const known = this.#amounts.get(by) ?? share(makeLanes(1, false), by, this.#faults);
    this.#amounts.set(by, known);
    return known;
  }

  #cell(cell: ReachedCell, count: number): Lanes {
    this.#faults.line = cell.place.line;
    this.#faults.period = cell.place.period;
    let held = this.#origin(cell, count);
    cell.transforms.forEach((transform, order) => {
      const out = this.#between[order % 2] as Lanes;
      const { amount } = transform;
      const by = amount.kind === 'moved' ? (this.#moves[amount.move] as Lanes) : this.#amount(amount.by);
      held =
        transform.kind === 'growth'
          ? this.#grown(cell, held, by, out, count)
          : combine(transform.kind === 'add' ? '+' : '*', held, by, out, count, this.#faults);
    });
    return held.isScratch ? copy(held, this.#room[cell.slot] as Lanes, count) : held;
  }

  /** The period before, grown; a value that has failed stays so, as in `Calculation`. */
  #grown(cell: ReachedCell, held: Lanes, by: Lanes, out: Lanes, count: number): Lanes {
    const factor = combine('+', this.#amount(1), by, this.#between[2], count, this.#faults);
    const before = this.#lanesAt(cell.line, cell.index - 1);
    if (!hasFailure(held, count)) return combine('*', before, factor, out, count, this.#faults);
    const grown = combine('*', before, factor, makeLanes(out.values.length, true), count, this.#faults);
    return keepFailures(held, grown, out, count);
  }

  #origin({ origin, index }: ReachedCell, count: number): Lanes {
    switch (origin.kind) {
      case 'moved':
        return this.#moves[origin.move] as Lanes;
      case 'code':
        return this.#interpreter.evaluate(origin.code, index, count);
      case 'value':
        return share(this.#between[1], origin.value, this.#faults);
      case 'fault':
        return share(this.#between[1], origin.fault, this.#faults);
    }
  }

  #cycle(cells: readonly ReachedCell[], count: number): void {
    const { failures } = this.#faults;
    const own = new Map(cells.map((cell) => [cell.slot, null as Value]));
    const rooms = cells.map((cell) => this.#room[cell.slot] as Lanes);
    for (const [order, cell] of cells.entries()) {
      const room = rooms[order] as Lanes;
      room.mask = -1;
      room.isClean = true;
      this.#cells[cell.slot] = room;
    }
    for (let lane = 0; lane < count; lane += 1) {
      const hasSettled = settle(cells, this.#iteration as NonNullable<Plan['iteration']>, {
        reader: {
          read: (line, index) => {
            const slot = this.#reach.slotAt(line, index);
            return own.has(slot)
              ? (own.get(slot) as Value)
              : valueIn(this.#lanesAt(line, index), lane, failures);
          },
          periodAt: (index) => this.#reach.periodAt(index),
        },
        write: (cell, value) => own.set(cell.slot, value),
        numberOf: (move) => valueIn(this.#moves[move] as Lanes, lane, failures),
      });
      const told = hasSettled ? undefined : this.#tellUnsettled(cells, lane);
      for (const [order, cell] of cells.entries()) {
        Object.assign(this.#faults, cell.place);
        const { line, period } = cell.place;
        const value = told ? told.value(line, period) : (own.get(cell.slot) as Value);
        write(rooms[order] as Lanes, lane, value, this.#faults);
      }
    }
  }

  /** Which loop does not settle is told by the specification itself; it is the same loop in every sample. */
  #tellUnsettled(cells: readonly ReachedCell[], lane: number): Calculation {
    // a number that is none has failed before it could come here
    const numbers = this.#moves.map((move) =>
      move.status[lane] === HAS_NUMBER ? (move.values[lane] as number) : 0,
    );
    const known = this.#unsettled.get(cells) ?? this.#reach.calculationAt(numbers);
    this.#unsettled.set(cells, known);
    return known;
  }
}

function isOrdinaryRow(values: Float64Array, count: number): boolean {
  for (let lane = 0; lane < count; lane += 1) {
    const value = values[lane] as number;
    if (value - value !== 0) return false;
  }
  return true;
}
