/** The lessons that are being written, one a plan: as they are, and as they were kept when the page was last closed. */
import type { KeptLesson, LessonDraft } from '#storage';
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

/** What is being written about plans. At most one is on its way to the store; what was written meanwhile follows it. */
export class LessonDrafts {
  readonly #write: (plan: string, draft: LessonDraft | undefined) => Promise<void>;
  readonly #kept = new Map<string, unknown>();
  /** What is not on its way yet. */
  readonly #pending = new Map<string, LessonDraft | undefined>();
  #isWriting = false;

  constructor(
    kept: readonly KeptLesson[],
    write: (plan: string, draft: LessonDraft | undefined) => Promise<void>,
  ) {
    for (const { plan, lesson } of kept) this.#kept.set(plan, lesson);
    this.#write = write;
  }

  /** What was being written about a plan; undefined where nothing was, or where it cannot be read. */
  of(plan: string): WrittenLesson | undefined {
    return readDraft(this.#kept.get(plan));
  }

  /** Keeps what is being written about a plan; undefined lets it go. Writing begins before this returns, where none is under way. */
  keep(plan: string, written: WrittenLesson | undefined): void {
    const draft = written && { head: { ...written.head }, steps: written.steps.map((step) => ({ ...step })) };
    this.#kept.set(plan, draft);
    this.#pending.set(plan, draft);
    if (!this.#isWriting) void this.#run();
  }

  /** Begins to write what is pending at once: what a page does when it is hidden or closed. */
  flush(): void {
    for (const [plan, draft] of this.#pending) void this.#write(plan, draft);
    this.#pending.clear();
  }

  async #run(): Promise<void> {
    this.#isWriting = true;
    try {
      // what is written meanwhile comes in at the end of the map
      for (const [plan, draft] of this.#pending) {
        this.#pending.delete(plan);
        await this.#write(plan, draft);
      }
    } finally {
      this.#isWriting = false;
    }
  }
}

/** A form as it was kept, maybe by another version: fields that are not understood are empty. */
function readDraft(value: unknown): WrittenLesson | undefined {
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
