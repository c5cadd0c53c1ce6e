/** How a change runs through a plan: which lines it reaches, in the order in which one moves the next. Pure. */
import { isSameValue, type Value } from '#quantity';
import type { MapGraph } from './logic-map-graph.ts';
import { orderNodes } from './logic-map-order.ts';

/** A line that a change reaches. */
export interface RippleLine {
  readonly line: string;
  /** The period that is looked at; where nothing changes in it the one before it that changes, else the first that does. */
  readonly period: number;
  readonly before: Value;
  readonly after: Value;
}

/** Lines that change together: what each of them reads has changed in an earlier step. */
export type RippleStep = readonly RippleLine[];

/** The values of lines, first period to last. */
export interface SeriesOf {
  series(line: string): readonly Value[];
  /** The same as numbers, NaN where there is none. */
  row(line: string): Float64Array;
}

/**
 * Finds the steps in which `before` becomes `after`, looked at in one period. Every line that changes in any period is in
 * one step.
 */
export function findRipple(
  graph: MapGraph,
  before: SeriesOf,
  after: SeriesOf,
  { periods, period }: { readonly periods: readonly number[]; readonly period: number },
): readonly RippleStep[] {
  const changed = new Map<string, RippleLine>();
  for (const { id } of graph.lines) {
    // most lines of a large plan do not change, and their numbers tell it soonest
    if (isAlike(before.row(id), after.row(id))) continue;
    const cell = changedCell(before.series(id), after.series(id), periods, period);
    if (cell) changed.set(id, { line: id, ...cell });
  }
  const ids = [...changed.keys()];
  const links = ids.flatMap((id) => (graph.reads.get(id) ?? []).filter(({ from }) => changed.has(from)));
  const { levels } = orderNodes(ids, links);
  const steps: RippleLine[][] = [];
  for (const [id, cell] of changed) (steps[levels.get(id) ?? 0] ??= []).push(cell);
  return steps;
}

/** Whether both are the same numbers; where there is none its reason has to be looked at. */
function isAlike(one: Float64Array, other: Float64Array): boolean {
  return one.every((value, index) => !Number.isNaN(value) && Object.is(value, other[index]));
}

function changedCell(
  before: readonly Value[],
  after: readonly Value[],
  periods: readonly number[],
  period: number,
): Omit<RippleLine, 'line'> | undefined {
  if (before === after) return undefined;
  const differs = (index: number) => !isSameValue(before[index] ?? null, after[index] ?? null);
  const differing = periods.flatMap((_, index) => (differs(index) ? [index] : []));
  const index = differing.findLast((one) => (periods[one] ?? 0) <= period) ?? differing[0];
  if (index === undefined) return undefined;
  return {
    period: periods[index] ?? period,
    before: before[index] ?? null,
    after: after[index] ?? null,
  };
}
