/**
 * The engine's face for many samples: chosen cells of a scenario, calculated for thousands of sets of numbers in blocks.
 *
 * Promises:
 * 1. Sample k is, to the last bit, what `Engine.calculate` gives for a scenario that makes the same changes with the
 *    numbers of sample k. Missing values and failures are carried as there, with line, period and reason.
 * 2. Only cells that the moves reach and the outputs need are calculated for every sample; the others once.
 * 3. Memory is bounded by the block, not by the number of samples, unless the caller keeps what comes.
 * 4. Between two blocks nothing is under way: a caller that stops asking has cancelled.
 */
import { MISSING, failure, type Failure, type Value } from '#quantity';
import type { Plan } from '#plan';
import type { Calculation } from './calculation.ts';
import { settle } from './batch-cycle.ts';
import { BlockInterpreter } from './batch-block.ts';
import {
  FIRST_FAILURE,
  FailureList,
  HAS_NUMBER,
  IS_MISSING,
  combine,
  copy,
  hasFailure,
  keepFailures,
  makeLanes,
  share,
  valueIn,
  write,
  type Faults,
  type Lanes,
} from './batch-lanes.ts';
import type { CellPlace, Reach, ReachedCell } from './reach.ts';

/**
 * The numbers of the samples, one array for each move, in the order of the moves.
 *
 * Unit: that of the line for `set` and `add`, percent as its fraction. Fails: a number that is not finite is `#NUM!` in
 * its sample and travels.
 */
export interface Samples {
  readonly count: number;
  /** Writes the numbers of the samples from `start` on; each array is as long as the block. */
  fill(start: number, into: readonly Float64Array[]): void;
}

/**
 * One output over samples.
 *
 * Shape: `values` and `status` have one entry a sample, or a single one where `isShared`: no move reaches the output.
 * Missing: status 1. Fails: status 2 and above, which is 2 + the place of the failure in the list of failures; where the
 * status is not 0, `values` holds 0.
 */
export interface Column {
  readonly values: Float64Array;
  readonly status: Uint16Array;
  readonly isShared: boolean;
}

/** All samples of a run; plain data with arrays that can be handed to another thread. */
export interface BatchResult {
  readonly count: number;
  /** In the order of the outputs. */
  readonly columns: readonly Column[];
  /** Distinct failures, each with the line and period in which it began. */
  readonly failures: readonly Failure[];
}

/** A block of samples. The arrays are used again for the next one: copy what is to be kept. */
export interface BatchBlock extends BatchResult {
  /** Number of the first sample. */
  readonly start: number;
}

/** A scenario made ready for samples. */
export interface Batch {
  /** How many cells are calculated for every sample. */
  readonly cells: number;
  /** Calculates block by block. */
  blocks(samples: Samples): Generator<BatchBlock, void>;
  /** Calculates and keeps all; yields the share that is done after each block, from 0 to 1. */
  run(samples: Samples): Generator<number, BatchResult>;
}

/** Lanes a block: large enough to forget the cost of an instruction, small enough to stay in the processor's cache. */
const MAX_BLOCK = 512;

/** What the reached cells of a block may take, in bytes. */
const MAX_BLOCK_BYTES = 64e6;

/** A lane's number and status. */
const LANE_BYTES = 10;

/** Samples from arrays, one for each move. Fails: throws when they are not of one length. */
export function samplesOf(columns: readonly Float64Array[]): Samples {
  const count = columns[0]?.length ?? 0;
  if (columns.some((column) => column.length !== count))
    throw new Error('the samples of the moves differ in number');
  return {
    count,
    fill: (start, into) =>
      into.forEach((block, move) =>
        block.set((columns[move] as Float64Array).subarray(start, start + block.length)),
      ),
  };
}

/** The value of an output in a sample. */
export function valueAt(result: BatchResult, output: number, sample: number): Value {
  const { values, status, isShared } = result.columns[output] as Column;
  const at = isShared ? 0 : sample;
  const state = status[at] as number;
  if (state === IS_MISSING) return null;
  return state >= FIRST_FAILURE
    ? (result.failures[state - FIRST_FAILURE] as Failure)
    : (values[at] as number);
}

/** Runs a generator to its end without stopping between blocks. */
export function finish<Result>(steps: Generator<unknown, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Makes a scenario ready for samples. */
export function buildBatch(reach: Reach, outputs: readonly CellPlace[], iteration: Plan['iteration']): Batch {
  const lanesThatFit = Math.floor(MAX_BLOCK_BYTES / LANE_BYTES / Math.max(1, reach.cells));
  const size = Math.max(1, Math.min(MAX_BLOCK, lanesThatFit));

  function* blocks(samples: Samples): Generator<BatchBlock, void> {
    const failures = new FailureList();
    const block = new BlockRun(reach, iteration, Math.min(size, samples.count), failures);
    for (let start = 0; start < samples.count; start += size) {
      const count = Math.min(size, samples.count - start);
      block.calculate(samples, start, count);
      const columns = outputs.map((place) =>
        columnOf(block.lanesOf(place), count, reach.slotOf(place) === -1),
      );
      yield { start, count, columns, failures: failures.list };
    }
  }

  function* run(samples: Samples): Generator<number, BatchResult> {
    const kept: Column[] = outputs.map((place) => {
      const isShared = reach.slotOf(place) === -1;
      const length = isShared ? Math.min(1, samples.count) : samples.count;
      return { values: new Float64Array(length), status: new Uint16Array(length), isShared };
    });
    let failures: readonly Failure[] = [];
    for (const block of blocks(samples)) {
      kept.forEach(({ values, status, isShared }, output) => {
        const from = block.columns[output] as Column;
        values.set(from.values, isShared ? 0 : block.start);
        status.set(from.status, isShared ? 0 : block.start);
      });
      failures = block.failures;
      yield (block.start + block.count) / samples.count;
    }
    return { count: samples.count, columns: kept, failures };
  }

  return { cells: reach.cells, blocks, run };
}

/** Lanes as a caller sees them: its own entry for every sample of a reached output, even where all are the same. */
function columnOf(lanes: Lanes, count: number, isShared: boolean): Column {
  const { values, status, mask } = lanes;
  if (isShared) return { values: values.subarray(0, 1), status: status.subarray(0, 1), isShared };
  if (mask === 0) {
    values.fill(values[0] as number, 0, count);
    status.fill(status[0] as number, 0, count);
  }
  return { values: values.subarray(0, count), status: status.subarray(0, count), isShared };
}

/** The cells of one block after another. */
class BlockRun {
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

  constructor(reach: Reach, iteration: Plan['iteration'], size: number, failures: FailureList) {
    this.#reach = reach;
    this.#iteration = iteration;
    this.#faults = { failures, line: '', period: 0 };
    this.#room = Array.from({ length: reach.cells }, () => makeLanes(size, false));
    this.#cells = [...this.#room];
    this.#moves = reach.moves.map(() => makeLanes(size, false));
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
    for (const step of this.#reach.steps) {
      if (step.kind === 'cell') this.#cells[step.cell.slot] = this.#cell(step.cell, count);
      else this.#cycle(step.cells, count);
    }
  }

  /** What an output holds; a value that all samples share where it is not reached. */
  lanesOf(place: CellPlace): Lanes {
    const slot = this.#reach.slotOf(place);
    if (slot === -1) return this.#rested(this.#reach.lineOf(place.line), this.#reach.indexOf(place.period));
    const held = this.#cells[slot] as Lanes;
    const room = this.#room[slot] as Lanes;
    // what repeats another cell gets arrays of its own, since a caller may hand them on
    return held === room ? held : copy(held, room, room.values.length);
  }

  #takeMoves(samples: Samples, start: number, count: number): void {
    samples.fill(
      start,
      this.#moves.map(({ values }) => values.subarray(0, count)),
    );
    this.#moves.forEach((lanes, move) => {
      lanes.mask = -1;
      lanes.isClean = true;
      lanes.status.fill(0, 0, count);
      this.#faults.line = this.#reach.moves[move]?.line ?? '';
      this.#faults.period = this.#reach.moves[move]?.from ?? this.#reach.periodAt(0);
      for (let lane = 0; lane < count; lane += 1) {
        if (!Number.isFinite(lanes.values[lane]))
          write(lanes, lane, failure('#NUM!', 'not_finite'), this.#faults);
      }
    });
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
