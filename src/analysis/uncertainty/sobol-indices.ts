/**
 * Which uncertain drivers a target's spread comes from: Sobol' indices of first order (the driver by itself) and total (with
 * everything that it does together with others).
 *
 * Drivers that move together have one index as a group: shares of a common movement cannot be told apart.
 */
import type { Scenario } from '#plan';
import type { BatchBlock, Column, Engine } from '#engine';
import { batchOf } from '#engine';
import type { Cell } from '../cell.ts';
import { buildDraws, type Draws } from '../chance/driver-draws.ts';
import type { Random } from '../chance/random-source.ts';
import { buildPoints, type Points } from '../chance/sampling.ts';
import { batchError } from './spread.ts';
import { findUncertainDrivers } from '../chance/uncertain-drivers.ts';

/** Points of which each costs as many samples as there are groups of drivers, and two. */
const DEFAULT_INDEX_POINTS = 1024;

/** What is asked. */
export interface IndexQuestion {
  readonly random: Random;
  readonly cells: readonly Cell[];
  readonly points?: number;
}

/** A share of the variance; small ones may come out a little below 0. */
export interface VarianceShare {
  readonly share: number;
  /** Absent with fewer than two batches. */
  readonly standardError?: number;
}

/** The indices of one driver, or of drivers that move together. */
export interface GroupIndices {
  readonly lines: readonly string[];
  readonly first: VarianceShare;
  readonly total: VarianceShare;
}

/** The indices of one cell. */
export interface CellIndices extends Cell {
  /** Variance of the cell. Unit: that of its line, squared. */
  readonly variance: number;
  /** Absent where the cell does not vary, or gives numbers at fewer than two points. */
  readonly groups?: readonly GroupIndices[];
  /** Points left out because one of their samples gave no number, as a share of all. */
  readonly leftOut: number;
}

/**
 * Estimates the indices; yields the share that is done, from 0 to 1, after each block.
 *
 * Source: M. Jansen, Analysis of variance designs for model output, Comput. Phys. Commun. 117 (1999) 35–43; layout of A. Saltelli
 * et al., Comput. Phys. Commun. 181 (2010) 259–270, on scrambled Sobol' points. Errors are those between independent nets.
 * Differences are measured against those between the two draws of the same points, which stand for twice the variance: so what
 * has no effect has exactly no share, and what alone has one has it whole.
 */
export function* findSobolIndices(
  engine: Engine,
  scenario: Scenario,
  { random, cells, points = DEFAULT_INDEX_POINTS }: IndexQuestion,
  scenarios: readonly Scenario[] = engine.plan.scenarios,
): Generator<number, CellIndices[]> {
  const { drivers, correlations } = findUncertainDrivers(engine, scenario, scenarios);
  const draws = buildDraws(drivers, correlations);
  if (draws.moves.length === 0) return cells.map((cell) => ({ ...cell, variance: 0, leftOut: 0 }));
  const batch = batchOf(engine, scenario, { moves: draws.moves, outputs: cells }, scenarios);
  const net = buildPoints({ method: 'sobol', dimensions: 2 * draws.dimensions, count: points, random });
  const width = draws.groups.length + 2;
  const counters = cells.map(() => new IndexCounter(draws.groups.length, net.starts));
  const samples = { count: points * width, fill: pairedFill(draws, net, points) };
  for (const block of batch.blocks(samples)) {
    counters.forEach((counter, index) => counter.take(block, block.columns[index] as Column));
    yield (block.start + block.count) / samples.count;
  }
  return cells.map((cell, index) => ({
    ...cell,
    ...(counters[index] as IndexCounter).result(draws, points),
  }));
}

/** Points that are drawn at once. */
const STRETCH = 256;

/** For each point in turn: the first draw, the second, and the first with each group in turn as in the second. */
function pairedFill(draws: Draws, net: Points, points: number) {
  const width = draws.groups.length + 2;
  const groupOf = draws.moves.map((_, move) => draws.groups.findIndex(({ moves }) => moves.includes(move)));
  const room = (rows: number, length: number) => Array.from({ length: rows }, () => new Float64Array(length));
  let drawn = 0;
  let first: Float64Array[] = [];
  let second: Float64Array[] = [];
  const drawNext = () => {
    const length = Math.min(STRETCH, points - drawn);
    const coordinates = room(2 * draws.dimensions, length);
    net.fill(drawn, coordinates);
    first = room(draws.moves.length, length);
    second = room(draws.moves.length, length);
    draws.fill(coordinates.slice(0, draws.dimensions), first);
    draws.fill(coordinates.slice(draws.dimensions), second);
    drawn += length;
  };
  return (start: number, into: readonly Float64Array[]) => {
    const count = into[0]?.length ?? 0;
    for (let lane = 0; lane < count; lane += 1) {
      const point = Math.floor((start + lane) / width);
      const part = (start + lane) % width;
      if (point === drawn) drawNext();
      const at = point % STRETCH;
      for (let move = 0; move < into.length; move += 1) {
        const side = part === 1 || groupOf[move] === part - 2 ? second : first;
        (into[move] as Float64Array)[lane] = (side[move] as Float64Array)[at] as number;
      }
    }
  };
}

/** Sums of one batch. */
interface IndexSums {
  points: number;
  sum: number;
  squares: number;
  /** Squared differences between the first draw and the second. */
  between: number;
  /** Squared differences to the second draw (first order) and to the first (total), by group. */
  readonly toSecond: Float64Array;
  readonly toFirst: Float64Array;
}

/** Collects the samples of one cell, point by point. */
class IndexCounter {
  readonly #groups: number;
  readonly #starts: readonly number[];
  readonly #batches: IndexSums[];
  readonly #row: Float64Array;
  #isWhole = true;
  #batch = 0;
  #origin: number | undefined;

  constructor(groups: number, starts: readonly number[]) {
    this.#groups = groups;
    this.#starts = starts;
    this.#row = new Float64Array(groups + 2);
    this.#batches = starts.slice(1).map(() => newSums(groups));
  }

  take(block: BatchBlock, { values, status, isShared }: Column): void {
    const width = this.#groups + 2;
    for (let lane = 0; lane < block.count; lane += 1) {
      const at = isShared ? 0 : lane;
      const part = (block.start + lane) % width;
      this.#isWhole = (part === 0 || this.#isWhole) && status[at] === 0;
      this.#row[part] = values[at] as number;
      if (part === width - 1) this.#close(Math.floor((block.start + lane) / width));
    }
  }

  #close(point: number): void {
    while (point >= (this.#starts[this.#batch + 1] as number)) this.#batch += 1;
    if (!this.#isWhole) return;
    const [first, second] = [this.#row[0] as number, this.#row[1] as number];
    const origin = (this.#origin ??= first);
    const sums = this.#batches[this.#batch] as IndexSums;
    sums.points += 1;
    sums.sum += first - origin + (second - origin);
    sums.squares += (first - origin) ** 2 + (second - origin) ** 2;
    sums.between += (first - second) ** 2;
    for (let group = 0; group < this.#groups; group += 1) {
      const swapped = this.#row[group + 2] as number;
      sums.toFirst[group] = (sums.toFirst[group] as number) + (first - swapped) ** 2;
      sums.toSecond[group] = (sums.toSecond[group] as number) + (second - swapped) ** 2;
    }
  }

  result({ groups }: Draws, points: number): Pick<CellIndices, 'variance' | 'groups' | 'leftOut'> {
    const all = this.#batches.reduce(addSums, newSums(this.#groups));
    const leftOut = 1 - all.points / points;
    const variance = varianceOf(all);
    if (all.points < 2 || !(all.between > 0)) return { variance: all.points < 2 ? 0 : variance, leftOut };
    const batches = this.#batches.filter(({ between }) => between > 0);
    const shareOf = (read: (sums: IndexSums) => number): VarianceShare => {
      const standardError = batchError(
        batches.map(read),
        batches.map(() => 1),
      );
      return { share: read(all), ...(standardError !== undefined && { standardError }) };
    };
    return {
      variance,
      leftOut,
      groups: groups.map(({ lines }, group) => ({
        lines,
        first: shareOf(({ between, toSecond }) => 1 - (toSecond[group] as number) / between),
        total: shareOf(({ between, toFirst }) => (toFirst[group] as number) / between),
      })),
    };
  }
}

function newSums(groups: number): IndexSums {
  return {
    points: 0,
    sum: 0,
    squares: 0,
    between: 0,
    toSecond: new Float64Array(groups),
    toFirst: new Float64Array(groups),
  };
}

function addSums(a: IndexSums, b: IndexSums): IndexSums {
  const add = (x: Float64Array, y: Float64Array) => x.map((one, index) => one + (y[index] as number));
  return {
    points: a.points + b.points,
    sum: a.sum + b.sum,
    squares: a.squares + b.squares,
    between: a.between + b.between,
    toSecond: add(a.toSecond, b.toSecond),
    toFirst: add(a.toFirst, b.toFirst),
  };
}

/** Both draws of every point count. */
function varianceOf({ points, sum, squares }: IndexSums): number {
  return (squares - sum ** 2 / (2 * points)) / (2 * points);
}
