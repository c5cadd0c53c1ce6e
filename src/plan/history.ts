/** Undo and redo over gestures: what was done and what was undone, each gesture a list of patches. Pure. */
import { inverse, type Patch } from './patch.ts';

/** What can be undone, oldest first, and what can be done again, next first. */
export interface History {
  readonly done: readonly (readonly Patch[])[];
  readonly undone: readonly (readonly Patch[])[];
}

/** A step through the history: the patches to apply, and the history then. */
export interface HistoryStep {
  readonly patches: readonly Patch[];
  readonly history: History;
}

/** Most gestures that can be undone; older ones stay in the scenarios and leave the history. */
const MAX_UNDO = 500;

/** Nothing done yet. */
export const NO_HISTORY: History = { done: [], undone: [] };

/** The history after a gesture; what had been undone is gone. */
export function withGesture(history: History, patches: readonly Patch[]): History {
  return { done: [...history.done, patches].slice(-MAX_UNDO), undone: [] };
}

/** The step that undoes the last gesture; undefined when there is none. */
export function undoOf(history: History): HistoryStep | undefined {
  const last = history.done.at(-1);
  return (
    last && {
      patches: last.map(inverse).reverse(),
      history: { done: history.done.slice(0, -1), undone: [last, ...history.undone] },
    }
  );
}

/** The step that does the last undone gesture again; undefined when there is none. */
export function redoOf(history: History): HistoryStep | undefined {
  const [next, ...rest] = history.undone;
  return next && { patches: next, history: { done: [...history.done, next], undone: rest } };
}
