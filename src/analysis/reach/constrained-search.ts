/**
 * Looks for points of a box in which outputs lie within bands: the nearest to fulfilling them, and among those that do the
 * one with the smallest objective. Knows nothing of plans; all coordinates and outputs are scaled to about 1.
 *
 * Local: it follows slopes from where it starts. Source: stabilised sequential quadratic programming (Wright 1998) with
 * damped BFGS (Powell 1978); Levenberg–Marquardt for the nearest point.
 */
import { solveQuadraticStep, type Row } from './quadratic-step.ts';

/** Outputs over the coordinates of a box. */
export interface Landscape {
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** By output; undefined where an output has no number. */
  read(at: readonly number[]): readonly number[] | undefined;
  /** By output, then by coordinate; undefined where a slope has no number. */
  slopes(at: readonly number[]): readonly (readonly number[])[] | undefined;
}

/** Where an output must lie. */
export interface Band {
  readonly output: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  /** How much a squared miss counts. */
  readonly weight: number;
}

/** A point, and by how much each band is missed there: negative below, positive above. */
export interface NearestPoint {
  readonly at: readonly number[];
  readonly outputs: readonly number[];
  readonly misses: readonly number[];
  readonly isMet: boolean;
}

/** What is to be smallest. */
export interface Objective {
  value(at: readonly number[], outputs: readonly number[]): number;
  gradient(at: readonly number[], slopes: readonly (readonly number[])[]): readonly number[];
  /** A first guess of its second derivatives: the diagonal. */
  readonly curvature: readonly number[];
}

/** The smallest point, and what the objective would gain where a condition gave way. */
export interface SmallestPoint {
  readonly at: readonly number[];
  readonly outputs: readonly number[];
  /** By band: slope of the objective as the band moves up. */
  readonly prices: readonly number[];
  /** By coordinate: what the objective gains per step beyond the bound, at least 0. */
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** Whether the search came to rest; if not this is the best point on its way. */
  readonly isSettled: boolean;
}

/** Misses up to this are rounding: a ten-millionth of what a plan prints. */
export const MET = 1e-9;

const ROUNDS = 100;

/** Softness of conditions within a step; their prices are carried over, so that the end is exact all the same. */
const SOFTNESS = 1e-8;

/** Prices that differ by less than this part are the same. */
const PRICE_REST = 1e-9;

/** A step below this, in parts of the box's scale, moves nothing. */
const REST = 1e-10;

/** How far each output misses its band. */
export function missesOf(bands: readonly Band[], outputs: readonly number[]): number[] {
  return bands.map(({ output, low, high }) => {
    const value = outputs[output] as number;
    if (low !== undefined && value < low) return value - low;
    return high !== undefined && value > high ? value - high : 0;
  });
}

/** Goes from a start to the point with the smallest weighted sum of squared misses; undefined where nothing can be read. */
export function findNearest(
  landscape: Landscape,
  bands: readonly Band[],
  start: readonly number[],
): NearestPoint | undefined {
  let at: readonly number[] = clamped(start, landscape);
  let outputs = landscape.read(at);
  if (!outputs) return undefined;
  const costOf = (misses: readonly number[]) =>
    misses.reduce((sum, miss, index) => sum + (bands[index] as Band).weight * miss * miss, 0);
  let misses = missesOf(bands, outputs);
  let damping = 1e-8;
  for (let round = 0; round < ROUNDS && misses.some((miss) => Math.abs(miss) > MET / 10); round += 1) {
    const slopes = landscape.slopes(at);
    if (!slopes) break;
    const cost = costOf(misses);
    let isBetter = false;
    let gain = 0;
    while (!isBetter && damping < 1e8) {
      const found = solveQuadraticStep(
        at.map((_, i) => at.map((__, j) => (i === j ? damping : 0))),
        at.map(() => 0),
        rowsOf(bands, outputs, slopes).map((row) => weighted(row, (bands[row.band] as Band).weight)),
        1,
        landscape.low.map((low, i) => low - (at[i] as number)),
        landscape.high.map((high, i) => high - (at[i] as number)),
      );
      const next = found && clamped(added(at, found.step, 1), landscape);
      const nextOutputs = next && landscape.read(next);
      const nextMisses = nextOutputs && missesOf(bands, nextOutputs);
      isBetter = nextMisses !== undefined && costOf(nextMisses) < cost;
      if (next && nextOutputs && nextMisses && isBetter) {
        gain = cost - costOf(nextMisses);
        [at, outputs, misses] = [next, nextOutputs, nextMisses];
        damping = Math.max(1e-10, damping / 10);
      } else damping *= 100;
    }
    if (gain <= 1e-13 * cost) break;
  }
  return { at, outputs, misses, isMet: misses.every((miss) => Math.abs(miss) <= MET) };
}

/** Goes from a point that meets all bands to the one with the smallest objective that still does. */
export function findSmallest(
  landscape: Landscape,
  bands: readonly Band[],
  objective: Objective,
  start: readonly number[],
): SmallestPoint {
  let at: readonly number[] = clamped(start, landscape);
  let outputs = landscape.read(at);
  let slopes = landscape.slopes(at);
  if (!outputs) throw new Error('a search was begun where nothing can be read');
  const zeros = at.map(() => 0);
  if (!slopes)
    return { at, outputs, prices: bands.map(() => 0), lower: zeros, upper: zeros, isSettled: false };
  let hessian: readonly (readonly number[])[] = objective.curvature.map((value, i) =>
    objective.curvature.map((_, j) => (i === j ? value : 0)),
  );
  let prices: readonly number[] = rowsOf(bands, outputs, slopes).map(() => 0);
  let bounds: Pick<SmallestPoint, 'lower' | 'upper'> = { lower: zeros, upper: zeros };
  let penalty = 1;
  let isSettled = false;
  for (let round = 0; round < ROUNDS && !isSettled; round += 1) {
    const rows = rowsOf(bands, outputs, slopes);
    const gradient = objective.gradient(at, slopes);
    const found = solveQuadraticStep(
      hessian,
      gradient,
      rows.map((row, index) => ({ ...row, value: row.value - SOFTNESS * (prices[index] as number) })),
      SOFTNESS,
      landscape.low.map((low, i) => low - (at[i] as number)),
      landscape.high.map((high, i) => high - (at[i] as number)),
    );
    if (!found) break;
    const change = Math.max(
      0,
      ...found.multipliers.map((one, index) => Math.abs(one - (prices[index] as number))),
    );
    prices = found.multipliers;
    bounds = found;
    const isMet = missesOf(bands, outputs).every((miss) => Math.abs(miss) <= MET);
    // prices come to rest later than the point: the next step starts from better ones
    const isPriced = change <= PRICE_REST * Math.max(1, ...prices.map(Math.abs));
    if (isMet && found.step.every((one) => Math.abs(one) <= REST)) {
      if (!isPriced) continue;
      isSettled = true;
      // the last step is too small to change the answer, but puts coordinates at their bounds exactly
      const last = clamped(added(at, found.step, 1), landscape);
      const values = landscape.read(last);
      if (values && missesOf(bands, values).every((miss) => Math.abs(miss) <= MET))
        [at, outputs] = [last, values];
      break;
    }
    penalty = Math.max(penalty, 2 * Math.max(0, ...prices.map(Math.abs)));
    const merit = (point: readonly number[], values: readonly number[]) =>
      objective.value(point, values) +
      penalty * missesOf(bands, values).reduce((sum, miss) => sum + Math.abs(miss), 0);
    const next = lineSearch(landscape, at, outputs, found.step, merit, curvatureAlong(hessian, found.step));
    const nextSlopes = next && landscape.slopes(next.at);
    if (!next && isMet && !isPriced) continue;
    if (!next || !nextSlopes) {
      // at the limit of what numbers can tell apart no step is better any more
      isSettled = isMet && found.step.every((one) => Math.abs(one) <= Math.sqrt(REST));
      break;
    }
    const lagrangian = (
      point: readonly number[],
      values: readonly number[],
      tangents: readonly (readonly number[])[],
    ) => {
      const base = objective.gradient(point, tangents);
      return rowsOf(bands, values, tangents).reduce<readonly number[]>(
        (sum, row, index) => sum.map((one, i) => one - (prices[index] as number) * (row.slopes[i] as number)),
        base,
      );
    };
    hessian = updated(
      hessian,
      next.at.map((one, i) => one - (at[i] as number)),
      difference(lagrangian(next.at, next.outputs, nextSlopes), lagrangian(at, outputs, slopes)),
    );
    at = next.at;
    outputs = next.outputs;
    slopes = nextSlopes;
  }
  const byBand = bands.map(() => 0);
  rowsOf(bands, outputs, slopes).forEach((row, index) => {
    byBand[row.band] = (byBand[row.band] as number) + row.side * (prices[index] as number);
  });
  return { at, outputs, prices: byBand, lower: bounds.lower, upper: bounds.upper, isSettled };
}

interface BandRow extends Row {
  readonly band: number;
  /** 1 where the row holds the output up, −1 where it holds it down. */
  readonly side: 1 | -1;
}

/** The conditions of bands at a point: an equality, or one inequality an end. */
function rowsOf(
  bands: readonly Band[],
  outputs: readonly number[],
  slopes: readonly (readonly number[])[],
): BandRow[] {
  return bands.flatMap(({ output, low, high }, band) => {
    const value = outputs[output] as number;
    const up = slopes[output] as readonly number[];
    if (low !== undefined && low === high)
      return [{ isEquality: true, band, side: 1 as const, value: value - low, slopes: up }];
    const rows: BandRow[] = [];
    if (low !== undefined) rows.push({ isEquality: false, band, side: 1, value: value - low, slopes: up });
    if (high !== undefined) {
      rows.push({ isEquality: false, band, side: -1, value: high - value, slopes: up.map((one) => -one) });
    }
    return rows;
  });
}

function weighted(row: BandRow, weight: number): BandRow {
  const factor = Math.sqrt(weight);
  return { ...row, value: factor * row.value, slopes: row.slopes.map((one) => factor * one) };
}

/** Halves a step until the merit falls enough; undefined where no part of it does. */
function lineSearch(
  landscape: Landscape,
  at: readonly number[],
  outputs: readonly number[],
  step: readonly number[],
  merit: (at: readonly number[], outputs: readonly number[]) => number,
  curvature: number,
): { at: readonly number[]; outputs: readonly number[] } | undefined {
  const before = merit(at, outputs);
  const rounding = 4 * Number.EPSILON * Math.abs(before);
  for (let share = 1; share > 1e-7; share /= 2) {
    const next = clamped(added(at, step, share), landscape);
    const values = landscape.read(next);
    if (values && merit(next, values) <= before - 1e-4 * share * curvature + rounding)
      return { at: next, outputs: values };
  }
  return undefined;
}

function curvatureAlong(hessian: readonly (readonly number[])[], step: readonly number[]): number {
  return dot(step, times(hessian, step));
}

/** BFGS, with Powell's damping so that the form stays positive definite. */
function updated(
  hessian: readonly (readonly number[])[],
  step: readonly number[],
  change: readonly number[],
): readonly (readonly number[])[] {
  const pressed = times(hessian, step);
  const along = dot(step, pressed);
  if (along <= Number.MIN_VALUE) return hessian;
  const seen = dot(step, change);
  const share = seen >= 0.2 * along ? 1 : (0.8 * along) / (along - seen);
  const blended = change.map((one, i) => share * one + (1 - share) * (pressed[i] as number));
  const scale = dot(step, blended);
  return hessian.map((row, i) =>
    row.map(
      (value, j) =>
        value -
        ((pressed[i] as number) * (pressed[j] as number)) / along +
        ((blended[i] as number) * (blended[j] as number)) / scale,
    ),
  );
}

function times(matrix: readonly (readonly number[])[], vector: readonly number[]): number[] {
  return matrix.map((row) => dot(row, vector));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, one, index) => sum + one * (b[index] as number), 0);
}

function difference(a: readonly number[], b: readonly number[]): number[] {
  return a.map((one, index) => one - (b[index] as number));
}

function added(at: readonly number[], step: readonly number[], share: number): number[] {
  return at.map((one, index) => one + share * (step[index] as number));
}

function clamped(at: readonly number[], { low, high }: Landscape): number[] {
  return at.map((one, index) => Math.min(high[index] as number, Math.max(low[index] as number, one)));
}
