/** What a journal says: the scenarios and the history that its entries lead to. Pure; knows nothing of databases. */
import { applyPatches, NO_HISTORY, redoOf, undoOf, withGesture, type History, type Scenario } from '#plan';
import type { JournalEntry, StoredWork } from './plan-store.ts';

/** Scenarios with what can be undone and done again. */
export interface Replayed {
  readonly scenarios: readonly Scenario[];
  readonly history: History;
}

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
  if (entry.kind === 'edit') {
    return {
      scenarios: applyPatches(scenarios, entry.patches),
      history: withGesture(history, entry.patches),
    };
  }
  const step = entry.kind === 'undo' ? undoOf(history) : redoOf(history);
  return step ? { scenarios: applyPatches(scenarios, step.patches), history: step.history } : state;
}
