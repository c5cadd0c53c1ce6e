/** What a scenario says, statement by statement: its own, and what it inherits from the scenarios that it is made of. */
import { spanOf, type Change, type Distribution, type LineOverlay, type Scenario } from '#plan';
import { layersOf } from '#engine';
import { printDistribution } from '#analysis';
import type { ScenarioItem } from '#exchange';
import type { PlanSession } from './plan-session.svelte.ts';

/** How a statement works: as a level, an addition, a factor, a growth a year, another formula, an observation, a distribution. */
export type StatementKind = 'set' | 'add' | 'scale' | 'growth' | 'formula' | 'actual' | 'distribution';

/** What a scenario says about a line in neighbouring periods. */
export interface Statement {
  readonly line: string;
  /** The id of the scenario that says it. */
  readonly scenario: string;
  readonly from: number;
  readonly to: number;
  readonly says:
    | { readonly kind: 'set' | 'add' | 'scale' | 'growth' | 'actual'; readonly number: number }
    | { readonly kind: 'formula'; readonly text: string }
    | { readonly kind: 'distribution'; readonly distribution: Distribution };
  /** Where it stands: among single values, as the change of this place, as an actual, as the line's distribution. */
  readonly place: 'values' | 'actuals' | 'distribution' | { readonly change: number };
}

/**
 * Lists what the open scenario says, the nearest scenario of its layers first, each in the order of the plan's lines; for one
 * line, or for all.
 */
export function listStatements(session: PlanSession, line?: string): Statement[] {
  const lines = line === undefined ? session.plan.lines.map(({ id }) => id) : [line];
  return layersOf(session.scenario, session.scenarios).flatMap((layer) =>
    lines.flatMap((id) => statementsOf(session, layer, id)),
  );
}

/** An item of a scenario that speaks of one line. */
type LineItem = Extract<ScenarioItem, { line: string }>;

/** What one item of an arriving or present scenario says. */
export function statementsOfItem(session: PlanSession, item: LineItem): Statement[] {
  return statementsOf(session, { id: '', name: { zh: '', en: '' }, ...saidBy(item) }, item.line);
}

/** What an overlay of a line says. */
export function statementsOfOverlay(
  session: PlanSession,
  line: string,
  overlay: LineOverlay | null,
): Statement[] {
  const { values = {}, changes = [], actuals = {}, distribution } = overlay ?? {};
  const distributions = distribution && { [line]: distribution };
  const layer = {
    values: { [line]: { ...values } },
    changes: [...changes],
    actuals: { [line]: { ...actuals } },
    ...(distributions && { distributions }),
  };
  return statementsOf(session, { id: '', name: { zh: '', en: '' }, ...layer }, line);
}

function saidBy(item: LineItem): Partial<Scenario> {
  switch (item.kind) {
    case 'value':
      return { values: { [item.line]: { [item.period]: item.value } } };
    case 'actual':
      return { actuals: { [item.line]: { [item.period]: item.value } } };
    case 'changes':
      return { changes: [...item.changes] };
    case 'distribution':
      return { distributions: { [item.line]: item.distribution } };
  }
}

function statementsOf(session: PlanSession, layer: Scenario, line: string): Statement[] {
  const about = { line, scenario: layer.id };
  const changes = (layer.changes ?? []).filter((change) => change.line === line);
  const distribution = layer.distributions?.[line];
  const { base, last } = session.plan.periods;
  return [
    ...runsOf(layer.values?.[line]).map(({ from, to, number }): Statement => ({
      ...about,
      from,
      to,
      says: { kind: 'set', number },
      place: 'values',
    })),
    ...changes.map((change, index): Statement => ({
      ...about,
      ...spanOf(session.plan.periods, change),
      says: sayingOf(change),
      place: { change: index },
    })),
    ...Object.entries(layer.actuals?.[line] ?? {}).map(([period, number]): Statement => ({
      ...about,
      from: Number(period),
      to: Number(period),
      says: { kind: 'actual', number },
      place: 'actuals',
    })),
    ...(distribution
      ? [
          {
            ...about,
            from: base + 1,
            to: last,
            says: { kind: 'distribution', distribution },
            place: 'distribution',
          } as const,
        ]
      : []),
  ];
}

function sayingOf(change: Change): Statement['says'] {
  if ('set' in change) return { kind: 'set', number: change.set };
  if ('add' in change) return { kind: 'add', number: change.add };
  if ('scale' in change) return { kind: 'scale', number: change.scale };
  if ('growth' in change) return { kind: 'growth', number: change.growth };
  return { kind: 'formula', text: change.formula };
}

/** Neighbouring periods with the same number. */
function runsOf(
  numbers: Readonly<Record<string, number>> = {},
): { from: number; to: number; number: number }[] {
  const runs: { from: number; to: number; number: number }[] = [];
  const inOrder = Object.entries(numbers).map(([period, number]) => ({ period: Number(period), number }));
  for (const { period, number } of inOrder.toSorted((a, b) => a.period - b.period)) {
    const last = runs.at(-1);
    if (last && last.to === period - 1 && last.number === number) last.to = period;
    else runs.push({ from: period, to: period, number });
  }
  return runs;
}

/** Takes a statement of the open scenario back, as one gesture. */
export function takeBack(session: PlanSession, { line, from, to, place }: Statement): void {
  if (place === 'distribution') session.setDistribution(line, null);
  else if (typeof place === 'object') session.removeChange(line, place.change);
  else if (place === 'actuals') session.enterActual(line, from, null);
  else {
    const periods = session.periods.filter((period) => period >= from && period <= to);
    session.enter(periods.map((period) => ({ line, period, text: '' })));
  }
}

/** A distribution that a scenario gives a driver, as text in the reader's language. */
export function statementDistribution(
  session: PlanSession,
  line: string,
  distribution: Distribution,
  language: 'zh' | 'en',
): string {
  return printDistribution(distribution, {
    language,
    isPercent: session.engine.unitOf(line).shown > 1,
    movesWith: [],
    nameOf: (id) => session.engine.names.nameOf(id, language),
  });
}
