/** What a journal says: the scenarios and the history that its entries lead to. Pure; knows nothing of databases. */
import { applyPatches, inverse, type Scenario } from '#plan';
import type { JournalEntry, StoredHistory, StoredWork } from './plan-store.ts';

/** Scenarios with what can be undone and done again. */
export interface Replayed {
  readonly scenarios: readonly Scenario[];
  readonly history: StoredHistory;
}

const NO_HISTORY: StoredHistory = { done: [], undone: [] };

/**
 * Replays stored work: its snapshot, then its entries. Without a snapshot it starts from `start`, the scenarios that a
 * person begins with.
 */
export function replay(
  work: Pick<StoredWork, 'snapshot' | 'entries'>,
  start: readonly Scenario[] = [],
): Replayed {
  const { scenarios, history } = work.snapshot ?? { scenarios: start, history: NO_HISTORY };
  return work.entries.reduce(applyEntry, { scenarios, history });
}

/**
 * Applies one entry. An edit clears what could be done again; undo and redo with nothing to undo or redo change
 * nothing, so that a journal can always be read.
 */
export function applyEntry(state: Replayed, entry: JournalEntry): Replayed {
  const { scenarios, history } = state;
  const { done, undone } = history;
  switch (entry.kind) {
    case 'edit':
      return {
        scenarios: applyPatches(scenarios, entry.patches),
        history: { done: [...done, entry.patches], undone: [] },
      };
    case 'undo': {
      const patches = done.at(-1);
      if (!patches) return state;
      return {
        scenarios: applyPatches(scenarios, patches.map(inverse).reverse()),
        history: { done: done.slice(0, -1), undone: [patches, ...undone] },
      };
    }
    case 'redo': {
      const [patches, ...rest] = undone;
      if (!patches) return state;
      return {
        scenarios: applyPatches(scenarios, patches),
        history: { done: [...done, patches], undone: rest },
      };
    }
  }
}
