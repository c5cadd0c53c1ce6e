/**
 * The work on a plan as a tab sees it: what the journal leads to, and which of its gestures this tab may take back. Pure. What a
 * person does is an intent; where other tabs have been faster it is done once more, on top of what they did.
 */
import {
  applied,
  applyPatches,
  applyPlanPatches,
  checkScenario,
  headOf,
  inverse,
  isSame,
  readPlan,
  rebase,
  redoOf,
  undoOf,
  withGesture,
  type Clash,
  type History,
  type HistoryStep,
  type Patch,
  type Plan,
  type Rebased,
  type Scenario,
} from '#plan';
import { toPatches } from '#exchange';
import type { JournalEntry } from '#storage';
import { followedPatches, readsWhatIsGone } from './followed-formulas.ts';
import { usersOf, withFollowing } from './model-edits.ts';

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

function isGesture(a: readonly Patch[], b: readonly Patch[] | undefined): boolean {
  return a === b || isSame(a, b);
}

/** Does an intent in the work for which it was meant. `own` is what the scenarios come to, where that is known. */
export function perform(work: Work, intent: Intent, own?: readonly Scenario[]): Performed {
  if (intent.kind === 'edit') return edited(work, intent, intent.patches, [], own);
  return intent.kind === 'undo' ? undone(work, intent) : redone(work, intent);
}

/** Does what was done in another state of the work once more, on top of this one. */
export function performAnew(work: Work, { intent, before, work: after }: Made): Performed {
  if (intent.kind !== 'edit') return perform(work, intent);
  const patches = followedPatches(intent.patches, before.plan, work.plan);
  const rebased = fitted(rebase(patches, before, work, 'mine'), work, before);
  if (!rebased.homeless) {
    const told = rebased.clashes.map((take): Told => ({ kind: 'met', take }));
    return edited(work, intent, rebased.patches, told);
  }
  const take = restoring(rebased.homeless, intent.patches, after, work);
  return edited(work, intent, [], [{ kind: 'homeless', take }]);
}

/** The work after an entry of another tab. What that tab has taken back this one cannot take back again. */
export function followed(work: Work, entry: JournalEntry): Work {
  if (entry.kind === 'edit') return patched(work, entry.patches, withGesture(work.history, entry.patches));
  const step = entry.kind === 'undo' ? undoOf(work.history) : redoOf(work.history);
  if (!step) return work;
  const gesture = entry.kind === 'undo' ? work.history.done.at(-1) : work.history.undone[0];
  const { done, undone: waiting } = work.steps;
  const rest = (all: readonly OwnStep[]) => {
    const at = all.findLastIndex(({ patches }) => gesture && isGesture(gesture, patches));
    return at < 0 ? all : all.toSpliced(at, 1);
  };
  const steps =
    entry.kind === 'undo' ? { done: rest(done), undone: waiting } : { done, undone: rest(waiting) };
  return { ...patched(work, step.patches, step.history), steps };
}

function patched(work: Work, patches: readonly Patch[], history: History): Work {
  const { plan, own } = applied(work, patches);
  return { ...work, plan, own, history };
}

function edited(
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

function undone(work: Work, intent: Intent): Performed {
  const step = nextUndo(work);
  if (step?.id !== intent.id) return { work, told: [] };
  const { done } = work.steps;
  const rest = done.slice(0, done.lastIndexOf(step));
  const steps = { done: rest, undone: [step, ...work.steps.undone] };
  const last = work.history.done.at(-1);
  const shared = last && isGesture(last, step.patches) ? undoOf(work.history) : undefined;
  if (shared) return inHistory(work, shared, steps, { kind: 'undo', at: intent.at });
  return afterOthers(work, undoing(step.patches), intent, steps, {
    done: rest,
    undone: work.steps.undone,
  });
}

function redone(work: Work, intent: Intent): Performed {
  const step = nextRedo(work);
  if (step?.id !== intent.id) return { work, told: [] };
  const undone = work.steps.undone.slice(work.steps.undone.indexOf(step) + 1);
  const steps = { done: [...work.steps.done, step], undone };
  const next = work.history.undone[0];
  const shared = next && isGesture(next, step.patches) ? redoOf(work.history) : undefined;
  if (shared) return inHistory(work, shared, steps, { kind: 'redo', at: intent.at });
  return afterOthers(work, step.patches, intent, steps, { done: work.steps.done, undone });
}

function inHistory(work: Work, step: HistoryStep, steps: OwnSteps, entry: JournalEntry): Performed {
  return { work: { ...patched(work, step.patches, step.history), steps }, entry, told: [] };
}

/** Undoes, or does again, what others have worked on since: only what they have left as it was. */
function afterOthers(
  work: Work,
  patches: readonly Patch[],
  { at }: Intent,
  steps: OwnSteps,
  without: OwnSteps,
): Performed {
  const rebased = fitted(rebase(patches, work, work, 'theirs'), work, work);
  const told = rebased.homeless
    ? [{ kind: 'kept' as const, take: [] }]
    : rebased.clashes.map((take): Told => ({ kind: 'kept', take }));
  if (rebased.patches.length === 0) return { work: { ...work, steps: without }, told };
  const history = withGesture(work.history, rebased.patches);
  return {
    work: { ...patched(work, rebased.patches, history), steps },
    entry: { kind: 'edit', patches: rebased.patches, at },
    told,
  };
}

/** What another edit would come to now; undefined where it cannot be done any more. */
export function fitting(work: Work, patches: readonly Patch[]): readonly Patch[] | undefined {
  const rebased = fitted(rebase(patches, work, work, 'mine'), work, work);
  return rebased.homeless ? undefined : rebased.patches;
}

/** A rebased gesture with what follows from it, where the work is fit for use then; homeless where not. */
function fitted(rebased: Rebased, work: Work, made: Work): Rebased {
  const [first] = rebased.patches;
  if (!first) return rebased;
  const isModel = rebased.patches.some((one) => one.kind === 'plan-item' || one.kind === 'plan-head');
  const patches = isModel ? withFollowing(work, rebased.patches) : rebased.patches;
  const { plan, own } = applied(work, patches);
  const isFit = isModel
    ? readPlan({ ...plan, scenarios: [...plan.scenarios, ...own] }).ok && !takesWhatIsRead(work, patches)
    : headsIn(patches).every((id) => isStanding(id, plan, own));
  const isReadable = made.plan === work.plan || !readsWhatIsGone(patches, made.plan, work.plan);
  return isFit && isReadable ? { ...rebased, patches } : { patches: [], clashes: [], homeless: first };
}

/** The scenarios whose heads patches change. */
function headsIn(patches: readonly Patch[]): readonly string[] {
  return patches.flatMap((one) => (one.kind === 'scenario' && one.after ? [one.after.id] : []));
}

function isStanding(id: string, plan: Plan, own: readonly Scenario[]): boolean {
  const scenario = own.find((one) => one.id === id);
  const scenarios = [...plan.scenarios, ...own];
  return !scenario || checkScenario(headOf(scenario), { ...plan, scenarios }, id).length === 0;
}

/** Whether patches take lines away that formulas read which came since. */
function takesWhatIsRead(work: Work, patches: readonly Patch[]): boolean {
  const after = applied(work, patches);
  const gone = work.plan.lines.filter(({ id }) => !after.plan.lines.some((one) => one.id === id));
  return gone.some(({ id }) => {
    const readers = usersOf(work, id).filter(({ line }) => !gone.some((one) => one.id === line));
    return readers.length > 0;
  });
}

/** The patches that bring back what an edit has lost its place in, with the edit. */
function restoring(homeless: Patch, patches: readonly Patch[], after: Work, now: Work): Clash {
  const id = homeless.kind === 'line' ? homeless.scenario : undefined;
  const isGone = id !== undefined && !now.own.some((one) => one.id === id);
  const scenario = isGone ? after.own.find((one) => one.id === id) : undefined;
  if (scenario) return toPatches(null, scenario);
  if (homeless.kind === 'scenario' && homeless.after && homeless.before) {
    const renamed = after.own.find((one) => one.id === homeless.after?.id);
    return renamed ? toPatches(null, renamed) : patches;
  }
  const lost = after.plan.lines
    .map((line, at) => ({ line, at }))
    .filter(({ line }) => isTouched(line.id, patches) && !now.plan.lines.some((one) => one.id === line.id));
  if (lost.length === 0) return patches;
  return [
    ...lost.map(({ line, at }) => {
      return { kind: 'plan-item', list: 'lines', at, before: null, after: line } as const;
    }),
    ...patches.filter((one) => one.kind === 'line'),
  ];
}

function isTouched(line: string, patches: readonly Patch[]): boolean {
  return patches.some((one) =>
    one.kind === 'line'
      ? one.line === line
      : one.kind === 'plan-item' && one.list === 'lines' && one.after?.id === line,
  );
}
