/**
 * Edits as small reversible patches. A patch names one item and holds it before and after, so that it can be undone, kept
 * in a journal, and merged by item. Patches of scenarios are here, those of the plan itself in `plan-patch.ts`.
 */
import { isPlanPatch, type PlanPatch } from './plan-patch.ts';
import type { Change, Distribution, Scenario } from './schema.ts';

/** What one scenario says about one line. */
export interface LineOverlay {
  /** The scenario's own values by period. */
  readonly values?: Readonly<Record<string, number>>;
  readonly changes?: readonly Change[];
  readonly actuals?: Readonly<Record<string, number>>;
  readonly distribution?: Distribution;
}

/** A scenario without what it says about single lines. */
export type ScenarioHead = Pick<Scenario, 'id' | 'name' | 'note' | 'basedOn' | 'stack' | 'correlations'>;

/** One reversible edit of a scenario. `null` before means that the item is new, after that it goes. */
export type ScenarioPatch =
  | {
      readonly kind: 'line';
      readonly scenario: string;
      readonly line: string;
      readonly before: LineOverlay | null;
      readonly after: LineOverlay | null;
    }
  | { readonly kind: 'scenario'; readonly before: ScenarioHead | null; readonly after: ScenarioHead | null }
  /** The ids of all scenarios in their order. */
  | { readonly kind: 'order'; readonly before: readonly string[]; readonly after: readonly string[] };

/** One reversible edit, of a scenario or of the plan itself. */
export type Patch = ScenarioPatch | PlanPatch;

/** A scenario without what it says about single lines. */
export function headOf({ id, name, note, basedOn, stack, correlations }: Scenario): ScenarioHead {
  return {
    id,
    name,
    ...(note && { note }),
    ...(basedOn !== undefined && { basedOn }),
    ...(stack && { stack }),
    ...(correlations && { correlations }),
  };
}

/** The lines about which a scenario itself says something. */
export function changedLines(scenario: Scenario): string[] {
  const ids = [
    ...Object.keys(scenario.values ?? {}),
    ...Object.keys(scenario.actuals ?? {}),
    ...(scenario.changes ?? []).map((change) => change.line),
    ...Object.keys(scenario.distributions ?? {}),
  ];
  return [...new Set(ids)];
}

/** What a scenario says about a line; null when it says nothing. */
export function lineOverlay(scenario: Scenario, line: string): LineOverlay | null {
  const values = scenario.values?.[line];
  const actuals = scenario.actuals?.[line];
  const changes = (scenario.changes ?? []).filter((change) => change.line === line);
  const distribution = scenario.distributions?.[line];
  if (!values && !actuals && !distribution && changes.length === 0) return null;
  return {
    ...(values && { values }),
    ...(changes.length > 0 && { changes }),
    ...(actuals && { actuals }),
    ...(distribution && { distribution }),
  };
}

/**
 * The scenario with what it says about a line replaced; null takes it away. Empty parts vanish. Changes of different lines
 * stand in the order of the lines' ids, so that the way to a scenario leaves no trace in it.
 */
export function withLineOverlay(scenario: Scenario, line: string, overlay: LineOverlay | null): Scenario {
  const { values, changes, actuals, distributions, ...head } = scenario;
  const others = (changes ?? []).filter((change) => change.line !== line);
  const nextValues = withItem(values, line, overlay?.values);
  const nextActuals = withItem(actuals, line, overlay?.actuals);
  const nextDistributions = withItem(distributions, line, overlay?.distribution);
  const nextChanges = [...others, ...(overlay?.changes ?? [])].sort((a, b) =>
    a.line < b.line ? -1 : Number(a.line > b.line),
  );
  return {
    ...head,
    ...(nextValues && { values: nextValues }),
    ...(nextChanges.length > 0 && { changes: nextChanges }),
    ...(nextActuals && { actuals: nextActuals }),
    ...(nextDistributions && { distributions: nextDistributions }),
  };
}

function withItem<T extends object>(
  items: Record<string, T> | undefined,
  key: string,
  item: T | undefined,
): Record<string, T> | undefined {
  const kept = Object.entries(items ?? {}).filter(([id]) => id !== key);
  const next = item && Object.keys(item).length > 0 ? [...kept, [key, item] as const] : kept;
  return next.length > 0 ? Object.fromEntries(next) : undefined;
}

/** The patch that undoes a patch. */
export function inverse(patch: Patch): Patch {
  return { ...patch, before: patch.after, after: patch.before } as Patch;
}

/**
 * Applies patches, in order, to a list of scenarios. A patch of a scenario that is not there changes nothing, nor does one
 * of the plan itself.
 */
export function applyPatches(scenarios: readonly Scenario[], patches: readonly Patch[]): readonly Scenario[] {
  return patches.filter((patch) => !isPlanPatch(patch)).reduce(applyPatch, scenarios);
}

function applyPatch(scenarios: readonly Scenario[], patch: ScenarioPatch): readonly Scenario[] {
  if (patch.kind === 'line') {
    return scenarios.map((one) =>
      one.id === patch.scenario ? withLineOverlay(one, patch.line, patch.after) : one,
    );
  }
  if (patch.kind === 'order') return inOrder(scenarios, patch.after);
  const { before, after } = patch;
  if (after === null) return scenarios.filter((one) => one.id !== before?.id);
  if (before === null)
    return scenarios.some((one) => one.id === after.id) ? scenarios : [...scenarios, { ...after }];
  return scenarios.map((one) => {
    if (one.id !== before.id) return one;
    const { values, changes, actuals, distributions } = one;
    return {
      ...after,
      ...(values && { values }),
      ...(changes && { changes }),
      ...(actuals && { actuals }),
      ...(distributions && { distributions }),
    };
  });
}

/** The scenarios in an order of ids; those that it does not name follow as they were. */
function inOrder(scenarios: readonly Scenario[], ids: readonly string[]): readonly Scenario[] {
  const places = new Map(ids.map((id, index) => [id, index]));
  return scenarios.toSorted((a, b) => (places.get(a.id) ?? ids.length) - (places.get(b.id) ?? ids.length));
}
