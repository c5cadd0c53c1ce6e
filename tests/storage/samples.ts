/** Scenarios, entries and snapshots for tests of storage, said by what matters in them. */
import type { Change, LineOverlay, Patch, Scenario, ScenarioHead } from '#plan';
import type { JournalEntry, Snapshot } from '#storage';

/** The plan that tests of storage work on. */
export const PLAN = 'zhoushan-2021-2025';

const both = (text: string) => ({ zh: text, en: text });

/** A scenario that says nothing yet. */
export function aHead(id = 'trial'): ScenarioHead {
  return { id, name: both(id) };
}

/** A scenario with one value. */
export function aScenario(id = 'trial', value = 1): Scenario {
  return { ...aHead(id), values: { gdp: { '2025': value } } };
}

/** A patch that sets one value of one line. */
export function aPatch(value: number, before: LineOverlay | null = null): Patch {
  return { kind: 'line', scenario: 'trial', line: 'gdp', before, after: { values: { '2025': value } } };
}

/** A gesture that sets one value. */
export function anEdit(value: number): JournalEntry {
  return { kind: 'edit', patches: [aPatch(value)], at: 1_700_000_000_000 + value };
}

/** So many gestures, told apart by their values, the first with `from`. */
export function edits(count: number, from = 1): JournalEntry[] {
  return Array.from({ length: count }, (_, index) => anEdit(from + index));
}

/** A gesture that begins the scenario that `anEdit` edits. */
export const BEGIN: JournalEntry = {
  kind: 'edit',
  patches: [{ kind: 'scenario', before: null, after: aHead() }],
  at: 1_700_000_000_000,
};

/** A snapshot with one scenario. */
export function aSnapshot(revision: number, value = revision): Snapshot {
  return {
    revision,
    scenarios: [aScenario('trial', value)],
    history: { done: [[aPatch(value)]], undone: [] },
  };
}

/** One of every kind of change that a line can have. */
export const EVERY_CHANGE: readonly Change[] = [
  { line: 'gdp', set: 1 },
  { line: 'gdp', from: 2021, to: 2023, add: -0.5 },
  { line: 'gdp', from: 2022, scale: 1.1 },
  { line: 'gdp', growth: 0.08 },
  { line: 'gdp', to: 2024, formula: 'gdp[t-1] * 1.05' },
];
