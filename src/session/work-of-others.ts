/**
 * What becomes of a tab's work where other tabs have gone on with it: their entries are taken, what this tab has not kept yet is
 * done once more on top of them, and what it takes back is only what they have left as it was. Pure; loaded when it is needed.
 */
import {
  applied,
  checkScenario,
  headOf,
  readPlan,
  rebase,
  redoOf,
  undoOf,
  withGesture,
  type Clash,
  type Patch,
  type Plan,
  type Rebased,
  type Scenario,
} from '#plan';
import { toPatches } from '#exchange';
import type { JournalEntry } from '#storage';
import { followedPatches, readsWhatIsGone } from './followed-formulas.ts';
import { usersOf, withFollowing } from './model-edits.ts';
import {
  edited,
  isGesture,
  patched,
  perform,
  type Intent,
  type Made,
  type OwnStep,
  type OwnSteps,
  type Performed,
  type Told,
  type Work,
} from './work.ts';

/** Does what was done in another state of the work once more, on top of this one. */
export function performAnew(work: Work, { intent, before, work: after }: Made): Performed {
  if (intent.kind !== 'edit') return perform(work, intent, { afterOthers, fitting });
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

/** Undoes, or does again, what others have worked on since: only what they have left as it was. */
export function afterOthers(
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
