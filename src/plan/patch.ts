/**
 * Edits of scenarios as small reversible patches. A patch names one item and holds it before and after, so that it can be
 * undone, kept in a journal, and merged by item.
 */
import type { Change, Scenario } from './schema.ts';

/** What one scenario says about one line. */
export interface LineOverlay {
  /** The scenario's own values by period. */
  readonly values?: Readonly<Record<string, number>>;
  readonly changes?: readonly Change[];
  readonly actuals?: Readonly<Record<string, number>>;
}

/** A scenario without its overlay: id, name, note, base. */
export type ScenarioHead = Pick<Scenario, 'id' | 'name' | 'note' | 'basedOn'>;

/** One reversible edit. `null` before means that the item is new, after that it goes. */
export type Patch =
  | {
      readonly kind: 'line';
      readonly scenario: string;
      readonly line: string;
      readonly before: LineOverlay | null;
      readonly after: LineOverlay | null;
    }
  | { readonly kind: 'scenario'; readonly before: ScenarioHead | null; readonly after: ScenarioHead | null };

/** What a scenario says about a line; null when it says nothing. */
export function lineOverlay(scenario: Scenario, line: string): LineOverlay | null {
  const values = scenario.values?.[line];
  const actuals = scenario.actuals?.[line];
  const changes = (scenario.changes ?? []).filter((change) => change.line === line);
  if (!values && !actuals && changes.length === 0) return null;
  return { ...(values && { values }), ...(changes.length > 0 && { changes }), ...(actuals && { actuals }) };
}

/** The scenario with what it says about a line replaced; null takes it away. Empty parts vanish. */
export function withLineOverlay(scenario: Scenario, line: string, overlay: LineOverlay | null): Scenario {
  const { values, changes, actuals, ...head } = scenario;
  const others = (changes ?? []).filter((change) => change.line !== line);
  const nextValues = withItem(values, line, overlay?.values);
  const nextActuals = withItem(actuals, line, overlay?.actuals);
  const nextChanges = [...others, ...(overlay?.changes ?? [])];
  return {
    ...head,
    ...(nextValues && { values: nextValues }),
    ...(nextChanges.length > 0 && { changes: nextChanges }),
    ...(nextActuals && { actuals: nextActuals }),
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

/** Applies patches, in order, to a list of scenarios. A patch of a scenario that is not there changes nothing. */
export function applyPatches(scenarios: readonly Scenario[], patches: readonly Patch[]): readonly Scenario[] {
  return patches.reduce(applyPatch, scenarios);
}

function applyPatch(scenarios: readonly Scenario[], patch: Patch): readonly Scenario[] {
  if (patch.kind === 'line') {
    return scenarios.map((one) =>
      one.id === patch.scenario ? withLineOverlay(one, patch.line, patch.after) : one,
    );
  }
  const { before, after } = patch;
  if (after === null) return scenarios.filter((one) => one.id !== before?.id);
  if (before === null)
    return scenarios.some((one) => one.id === after.id) ? scenarios : [...scenarios, { ...after }];
  return scenarios.map((one) => {
    if (one.id !== before.id) return one;
    // all that is not the head stays, also what no patch speaks of yet
    const { id: _id, name: _name, note: _note, basedOn: _basedOn, ...overlay } = one;
    return { ...after, ...overlay };
  });
}
