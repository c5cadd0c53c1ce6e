/**
 * Which drivers are uncertain in a scenario, in which periods, and how they move together.
 *
 * A distribution stands where a replacement formula would stand: it gives way to a figure, to an actual, and to what a nearer
 * scenario says about the cell (or the same one as a value). Changes of that scenario and of nearer ones work on what is drawn.
 */
import { problem, type Problem } from '#quantity';
import { linesById, listPeriods, type Correlation, type Distribution, type Plan, type Scenario } from '#plan';
import { layersOf, type Calculation, type Engine, type Rule, type Transform } from '#engine';
import type { MovesWith } from './distribution-text.ts';
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
  /** Changes that work on what is drawn, for each period in the order in which they are applied. */
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

/** Finds what is drawn in a scenario; `scenarios` are those that it may build on, `calculation` is what it comes to, where known. */
export function findUncertainDrivers(
  engine: Engine,
  scenario: Scenario,
  scenarios: readonly Scenario[] = engine.plan.scenarios,
  calculation: Calculation = engine.calculate(scenario, scenarios),
): UncertainDrivers {
  const { plan } = engine;
  const layers = layersOf(scenario, scenarios);
  const problems: Problem<UncertainProblemCode>[] = [];
  const drivers: UncertainDriver[] = [];
  for (const id of new Set(layers.flatMap((layer) => Object.keys(layer.distributions ?? {})))) {
    if (!linesById(plan).has(id))
      problems.push(problem('uncertain_unknown_line', { line: id }, { line: id }));
  }
  for (const line of plan.lines) {
    const said = findSaid(plan, line.id, layers, (period) => calculation.rule(line.id, period));
    if (!said) continue;
    const { distribution, cells } = said;
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

/** What a driver may be worth in a scenario, and who says so. */
export interface DistributionInUse {
  readonly distribution: Distribution;
  /** The id of the scenario that says so; null where the plan's line itself does. */
  readonly scenario: string | null;
  /** The calendar periods that are drawn, rising; none where nearer values decide all of them. */
  readonly periods: readonly number[];
  /** The drivers that move together with this one. */
  readonly movesWith: readonly MovesWith[];
}

/**
 * Finds the distribution of a line, the nearest that is said; undefined where it has none. `layers` are those of `layersOf`,
 * `ruleAt` tells what decides the line's cells in the same scenario.
 */
export function findDistribution(
  plan: Plan,
  line: string,
  layers: readonly Scenario[],
  ruleAt: (period: number) => Rule | undefined,
): DistributionInUse | undefined {
  const said = findSaid(plan, line, layers, ruleAt);
  if (!said) return undefined;
  const { distribution, scenario, cells } = said;
  const movesWith = nearestCorrelations(plan, layers).flatMap(({ lines: [a, b], rank }) => {
    if (a !== line && b !== line) return [];
    return [{ line: a === line ? b : a, rank }];
  });
  return { distribution, scenario, periods: cells.map(({ period }) => period), movesWith };
}

function findSaid(
  plan: Plan,
  line: string,
  layers: readonly Scenario[],
  ruleAt: (period: number) => Rule | undefined,
) {
  const nearest = nearestDistribution(plan, line, layers);
  if (!nearest) return undefined;
  const { distribution, depth } = nearest;
  const cells = drawnCells(plan, ruleAt, (id) => layers.findIndex((one) => one.id === id), depth);
  return { distribution, scenario: layers[depth]?.id ?? null, cells };
}

/** The distribution that the nearest layer gives a line, else the plan, which lies below all layers. */
export function nearestDistribution(
  plan: Plan,
  line: string,
  layers: readonly Scenario[],
): { readonly distribution: Distribution; readonly depth: number } | undefined {
  const found = layers.findIndex((layer) => layer.distributions?.[line] !== undefined);
  const depth = found === -1 ? layers.length : found;
  const distribution = layers[depth]?.distributions?.[line] ?? linesById(plan).get(line)?.distribution;
  return distribution && { distribution, depth };
}

/** The periods after the base that nothing nearer than the distribution decides. */
function drawnCells(
  plan: Plan,
  ruleAt: (period: number) => Rule | undefined,
  depthOf: (scenario: string) => number,
  depth: number,
): { period: number; changes: Transform[] }[] {
  return listPeriods(plan.periods).flatMap((period) => {
    const rule = ruleAt(period);
    if (period <= plan.periods.base || !rule) return [];
    const { base } = rule;
    if (base.kind === 'figure' || base.kind === 'actual') return [];
    if (base.kind === 'override' && depthOf(base.scenario) <= depth) return [];
    if (base.kind === 'formula' && base.scenario !== undefined && depthOf(base.scenario) < depth) return [];
    const changes = rule.transforms.filter((transform) => depthOf(transform.scenario) <= depth);
    return changes.some(({ kind }) => kind === 'growth') ? [] : [{ period, changes }];
  });
}

/** The pairs of drivers that move together, each as the nearest scenario says, else as the plan does. */
export function nearestCorrelations(plan: Plan, layers: readonly Scenario[]): Correlation[] {
  const pairs = new Map<string, Correlation>();
  for (const all of [plan.correlations, ...layers.toReversed().map((layer) => layer.correlations)]) {
    for (const one of all ?? []) pairs.set(one.lines.toSorted().join(' '), one);
  }
  return [...pairs.values()];
}

function findCorrelations(
  plan: Plan,
  layers: readonly Scenario[],
  drivers: readonly UncertainDriver[],
  problems: Problem<UncertainProblemCode>[],
): Correlation[] {
  const drawn = new Set(drivers.map(({ line }) => line));
  return nearestCorrelations(plan, layers).filter(({ lines }) => {
    const [a, b] = lines;
    const unused = lines.find((line) => !drawn.has(line));
    if (a === b) problems.push(problem('uncertain_correlation_self', { line: a }, { line: a }));
    else if (unused !== undefined)
      problems.push(problem('uncertain_correlation_unused', { line: unused }, { line: unused, a, b }));
    return a !== b && unused === undefined;
  });
}
