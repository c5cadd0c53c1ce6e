/** The smallest change of drivers that meets chosen targets of a landscape, and how it is told in the units of the plan. */
import type { Cell } from '../cell.ts';
import {
  MET,
  findNearest,
  findSmallest,
  missesOf,
  type Band,
  type NearestPoint,
  type Objective,
  type SmallestPoint,
} from './constrained-search.ts';
import type { Lever } from '../lever.ts';
import type { TargetBand } from '../targets/target-band.ts';
import type { ScaledDriver, ScaledTarget, WishLandscape } from './wish.ts';

/** Where a driver ends. Unit: of its line. */
export interface MovedDriver {
  readonly lever: Lever;
  readonly present: number;
  readonly level: number;
  /** What is added to its present level. */
  readonly shift: number;
  /** The shift over what it is measured against: its present level, but at least a tenth of its lever's range. */
  readonly relativeChange: number;
  /** The bound that it stands at. */
  readonly bound: 'min' | 'max' | null;
  /** What the cost would fall by per unit by which that bound gave way; 0 where none presses. */
  readonly boundPrice: number;
}

/** Where a target ends; `index` is its place in the wish. Unit: of its line. */
export interface MetTarget {
  readonly index: number;
  readonly value: number;
  readonly band: TargetBand;
  /** What is missing to the band, negative below it; 0 where the target is met. */
  readonly miss: number;
  /**
   * What the cost changes by per unit by which the target is set higher: its Lagrange multiplier. 0 where the target does not
   * press.
   */
  readonly shadowPrice: number;
}

/** An end of what a cell can be worth, and the levers that stand at a bound there; with none the targets alone limit it. */
export interface Limit {
  readonly value: number;
  readonly bounds: readonly { readonly lever: Lever; readonly bound: 'min' | 'max' }[];
  /** False where the search did not come to rest; the limit may lie further. */
  readonly isSettled: boolean;
}

/** A cell while the targets are met: what it is worth at the smallest change, and between which values it can lie. */
export interface WatchedCell {
  readonly cell: Cell;
  readonly value: number;
  readonly lowest: Limit;
  readonly highest: Limit;
}

/** The smallest change that meets targets. */
export interface LeastChange {
  /** Weighted sum of squared relative changes of the drivers. */
  readonly cost: number;
  readonly drivers: readonly MovedDriver[];
  /** The targets that were to be met. */
  readonly targets: readonly MetTarget[];
  readonly watched: readonly WatchedCell[];
  /** Whether the search came to rest; if not the targets are met, but a smaller change may exist. */
  readonly isSettled: boolean;
}

/** A relative change so near to a bound stands at it: what solvers and scaling round. */
const AT_BOUND = 1e-9;

/** The point nearest to meeting chosen targets, from several starts; the first that meets them ends the search. */
export function nearestOf(
  landscape: WishLandscape,
  targets: readonly number[],
  starts: readonly (readonly number[])[] = [],
): NearestPoint {
  const bands = pick(landscape.bands, targets);
  const between = (share: (index: number) => number) =>
    landscape.low.map((low, index) => low + share(index) * ((landscape.high[index] as number) - low));
  let best: { point: NearestPoint; cost: number } | undefined;
  const places = [
    ...starts,
    landscape.low.map(() => 0),
    between(() => 0.5),
    between((index) => (index % 2 === 0 ? 0.25 : 0.75)),
    between((index) => (index % 2 === 0 ? 0.75 : 0.25)),
  ];
  for (const start of places) {
    const point = findNearest(landscape, bands, start);
    if (!point) continue;
    const cost = point.misses.reduce(
      (sum, miss, index) => sum + (bands[index] as Band).weight * miss * miss,
      0,
    );
    if (point.isMet) return point;
    if (!best || cost < best.cost) best = { point, cost };
  }
  if (!best) throw new Error('a landscape that has numbers at present has none at present');
  return best.point;
}

/** The smallest change that meets chosen targets, from a point that does. */
export function solutionAt(
  landscape: WishLandscape,
  targets: readonly number[],
  start: readonly number[],
): LeastChange {
  const bands = pick(landscape.bands, targets);
  const weights = landscape.drivers.map(({ weight }) => weight);
  const half: Objective = {
    value: (at) => at.reduce((sum, one, index) => sum + ((weights[index] as number) * one * one) / 2, 0),
    gradient: (at) => at.map((one, index) => (weights[index] as number) * one),
    // a driver that costs nothing still needs a form that has a smallest point
    curvature: weights.map((weight) => Math.max(weight, 1e-6)),
  };
  const found = findSmallest(landscape, bands, half, start);
  return {
    cost: 2 * half.value(found.at, found.outputs),
    drivers: driversAt(landscape, found.at, found),
    targets: targetsAt(landscape, targets, found.outputs, found.prices),
    watched: landscape.watched.map(({ cell, scale }, index) => {
      const output = landscape.targets.length + index;
      const limit = (direction: 1 | -1) => limitOf(landscape, bands, output, scale, direction, found.at);
      return { cell, value: (found.outputs[output] as number) * scale, lowest: limit(-1), highest: limit(1) };
    }),
    isSettled: found.isSettled,
  };
}

/** How far an output can go in a direction while the bands are met. */
function limitOf(
  landscape: WishLandscape,
  bands: readonly Band[],
  output: number,
  scale: number,
  direction: 1 | -1,
  start: readonly number[],
): Limit {
  const objective: Objective = {
    value: (_, outputs) => -direction * (outputs[output] as number),
    gradient: (_, slopes) => (slopes[output] as readonly number[]).map((one) => -direction * one),
    curvature: landscape.drivers.map(() => 0.1),
  };
  const found = findSmallest(landscape, bands, objective, start);
  return {
    value: (found.outputs[output] as number) * scale,
    bounds: driversAt(landscape, found.at, found).flatMap(({ lever, bound, boundPrice }) =>
      bound !== null && boundPrice > 0 ? [{ lever, bound }] : [],
    ),
    isSettled: found.isSettled,
  };
}

/** Drivers at a point; `pressed` holds how hard their bounds press on half the cost. */
export function driversAt(
  { drivers, low, high }: WishLandscape,
  at: readonly number[],
  pressed?: Pick<SmallestPoint, 'lower' | 'upper'>,
): MovedDriver[] {
  return drivers.map(({ lever, present, scale }: ScaledDriver, index) => {
    const relativeChange = at[index] as number;
    const isAt = (end: number | undefined) => end !== undefined && Math.abs(relativeChange - end) <= AT_BOUND;
    const bound = isAt(low[index]) ? 'min' : isAt(high[index]) ? 'max' : null;
    // a level at its bound is the bound, without what scaling rounded
    const level = bound ? lever[bound] : present + relativeChange * scale;
    const price = bound === 'min' ? pressed?.lower[index] : bound === 'max' ? pressed?.upper[index] : 0;
    return {
      lever,
      present,
      level,
      shift: level - present,
      relativeChange,
      bound,
      boundPrice: (2 * (price ?? 0)) / scale,
    };
  });
}

/** Chosen targets at a point; `prices` are the slopes of half the cost by the scaled targets, in the same order. */
export function targetsAt(
  landscape: WishLandscape,
  targets: readonly number[],
  outputs: readonly number[],
  prices: readonly number[] = [],
): MetTarget[] {
  const misses = missesOf(pick(landscape.bands, targets), outputs);
  return targets.map((index, place) => {
    const { band, scale } = landscape.targets[index] as ScaledTarget;
    const miss = misses[place] as number;
    return {
      index,
      value: (outputs[index] as number) * scale,
      band,
      miss: Math.abs(miss) <= MET ? 0 : miss * scale,
      shadowPrice: (2 * (prices[place] ?? 0)) / scale,
    };
  });
}

function pick<T>(items: readonly T[], places: readonly number[]): T[] {
  return places.map((place) => items[place] as T);
}
