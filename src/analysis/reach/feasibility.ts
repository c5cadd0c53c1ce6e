/** What must be true: the smallest change of drivers that meets all targets, or why none does and what comes nearest. */
import type { Failure } from '#quantity';
import { finish, type Engine } from '#engine';
import type { Cell } from '../cell.ts';
import { missesOf } from './constrained-search.ts';
import { findContradictions, type Verdict } from './contradiction.ts';
import {
  driversAt,
  nearestOf,
  solutionAt,
  targetsAt,
  type LeastChange,
  type MetTarget,
  type MovedDriver,
  type WatchedCell,
} from './least-change.ts';
import type { BareFigures } from '../targets/target-band.ts';
import { surveyWish, type FreeDriver, type Wish, type WishPart } from './wish.ts';

/** A way out of a contradiction. */
export type Repair =
  /** Without these targets all others can be met; `dropped` tells what the lines of the dropped ones can then be. */
  | {
      readonly kind: 'dropTargets';
      readonly targets: readonly number[];
      readonly dropped: readonly WatchedCell[];
      readonly solution: LeastChange;
    }
  /** With this driver free all targets can be met. */
  | { readonly kind: 'freeDriver'; readonly driver: FreeDriver; readonly solution: LeastChange };

/** The answer, with the reading of bare figures that it holds for. */
export type Feasibility = { readonly bareFigures: BareFigures; readonly evaluations: number } & (
  | { readonly kind: 'met'; readonly solution: LeastChange }
  | {
      readonly kind: 'contradiction';
      /** The smallest sets of targets, as places in the wish, that no change within bounds was found to meet together. */
      readonly conflicts: readonly (readonly number[])[];
      /** False where there may be more sets and more repairs. */
      readonly isComplete: boolean;
      /** The least weighted sum of squared relative misses. */
      readonly compromise: {
        readonly drivers: readonly MovedDriver[];
        readonly targets: readonly MetTarget[];
      };
      readonly repairs: readonly Repair[];
    }
  /** A driver or a cell has no number where the search starts, or no slope where it ends. */
  | { readonly kind: 'failed'; readonly fault: Failure; readonly cell: Cell }
);

/** Sets of targets that are tried in looking for contradictions; six targets need a dozen. */
const MOST_SETS = 200;

/** A miss that contradicts: what is less was not driven to zero by rounding alone. */
const CORE = 1e-7;

/**
 * Finds the smallest weighted squared relative change of drivers that meets all targets; where there is none the smallest
 * sets of targets that contradict each other, the nearest compromise and the ways out.
 *
 * Slopes lead from the present levels, the middle and two more places of the bounds: where formulas bend so much that none
 * of these leads to an answer, one may exist all the same.
 *
 * Fails: `failed`, where a driver, a target or a watched cell has no number in the scenario, or no slope on the way.
 */
export function findLeastChange(engine: Engine, wish: Wish): Feasibility {
  return finish(searchLeastChange(engine, wish));
}

/** A search that meets its targets takes so many times its first slopes, rather too many than too few. Measured. */
const USUAL_ROUNDS = 6;

/**
 * The same step by step: yields 0 when it is ready and, after the first slopes, the share that they usually are of a search
 * that meets its targets: what comes between tells how long it will take. Then the share that is done after each set of
 * targets and each way out that was looked at.
 */
export function* searchLeastChange(engine: Engine, wish: Wish): Generator<number, Feasibility> {
  const survey = surveyWish(engine, wish);
  const built = survey();
  const { bareFigures } = wish;
  if (!built.ok) return { kind: 'failed', bareFigures, evaluations: 1, fault: built.fault, cell: built.cell };
  const { landscape } = built;
  yield 0;
  // kept: the search begins with them
  landscape.slopes(landscape.low.map(() => 0));
  const begun = 1 / (USUAL_ROUNDS * (1 + 2 * (wish.watch ?? []).length));
  yield begun;
  const all = landscape.bands.map((_, index) => index);
  const nearest = nearestOf(landscape, all);
  if (nearest.isMet) {
    const solution = solutionAt(landscape, all, nearest.at);
    return { kind: 'met', bareFigures, evaluations: landscape.evaluations(), solution };
  }

  // where slopes end the search knows nothing: that is no contradiction
  const stuck = landscape.slopeFault(nearest.at);
  if (stuck) return { kind: 'failed', bareFigures, evaluations: landscape.evaluations(), ...stuck };

  const ask = (conditions: readonly number[]): Verdict => {
    const point = conditions.length === all.length ? nearest : nearestOf(landscape, conditions, [nearest.at]);
    const misses = missesOf(landscape.bands, point.outputs);
    if (point.isMet) return { kind: 'possible', holding: all.filter((index) => misses[index] === 0) };
    const core = conditions.filter((index) => Math.abs(misses[index] as number) > CORE);
    return { kind: 'impossible', core: core.length > 0 ? core : conditions };
  };
  const sets = findContradictions(all.length, ask, MOST_SETS);
  let step = sets.next();
  // how many sets there will be is not known: the share nears a half
  for (; !step.done; step = sets.next()) yield Math.max(begun, step.value / (2 * (step.value + all.length)));
  const { conflicts, repairs, isComplete } = step.value;

  const ways = [
    ...freeingDriver(survey, wish),
    ...repairs.map((dropped) => droppingTargets(survey, wish, dropped)),
  ];
  const waysOut: Repair[] = [];
  for (const [index, way] of ways.entries()) {
    yield (1 + index / ways.length) / 2;
    const repair = way();
    if (repair) waysOut.push(repair);
  }
  return {
    kind: 'contradiction',
    bareFigures,
    evaluations: landscape.evaluations(),
    conflicts,
    isComplete,
    compromise: {
      drivers: driversAt(landscape, nearest.at),
      targets: targetsAt(landscape, all, nearest.outputs),
    },
    repairs: waysOut,
  };
}

type Survey = ReturnType<typeof surveyWish>;

/** For each held driver: whether it, set free alone, lets all targets be met. */
function freeingDriver(survey: Survey, wish: Wish): (() => Repair | undefined)[] {
  const { targets, drivers } = wish;
  return (wish.held ?? []).map((driver, index) => () => {
    const solution = solve(survey, {
      targets: [...targets.keys()],
      drivers: [...drivers.keys(), drivers.length + index],
      watched: watchedOf(wish),
    });
    return solution && { kind: 'freeDriver', driver, solution };
  });
}

/** The smallest change for the targets that are left, and what the dropped ones' lines can then be. */
function droppingTargets(survey: Survey, wish: Wish, dropped: readonly number[]): () => Repair | undefined {
  return () => {
    const kept = [...wish.targets.keys()].filter((index) => !dropped.includes(index));
    const solution = solve(survey, {
      targets: kept,
      drivers: [...wish.drivers.keys()],
      watched: [...dropped, ...watchedOf(wish)],
    });
    return (
      solution && {
        kind: 'dropTargets',
        targets: dropped,
        dropped: solution.watched.slice(0, dropped.length),
        solution: {
          ...solution,
          targets: solution.targets.map((target) => ({ ...target, index: kept[target.index] as number })),
          watched: solution.watched.slice(dropped.length),
        },
      }
    );
  };
}

/** The watched cells of a wish, as places of a part. */
function watchedOf({ targets, watch = [] }: Wish): number[] {
  return watch.map((_, index) => targets.length + index);
}

/** The smallest change that meets all targets of a part; undefined where none was found. */
function solve(survey: Survey, part: WishPart): LeastChange | undefined {
  const built = survey(part);
  if (!built.ok) return undefined;
  const all = [...built.landscape.bands.keys()];
  const point = nearestOf(built.landscape, all);
  return point.isMet ? solutionAt(built.landscape, all, point.at) : undefined;
}
