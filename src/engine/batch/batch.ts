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
import type { Failure, Value } from '#quantity';
import type { Plan } from '#plan';
import { isRefusal } from '../run/compiled-lines.ts';
import { BlockRun } from './block-run.ts';
import { FastCells, isWorthCompiling } from './fast-cells.ts';
import { FIRST_FAILURE, FailureList, HAS_NUMBER, IS_MISSING, spread, type Lanes } from './lane-values.ts';
import type { CellPlace, Reach } from './reach.ts';

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
 * status is not 0, `values` holds 0. Columns of numbers alone may have one array of statuses between them: it is read only.
 */
export interface Column {
  readonly values: Float64Array;
  readonly status: Uint16Array;
  readonly isShared: boolean;
}

/** How samples and slopes are calculated: with the same results, those of slopes but for rounding. By default as is quicker. */
export type Evaluator = 'interpreted' | 'compiled';

/** All samples of a run; plain data with arrays that can be handed to another thread. */
export interface BatchResult {
  readonly count: number;
  /** In the order of the outputs. */
  readonly columns: readonly Column[];
  /** Distinct failures, each with the line and period in which it began. */
  readonly failures: readonly Failure[];
}

/** One output over the samples of a block. */
interface BlockColumn extends Column {
  /** Every entry is a number, so that no status needs looking at. */
  readonly isNumeric: boolean;
}

/** A block of samples. The arrays are used again for the next one: copy what is to be kept. */
export interface BatchBlock extends BatchResult {
  readonly columns: readonly BlockColumn[];
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
export function buildBatch(
  reach: Reach,
  outputs: readonly CellPlace[],
  iteration: Plan['iteration'],
  evaluator?: Evaluator,
): Batch {
  const lanesThatFit = Math.floor(MAX_BLOCK_BYTES / LANE_BYTES / Math.max(1, reach.cells));
  const interpreted = Math.max(1, Math.min(MAX_BLOCK, lanesThatFit));
  let compiled: FastCells | undefined;

  function* blocks(samples: Samples): Generator<BatchBlock, void> {
    const failures = new FailureList();
    const isCompiled = evaluator ? evaluator === 'compiled' : isWorthCompiling(reach.cells, samples.count);
    if (isCompiled) compiled ??= compileCells(reach, outputs);
    const size = compiled?.samples ?? interpreted;
    const block = new BlockRun(
      reach,
      iteration,
      compiled ? size : Math.min(size, samples.count),
      failures,
      compiled,
    );
    const slots = outputs.map((place) => reach.slotOf(place));
    // what no move reaches is the same in every block
    const shared = outputs.map((place, output) =>
      slots[output] === -1 ? columnOf(block.restedOf(place), 1, true) : undefined,
    );
    for (let start = 0; start < samples.count; start += size) {
      const count = Math.min(size, samples.count - start);
      block.calculate(samples, start, count);
      const columns = slots.map(
        (slot, output) => shared[output] ?? columnOf(block.lanesOf(slot), count, false),
      );
      yield { start, count, columns, failures: failures.list };
    }
  }

  function* run(samples: Samples): Generator<number, BatchResult> {
    // one status serves all outputs that are numbers throughout
    const [ordinary, ordinaryOnce] = [
      new Uint16Array(samples.count),
      new Uint16Array(Math.min(1, samples.count)),
    ];
    const kept: { values: Float64Array; status: Uint16Array; isShared: boolean }[] = outputs.map((place) => {
      const isShared = reach.slotOf(place) === -1;
      const status = isShared ? ordinaryOnce : ordinary;
      return { values: new Float64Array(status.length), status, isShared };
    });
    let failures: readonly Failure[] = [];
    for (const block of blocks(samples)) {
      kept.forEach((column, output) => {
        const from = block.columns[output] as BlockColumn;
        const start = column.isShared ? 0 : block.start;
        column.values.set(from.values, start);
        if (from.isNumeric) return;
        if (column.status === ordinary || column.status === ordinaryOnce)
          column.status = column.status.slice();
        column.status.set(from.status, start);
      });
      failures = block.failures;
      yield (block.start + block.count) / samples.count;
    }
    return { count: samples.count, columns: kept, failures };
  }

  return { cells: reach.cells, blocks, run };
}

/** Compiles; undefined where the browser refuses WebAssembly, which changes nothing but the time it takes. */
function compileCells(reach: Reach, outputs: readonly CellPlace[]): FastCells | undefined {
  if (typeof WebAssembly === 'undefined') return undefined;
  try {
    return new FastCells(reach, outputs);
  } catch (thrown) {
    if (isRefusal(thrown)) return undefined;
    throw thrown;
  }
}

/** Lanes as a caller sees them: its own entry for every sample of a reached output, even where all are the same. */
function columnOf(lanes: Lanes, count: number, isShared: boolean): BlockColumn {
  // cells that are interpreted go on reading what they share as shared
  if (!isShared) spread(lanes, count);
  const isWhole = lanes.values.length === count;
  const values = isWhole ? lanes.values : lanes.values.subarray(0, count);
  const status = isWhole ? lanes.status : lanes.status.subarray(0, count);
  if (lanes.isClean) return { values, status, isShared, isNumeric: true };
  // a row that compiled cells read holds NaN where a caller finds 0
  const shown = values.map((value, lane) => (status[lane] === HAS_NUMBER ? value : 0));
  return { values: shown, status, isShared, isNumeric: false };
}
