/** The lessons that are being written, one a plan: as they are, and as they were kept when the page was last closed. */
import type { KeptLesson, LessonDraft } from '#storage';
import type { WrittenLesson } from './written-lesson.ts';

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

  /** What was being written about a plan, unchecked; undefined where nothing was. */
  of(plan: string): unknown {
    return this.#kept.get(plan);
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
