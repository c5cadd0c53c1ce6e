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

/** An overlay without empty parts; null for one that says nothing. */
export function tidyOverlay({ values, changes, actuals, distribution }: LineOverlay): LineOverlay | null {
  const next: LineOverlay = {
    ...(values && Object.keys(values).length > 0 && { values }),
    ...(changes && changes.length > 0 && { changes }),
    ...(actuals && Object.keys(actuals).length > 0 && { actuals }),
    ...(distribution && { distribution }),
  };
  return Object.keys(next).length > 0 ? next : null;
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
  return withOverlays(scenario, new Map([[line, overlay]]));
}

/** Overlays by line; null takes one away. Those named last stand last. */
type Overlays = ReadonlyMap<string, LineOverlay | null>;

function withOverlays(scenario: Scenario, overlays: Overlays): Scenario {
  const { values, changes, actuals, distributions, ...head } = scenario;
  const others = (changes ?? []).filter((change) => !overlays.has(change.line));
  const added = [...overlays.values()].flatMap((overlay) => overlay?.changes ?? []);
  const nextValues = withItems(values, overlays, (overlay) => overlay.values);
  const nextActuals = withItems(actuals, overlays, (overlay) => overlay.actuals);
  const nextDistributions = withItems(distributions, overlays, (overlay) => overlay.distribution);
  const nextChanges = [...others, ...added].sort((a, b) => (a.line < b.line ? -1 : Number(a.line > b.line)));
  return {
    ...head,
    ...(nextValues && { values: nextValues }),
    ...(nextChanges.length > 0 && { changes: nextChanges }),
    ...(nextActuals && { actuals: nextActuals }),
    ...(nextDistributions && { distributions: nextDistributions }),
  };
}

function withItems<T extends object>(
  items: Record<string, T> | undefined,
  overlays: Overlays,
  itemOf: (overlay: LineOverlay) => T | undefined,
): Record<string, T> | undefined {
  const kept = Object.entries(items ?? {}).filter(([line]) => !overlays.has(line));
  const added = [...overlays].flatMap(([line, overlay]) => {
    const item = overlay ? itemOf(overlay) : undefined;
    return item && Object.keys(item).length > 0 ? [[line, item] as const] : [];
  });
  const next = [...kept, ...added];
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
  let next = scenarios;
  let run: LinePatch[] = [];
  for (const patch of patches) {
    if (isPlanPatch(patch)) continue;
    if (patch.kind === 'line') {
      run.push(patch);
      continue;
    }
    next = applyPatch(applyLinePatches(next, run), patch);
    run = [];
  }
  return applyLinePatches(next, run);
}

type LinePatch = Extract<ScenarioPatch, { kind: 'line' }>;

/** Applies patches of lines that follow each other, each scenario at once: an import has many thousands of them. */
function applyLinePatches(
  scenarios: readonly Scenario[],
  patches: readonly LinePatch[],
): readonly Scenario[] {
  if (patches.length === 0) return scenarios;
  const byScenario = new Map<string, Map<string, LineOverlay | null>>();
  for (const { scenario, line, after } of patches) {
    const overlays = byScenario.get(scenario) ?? new Map<string, LineOverlay | null>();
    byScenario.set(scenario, overlays);
    // the one applied last stands last
    overlays.delete(line);
    overlays.set(line, after);
  }
  return scenarios.map((one) => {
    const overlays = byScenario.get(one.id);
    return overlays ? withOverlays(one, overlays) : one;
  });
}

function applyPatch(
  scenarios: readonly Scenario[],
  patch: Exclude<ScenarioPatch, LinePatch>,
): readonly Scenario[] {
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
