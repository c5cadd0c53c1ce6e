/**
 * What a scenario says, item by item: the unit in which two scenarios are compared and merged.
 *
 * A value or an actual is an item for its line and period. Changes of a line are one item for each stretch of periods in
 * which they hang together: inside it their order has a meaning, so that they cannot be taken apart.
 */
import type { Change, Correlation, Distribution, Localized, Periods, Scenario } from '#plan';
import { printCanonical } from '../document/canonical-text.ts';
import { canonicalScenario, changesByLine, clustersOf, type Cluster } from '../document/exchange-document.ts';

/** One thing that a scenario says. */
export type ScenarioItem =
  | { readonly kind: 'name'; readonly name: Localized }
  | { readonly kind: 'note'; readonly note: Localized }
  /** What the scenario builds on: the stacked ones, nearest first, and the base. */
  | { readonly kind: 'bases'; readonly stack: readonly string[]; readonly basedOn: string | undefined }
  | { readonly kind: 'value'; readonly line: string; readonly period: number; readonly value: number }
  | { readonly kind: 'actual'; readonly line: string; readonly period: number; readonly value: number }
  | {
      readonly kind: 'changes';
      readonly line: string;
      /** The stretch of periods in which the changes hang together. */
      readonly from: number;
      readonly to: number;
      /** In the order in which they are applied. */
      readonly changes: readonly Change[];
    }
  | { readonly kind: 'distribution'; readonly line: string; readonly distribution: Distribution }
  | { readonly kind: 'correlation'; readonly lines: readonly [string, string]; readonly rank: number };

/** Items by their key; a key names the same thing in every scenario. */
export type ScenarioItems = ReadonlyMap<string, ScenarioItem>;

/**
 * Takes scenarios of one plan apart, each into its items. They are taken together, because changes that hang together in
 * one of them are one item in all. Where there is no scenario there are no items.
 */
export function itemsOf(scenarios: readonly (Scenario | null)[], periods: Periods): ScenarioItems[] {
  const canonical = scenarios.map((one) => one && canonicalScenario(one, periods));
  const stretches = findStretches(canonical, periods);
  return canonical.map((one) => new Map(one ? listItems(one, periods, stretches) : []));
}

/** By line, the stretches in which changes of any of the scenarios hang together. */
function findStretches(
  scenarios: readonly (Scenario | null)[],
  periods: Periods,
): ReadonlyMap<string, readonly Cluster[]> {
  const byLine = changesByLine(scenarios.flatMap((one) => one?.changes ?? []));
  return new Map([...byLine].map(([line, changes]) => [line, clustersOf(changes, periods)]));
}

function listItems(
  scenario: Scenario,
  periods: Periods,
  stretches: ReadonlyMap<string, readonly Cluster[]>,
): [string, ScenarioItem][] {
  const {
    id: _,
    name,
    note,
    basedOn,
    stack,
    values,
    changes,
    actuals,
    distributions,
    correlations,
    ...rest
  } = scenario;
  // a part that a scenario gains one day must become an item before this compiles again
  rest satisfies Record<string, never>;
  const cells = (kind: 'value' | 'actual', byLine: Scenario['values']) =>
    Object.entries(byLine ?? {}).flatMap(([line, byPeriod]) =>
      Object.entries(byPeriod).map(([period, value]): [string, ScenarioItem] => [
        `${kind} ${line} ${period}`,
        { kind, line, period: Number(period), value },
      ]),
    );
  const changed = [...changesByLine(changes ?? [])].flatMap(([line, own]) =>
    (stretches.get(line) ?? []).flatMap(({ from, to, changes: all }): [string, ScenarioItem][] => {
      const members = new Set(all);
      const here = own.filter((change) => members.has(change));
      return here.length === 0
        ? []
        : [[`changes ${line} ${from} ${to}`, { kind: 'changes', line, from, to, changes: here }]];
    }),
  );
  return [
    ['name', { kind: 'name', name }],
    ...(note ? [['note', { kind: 'note', note }] satisfies [string, ScenarioItem]] : []),
    ['bases', { kind: 'bases', stack: stack ?? [], basedOn }],
    ...cells('value', values),
    ...changed,
    ...cells('actual', actuals),
    ...Object.entries(distributions ?? {}).map(([line, distribution]): [string, ScenarioItem] => [
      `distribution ${line}`,
      { kind: 'distribution', line, distribution },
    ]),
    ...(correlations ?? []).map(({ lines: pair, rank }): [string, ScenarioItem] => [
      `correlation ${pair.join(' ')}`,
      { kind: 'correlation', lines: pair, rank },
    ]),
  ];
}

/** Puts a scenario together from items; the same items give the same scenario, whatever their order. */
export function toScenario(id: string, items: Iterable<ScenarioItem>, periods: Periods): Scenario {
  const values: Record<string, Record<string, number>> = {};
  const actuals: Record<string, Record<string, number>> = {};
  const distributions: Record<string, Distribution> = {};
  const changes: Change[] = [];
  const correlations: Correlation[] = [];
  let head: Omit<Scenario, 'id' | 'name'> = {};
  let name: Localized | undefined;
  for (const item of items) {
    switch (item.kind) {
      case 'name':
        name = item.name;
        break;
      case 'note':
        head = { ...head, note: item.note };
        break;
      case 'bases':
        head = {
          ...head,
          ...(item.stack.length > 0 && { stack: [...item.stack] }),
          ...(item.basedOn !== undefined && { basedOn: item.basedOn }),
        };
        break;
      case 'value':
        (values[item.line] ??= {})[String(item.period)] = item.value;
        break;
      case 'actual':
        (actuals[item.line] ??= {})[String(item.period)] = item.value;
        break;
      case 'changes':
        changes.push(...item.changes);
        break;
      case 'distribution':
        distributions[item.line] = item.distribution;
        break;
      case 'correlation':
        correlations.push({ lines: [...item.lines], rank: item.rank });
        break;
    }
  }
  if (!name) throw new Error(`scenario ${id} without a name`);
  return canonicalScenario(
    { ...head, id, name, values, changes, actuals, distributions, correlations },
    periods,
  );
}

/** Tells whether two items say the same. */
export function isSameItem(a: ScenarioItem | undefined, b: ScenarioItem | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return printCanonical(a) === printCanonical(b);
}
