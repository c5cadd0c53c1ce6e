/** Undo and redo over gestures: a pure list of what was done and what was undone. */
import { inverse, type Patch } from '#plan';
import type { StoredHistory } from '#storage';

/** Most gestures that can be undone; older ones stay in the scenarios and leave the history. */
const MAX_UNDO = 500;

/** The history after a gesture; what had been undone is gone. */
export function withGesture(history: StoredHistory, patches: readonly Patch[]): StoredHistory {
  return { done: [...history.done, patches].slice(-MAX_UNDO), undone: [] };
}

/** The patches that undo the last gesture, and the history then; undefined when there is none. */
export function undoOf(history: StoredHistory): { patches: Patch[]; history: StoredHistory } | undefined {
  const last = history.done.at(-1);
  return (
    last && {
      patches: last.toReversed().map(inverse),
      history: { done: history.done.slice(0, -1), undone: [last, ...history.undone] },
    }
  );
}

/** The patches that do the last undone gesture again, and the history then; undefined when there is none. */
export function redoOf(
  history: StoredHistory,
): { patches: readonly Patch[]; history: StoredHistory } | undefined {
  const [next, ...rest] = history.undone;
  return next && { patches: next, history: { done: [...history.done, next], undone: rest } };
}
