/**
 * Which drivers are uncertain in a scenario, in which periods, and how they move together.
 *
 * A distribution stands where a replacement formula would stand: it gives way to a figure, to an actual, and to what a nearer
 * scenario says about the cell (or the same one about a single period), and changes of nearer scenarios work on what is drawn.
 */
import { problem, type Problem } from '#quantity';
import { listPeriods, type Correlation, type Distribution, type Plan, type Scenario } from '#plan';
import { layersOf, type Calculation, type Engine, type Transform } from '#engine';
import { buildCurve, type Curve, type KnownDistribution } from './distribution.ts';
import { historyOf, type HistoryProblemCode } from './history-growth.ts';

/** What stops a distribution or a correlation of a scenario from being used. */
export type UncertainProblemCode =
  | 'uncertain_unknown_line'
  | 'uncertain_not_driver'
  | 'uncertain_nothing_drawn'
  | 'uncertain_correlation_self'
  | 'uncertain_correlation_unused'
  | HistoryProblemCode;

/** A driver that is drawn. */
export interface UncertainDriver {
  readonly line: string;
  readonly distribution: KnownDistribution;
  readonly course: NonNullable<Distribution['course']>;
  readonly curve: Curve;
  /** Calendar periods that are drawn, rising. */
  readonly periods: readonly number[];
  /** Changes of nearer scenarios, for each period in the order in which they are applied. */
  readonly changes: readonly (readonly Transform[])[];
}

/** Everything that is drawn in a scenario. */
export interface UncertainDrivers {
  readonly drivers: readonly UncertainDriver[];
  /** Pairs of drawn drivers that move together. */
  readonly correlations: readonly Correlation[];
  /** What was typed but is not used, and why. */
  readonly problems: readonly Problem<UncertainProblemCode>[];
}

/** Without a word about it, what is uncertain is the level of the driver: one draw for all periods. */
const DEFAULT_COURSE = 'once';

/** Finds what is drawn in a scenario; `scenarios` are those that it may build on. */
export function findUncertainDrivers(
  engine: Engine,
  scenario: Scenario,
  scenarios: readonly Scenario[] = engine.plan.scenarios,
): UncertainDrivers {
  const { plan } = engine;
  const layers = layersOf(scenario, scenarios);
  const calculation = engine.calculate(scenario, scenarios);
  const problems: Problem<UncertainProblemCode>[] = [];
  const drivers: UncertainDriver[] = [];
  const named = new Map(layers.toReversed().flatMap((layer) => Object.entries(layer.distributions ?? {})));
  for (const id of named.keys()) {
    if (!plan.lines.some((line) => line.id === id))
      problems.push(problem('uncertain_unknown_line', { line: id }, { line: id }));
  }
  for (const line of plan.lines) {
    const found = layers.findIndex((layer) => layer.distributions?.[line.id] !== undefined);
    const distribution = named.get(line.id) ?? line.distribution;
    if (distribution === undefined) continue;
    if (line.kind !== 'driver') {
      problems.push(problem('uncertain_not_driver', { line: line.id }, { line: line.id }));
      continue;
    }
    const known =
      distribution.kind === 'history'
        ? historyOf(plan, line, calculation)
        : ({ ok: true, value: distribution } as const);
    if (!known.ok) {
      problems.push(known.problem);
      continue;
    }
    // the plan itself lies below all layers
    const depth = found === -1 ? layers.length : found;
    const cells = drawnCells(
      plan,
      line.id,
      calculation,
      (id) => layers.findIndex((layer) => layer.id === id),
      depth,
    );
    if (cells.length === 0) {
      problems.push(problem('uncertain_nothing_drawn', { line: line.id }, { line: line.id }));
      continue;
    }
    drivers.push({
      line: line.id,
      distribution: known.value,
      course: distribution.course ?? DEFAULT_COURSE,
      curve: buildCurve(known.value),
      periods: cells.map(({ period }) => period),
      changes: cells.map(({ changes }) => changes),
    });
  }
  return { drivers, correlations: findCorrelations(plan, layers, drivers, problems), problems };
}

/** The periods after the base that nothing nearer than the distribution decides. */
function drawnCells(
  plan: Plan,
  line: string,
  calculation: Calculation,
  depthOf: (scenario: string) => number,
  depth: number,
): { period: number; changes: Transform[] }[] {
  return listPeriods(plan.periods).flatMap((period) => {
    const rule = calculation.rule(line, period);
    if (period <= plan.periods.base || !rule) return [];
    const { base } = rule;
    if (base.kind === 'figure' || base.kind === 'actual') return [];
    if (base.kind === 'override' && depthOf(base.scenario) <= depth) return [];
    if (base.kind === 'formula' && base.scenario !== undefined && depthOf(base.scenario) < depth) return [];
    const changes = rule.transforms.filter((transform) => depthOf(transform.scenario) < depth);
    return changes.some(({ kind }) => kind === 'growth') ? [] : [{ period, changes }];
  });
}

function findCorrelations(
  plan: Plan,
  layers: readonly Scenario[],
  drivers: readonly UncertainDriver[],
  problems: Problem<UncertainProblemCode>[],
): Correlation[] {
  const pairs = new Map<string, Correlation>();
  for (const all of [plan.correlations, ...layers.toReversed().map((layer) => layer.correlations)]) {
    for (const one of all ?? []) pairs.set(one.lines.toSorted().join(' '), one);
  }
  const drawn = new Set(drivers.map(({ line }) => line));
  return [...pairs.values()].filter(({ lines }) => {
    const [a, b] = lines;
    const unused = lines.find((line) => !drawn.has(line));
    if (a === b) problems.push(problem('uncertain_correlation_self', { line: a }, { line: a }));
    else if (unused !== undefined)
      problems.push(problem('uncertain_correlation_unused', { line: unused }, { line: unused, a, b }));
    return a !== b && unused === undefined;
  });
}
