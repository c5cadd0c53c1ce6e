/** The lessons that are at hand, the one that is open, and where each was left. */
import type { Problem } from '#quantity';
import { checkLesson, type Lesson, type LessonCover } from '#plan';
import type { LessonPlace } from '#storage';
import { LessonRun, type LessonParts } from './lesson.svelte.ts';
import type { PlanSession } from './plan-session.svelte.ts';

/** What the shelf is built from. */
export interface ShelfParts {
  /** The lessons that are shipped. */
  readonly lessons: readonly LessonCover[];
  /** Loads a shipped lesson, unchecked against its plan. Fails: rejects where it cannot be loaded or is none. */
  readonly readLesson: (id: string) => Promise<Lesson>;
  readonly practise: LessonParts['practise'];
}

/** What the shelf keeps between visits. */
export interface KeptPlaces {
  readonly placeOf: (lesson: string) => LessonPlace | undefined;
  readonly keep: (lesson: string, place: LessonPlace) => void;
}

/** The shelf of lessons. */
export class LessonShelf {
  readonly #parts: ShelfParts;
  readonly #places: KeptPlaces;
  readonly #runs = new Map<string, LessonRun>();
  #brought = $state.raw<readonly Lesson[]>([]);
  #run = $state.raw<LessonRun>();
  #opening = $state<string>();
  #problems = $state.raw<readonly Problem[]>([]);
  #failed = $state<string>();
  /** Whether the lesson that is open fills the screen for a room. */
  isPresented = $state(false);

  constructor(parts: ShelfParts, places: KeptPlaces) {
    this.#parts = parts;
    this.#places = places;
  }

  /** The lessons about a plan: the shipped ones and those that were brought. */
  of(plan: string): readonly LessonCover[] {
    const brought = this.#brought.filter((one) => one.plan === plan);
    const shipped = this.#parts.lessons.filter(
      (one) => one.plan === plan && !brought.some(({ id }) => id === one.id),
    );
    return [...shipped, ...brought.map((one) => ({ ...one, steps: one.steps.length }))];
  }

  /** The cover of a lesson; undefined where it is not at hand. */
  cover(id: string): LessonCover | undefined {
    return (
      this.#parts.lessons.find((one) => one.id === id) ??
      this.of(this.#brought.find((one) => one.id === id)?.plan ?? '').find((one) => one.id === id)
    );
  }

  /** Where a lesson was left; undefined where it was not begun. */
  placeOf(id: string): LessonPlace | undefined {
    return this.#places.placeOf(id);
  }

  /** The lesson that is open on a plan. */
  runOn(session: PlanSession): LessonRun | undefined {
    return this.#run?.engine.plan.id === session.plan.id ? this.#run : undefined;
  }

  /** The id of the lesson that is being brought. */
  get opening(): string | undefined {
    return this.#opening;
  }

  /** The id of the lesson that could not be opened. */
  get failed(): string | undefined {
    return this.#failed;
  }

  /** What keeps that lesson from being used with the plan; empty where it could not be loaded. */
  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** Opens a lesson on its plan, where it was left. */
  async begin(id: string, session: PlanSession): Promise<void> {
    this.#opening = id;
    this.#failed = undefined;
    try {
      const brought = this.#brought.find((one) => one.id === id);
      const lesson = brought ?? (await this.#parts.readLesson(id));
      if (this.#opening === id) this.#start(lesson, session);
    } catch (thrown) {
      if (!(thrown instanceof Error) || thrown.name !== 'LessonNotLoaded') throw thrown;
      this.#failed = id;
      this.#problems = [];
    } finally {
      if (this.#opening === id) this.#opening = undefined;
    }
  }

  /** Takes a lesson that came from elsewhere, as a file or from the author's page. */
  bring(lesson: Lesson): void {
    this.#runs.delete(lesson.id);
    this.#brought = [...this.#brought.filter(({ id }) => id !== lesson.id), lesson];
  }

  /** A lesson at one of its steps, for a look by its author: its place is not kept. */
  tryOut(lesson: Lesson, { engine }: PlanSession, step: number): LessonRun {
    const place = { step: lesson.steps[step]?.id ?? '', done: [] };
    const { practise } = this.#parts;
    return new LessonRun({ lesson, engine, place, practise, keep: () => undefined });
  }

  /** Leaves the open lesson; it can be taken up where it was left. */
  leave(): void {
    this.#run?.practice.cancelLever();
    this.#run = undefined;
    this.isPresented = false;
  }

  #start(lesson: Lesson, { engine }: PlanSession): void {
    const known = this.#runs.get(lesson.id);
    if (known?.engine === engine) {
      this.#run = known;
      return;
    }
    // the plan may be another than the one that the lesson was written for: a person's own is edited
    this.#problems = checkLesson(lesson, engine.plan);
    if (this.#problems.length > 0) {
      this.#failed = lesson.id;
      return;
    }
    const run = new LessonRun({
      lesson,
      engine,
      place: this.#places.placeOf(lesson.id),
      practise: this.#parts.practise,
      keep: (place) => this.#places.keep(lesson.id, place),
    });
    this.#runs.set(lesson.id, run);
    this.#run = run;
  }
}

/** Thrown by what brings lessons: the lesson cannot be loaded, or what was loaded is none. */
export class LessonNotLoaded extends Error {
  constructor(cause?: unknown) {
    super('lesson not loaded', { cause });
    this.name = 'LessonNotLoaded';
  }
}
