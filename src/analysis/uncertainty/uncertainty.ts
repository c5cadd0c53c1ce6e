/** How likely: a scenario drawn thousands of times, every line and period as a spread, every target as a probability. */
import type { Failure, Problem } from '#quantity';
import { listPeriods, type Correlation, type Scenario, type Target } from '#plan';
import type { BatchBlock, Engine } from '#engine';
import { batchOf } from '#engine';
import type { Cell } from '../cell.ts';
import { buildDraws, type CorrelationRepair, type Draws } from '../chance/driver-draws.ts';
import { metRange, type MetRange } from '../targets/met-range.ts';
import type { Random } from '../chance/random-source.ts';
import { buildPoints, type Points, type SamplingMethod } from '../chance/sampling.ts';
import { DEFAULT_SAMPLES, MAX_SAMPLES, MOST_KEPT_NUMBERS } from './sample-counts.ts';
import { SpreadCounter, batchError, type Spread } from './spread.ts';
import {
  findUncertainDrivers,
  type UncertainDriver,
  type UncertainDrivers,
  type UncertainProblemCode,
} from '../chance/uncertain-drivers.ts';

/** What is asked. */
export interface UncertaintyQuestion {
  readonly random: Random;
  /** 1 to 1,000,000; 10,000 where nothing is said. */
  readonly samples?: number;
  readonly method?: SamplingMethod;
  /** Whose spread is wanted; all lines after the base where nothing is said. */
  readonly cells?: readonly Cell[];
  /** The plan's own where nothing is said. */
  readonly targets?: readonly Target[];
}

/** A probability, 0 to 1. */
export interface Probability {
  readonly share: number;
  /**
   * From the spread between independent batches; where all samples agree, that of one more sample that does not; 0 where no
   * draw reaches the target. Absent with fewer than two batches.
   */
  readonly standardError?: number;
}

/** One target over all samples; a sample without a number is one that misses it. */
export interface TargetProbability {
  readonly target: Target;
  readonly met: Probability;
  /** Samples in which the cell has no number. */
  readonly unknown: number;
}

/** The spread of one cell. */
export interface CellSpread extends Cell {
  readonly spread: Spread;
  /** No draw reaches the cell. */
  readonly isFixed: boolean;
}

/** What an uncertain driver was taken to be. */
export interface DrawnDriver extends Pick<UncertainDriver, 'line' | 'distribution' | 'course' | 'periods'> {
  readonly mean: number;
  readonly sd: number;
}

/** Everything that a run found. */
export interface UncertaintyResult {
  readonly samples: number;
  readonly method: SamplingMethod;
  readonly batches: number;
  readonly drivers: readonly DrawnDriver[];
  readonly correlations: readonly Correlation[];
  readonly repair?: CorrelationRepair;
  /** What was typed but is not used. */
  readonly problems: readonly Problem<UncertainProblemCode>[];
  readonly cells: readonly CellSpread[];
  readonly targets: readonly TargetProbability[];
  /** All targets in one sample; absent where there are none. */
  readonly allMet?: Probability;
  /** Samples in which any wanted cell failed. */
  readonly failedSamples: number;
  /** Distinct failures with the place in which they began. */
  readonly failures: readonly Failure[];
}

/** Draws of a scenario at points, as the engine asks for them. */
function drawSamples(draws: Draws, points: Points, count: number) {
  let room: Float64Array[] = [];
  return {
    count,
    fill: (start: number, into: readonly Float64Array[]) => {
      const length = into[0]?.length ?? 0;
      if (room[0]?.length !== length)
        room = Array.from({ length: draws.dimensions }, () => new Float64Array(length));
      points.fill(start, room);
      draws.fill(room, into);
    },
  };
}

/**
 * Runs the samples; yields the share that is done, from 0 to 1, after each block. To stop asking is to cancel.
 *
 * Fails: throws on a number of samples outside of 1 to 1,000,000.
 */
export function* runUncertainty(
  engine: Engine,
  scenario: Scenario,
  question: UncertaintyQuestion,
  scenarios: readonly Scenario[] = engine.plan.scenarios,
): Generator<number, UncertaintyResult> {
  const { plan } = engine;
  const { random, samples = DEFAULT_SAMPLES, method = 'latin', targets = plan.targets } = question;
  if (!Number.isInteger(samples) || samples < 1 || samples > MAX_SAMPLES)
    throw new Error(`${samples} samples`);
  const found = findUncertainDrivers(engine, scenario, scenarios);
  const draws = buildDraws(found.drivers, found.correlations);
  const cells = question.cells ?? forecastCells(engine);
  const targetCells = targets.map(({ line, period }): Cell => ({ line, period }));
  const batch = batchOf(
    engine,
    scenario,
    { moves: draws.moves, outputs: [...cells, ...targetCells] },
    scenarios,
  );
  // without a draw every sample is the scenario itself: one says it all, and says it for all of them
  const isCertain = draws.moves.length === 0;
  const points = buildPoints({ method, dimensions: Math.max(1, draws.dimensions), count: samples, random });
  const counter = new RunCounter(
    cells.length,
    targets.map((target) => metRange(target, engine.unitOf(target.line))),
    samples,
    points.starts,
  );
  let failures: readonly Failure[] = [];
  for (const block of batch.blocks(drawSamples(draws, points, isCertain ? 1 : samples))) {
    if (isCertain) counter.takeCertain(block);
    else counter.take(block);
    failures = block.failures;
    yield isCertain ? 1 : (block.start + block.count) / samples;
  }
  return {
    samples,
    method,
    batches: points.starts.length - 1,
    ...describeDraws(found, draws),
    ...counter.result(cells, targets),
    failures,
  };
}

/** Lists all cells after the base. */
function forecastCells({ plan }: Engine): Cell[] {
  const periods = listPeriods(plan.periods).filter((period) => period > plan.periods.base);
  return plan.lines.flatMap(({ id }) => periods.map((period) => ({ line: id, period })));
}

function describeDraws(found: UncertainDrivers, { repair }: Draws) {
  const drivers = found.drivers.map(({ line, distribution, course, periods, curve }): DrawnDriver => {
    return { line, distribution, course, periods, mean: curve.mean, sd: Math.sqrt(curve.variance) };
  });
  return { drivers, correlations: found.correlations, problems: found.problems, ...(repair && { repair }) };
}

type BlockColumn = BatchBlock['columns'][number];

/** A cell that is counted; a fixed one, which no draw reaches, once for all. */
interface CountedCell {
  readonly counter: SpreadCounter;
  readonly isFixed: boolean;
}

/** Counts everything that is asked of the samples, stretch by stretch of one batch. */
class RunCounter {
  readonly #starts: readonly number[];
  readonly #samples: number;
  readonly #cells: number;
  readonly #ranges: readonly MetRange[];
  #spreads: readonly CountedCell[] = [];
  #isFixedTarget: readonly boolean[] = [];
  #failedSamples = 0;
  /** Hits by target, the last of them for all together, then by batch. */
  readonly #hits: number[][];
  readonly #unknown: number[];
  readonly #batchSizes: number[];
  #batch = 0;

  constructor(cells: number, ranges: readonly MetRange[], samples: number, starts: readonly number[]) {
    this.#cells = cells;
    this.#ranges = ranges;
    this.#samples = samples;
    this.#starts = starts;
    this.#batchSizes = starts.slice(1).map((end, index) => end - (starts[index] as number));
    this.#hits = [...ranges, undefined].map(() => this.#batchSizes.map(() => 0));
    this.#unknown = ranges.map(() => 0);
  }

  take(block: BatchBlock): void {
    this.#prepare(block);
    for (let from = 0; from < block.count;) {
      while (block.start + from >= (this.#starts[this.#batch + 1] as number)) this.#batch += 1;
      const to = Math.min(block.count, (this.#starts[this.#batch + 1] as number) - block.start);
      this.#stretch(block, from, to, this.#batch, 1);
      from = to;
    }
  }

  /** Takes one sample that stands for all. */
  takeCertain(block: BatchBlock): void {
    this.#prepare(block);
    this.#batchSizes.forEach((size, batch) => this.#stretch(block, 0, 1, batch, size));
  }

  #prepare(block: BatchBlock): void {
    if (block.start > 0) return;
    this.#isFixedTarget = block.columns.slice(this.#cells).map(({ isShared }) => isShared);
    const drawn = block.columns.slice(0, this.#cells).filter(({ isShared }) => !isShared).length;
    const keepsAll = drawn * this.#samples <= MOST_KEPT_NUMBERS;
    // one room for all: hundreds of small ones keep the collector of memory busy
    const room = new Float64Array(keepsAll ? drawn * this.#samples : 0);
    let taken = 0;
    this.#spreads = block.columns.slice(0, this.#cells).map(({ isShared }) => {
      if (isShared) return { counter: new SpreadCounter(1, true), isFixed: true };
      if (!keepsAll) return { counter: new SpreadCounter(this.#samples, false), isFixed: false };
      const own = room.subarray(taken, (taken += this.#samples));
      return { counter: new SpreadCounter(this.#samples, true, own), isFixed: false };
    });
  }

  /** Counts lanes of one batch; each stands for `weight` samples. */
  #stretch({ columns, start }: BatchBlock, from: number, to: number, batch: number, weight: number): void {
    const isFirst = start + from === 0 && batch === 0;
    const failed = new Uint8Array(to - from);
    for (let index = 0; index < this.#cells; index += 1) {
      const { counter, isFixed } = this.#spreads[index] as CountedCell;
      const { values, status, isNumeric } = columns[index] as BlockColumn;
      if (isFixed) {
        if (isFirst) counter.take(values, status, 0, 1, batch);
        if ((status[0] as number) > 1) failed.fill(1);
      } else if (isNumeric) counter.takeNumbers(values, from, to, batch);
      else {
        counter.take(values, status, from, to, batch);
        for (let lane = from; lane < to; lane += 1) if ((status[lane] as number) > 1) failed[lane - from] = 1;
      }
    }
    for (const one of failed) this.#failedSamples += one * weight;
    const missed = new Uint8Array(to - from);
    this.#ranges.forEach((range, index) => {
      const { values, status, isShared } = columns[this.#cells + index] as BlockColumn;
      let [hits, unknown] = [0, 0];
      for (let lane = from; lane < to; lane += 1) {
        const at = isShared ? 0 : lane;
        const value = values[at] as number;
        const isNumber = status[at] === 0;
        if (!isNumber) unknown += weight;
        if (isNumber && value >= range.from && value <= range.to) hits += weight;
        else missed[lane - from] = 1;
      }
      this.#count(index, batch, hits);
      this.#unknown[index] = (this.#unknown[index] as number) + unknown;
    });
    let all = 0;
    for (const one of missed) all += (1 - one) * weight;
    this.#count(this.#ranges.length, batch, all);
  }

  #count(index: number, batch: number, hits: number): void {
    const own = this.#hits[index] as number[];
    own[batch] = (own[batch] as number) + hits;
  }

  result(cells: readonly Cell[], targets: readonly Target[]) {
    const isFixed = [...this.#isFixedTarget, this.#isFixedTarget.every(Boolean)];
    const probability = (index: number) =>
      this.#probability(this.#hits[index] as number[], isFixed[index] === true);
    return {
      cells: cells.map((cell, index): CellSpread => {
        const counted = this.#spreads[index] as CountedCell;
        const spread = counted.counter.result();
        return { ...cell, spread: counted.isFixed ? this.#forAll(spread) : spread, isFixed: counted.isFixed };
      }),
      targets: targets.map((target, index) => ({
        target,
        met: probability(index),
        unknown: this.#unknown[index] as number,
      })),
      ...(targets.length > 0 && { allMet: probability(targets.length) }),
      failedSamples: this.#failedSamples,
    };
  }

  /** What no draw reaches is the same in all samples. */
  #forAll({ numbers, missing, failed, figures }: Spread): Spread {
    const counts = {
      numbers: numbers * this.#samples,
      missing: missing * this.#samples,
      failed: failed * this.#samples,
    };
    if (!figures) return counts;
    const histogram = {
      ...figures.histogram,
      counts: figures.histogram.counts.map((count) => count * this.#samples),
    };
    return { ...counts, figures: { ...figures, meanError: 0, histogram } };
  }

  #probability(hits: readonly number[], isFixed: boolean): Probability {
    const total = hits.reduce((sum, one) => sum + one, 0);
    const share = total / this.#samples;
    if (isFixed) return { share, standardError: 0 };
    const between = batchError(hits, this.#batchSizes);
    if (between === undefined) return { share };
    // samples that all agree are no proof of certainty: Laplace's rule adds one that does not
    const smoothed = (total + 1) / (this.#samples + 2);
    const agreed = Math.sqrt((smoothed * (1 - smoothed)) / this.#samples);
    return { share, standardError: total === 0 || total === this.#samples ? agreed : between };
  }
}
