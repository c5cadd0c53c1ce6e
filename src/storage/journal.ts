/** What a journal says: the scenarios, the plan and the history that its entries lead to. Pure; knows nothing of databases. */
import {
  applyPatches,
  applyPlanPatches,
  NO_HISTORY,
  redoOf,
  undoOf,
  withGesture,
  type History,
  type Patch,
  type Plan,
  type Scenario,
} from '#plan';
import type { JournalEntry, StoredWork } from './plan-store.ts';

/** Scenarios with what can be undone and done again. */
export interface Replayed {
  readonly scenarios: readonly Scenario[];
  readonly history: History;
  /** The plan with what was edited in it; absent where the plan is not the person's own. */
  readonly plan?: Plan;
}

/**
 * Replays stored work: its snapshot, then its entries. Without a snapshot it starts from `start`, the scenarios that a
 * person begins with. `plan` is a plan of the person's own as it was kept; without it edits of the plan are passed over.
 */
export function replay(
  work: Pick<StoredWork, 'snapshot' | 'entries'>,
  start: readonly Scenario[] = [],
  plan?: Plan,
): Replayed {
  const { scenarios, history, plan: edited } = work.snapshot ?? { scenarios: start, history: NO_HISTORY };
  return work.entries.reduce(applyEntry, {
    scenarios,
    history,
    ...(plan && { plan: edited ?? plan }),
  });
}

/**
 * Applies one entry. An edit clears what could be done again; undo and redo with nothing to undo or redo change
 * nothing, so that a journal can always be read.
 */
export function applyEntry(state: Replayed, entry: JournalEntry): Replayed {
  const { history } = state;
  if (entry.kind === 'edit') return patched(state, entry.patches, withGesture(history, entry.patches));
  const step = entry.kind === 'undo' ? undoOf(history) : redoOf(history);
  return step ? patched(state, step.patches, step.history) : state;
}

function patched({ scenarios, plan }: Replayed, patches: readonly Patch[], history: History): Replayed {
  return {
    scenarios: applyPatches(scenarios, patches),
    history,
    ...(plan && { plan: applyPlanPatches(plan, patches) }),
  };
}
