/** What gestures on whole scenarios do, as patches. Pure: scenarios in, patches out. */
import { problem, type Problem } from '#quantity';
import {
  changedLines,
  headOf,
  lineOverlay,
  MAX_SCENARIOS,
  type Correlation,
  type LineOverlay,
  type Localized,
  type Patch,
  type PlanProblemCode,
  type Scenario,
  type ScenarioHead,
} from '#plan';

/** Gives a scenario another name and note; without a note it has none. */
export function renamed(scenario: Scenario, name: Localized, note: Localized | undefined): Patch[] {
  const { note: _, ...bare } = headOf(scenario);
  return headPatches(scenario, { ...bare, name, ...(note && { note }) });
}

/** Lays other scenarios between a scenario and its base, nearest first; none clears the stack. */
export function restacked(scenario: Scenario, stack: readonly string[]): Patch[] {
  const { stack: _, ...bare } = headOf(scenario);
  return headPatches(scenario, { ...bare, ...(stack.length > 0 && { stack: [...stack] }) });
}

/** Puts a scenario on another base. */
export function rebased(scenario: Scenario, basedOn: string): Patch[] {
  return headPatches(scenario, { ...headOf(scenario), basedOn });
}

/** Two drivers and the rank correlation with which they are to move together; null takes the scenario's word back. */
export interface DriverPair {
  readonly lines: readonly [string, string];
  readonly rank: number | null;
}

/** Lets pairs of drivers move together; of pairs that are named twice the last counts. */
export function correlated(scenario: Scenario, pairs: readonly DriverPair[]): Patch[] {
  const { correlations = [], ...bare } = headOf(scenario);
  const kept = correlations.filter(({ lines }) => !pairs.some((pair) => isSamePair(pair.lines, lines)));
  const next = pairs.flatMap(({ lines, rank }, index): Correlation[] => {
    const isLast = !pairs.slice(index + 1).some((pair) => isSamePair(pair.lines, lines));
    return rank === null || !isLast ? [] : [{ lines: [...lines], rank }];
  });
  const all = [...kept, ...next].sort((a, b) => (a.lines.join(' ') < b.lines.join(' ') ? -1 : 1));
  return headPatches(scenario, { ...bare, ...(all.length > 0 && { correlations: all }) });
}

function isSamePair(a: readonly [string, string], b: readonly [string, string]): boolean {
  return (a[0] === b[0] && a[1] === b[1]) || (a[0] === b[1] && a[1] === b[0]);
}

/** Moves a scenario to another place among those of one's own; a place beyond the ends is the end. */
export function moved(id: string, toIndex: number, own: readonly Scenario[]): Patch[] {
  const before = own.map((one) => one.id);
  const rest = before.filter((one) => one !== id);
  const place = Math.min(Math.max(toIndex, 0), rest.length);
  const after = [...rest.slice(0, place), id, ...rest.slice(place)];
  return after.every((one, index) => one === before[index]) ? [] : [{ kind: 'order', before, after }];
}

/** Takes back all that a scenario says about lines and about drivers that move together. */
export function emptied(scenario: Scenario): Patch[] {
  const { correlations: _, ...bare } = headOf(scenario);
  const lines = new Map(changedLines(scenario).map((line) => [line, null]));
  return [...patchesOf(lines, scenario), ...headPatches(scenario, bare)];
}

function headPatches(scenario: Scenario, after: ScenarioHead): Patch[] {
  const before = headOf(scenario);
  return isSame(before, after) ? [] : [{ kind: 'scenario', before, after: headOf(after) }];
}

/** Tells whether two plain values say the same, whatever the order of their keys. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => isSame((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  );
}

/** Copies all that a scenario says about lines into a new one. */
export function copied(scenario: Scenario, head: ScenarioHead): Patch[] {
  const lines = changedLines(scenario).map((line): Patch => ({
    kind: 'line',
    scenario: head.id,
    line,
    before: null,
    after: lineOverlay(scenario, line),
  }));
  return [{ kind: 'scenario', before: null, after: head }, ...lines];
}

/** Deletes a scenario: those that build on it build on its base instead, and it leaves the stacks of others. */
export function removed(gone: Scenario, all: readonly Scenario[]): Patch[] {
  const heirs = all.flatMap((heir): Patch[] => {
    if (heir.id === gone.id) return [];
    const { basedOn, stack = [], ...bare } = headOf(heir);
    const base = basedOn === gone.id ? gone.basedOn : basedOn;
    const rest = stack.filter((id) => id !== gone.id);
    return headPatches(heir, {
      ...bare,
      ...(base !== undefined && { basedOn: base }),
      ...(rest.length > 0 && { stack: rest }),
    });
  });
  const lines = changedLines(gone).map((line): Patch => ({
    kind: 'line',
    scenario: gone.id,
    line,
    before: lineOverlay(gone, line),
    after: null,
  }));
  // last before it goes, so that undoing puts it back in its place
  return [
    ...moved(gone.id, all.length, all),
    ...heirs,
    ...lines,
    { kind: 'scenario', before: headOf(gone), after: null },
  ];
}

/** Gives lines of a scenario these overlays; what stays the same gives no patch. */
export function patchesOf(overlays: ReadonlyMap<string, LineOverlay | null>, scenario: Scenario): Patch[] {
  return [...overlays].flatMap(([line, after]): Patch[] => {
    const before = lineOverlay(scenario, line);
    return isSame(before, after) ? [] : [{ kind: 'line', scenario: scenario.id, line, before, after }];
  });
}

/** The scenario in which patches happen, for opening it; the last one where there are several. */
export function scenarioOf(patches: readonly Patch[]): string | undefined {
  const last = patches.findLast((patch) => patch.kind === 'line' || patch.kind === 'scenario');
  return last?.kind === 'line' ? last.scenario : last?.after?.id;
}

/** Why a gesture is not done where there are so many scenarios: with what it begins there would be more than a file may hold. */
export function fullWith(patches: readonly Patch[], present: number): Problem<PlanProblemCode> | undefined {
  const count = patches.reduce((sum, patch) => {
    if (patch.kind !== 'scenario') return sum;
    return sum + (patch.before === null ? 1 : 0) - (patch.after === null ? 1 : 0);
  }, present);
  if (count <= MAX_SCENARIOS || count <= present) return undefined;
  return problem('plan_scenarios_full', {}, { limit: MAX_SCENARIOS, count });
}
