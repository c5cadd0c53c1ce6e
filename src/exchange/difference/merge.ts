/**
 * What an arriving scenario would change, and the merge of two scenarios. Nothing is written: a merge gives a scenario, and
 * who asked decides what becomes of it.
 */
import type { Periods, Plan, Scenario } from '#plan';
import { isSameItem, itemsOf, toScenario, type ScenarioItem } from './scenario-items.ts';

/** One item that is not the same on both sides. */
export interface DifferenceItem {
  /** Names the item in every scenario of the plan. */
  readonly key: string;
  /** What stands here now; null where nothing does. */
  readonly before: ScenarioItem | null;
  /** What would stand here; null where nothing would. */
  readonly after: ScenarioItem | null;
}

/**
 * Finds what differs between a scenario that is present and one that arrives: name, note, what it builds on, then the
 * lines in the plan's order, each by period. Without a present one, all that the arriving one says.
 */
export function findScenarioDifference(
  plan: Plan,
  incoming: Scenario,
  present: Scenario | null = null,
): DifferenceItem[] {
  const [before, after] = itemsOf([present, incoming], plan.periods);
  return keysOf(plan, [before, after]).flatMap((key) => {
    const [a, b] = [before?.get(key), after?.get(key)];
    return isSameItem(a, b) ? [] : [{ key, before: a ?? null, after: b ?? null }];
  });
}

/** Whose item stands in a merged scenario. */
export type Side = 'mine' | 'theirs';

/** An item in all three scenarios; null where a scenario does not say it. */
export interface MergeItem {
  readonly key: string;
  readonly base: ScenarioItem | null;
  readonly mine: ScenarioItem | null;
  readonly theirs: ScenarioItem | null;
  /** same: both say the same · mine, theirs: only that side differs from the ancestor · both: a choice is needed, as it is everywhere without an ancestor. */
  readonly differs: 'same' | Side | 'both';
}

/** Two scenarios laid beside each other and their ancestor. */
export interface Merge {
  /** The id that the merged scenario keeps. */
  readonly id: string;
  readonly periods: Periods;
  /** In the plan's order. */
  readonly items: readonly MergeItem[];
}

/**
 * Lays two scenarios beside their common ancestor, item by item. `base` is the scenario of that id that the plan ships; null:
 * it is one scenario that began from nothing, and what only one side says is that side's.
 *
 * Missing: without a base the two have no common start, and every item in which they differ needs a choice.
 */
export function mergeScenario(
  plan: Plan,
  base: Scenario | null | undefined,
  mine: Scenario,
  theirs: Scenario,
): Merge {
  const [inBase, inMine, inTheirs] = itemsOf([base ?? null, mine, theirs], plan.periods);
  const items = keysOf(plan, [inBase, inMine, inTheirs]).map((key): MergeItem => {
    const [b, m, t] = [inBase?.get(key), inMine?.get(key), inTheirs?.get(key)];
    const differs = isSameItem(m, t) ? 'same' : base === undefined ? 'both' : whoLeft(b, m, t);
    return { key, base: b ?? null, mine: m ?? null, theirs: t ?? null, differs };
  });
  return { id: mine.id, periods: plan.periods, items };
}

/** Which of two sides that differ says something else than the ancestor. */
function whoLeft(
  base: ScenarioItem | undefined,
  mine: ScenarioItem | undefined,
  theirs: ScenarioItem | undefined,
): Side | 'both' {
  if (isSameItem(base, theirs)) return 'mine';
  return isSameItem(base, mine) ? 'theirs' : 'both';
}

/** Either the merged scenario, or the items that still need a choice. */
export type MergedScenario =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly undecided: readonly string[] };

/**
 * Builds the merged scenario. `choices` name a side by the key of an item and win over what only one side differs in; an
 * item in which both differ needs one.
 */
export function applyChoices(merge: Merge, choices: ReadonlyMap<string, Side>): MergedScenario {
  const undecided = merge.items.filter(({ key, differs }) => differs === 'both' && !choices.has(key));
  if (undecided.length > 0) return { ok: false, undecided: undecided.map(({ key }) => key) };
  const chosen = merge.items.flatMap(({ key, mine, theirs, differs }) => {
    const side = choices.get(key) ?? (differs === 'theirs' ? 'theirs' : 'mine');
    const item = side === 'mine' ? mine : theirs;
    return item ? [item] : [];
  });
  return { ok: true, scenario: toScenario(merge.id, chosen, merge.periods) };
}

/** Takes one side of every item: all of mine, or all of theirs. */
export function chooseAll(merge: Merge, side: Side): ReadonlyMap<string, Side> {
  return new Map(merge.items.map(({ key }) => [key, side]));
}

const KINDS: readonly ScenarioItem['kind'][] = [
  'name',
  'note',
  'bases',
  'changes',
  'value',
  'actual',
  'distribution',
  'correlation',
];

/** All keys, as a reader goes through a plan: what is said of the whole first, then line by line. */
function keysOf(plan: Plan, sides: readonly (ReadonlyMap<string, ScenarioItem> | undefined)[]): string[] {
  const place = new Map(plan.lines.map((line, index) => [line.id, index]));
  const all = new Map(sides.flatMap((side) => [...(side ?? [])]));
  const rank = (item: ScenarioItem): readonly [number, number, number] => {
    const line =
      'line' in item ? (place.get(item.line) ?? Infinity) : item.kind === 'correlation' ? Infinity : -1;
    const period = 'period' in item ? item.period : 'from' in item ? item.from : 0;
    return [line, KINDS.indexOf(item.kind), period];
  };
  const ranked = [...all].map(([key, item]) => ({ key, rank: rank(item) }));
  ranked.sort((a, b) => compare(a.rank, b.rank) || (a.key < b.key ? -1 : 1));
  return ranked.map(({ key }) => key);
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? 0;
    if (value !== other) return value < other ? -1 : 1;
  }
  return 0;
}
