/** The lessons that are at hand, the one that is open, and where each was left. */
import { problem, type Problem } from '#quantity';
import { checkLesson, type Lesson, type LessonCover } from '#plan';
import { MAX_LESSONS, isSameLesson } from '#exchange';
import type { KeptLesson, LessonDraft, LessonPlace } from '#storage';
import { LessonDrafts } from './lesson-drafts.ts';
import type { LessonParts, LessonRun } from './lesson.svelte.ts';
import type { PlanSession } from './plan-session.svelte.ts';

/** What the shelf is built from. */
export interface ShelfParts {
  /** The lessons that are shipped. */
  readonly lessons: readonly LessonCover[];
  /** Loads a shipped lesson, unchecked against its plan. Fails: rejects where it cannot be loaded or is none. */
  readonly readLesson: (id: string) => Promise<Lesson>;
  /** The lessons that the person brought or wrote and that are kept, unchecked against their plans. */
  readonly brought: readonly Lesson[];
  /** What the person was writing, one a plan, unchecked. */
  readonly drafts: readonly KeptLesson[];
  /** Begins to go through a lesson on an open plan. */
  readonly runLesson: (parts: Omit<LessonParts, 'practise'>) => LessonRun;
}

/** What the shelf keeps between visits. */
export interface ShelfKeeper {
  readonly placeOf: (lesson: string) => LessonPlace | undefined;
  readonly keepPlace: (lesson: string, place: LessonPlace) => void;
  readonly keepLesson: (lesson: Lesson) => void;
  readonly dropLesson: (lesson: Lesson) => void;
  /** Resolves when it is kept, or has been told that it cannot be. */
  readonly keepDraft: (plan: string, draft: LessonDraft | undefined) => Promise<void>;
}

/** How an arriving lesson stands to those at hand. present: the same is here · other: it would take the place of one · new: neither. */
export type LessonStanding = 'present' | 'other' | 'new';

/** What keeps a lesson from the shelf. */
export type LessonShelfProblemCode = 'lesson_too_many';

/** The shelf of lessons. */
export class LessonShelf {
  /** What is being written. */
  readonly drafts: LessonDrafts;
  readonly #parts: ShelfParts;
  readonly #keeper: ShelfKeeper;
  readonly #runs = new Map<string, LessonRun>();
  #brought = $state.raw<readonly Lesson[]>([]);
  #run = $state.raw<LessonRun>();
  #opening = $state<string>();
  #problems = $state.raw<readonly Problem[]>([]);
  #failed = $state<string>();
  /** Whether the lesson that is open fills the screen for a room. */
  isPresented = $state(false);

  constructor(parts: ShelfParts, keeper: ShelfKeeper) {
    this.#parts = parts;
    this.#keeper = keeper;
    this.#brought = parts.brought;
    this.drafts = new LessonDrafts(parts.drafts, keeper.keepDraft);
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
    return this.#keeper.placeOf(id);
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

  /** The lessons about a plan that the person brought or wrote; they go along where the plan goes. */
  broughtTo(plan: string): readonly Lesson[] {
    return this.#brought.filter((one) => one.plan === plan);
  }

  /** How a lesson that arrives stands to what is at hand. */
  async standingOf(lesson: Lesson): Promise<LessonStanding> {
    const brought = this.broughtTo(lesson.plan).find(({ id }) => id === lesson.id);
    const isShipped = this.#parts.lessons.some(({ id, plan }) => id === lesson.id && plan === lesson.plan);
    if (!brought && !isShipped) return 'new';
    try {
      return isSameLesson(brought ?? (await this.#parts.readLesson(lesson.id)), lesson) ? 'present' : 'other';
    } catch (thrown) {
      if (!(thrown instanceof Error) || thrown.name !== 'LessonNotLoaded') throw thrown;
      // what cannot be read cannot be compared
      return 'other';
    }
  }

  /**
   * Takes a lesson that came from elsewhere, as a file or from the author's page, and keeps it; gives it as it stands on the
   * shelf: with an id that no lesson of another plan has. It takes the place of one of its id about the same plan. Gives a
   * problem, and takes nothing, where there are as many about the plan as can go along with it.
   */
  bring(lesson: Lesson): Lesson | Problem<LessonShelfProblemCode> {
    const others = this.broughtTo(lesson.plan).filter((one) => one.id !== lesson.id);
    if (others.length >= MAX_LESSONS) return problem('lesson_too_many', {}, { limit: MAX_LESSONS });
    const taken = [...this.#parts.lessons, ...this.#brought].filter(({ plan }) => plan !== lesson.plan);
    let { id } = lesson;
    for (let number = 2; taken.some((one) => one.id === id); number += 1)
      id = `${lesson.id.slice(0, KEPT_OF_ID)}-${number}`;
    const placed = { ...lesson, id };
    this.#runs.delete(id);
    this.#brought = [...this.#brought.filter((one) => one.id !== id), placed];
    this.#keeper.keepLesson(placed);
    return placed;
  }

  /** Takes a lesson that was brought from the shelf; gives it, so that it can be brought back. A shipped one is left there. */
  remove(id: string): Lesson | undefined {
    const lesson = this.#brought.find((one) => one.id === id);
    if (!lesson) return undefined;
    this.#runs.delete(id);
    this.#brought = this.#brought.filter((one) => one !== lesson);
    this.#keeper.dropLesson(lesson);
    return lesson;
  }

  /** A lesson at one of its steps, for a look by its author: its place is not kept. */
  tryOut(lesson: Lesson, { engine }: PlanSession, step: number): LessonRun {
    const place = { step: lesson.steps[step]?.id ?? '', done: [] };
    return this.#parts.runLesson({ lesson, engine, place, keep: () => undefined });
  }

  /** Opens a lesson from its beginning without taking it: what its author goes through is kept nowhere. */
  rehearse(lesson: Lesson, session: PlanSession): void {
    this.#run = this.tryOut(lesson, session, 0);
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
    const run = this.#parts.runLesson({
      lesson,
      engine,
      place: this.#keeper.placeOf(lesson.id),
      keep: (place) => this.#keeper.keepPlace(lesson.id, place),
    });
    this.#runs.set(lesson.id, run);
    this.#run = run;
  }
}

/** Characters of an id that are left where a number has to go behind them. */
const KEPT_OF_ID = 56;

/** Thrown by what brings lessons: the lesson cannot be loaded, or what was loaded is none. */
export class LessonNotLoaded extends Error {
  constructor(cause?: unknown) {
    super('lesson not loaded', { cause });
    this.name = 'LessonNotLoaded';
  }
}
