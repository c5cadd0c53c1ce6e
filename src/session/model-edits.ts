/** What gestures on the plan itself do, as patches. Pure: plan and scenarios in, patches out. */
import {
  applyPatches,
  applyPlanPatches,
  changedLines,
  lineOverlay,
  withLineOverlay,
  type Patch,
  type Plan,
  type PlanItem,
  type PlanList,
  type PlanPatch,
  type Scenario,
} from '#plan';
import { buildNames, followNames, linesNamed } from '#formula';
import { correlated } from './scenario-edits.ts';

/** A plan and the person's own scenarios of it. */
export interface PlanState {
  readonly plan: Plan;
  readonly own: readonly Scenario[];
}

/** A formula that reads a line: of another line, or what a scenario puts in its place. */
export interface LineUser {
  readonly line: string;
  readonly scenario?: Scenario;
}

/** Puts an item into a list, or another in its place, or takes it out. */
export function itemPatch<L extends PlanList>(
  list: L,
  at: number,
  before: PlanItem<L> | null,
  after: PlanItem<L> | null,
): PlanPatch {
  // the list says which items these are; its type cannot carry that through
  return { kind: 'plan-item', list, at, before, after } as PlanPatch;
}

/** Moves an item to another place of its list; `changed` is what it is there. */
export function moved<L extends PlanList>(
  list: L,
  from: number,
  to: number,
  item: PlanItem<L>,
  changed: PlanItem<L> = item,
): Patch[] {
  if (from === to && changed === item) return [];
  return [itemPatch(list, from, item, null), itemPatch(list, to, null, changed)];
}

/** The formulas that read a line, its own left out: of lines of the plan, and of all scenarios. */
export function usersOf({ plan, own }: PlanState, id: string): LineUser[] {
  const names = buildNames(plan.lines);
  const reads = (text: string | undefined) => text !== undefined && linesNamed(text, names).includes(id);
  const lines = plan.lines.filter((line) => line.id !== id && reads(line.formula));
  const scenarios = [...plan.scenarios, ...own].flatMap((scenario) =>
    (scenario.changes ?? [])
      .filter((change) => change.line !== id && 'formula' in change && reads(change.formula))
      .map((change) => ({ line: change.line, scenario })),
  );
  return [...lines.map((line) => ({ line: line.id })), ...scenarios];
}

/** Lets every formula follow what patches make of the names of lines: the patches and what follows from them. */
export function withFollowing({ plan, own }: PlanState, patches: readonly Patch[]): Patch[] {
  const next = applyPlanPatches(plan, patches);
  const [before, after] = [buildNames(plan.lines), buildNames(next.lines)];
  const follow = (text: string) => followNames(text, before, after);
  const lines = next.lines.flatMap((line, at): Patch[] => {
    const formula = line.formula === undefined ? undefined : follow(line.formula);
    return formula === undefined || formula === line.formula
      ? []
      : [itemPatch('lines', at, line, { ...line, formula })];
  });
  const shipped = next.scenarios.flatMap((scenario, at): Patch[] => {
    const followed = changedLines(scenario).reduce((one, line) => followedIn(one, line, follow), scenario);
    return followed === scenario ? [] : [itemPatch('scenarios', at, scenario, followed)];
  });
  const overlays = applyPatches(own, patches).flatMap((scenario) =>
    changedLines(scenario).flatMap((line): Patch[] => {
      const followed = followedIn(scenario, line, follow);
      return followed === scenario
        ? []
        : [
            {
              kind: 'line',
              scenario: scenario.id,
              line,
              before: lineOverlay(scenario, line),
              after: lineOverlay(followed, line),
            },
          ];
    }),
  );
  return [...patches, ...lines, ...shipped, ...overlays];
}

/** The scenario with the formulas that it puts on a line rewritten; the same object where none changes. */
function followedIn(scenario: Scenario, line: string, follow: (text: string) => string): Scenario {
  const overlay = lineOverlay(scenario, line);
  const changes = overlay?.changes?.map((change) =>
    'formula' in change ? { ...change, formula: follow(change.formula) } : change,
  );
  const isSame = (changes ?? []).every((change, index) => {
    const was = overlay?.changes?.[index];
    return (
      !('formula' in change) || (was !== undefined && 'formula' in was && was.formula === change.formula)
    );
  });
  return changes === undefined || isSame
    ? scenario
    : withLineOverlay(scenario, line, { ...overlay, changes });
}

/** Deletes a line with what is said about it: targets, what scenarios say, places in tables, what it moves together with. */
export function lineRemoved({ plan, own }: PlanState, id: string): Patch[] {
  const at = plan.lines.findIndex((line) => line.id === id);
  const line = plan.lines[at];
  if (!line) return [];
  return [
    ...own.flatMap((scenario) => overlayRemoved(scenario, id)),
    ...plan.scenarios.flatMap((scenario, index): Patch[] => {
      const bare = applyPatches([scenario], overlayRemoved(scenario, id))[0] ?? scenario;
      return changedLines(scenario).includes(id) || bare.correlations !== scenario.correlations
        ? [itemPatch('scenarios', index, scenario, bare)]
        : [];
    }),
    ...removedWhere('targets', plan.targets, (target) => target.line === id),
    ...removedWhere('correlations', plan.correlations ?? [], (pair) => pair.lines.includes(id)),
    ...plan.tables.flatMap((table, index): Patch[] => {
      if (table.rows.every((row) => row.line !== id)) return [];
      const rows = table.rows.flatMap((row) => {
        if (row.line !== id) return [row];
        // another figure may be printed in the same row: then the row is that line's
        const heir = citing(plan, table.id, row.label, id);
        return heir === undefined ? [] : [{ ...row, line: heir }];
      });
      return [itemPatch('tables', index, table, { ...table, rows })];
    }),
    ...plan.lines.flatMap((other, index): Patch[] => {
      if (other.drives !== id || other.id === id) return [];
      const { drives: _, ...bare } = other;
      return [itemPatch('lines', index, other, bare)];
    }),
    itemPatch('lines', at, line, null),
  ];
}

function overlayRemoved(scenario: Scenario, line: string): Patch[] {
  const before = lineOverlay(scenario, line);
  const pairs = (scenario.correlations ?? [])
    .filter((pair) => pair.lines.includes(line))
    .map((pair) => ({ lines: pair.lines, rank: null }));
  return [
    ...(pairs.length > 0 ? correlated(scenario, pairs) : []),
    ...(before ? [{ kind: 'line', scenario: scenario.id, line, before, after: null } as const] : []),
  ];
}

/** From the last to the first, so that no place moves before its turn. */
function removedWhere<L extends PlanList>(
  list: L,
  items: readonly PlanItem<L>[],
  isGone: (item: PlanItem<L>) => boolean,
): Patch[] {
  return items
    .map((item, at) => ({ item, at }))
    .filter(({ item }) => isGone(item))
    .reverse()
    .map(({ item, at }) => itemPatch(list, at, item, null));
}

/** A line, other than this, of which a figure or target is printed in a row of a table. */
function citing(plan: Plan, table: string, row: string, except: string): string | undefined {
  const cites = (source: unknown) =>
    typeof source === 'object' &&
    source !== null &&
    'table' in source &&
    'row' in source &&
    source.table === table &&
    source.row === row;
  const line = plan.lines.find(
    ({ id, figures = [], stated = [] }) =>
      id !== except &&
      (figures.some((one) => [one.source, ...(one.also ?? []).map((also) => also.source)].some(cites)) ||
        stated.some((one) => cites(one.source))),
  );
  const target = plan.targets.find(
    (one) => one.line !== except && [one.source, ...(one.also ?? []).map((also) => also.source)].some(cites),
  );
  return line?.id ?? target?.line;
}
