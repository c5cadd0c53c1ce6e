/** What gestures on whole scenarios do, as patches. Pure: scenarios in, patches out. */
import {
  lineOverlay,
  type LineOverlay,
  type Localized,
  type Patch,
  type Scenario,
  type ScenarioHead,
} from '#plan';

/** A scenario without what it says about lines. */
export function headOf({ id, name, note, basedOn }: Scenario): ScenarioHead {
  return { id, name, ...(note && { note }), ...(basedOn !== undefined && { basedOn }) };
}

/** The lines about which a scenario itself says something. */
export function changedLines(scenario: Scenario): string[] {
  const ids = [
    ...Object.keys(scenario.values ?? {}),
    ...Object.keys(scenario.actuals ?? {}),
    ...(scenario.changes ?? []).map((change) => change.line),
  ];
  return [...new Set(ids)];
}

/** Gives a scenario another name and note; without a note it has none. */
export function renamed(scenario: Scenario, name: Localized, note: Localized | undefined): Patch[] {
  const before = headOf(scenario);
  const { note: _, ...bare } = before;
  const after = { ...bare, name, ...(note && { note }) };
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ kind: 'scenario', before, after }];
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

/** Deletes a scenario; those that build on it build on its base instead. */
export function removed(gone: Scenario, all: readonly Scenario[]): Patch[] {
  const heirs = all
    .filter((one) => one.basedOn === gone.id)
    .map((heir): Patch => {
      const before = headOf(heir);
      const { basedOn: _, ...bare } = before;
      return {
        kind: 'scenario',
        before,
        after: gone.basedOn === undefined ? bare : { ...bare, basedOn: gone.basedOn },
      };
    });
  const lines = changedLines(gone).map((line): Patch => ({
    kind: 'line',
    scenario: gone.id,
    line,
    before: lineOverlay(gone, line),
    after: null,
  }));
  return [...heirs, ...lines, { kind: 'scenario', before: headOf(gone), after: null }];
}

/** Gives lines of a scenario these overlays; what stays the same gives no patch. */
export function patchesOf(overlays: ReadonlyMap<string, LineOverlay | null>, scenario: Scenario): Patch[] {
  return [...overlays].flatMap(([line, after]): Patch[] => {
    const before = lineOverlay(scenario, line);
    return JSON.stringify(before) === JSON.stringify(after)
      ? []
      : [{ kind: 'line', scenario: scenario.id, line, before, after }];
  });
}

/** The scenario in which patches happen, for opening it; the last one where there are several. */
export function scenarioOf(patches: readonly Patch[]): string | undefined {
  const last = patches.at(-1);
  return last?.kind === 'line' ? last.scenario : last?.after?.id;
}
