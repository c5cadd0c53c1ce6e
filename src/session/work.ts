/**
 * The work on a plan as a tab sees it: what the journal leads to, and which of its gestures this tab may take back. Pure. What a
 * person does is an intent; where other tabs have been faster it is done once more, on top of what they did.
 */
import {
  applied,
  applyPatches,
  applyPlanPatches,
  inverse,
  isSame,
  redoOf,
  undoOf,
  withGesture,
  type Clash,
  type History,
  type HistoryStep,
  type Patch,
  type Plan,
  type Scenario,
} from '#plan';
import type { JournalEntry } from '#storage';
import type * as workOfOthers from './work-of-others.ts';

/** What is done where other tabs have gone on: not loaded before that. */
export type Others = Pick<typeof workOfOthers, 'afterOthers' | 'fitting'>;

/** A gesture of this tab; after a rebase the patches are others, and none where nothing was left to do. */
export interface OwnStep {
  readonly id: number;
  readonly patches: readonly Patch[];
}

/** The gestures that this tab may take back, and do again. */
export interface OwnSteps {
  readonly done: readonly OwnStep[];
  readonly undone: readonly OwnStep[];
}

/** A plan, a person's scenarios of it, and how they came about. */
export interface Work {
  readonly plan: Plan;
  readonly own: readonly Scenario[];
  /** Of all tabs, as the journal has it. */
  readonly history: History;
  /** Of this tab; what was done before it was opened belongs to it too. */
  readonly steps: OwnSteps;
}

/** What a person does in this tab. */
export type Intent =
  | { readonly kind: 'edit'; readonly id: number; readonly patches: readonly Patch[]; readonly at: number }
  | { readonly kind: 'undo' | 'redo'; readonly id: number; readonly at: number };

/**
 * What a person is told when edits of two tabs met.
 * met: both touched the same, and the later one stands · kept: what was to be undone or done again was changed by the other tab
 * and stays · homeless: what was edited is gone, or would be unfit, so the edit is set aside.
 */
export interface Told {
  readonly kind: 'met' | 'kept' | 'homeless';
  /** The patches that put the other one in its place. */
  readonly take: Clash;
}

/** A work after an intent, the entry of the journal for it, and what is told; without an entry nothing is to be kept. */
export interface Performed {
  readonly work: Work;
  readonly entry?: JournalEntry;
  readonly told: readonly Told[];
}

/** An intent and the work before and after it. */
export interface Made extends Performed {
  readonly intent: Intent;
  readonly before: Work;
}

/** Most gestures that a tab can take back, as in the history. */
const MAX_STEPS = 500;

/** The work as it is opened: all that was done before may be taken back. */
export function opened(plan: Plan, own: readonly Scenario[], history: History): Work {
  return { plan, own, history, steps: stepsOf(history) };
}

function stepsOf({ done, undone }: History): OwnSteps {
  return {
    done: done.map((patches, index) => ({ id: index - done.length, patches })),
    undone: undone.map((patches, index) => ({ id: -done.length - 1 - index, patches })),
  };
}

/** The step that is taken back next; undefined where there is none. */
export function nextUndo({ steps }: Work): OwnStep | undefined {
  return steps.done.findLast(({ patches }) => patches.length > 0);
}

/** The step that is done again next. */
export function nextRedo({ steps }: Work): OwnStep | undefined {
  return steps.undone.find(({ patches }) => patches.length > 0);
}

/** The patches that take a gesture back. */
export function undoing(patches: readonly Patch[]): readonly Patch[] {
  return patches.map(inverse).reverse();
}

/** Whether the newest gesture of all tabs is the newest of this one. */
export function isNewestOwn(work: Work): boolean {
  const last = work.history.done.at(-1);
  return last !== undefined && isGesture(last, nextUndo(work)?.patches);
}

/** Whether a gesture is the one of a step. */
export function isGesture(a: readonly Patch[], b: readonly Patch[] | undefined): boolean {
  return a === b || isSame(a, b);
}

/**
 * Does an intent in the work for which it was meant. `others` is there as soon as another tab has gone on with the work; `own` is
 * what the scenarios come to, where that is known.
 */
export function perform(
  work: Work,
  intent: Intent,
  others: Others | undefined,
  own?: readonly Scenario[],
): Performed {
  if (intent.kind === 'edit') return edited(work, intent, intent.patches, [], own);
  return intent.kind === 'undo' ? undone(work, intent, others) : redone(work, intent, others);
}

/** The work after patches that lead to a history. */
export function patched(work: Work, patches: readonly Patch[], history: History): Work {
  const { plan, own } = applied(work, patches);
  return { ...work, plan, own, history };
}

/** The work after an edit, which may have come to nothing. */
export function edited(
  work: Work,
  { id, at }: Intent,
  patches: readonly Patch[],
  told: readonly Told[],
  own = applyPatches(work.own, patches),
): Performed {
  const done = [...work.steps.done, { id, patches }].slice(-MAX_STEPS);
  const steps = { done, undone: [] };
  if (patches.length === 0) return { work: { ...work, steps }, told };
  const next: Work = {
    plan: applyPlanPatches(work.plan, patches),
    own,
    history: withGesture(work.history, patches),
    steps,
  };
  return { work: next, entry: { kind: 'edit', patches, at }, told };
}

function undone(work: Work, intent: Intent, others: Others | undefined): Performed {
  const step = nextUndo(work);
  if (step?.id !== intent.id) return { work, told: [] };
  const { done } = work.steps;
  const rest = done.slice(0, done.lastIndexOf(step));
  const steps = { done: rest, undone: [step, ...work.steps.undone] };
  const last = work.history.done.at(-1);
  const shared = last && isGesture(last, step.patches) ? undoOf(work.history) : undefined;
  if (shared) return inHistory(work, shared, steps, { kind: 'undo', at: intent.at });
  if (!others) return { work, told: [] };
  return others.afterOthers(work, undoing(step.patches), intent, steps, {
    done: rest,
    undone: work.steps.undone,
  });
}

function redone(work: Work, intent: Intent, others: Others | undefined): Performed {
  const step = nextRedo(work);
  if (step?.id !== intent.id) return { work, told: [] };
  const undone = work.steps.undone.slice(work.steps.undone.indexOf(step) + 1);
  const steps = { done: [...work.steps.done, step], undone };
  const next = work.history.undone[0];
  const shared = next && isGesture(next, step.patches) ? redoOf(work.history) : undefined;
  if (shared) return inHistory(work, shared, steps, { kind: 'redo', at: intent.at });
  if (!others) return { work, told: [] };
  return others.afterOthers(work, step.patches, intent, steps, { done: work.steps.done, undone });
}

function inHistory(work: Work, step: HistoryStep, steps: OwnSteps, entry: JournalEntry): Performed {
  return { work: { ...patched(work, step.patches, step.history), steps }, entry, told: [] };
}
