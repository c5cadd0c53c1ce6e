/** From parsed JSON to a checked plan: shape first, then what a schema cannot say. */
import * as v from 'valibot';
import { parseUnit, problem, type Problem } from '#quantity';
import { hasPeriod } from './periods.ts';
import { shapeProblem, type ShapeProblemCode } from './shape-problem.ts';
import { PLAN_FORMAT, planSchema, scenarioSchema, type Plan, type Scenario, type Source } from './schema.ts';
import { atOnce, type Turns } from './turns.ts';

/** What can be wrong with a plan or scenario document. */
export type PlanProblemCode =
  | 'plan_not_object'
  | 'plan_newer_format'
  | ShapeProblemCode
  | 'plan_duplicate_id'
  | 'plan_reserved_id'
  | 'plan_unknown_reference'
  | 'plan_unknown_unit'
  | 'plan_period_outside'
  | 'plan_figure_after_base'
  | 'plan_two_figures'
  | 'plan_formula_missing'
  | 'plan_lever_missing'
  | 'plan_scenario_loop'
  | 'plan_scenarios_full';

/** Either the thing, or why not. */
export type Read<T, Code extends string = PlanProblemCode> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: Problem<Code>[] };

/** Names with a meaning in formulas; a line cannot be called so. */
const RESERVED: ReadonlySet<string> = new Set([
  ...[
    't',
    'base',
    'first',
    'last',
    'and',
    'or',
    'not',
    'xor',
    'mod',
    'to',
    'in',
    'true',
    'false',
    'null',
    'e',
    'i',
    'pi',
  ],
  ...['constructor', 'prototype', 'undefined', 'nan', 'infinity', 'end'],
]);

/** What a schema says is wrong, each with its place. */
export function shapeProblems(issues: readonly v.BaseIssue<unknown>[]): Problem<PlanProblemCode>[] {
  return issues.slice(0, 20).map((issue) => shapeProblem(issue));
}

/** Reads a plan from parsed JSON and checks it whole. Nothing of the input object is kept. */
export function readPlan(json: unknown): Read<Plan> {
  return atOnce(readPlanInTurns(json));
}

/** The same in turns. */
export function* readPlanInTurns(json: unknown): Turns<Read<Plan>> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return { ok: false, problems: [problem('plan_not_object')] };
  }
  const format: unknown = (json as { format?: unknown }).format;
  if (typeof format === 'number' && format > PLAN_FORMAT) {
    return {
      ok: false,
      problems: [problem('plan_newer_format', { path: 'format' }, { format, known: PLAN_FORMAT })],
    };
  }
  const plan = (yield* planInParts(json)) ?? wholePlan(json);
  if ('problems' in plan) return { ok: false, problems: plan.problems };
  const problems = yield* checkPlanInTurns(plan);
  return problems.length === 0 ? { ok: true, value: plan } : { ok: false, problems };
}

function wholePlan(json: unknown): Plan | { readonly problems: Problem<PlanProblemCode>[] } {
  const parsed = v.safeParse(planSchema, json);
  return parsed.success ? parsed.output : { problems: shapeProblems(parsed.issues) };
}

/** Reads lines and scenarios one by one; undefined where anything is wrong, which is said of the whole. */
function* planInParts(json: object): Turns<Plan | undefined> {
  const lists: { readonly lines?: unknown; readonly scenarios?: unknown } = json;
  const head = v.safeParse(planSchema, { ...json, lines: [], scenarios: [] });
  const lines = yield* itemsOf(planSchema.entries.lines, lists.lines);
  const scenarios = yield* itemsOf(planSchema.entries.scenarios, lists.scenarios);
  return head.success && lines && scenarios ? { ...head.output, lines, scenarios } : undefined;
}

/** Reads a list item by item; undefined where it is none, is too long or holds what it must not. */
function* itemsOf<Item>(
  schema: v.GenericSchema<unknown, Item[]> & { readonly pipe: readonly unknown[] },
  list: unknown,
): Turns<Item[] | undefined> {
  if (!Array.isArray(list)) return undefined;
  const [, longest] = schema.pipe as readonly { readonly requirement?: number }[];
  if (list.length > (longest?.requirement ?? Infinity)) return undefined;
  const items: Item[] = [];
  // a hole in a list is an item without a value
  for (const one of list as readonly unknown[]) {
    const parsed = v.safeParse(schema, [one]);
    if (!parsed.success) return undefined;
    items.push(...parsed.output);
    yield;
  }
  return items;
}

/** Reads a scenario of a plan from parsed JSON. */
export function readScenario(json: unknown, plan: Plan): Read<Scenario> {
  const parsed = v.safeParse(scenarioSchema, json);
  if (!parsed.success) return { ok: false, problems: shapeProblems(parsed.issues) };
  const problems = checkScenario(parsed.output, plan, 'scenario');
  return problems.length === 0 ? { ok: true, value: parsed.output } : { ok: false, problems };
}

/** Checks in turns what a schema cannot say: references, duplicates, periods, units. */
export function* checkPlanInTurns(plan: Plan): Turns<Problem<PlanProblemCode>[]> {
  return [
    ...(yield* checkLines(plan)),
    ...checkTables(plan),
    ...checkTargets(plan),
    ...(yield* checkScenarios(plan)),
    ...checkCorrelations(plan),
  ];
}

const scenariosById = new WeakMap<readonly Scenario[], ReadonlyMap<string, Scenario>>();

/** Scenarios by id, found once for every list. */
function byIdOf(list: readonly Scenario[]): ReadonlyMap<string, Scenario> {
  const known = scenariosById.get(list) ?? new Map(list.map((one) => [one.id, one]));
  scenariosById.set(list, known);
  return known;
}

const idsOfList = new WeakMap<readonly object[], ReadonlySet<string>>();

/** The ids of a list's items, found once for every list. */
function idsOf(list: readonly { readonly id: string }[]): ReadonlySet<string> {
  const known = idsOfList.get(list) ?? new Set(list.map(({ id }) => id));
  idsOfList.set(list, known);
  return known;
}

function duplicates(ids: readonly string[], path: string): Problem<PlanProblemCode>[] {
  const seen = new Set<string>();
  return ids.flatMap((id, index): Problem<PlanProblemCode>[] => {
    const place = { path: `${path}[${index}].id` };
    if (RESERVED.has(id)) return [problem('plan_reserved_id', place, { id })];
    if (seen.has(id)) return [problem('plan_duplicate_id', place, { id })];
    seen.add(id);
    return [];
  });
}

function* checkLines(plan: Plan): Turns<Problem<PlanProblemCode>[]> {
  const sections = idsOf(plan.sections);
  const lines = idsOf(plan.lines);
  const problems = [
    ...duplicates(
      plan.sections.map((section) => section.id),
      'sections',
    ),
    ...duplicates(
      plan.lines.map((line) => line.id),
      'lines',
    ),
    ...duplicates(
      plan.tables.map((table) => table.id),
      'tables',
    ),
  ];
  const places = sourceChecker(plan);
  for (const [index, line] of plan.lines.entries()) {
    const path = `lines[${index}]`;
    const at = (part: string) => ({ path: `${path}.${part}`, line: line.id });
    if (!sections.has(line.section))
      problems.push(problem('plan_unknown_reference', at('section'), { id: line.section }));
    if (line.drives !== undefined && !lines.has(line.drives)) {
      problems.push(problem('plan_unknown_reference', at('drives'), { id: line.drives }));
    }
    if (!parseUnit(line.unit)) problems.push(problem('plan_unknown_unit', at('unit'), { unit: line.unit }));
    if (line.kind === 'result' && line.formula === undefined) {
      problems.push(problem('plan_formula_missing', at('formula'), { id: line.id }));
    }
    if (line.kind === 'driver' && line.lever === undefined) {
      problems.push(problem('plan_lever_missing', at('lever'), { id: line.id }));
    }
    const seen = new Set<number>();
    (line.figures ?? []).forEach((figure, number) => {
      const part = `figures[${number}]`;
      if (!hasPeriod(plan.periods, figure.period)) {
        problems.push(problem('plan_period_outside', at(part), { period: figure.period }));
      } else if (figure.period > plan.periods.base) {
        problems.push(
          problem('plan_figure_after_base', at(part), { period: figure.period, base: plan.periods.base }),
        );
      }
      if (seen.has(figure.period))
        problems.push(problem('plan_two_figures', at(part), { period: figure.period }));
      seen.add(figure.period);
      for (const one of [figure.source, ...(figure.also ?? []).map((printing) => printing.source)]) {
        problems.push(...places(one, at(part)));
      }
    });
    (line.stated ?? []).forEach((stated, number) =>
      problems.push(...places(stated.source, at(`stated[${number}]`))),
    );
    yield;
  }
  return problems;
}

/** Checks that a source names a table, a row and a column that the plan lists. */
function sourceChecker(plan: Plan) {
  const tables = new Map(plan.tables.map((table) => [table.id, table]));
  return (source: Source | undefined, place: { path: string; line?: string }): Problem<PlanProblemCode>[] => {
    if (source === undefined || !('table' in source)) return [];
    const table = tables.get(source.table);
    if (!table) return [problem('plan_unknown_reference', place, { id: source.table })];
    if (!table.columns.includes(source.column))
      return [problem('plan_unknown_reference', place, { id: source.column })];
    if (!table.rows.some((row) => row.label === source.row))
      return [problem('plan_unknown_reference', place, { id: source.row })];
    return [];
  };
}

function checkTables(plan: Plan): Problem<PlanProblemCode>[] {
  const lines = idsOf(plan.lines);
  return plan.tables.flatMap((table, index) =>
    table.rows
      .filter((row) => !lines.has(row.line))
      .map((row) =>
        problem('plan_unknown_reference' as const, { path: `tables[${index}].rows` }, { id: row.line }),
      ),
  );
}

function checkTargets(plan: Plan): Problem<PlanProblemCode>[] {
  const lines = idsOf(plan.lines);
  const places = sourceChecker(plan);
  return plan.targets.flatMap((target, index) => {
    const place = { path: `targets[${index}]`, line: target.line };
    const problems: Problem<PlanProblemCode>[] = [];
    if (!lines.has(target.line)) problems.push(problem('plan_unknown_reference', place, { id: target.line }));
    if (!hasPeriod(plan.periods, target.period))
      problems.push(problem('plan_period_outside', place, { period: target.period }));
    for (const one of [target.source, ...(target.also ?? []).map((printing) => printing.source)])
      problems.push(...places(one, place));
    return problems;
  });
}

function checkCorrelations(plan: Plan): Problem<PlanProblemCode>[] {
  const known = idsOf(plan.lines);
  return (plan.correlations ?? []).flatMap(({ lines }, index) =>
    lines
      .filter((id) => !known.has(id))
      .map((id) =>
        problem('plan_unknown_reference' as const, { path: `correlations[${index}]`, line: id }, { id }),
      ),
  );
}

function* checkScenarios(plan: Plan): Turns<Problem<PlanProblemCode>[]> {
  const problems = duplicates(
    plan.scenarios.map((scenario) => scenario.id),
    'scenarios',
  );
  for (const [index, scenario] of plan.scenarios.entries()) {
    problems.push(...checkScenario(scenario, plan, `scenarios[${index}]`));
    yield;
  }
  return problems;
}

/** Checks one scenario against its plan: lines, periods, and that neither its bases nor its stack go round in a circle. */
export function checkScenario(scenario: Scenario, plan: Plan, path: string): Problem<PlanProblemCode>[] {
  const lines = idsOf(plan.lines);
  const scenarios = byIdOf(plan.scenarios);
  const problems: Problem<PlanProblemCode>[] = [];
  const line = (id: string, part: string) => {
    if (!lines.has(id))
      problems.push(problem('plan_unknown_reference', { path: `${path}.${part}`, line: id }, { id }));
  };
  const period = (value: number | undefined, part: string) => {
    if (value !== undefined && !hasPeriod(plan.periods, value)) {
      problems.push(problem('plan_period_outside', { path: `${path}.${part}` }, { period: value }));
    }
  };
  for (const part of ['values', 'actuals'] as const) {
    for (const [id, byPeriod] of Object.entries(scenario[part] ?? {})) {
      line(id, part);
      for (const key of Object.keys(byPeriod)) period(Number(key), `${part}.${id}`);
    }
  }
  (scenario.changes ?? []).forEach((change, index) => {
    line(change.line, `changes[${index}]`);
    period(change.from, `changes[${index}].from`);
    period(change.to, `changes[${index}].to`);
  });
  for (const id of Object.keys(scenario.distributions ?? {})) line(id, 'distributions');
  (scenario.correlations ?? []).forEach(({ lines: pair }, index) =>
    pair.forEach((id) => line(id, `correlations[${index}]`)),
  );
  const below = scenario.basedOn === undefined ? [] : [['basedOn', scenario.basedOn] as const];
  const stacked = (scenario.stack ?? []).map((id, index) => [`stack[${index}]`, id] as const);
  for (const [part, id] of [...stacked, ...below]) {
    const code = faultOf(id, new Set([scenario.id]), scenarios);
    if (code !== undefined) problems.push(problem(code, { path: `${path}.${part}` }, { id }));
  }
  return problems;
}

/** What is wrong with building on a scenario: it is not there, or the way through it leads in a circle. */
function faultOf(
  id: string,
  above: ReadonlySet<string>,
  scenarios: ReadonlyMap<string, Scenario>,
): PlanProblemCode | undefined {
  // ways that were followed once need not be followed again: a stack may name the same scenarios many times
  const followed = new Set<string>();
  const follow = (next: string, path: ReadonlySet<string>): PlanProblemCode | undefined => {
    if (path.has(next)) return 'plan_scenario_loop';
    if (followed.has(next)) return undefined;
    followed.add(next);
    const found = scenarios.get(next);
    if (!found) return 'plan_unknown_reference';
    const beyond = new Set([...path, next]);
    for (const one of [...(found.stack ?? []), ...(found.basedOn === undefined ? [] : [found.basedOn])]) {
      const fault = follow(one, beyond);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };
  return follow(id, above);
}
