/** How far one driver must move so that one cell has a wanted value. */
import { isFailure, isNumber, type Failure, type Value } from '#quantity';
import type { Scenario } from '#plan';
import { finish, type Engine } from '#engine';
import type { Cell } from '../cell.ts';
import { buildLeverModel, numberOrFault } from './lever-model.ts';
import { levelCell, type Lever } from '../lever.ts';
import { searchRoots, type Root, type Sample } from './root-search.ts';

/** What differs from each other by no more than rounding is the same: the cell does not depend on the lever. */
const SAME = 1e-12;

/** What is sought. */
export interface Goal {
  readonly scenario: Scenario;
  /** Those that the scenario may build on. */
  readonly scenarios: readonly Scenario[];
  readonly lever: Lever;
  readonly cell: Cell;
  /** In the unit of the cell's line. */
  readonly value: number;
}

/** A level and what the cell is worth there. */
export interface Reached {
  readonly level: number;
  readonly value: number;
}

/** A part of the lever's bounds in which the cell has no number. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  /** Why, at its first level; missing where the cell is empty. */
  readonly fault: Failure | null;
}

/** The answer of a goal seek. Levels in the unit of the lever's line, values in that of the cell. */
export type GoalSeek =
  | {
      readonly kind: 'found';
      /** The nearest to the present level. */
      readonly level: number;
      /** What is added to the present level: an `add` change of this size is the edit. */
      readonly shift: number;
      readonly value: number;
      readonly present: number;
      /** All that were found, in ascending order; `from` and `to` differ where any level between does. */
      readonly roots: readonly Root[];
      readonly gaps: readonly Gap[];
    }
  /** The cell has the same value at every level. */
  | { readonly kind: 'independent'; readonly value: number; readonly present: number }
  | {
      readonly kind: 'unreachable';
      readonly present: number;
      /** The level within bounds that comes nearest. */
      readonly nearest: Reached;
      /** Which bound stops it; inside where the cell turns round or jumps before. */
      readonly at: 'min' | 'max' | 'inside';
      /** Ends of the bounds; missing where the cell has no number there. */
      readonly ends: { readonly min: Reached | null; readonly max: Reached | null };
      readonly gaps: readonly Gap[];
    }
  /** The present level or the cell has no number anywhere within bounds. */
  | { readonly kind: 'failed'; readonly fault: Failure };

/**
 * Looks for all levels of a lever within its bounds at which a cell has the wanted value; takes the nearest to the present.
 *
 * Fails: the failure of the lever's present level, or of the cell where it has no number at any level.
 */
export function seekGoal(engine: Engine, goal: Goal): GoalSeek {
  return finish(searchGoal(engine, goal));
}

/** The same step by step: yields the share that is done. */
export function* searchGoal(engine: Engine, goal: Goal): Generator<number, GoalSeek> {
  const { scenario, scenarios, lever, cell, value: wanted } = goal;
  const model = buildLeverModel(engine, scenario, scenarios, [lever], [cell]);
  const now = numberOrFault(model.present[0] ?? null, levelCell(lever, engine.plan));
  if (!now.ok) return { kind: 'failed', fault: now.fault };
  const present = now.number;
  const valueAt = (level: number): Value => model.read([level - present])[0] ?? null;

  const scale = Math.abs(wanted) || Math.abs(numberAt(valueAt, present) ?? 0) || 1;
  const seen = new Map<number, Value>();
  const distance = (level: number): Value => {
    const value = valueAt(level);
    seen.set(level, value);
    return isNumber(value) ? value - wanted : value;
  };
  const { roots, samples } = yield* searchRoots(distance, lever.min, lever.max, scale, [present]);
  const points = samples.flatMap(({ at }) => {
    const value = seen.get(at) ?? null;
    return isNumber(value) ? [{ level: at, value }] : [];
  });
  const [first] = points;
  if (!first) {
    const fault = numberOrFault(samples[0]?.value ?? null, cell);
    if (fault.ok) throw new Error('a search without points');
    return { kind: 'failed', fault: fault.fault };
  }
  const gaps = gapsOf(samples);
  const isSame = points.every(({ value }) => Math.abs(value - first.value) <= SAME * Math.abs(first.value));
  if (isSame && gaps.length === 0)
    return { kind: 'independent', value: valueOr(valueAt(present), first.value), present };

  const root = nearestRoot(roots, present);
  if (root !== undefined) {
    const value = numberAt(valueAt, root) ?? wanted;
    return { kind: 'found', level: root, shift: root - present, value, present, roots, gaps };
  }
  const nearest = points.reduce((best, one) =>
    Math.abs(one.value - wanted) < Math.abs(best.value - wanted) ? one : best,
  );
  const endAt = (level: number): Reached | null => points.find((one) => one.level === level) ?? null;
  return {
    kind: 'unreachable',
    present,
    nearest,
    at: nearest.level === lever.min ? 'min' : nearest.level === lever.max ? 'max' : 'inside',
    ends: { min: endAt(lever.min), max: endAt(lever.max) },
    gaps,
  };
}

function numberAt(valueAt: (level: number) => Value, level: number): number | undefined {
  const value = valueAt(level);
  return isNumber(value) ? value : undefined;
}

function valueOr(value: Value, otherwise: number): number {
  return isNumber(value) ? value : otherwise;
}

/** The level of a root that is nearest to where the lever stands. */
function nearestRoot(roots: readonly Root[], present: number): number | undefined {
  const levels = roots.map(({ from, to }) => Math.min(to, Math.max(from, present)));
  return levels.reduce<number | undefined>(
    (best, one) => (best === undefined || Math.abs(one - present) < Math.abs(best - present) ? one : best),
    undefined,
  );
}

function gapsOf(samples: readonly Sample[]): Gap[] {
  const gaps: Gap[] = [];
  let isInside = false;
  for (const { at, value } of samples) {
    if (isNumber(value)) {
      isInside = false;
      continue;
    }
    const last = gaps.at(-1);
    if (isInside && last) gaps[gaps.length - 1] = { ...last, to: at };
    else gaps.push({ from: at, to: at, fault: isFailure(value) ? value : null });
    isInside = true;
  }
  return gaps;
}
