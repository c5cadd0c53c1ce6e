/**
 * A lesson that is being written for the open plan: its parts as the fields of a form have them, read after every change. What
 * is wrong stands at the path of its field; what can be read can be tried at once.
 */
import { problem, type Problem } from '#quantity';
import { readLesson, type Lesson } from '#plan';
import { rehearse } from '#analysis';
import { readLessonFile, writeLessonFile } from '#exchange';
import {
  NO_HEAD,
  documentOf,
  draftOf,
  emptyStep,
  headOf,
  type LessonHeadDraft,
  type StepDraft,
} from './lesson-draft.ts';
import type { LessonDrafts } from './lesson-drafts.ts';
import { oneOfSession } from './one-of-session.svelte.ts';
import type { PlanSession } from './plan-session.svelte.ts';
import { readWritten, type WrittenLesson } from './written-lesson.ts';

/** The page of an author. */
export class LessonAuthor {
  readonly #session: PlanSession;
  readonly #drafts: LessonDrafts;
  #head = $state.raw<LessonHeadDraft>(NO_HEAD);
  #steps = $state.raw<readonly StepDraft[]>([]);
  #isRestored = $state(false);

  constructor(session: PlanSession, drafts: LessonDrafts) {
    this.#session = session;
    this.#drafts = drafts;
    const kept = readWritten(drafts.of(session.plan.id));
    this.#head = kept?.head ?? NO_HEAD;
    this.#steps = kept?.steps ?? BLANK;
    this.#isRestored = kept !== undefined;
  }

  get head(): LessonHeadDraft {
    return this.#head;
  }

  get steps(): readonly StepDraft[] {
    return this.#steps;
  }

  /** Whether what is written was found as it had been left. */
  get isRestored(): boolean {
    return this.#isRestored;
  }

  /** Whether nothing is written yet. */
  get isBlank(): boolean {
    return sortedText([this.#head, this.#steps]) === sortedText([NO_HEAD, BLANK]);
  }

  /** Begins anew with an empty form. Gives what was written, to be put back with `write`. */
  clear(): WrittenLesson {
    const before = { head: this.#head, steps: this.#steps };
    this.write({ head: NO_HEAD, steps: BLANK });
    return before;
  }

  /** Puts a whole form in place of what is written. */
  write({ head, steps }: WrittenLesson): void {
    this.#isRestored = false;
    this.#put({ head, steps });
  }

  #put({ head = this.#head, steps = this.#steps }: Partial<WrittenLesson>): void {
    this.#head = head;
    this.#steps = steps;
    this.#drafts.keep(this.#session.plan.id, this.isBlank ? undefined : { head, steps });
  }

  /** Adds a step behind another. */
  add(behind: number): void {
    let number = this.steps.length + 1;
    while (this.steps.some(({ id }) => id === `step_${number}`)) number += 1;
    this.#put({ steps: this.steps.toSpliced(behind + 1, 0, emptyStep(`step_${number}`)) });
  }

  remove(index: number): void {
    if (this.steps.length > 1) this.#put({ steps: this.steps.toSpliced(index, 1) });
  }

  /** Moves a step up or down. */
  move(index: number, by: -1 | 1): void {
    const step = this.steps[index];
    const to = index + by;
    if (!step || to < 0 || to >= this.steps.length) return;
    this.#put({ steps: this.steps.toSpliced(index, 1).toSpliced(to, 0, step) });
  }

  /** Writes something in a step. */
  edit(index: number, change: Partial<StepDraft>): void {
    this.#put({ steps: this.steps.map((step, at) => (at === index ? { ...step, ...change } : step)) });
  }

  /** Writes something in the head. */
  editHead(change: Partial<LessonHeadDraft>): void {
    this.#put({ head: { ...this.head, ...change } });
  }

  readonly #read: { readonly lesson: Lesson | undefined; readonly problems: readonly Problem[] } =
    $derived.by(() => {
      const { plan, engine } = this.#session;
      const read = readLesson(documentOf(plan.id, this.head, this.steps), plan);
      if (!read.ok) return { lesson: undefined, problems: read.problems };
      return { lesson: read.value, problems: rehearse(engine, read.value) };
    });

  /** What can be tried; undefined while something is missing. */
  get lesson(): Lesson | undefined {
    return this.#read.lesson;
  }

  /** What is wrong, each with the path of its place. */
  get problems(): readonly Problem[] {
    return this.#read.problems;
  }

  /** What is wrong in one part: `title`, `steps[2].success`. */
  problemsAt(path: string): readonly Problem[] {
    return this.problems.filter(({ place }) => {
      const at = place.path ?? '';
      return at === path || at.startsWith(`${path}.`) || at.startsWith(`${path}[`);
    });
  }

  /** The lesson as a file; undefined while it cannot be read. */
  file(): Uint8Array<ArrayBuffer> | undefined {
    return this.lesson && writeLessonFile(this.lesson);
  }

  /** Opens a lesson's file in place of what is written. Gives what is wrong with it; then nothing is changed. */
  open(bytes: Uint8Array): readonly Problem[] {
    const read = readLessonFile(bytes, this.#session.plan);
    if (!read.ok) return read.problems;
    const lost = lostParts(read.lesson, this.#session.plan.id);
    if (lost) return [problem('author_beyond', { path: lost }, { path: lost })];
    this.write({ head: headOf(read.lesson), steps: read.lesson.steps.map(draftOf) });
    return [];
  }
}

/** The steps that a form begins with. */
const BLANK: readonly StepDraft[] = [emptyStep('step_1')];

/** Where a lesson says more than the form has fields for; undefined where it is the same after it has been through the form. */
function lostParts(lesson: Lesson, plan: string): string | undefined {
  const steps = lesson.steps.map(draftOf);
  const again = readLesson(documentOf(plan, headOf(lesson), steps));
  if (!again.ok) return again.problems[0]?.place.path ?? 'steps';
  const index = lesson.steps.findIndex(
    (step, at) => sortedText(step) !== sortedText(again.value.steps[at] ?? {}),
  );
  return index < 0 ? undefined : `steps[${index}]`;
}

/** The same text for the same content, whatever the order of the keys. */
function sortedText(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}

/** The author's page of a session, begun with what was being written about its plan. */
export const lessonAuthorOf = oneOfSession(
  (session: PlanSession, drafts: LessonDrafts) => new LessonAuthor(session, drafts),
);
