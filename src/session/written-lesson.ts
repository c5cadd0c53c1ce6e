/** A lesson that is being written, as a whole form, and how one that was kept is read again. */
import {
  GUESS_KINDS,
  NO_HEAD,
  STEP_KINDS,
  STEP_VIEWS,
  emptyStep,
  type LessonHeadDraft,
  type StepDraft,
} from './lesson-draft.ts';

/** A whole form. */
export interface WrittenLesson {
  readonly head: LessonHeadDraft;
  readonly steps: readonly StepDraft[];
}

/** A form as it was kept, maybe by another version: fields that are not understood are empty. Missing: undefined where nothing can be read. */
export function readWritten(value: unknown): WrittenLesson | undefined {
  const { head, steps } = fieldsOf(value);
  if (!Array.isArray(steps)) return undefined;
  const ids = new Set<string>();
  const read = steps.flatMap((step: unknown): StepDraft[] => {
    const { id } = fieldsOf(step);
    if (typeof id !== 'string' || id === '' || ids.has(id)) return [];
    ids.add(id);
    const draft = understood(emptyStep(id), step);
    const isKnown =
      STEP_KINDS.includes(draft.kind) && STEP_VIEWS.includes(draft.view) && GUESS_KINDS.includes(draft.guess);
    return isKnown ? [draft] : [];
  });
  return read.length > 0 ? { head: understood(NO_HEAD, head), steps: read } : undefined;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** The fields of an empty form with what is kept of each, where it has the form of the empty one. */
function understood<T extends object>(empty: T, kept: unknown): T {
  const given = fieldsOf(kept);
  const fields = Object.entries(empty).map(([name, nothing]: [string, unknown]) => {
    const field = given[name];
    if (typeof nothing === 'object' && nothing !== null) return [name, understood(nothing, field)];
    return [name, typeof field === typeof nothing ? field : nothing];
  });
  return Object.fromEntries(fields) as T;
}
