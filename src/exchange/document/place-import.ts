/**
 * From a document to an import: its scenarios checked against the plan, line by line. What has no place there is left out
 * and listed; nothing is written.
 */
import { buildNames, parseFormula, type FormulaContext, type FormulaProblemCode } from '#formula';
import {
  checkScenario,
  hasPeriod,
  type Change,
  type Lesson,
  type Plan,
  type PlanProblemCode,
  type Scenario,
} from '#plan';
import { problem, warning, type Problem } from '#quantity';
import type { ImportProblemCode } from '../problem.ts';
import { hashPlan, type ExchangeDocument } from './exchange-document.ts';
import { allOf, bothNames } from './read-document.ts';

/** What is said about an import. */
export type PlacingProblem = Problem<ImportProblemCode | PlanProblemCode | FormulaProblemCode>;

/** A document whose scenarios are at home in a plan. */
export interface Import {
  /** The plan in which they stand. */
  readonly plan: Plan;
  /** The plan arrived with the document and is not the one at hand: it would be a plan of one's own. */
  readonly isPlanNew: boolean;
  /** The document was made for exactly this plan, so that a merge has a common ancestor. */
  readonly isSamePlan: boolean;
  /** The id of the scenario that is meant; undefined for a bundle that names none. */
  readonly scenario: string | undefined;
  /** All that arrived, with everything that they build on. */
  readonly scenarios: readonly Scenario[];
  /** Lessons about the plan that a bundle brings. */
  readonly lessons: readonly Lesson[];
  /** What a reader should know before choosing: another version, and each part that has no place. */
  readonly problems: readonly PlacingProblem[];
}

/** Either an import or why there is none. */
export type PlacedImport =
  | { readonly ok: true; readonly value: Import }
  | { readonly ok: false; readonly problems: readonly PlacingProblem[] };

/**
 * Places a document in a plan. `known` is the plan of that id at hand, if there is one: a scenario file needs it; a bundle
 * brings its own, and takes the one at hand only where both are the same.
 */
export function placeImport(document: ExchangeDocument, known: Plan | undefined): PlacedImport {
  if (document.kind === 'bundle') {
    const isSame = known?.id === document.plan.id && hashPlan(known) === hashPlan(document.plan);
    const plan = isSame ? known : document.plan;
    const scenarios = isSame ? allOf(document.plan, document.scenarios) : document.scenarios;
    const placed = place(scenarios, plan);
    if (!placed.ok) return placed;
    const { problems } = placed;
    const { scenario, lessons = [] } = document;
    const whole = { plan, isPlanNew: !isSame, isSamePlan: true, scenario, lessons, problems };
    return { ok: true, value: { ...whole, scenarios: placed.scenarios } };
  }
  const { plan: wanted } = document;
  if (known?.id !== wanted.id) {
    const args = { id: wanted.id, version: wanted.version, title: bothNames(wanted.title) };
    return { ok: false, problems: [problem('import_unknown_plan', { path: 'plan' }, args)] };
  }
  const isSamePlan = hashPlan(known) === wanted.hash;
  const placed = place(document.scenarios, known);
  if (!placed.ok) return placed;
  const problems = [...(isSamePlan ? [] : [otherPlan(wanted.version, known)]), ...placed.problems];
  const { scenario } = document;
  const whole = { plan: known, isPlanNew: false, isSamePlan, scenario, lessons: [], problems };
  return { ok: true, value: { ...whole, scenarios: placed.scenarios } };
}

function otherPlan(version: string, known: Plan): PlacingProblem {
  const args = { id: known.id, version, known: known.version };
  return warning(
    version === known.version ? 'import_other_content' : 'import_other_version',
    { path: 'plan.version' },
    args,
  );
}

type Placed =
  | {
      readonly ok: true;
      readonly scenarios: readonly Scenario[];
      readonly problems: readonly PlacingProblem[];
    }
  | { readonly ok: false; readonly problems: readonly PlacingProblem[] };

function place(scenarios: readonly Scenario[], plan: Plan): Placed {
  const context = { names: buildNames(plan.lines), periods: plan.periods };
  const placed = scenarios.map((one) => placeScenario(one, plan, context));
  const fitting = placed.map((one) => one.scenario);
  const whole = { ...plan, scenarios: allOf(plan, fitting) };
  const remaining = fitting.flatMap((one) => checkScenario(one, whole, `scenarios.${one.id}`));
  if (remaining.length > 0) return { ok: false, problems: remaining };
  return { ok: true, scenarios: fitting, problems: placed.flatMap((one) => one.problems) };
}

function placeScenario(
  scenario: Scenario,
  plan: Plan,
  context: FormulaContext,
): { scenario: Scenario; problems: PlacingProblem[] } {
  const { values, changes, actuals, distributions, correlations, ...head } = scenario;
  const lines = new Set(plan.lines.map((line) => line.id));
  const problems: PlacingProblem[] = [];
  const said = { scenario: bothNames(scenario.name) };
  const placeOf = (part: string, line: string) => ({ path: `scenarios.${scenario.id}.${part}`, line });
  const unknown = new Set<string>();
  const isKnown = (line: string, part: string) => {
    if (lines.has(line)) return true;
    // one sentence for a line, however much is said about it
    if (!unknown.has(line))
      problems.push(warning('import_line_unknown', placeOf(part, line), { ...said, line }));
    unknown.add(line);
    return false;
  };
  const outside = (line: string, part: string, periods: readonly number[]) =>
    problems.push(
      warning('import_period_outside', placeOf(part, line), { ...said, line, periods: periods.join(', ') }),
    );
  const placeValues = (part: 'values' | 'actuals', byLine: Scenario['values']) => {
    const kept = Object.entries(byLine ?? {}).flatMap(([line, byPeriod]) => {
      if (!isKnown(line, part)) return [];
      const inside = Object.entries(byPeriod).filter(([period]) => hasPeriod(plan.periods, Number(period)));
      const gone = Object.keys(byPeriod).filter((period) => !hasPeriod(plan.periods, Number(period)));
      if (gone.length > 0) outside(line, part, gone.map(Number));
      return inside.length > 0 || gone.length === 0 ? [[line, Object.fromEntries(inside)] as const] : [];
    });
    return kept.length > 0 ? { [part]: Object.fromEntries(kept) } : {};
  };
  const isPlaced = (change: Change) => {
    if (!isKnown(change.line, 'changes')) return false;
    const ends = [change.from, change.to].filter((end) => end !== undefined);
    if (ends.some((end) => !hasPeriod(plan.periods, end))) {
      outside(change.line, 'changes', ends);
      return false;
    }
    if (!('formula' in change)) return true;
    const parsed = parseFormula(change.formula, context);
    if (parsed.ok) return true;
    const at = placeOf('changes', change.line);
    const shown = { ...said, line: change.line, text: change.formula.slice(0, 80) };
    problems.push(warning('import_formula', at, shown), {
      ...parsed.problem,
      severity: 'warning',
      place: { ...parsed.problem.place, ...at },
    });
    return false;
  };
  const keptValues = placeValues('values', values);
  const keptActuals = placeValues('actuals', actuals);
  const keptChanges = (changes ?? []).filter(isPlaced);
  const keptDistributions = Object.entries(distributions ?? {}).filter(([line]) =>
    isKnown(line, 'distributions'),
  );
  const keptCorrelations = (correlations ?? []).filter(({ lines: pair }) =>
    pair.every((line) => isKnown(line, 'correlations')),
  );
  return {
    scenario: {
      ...head,
      ...keptValues,
      ...(keptChanges.length > 0 && { changes: keptChanges }),
      ...keptActuals,
      ...(keptDistributions.length > 0 && { distributions: Object.fromEntries(keptDistributions) }),
      ...(keptCorrelations.length > 0 && { correlations: keptCorrelations }),
    },
    problems,
  };
}
