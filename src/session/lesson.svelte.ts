/**
 * A lesson as a learner goes through it: which step, what was answered, what helps, what is done. It works in practices of
 * its own, one a step, and never on the person's scenarios.
 */
import { isNumber } from '#quantity';
import type { Lesson, LessonHint, LessonStep, Localized, Scenario } from '#plan';
import type { Calculation, Engine } from '#engine';
import {
  checkPredicate,
  findMistake,
  guessTruth,
  judgeGuess,
  judgePoint,
  pickHint,
  stepLevers,
  stepScenario,
  type GuessResult,
  type LessonState,
  type PredicateResult,
  type StepLever,
  type StepMoment,
} from '#analysis';
import type { LessonPlace } from '#storage';
import { askedBy, type Asked } from './lesson-guess.ts';
import type { FirstLook, Practice } from './practice.svelte.ts';

/** How deep a step is told: what happens, what drives it, how it is calculated. */
export type LessonDepth = 'story' | 'drivers' | 'formulas';

/** The depths, the plainest first. */
export const LESSON_DEPTHS: readonly LessonDepth[] = ['story', 'drivers', 'formulas'];

/** What was last pointed at, and whether it is a fault. */
export interface PointedAt {
  readonly line: string;
  readonly period?: number | undefined;
  readonly hit: 'fault' | 'line' | 'nothing';
}

/** A guess that was given, beside the model. */
export interface GivenGuess {
  readonly result: GuessResult;
  /** Where the way that led to this number errs; absent where none is known. */
  readonly mistake?: Localized;
}

/** What a learner did in a step. */
export interface StepRecord {
  readonly isDone: boolean;
  /** How often help was asked for or an answer was wrong. */
  readonly tries: number;
  readonly guess?: GivenGuess;
  /** Places in the step's list of faults. */
  readonly found: readonly number[];
  readonly pointed?: PointedAt;
}

const UNTOUCHED: StepRecord = { isDone: false, tries: 0, found: [] };

/** What a lesson is begun with. */
export interface LessonParts {
  readonly lesson: Lesson;
  /** The plan as it is open. */
  readonly engine: Engine;
  /** Where it was left. */
  readonly place?: LessonPlace | undefined;
  readonly practise: (
    engine: Engine,
    scenario: Scenario,
    bounds: readonly StepLever[],
    look?: FirstLook,
  ) => Practice;
  /** Told where the learner stands, to keep it. */
  readonly keep: (place: LessonPlace) => void;
}

/** A lesson that is gone through. */
export class LessonRun {
  readonly lesson: Lesson;
  readonly engine: Engine;
  readonly #parts: LessonParts;
  #index = $state(0);
  #isOver = $state(false);
  #records = $state.raw<ReadonlyMap<string, StepRecord>>(new Map());
  #practices = $state.raw<ReadonlyMap<string, Practice>>(new Map());
  /** How deep the steps are told. */
  depth = $state<LessonDepth>('story');

  constructor(parts: LessonParts) {
    this.#parts = parts;
    this.lesson = parts.lesson;
    this.engine = parts.engine;
    const { steps } = this.lesson;
    const done = parts.place?.done ?? [];
    this.#records = new Map(
      steps.filter(({ id }) => done.includes(id)).map(({ id }) => [id, { ...UNTOUCHED, isDone: true }]),
    );
    this.#enter(
      Math.max(
        0,
        steps.findIndex(({ id }) => id === parts.place?.step),
      ),
    );
  }

  // where the learner stands

  /** The number of the open step, from 0. */
  get index(): number {
    return this.#index;
  }

  get step(): LessonStep {
    return this.#stepAt(this.#index);
  }

  get isFirst(): boolean {
    return this.#index === 0;
  }

  get isLast(): boolean {
    return this.#index === this.lesson.steps.length - 1;
  }

  /** Whether the last step has been left. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** The model of the open step. */
  get practice(): Practice {
    const found = this.#practices.get(this.step.id);
    if (!found) throw new Error(`the step ${this.step.id} has not been entered`);
    return found;
  }

  get record(): StepRecord {
    return this.recordOf(this.step.id);
  }

  recordOf(step: string): StepRecord {
    return this.#records.get(step) ?? UNTOUCHED;
  }

  get doneCount(): number {
    return this.lesson.steps.filter(({ id }) => this.recordOf(id).isDone).length;
  }

  /** The text of the open step; a depth that it lacks shows the one before it. */
  get text(): Localized {
    const { story, drivers, formulas } = this.step;
    const shown = { story, drivers: drivers ?? story, formulas: formulas ?? drivers ?? story };
    return shown[this.depth];
  }

  /** Whether something stands beside the text of the open step; nothing does once the last step has been left. */
  get hasStage(): boolean {
    return !this.#isOver && (this.step.show !== undefined || this.step.kind === 'find');
  }

  /** Whether a view would give the answer away: what is guessed is not shown before the guess. */
  get isHidden(): boolean {
    const { step } = this;
    return step.kind === 'predict' && step.guess.of !== 'formula' && !step.reveal && !this.record.guess;
  }

  /** Whether a cell stays hidden until the guess: the guessed one, and what comes after the base, which leads to it. */
  isSecret(line: string, period: number): boolean {
    const { step } = this;
    if (!this.isHidden || step.kind !== 'predict' || step.guess.of === 'formula') return false;
    const { guess } = step;
    const first = guess.of === 'number' ? guess.period : guess.from;
    return line === guess.line && period >= Math.min(first, this.engine.plan.periods.base + 1);
  }

  // moving

  /** Goes to a step, from 0; beyond the ends is the end. */
  go(index: number): void {
    this.practice.cancelLever();
    this.#enter(Math.min(Math.max(index, 0), this.lesson.steps.length - 1));
    this.#keep();
  }

  /** Goes on; what is only read is done by that. After the last step the lesson is over. */
  next(): void {
    if (this.step.kind === 'read') this.#note({ isDone: true });
    if (this.isLast) this.#isOver = true;
    else this.go(this.#index + 1);
    this.#keep();
  }

  /** Goes back; from the end of the lesson to its last step. */
  previous(): void {
    if (this.#isOver) this.#isOver = false;
    else this.go(this.#index - 1);
  }

  /** Begins the whole lesson anew. */
  restart(): void {
    this.#records = new Map();
    this.#practices = new Map();
    this.#enter(0);
    this.#keep();
  }

  /** Begins the open step anew: its model, its answers, its help. */
  restartStep(): void {
    const { id } = this.step;
    this.#records = new Map([...this.#records].filter(([step]) => step !== id));
    this.#begin(this.#index, 'start');
    this.#keep();
  }

  // guesses

  /** What the open step asks to guess; undefined where it asks nothing. */
  readonly asked: Asked | undefined = $derived.by(() => {
    const { step } = this;
    return step.kind === 'predict' ? askedBy(this.engine, step.guess) : undefined;
  });

  /** Takes a guess, one number a period in stored units, and shows what the model says. */
  guess(given: readonly (number | null)[]): void {
    const { step } = this;
    if (step.kind !== 'predict') return;
    const revealed = this.#calculate('revealed');
    const truth = guessTruth(this.engine, revealed, step.guess);
    const result = judgeGuess(truth, given, step.within);
    const [number] = given;
    const [point] = truth.points;
    const mistake =
      result.answer === 'wrong' && step.guess.of !== 'curve' && isNumber(number ?? null) && point
        ? findMistake(this.engine, this.#start, step, number ?? 0, point.value)
        : undefined;
    this.#note({
      isDone: true,
      tries: this.record.tries + (result.answer === 'wrong' ? 1 : 0),
      guess: { result, ...(mistake && { mistake: mistake.text }) },
    });
    this.#begin(this.#index, 'revealed');
    this.#keep();
  }

  // tasks

  /** What the model looks like where the open step begins. */
  readonly #start: Calculation = $derived.by(() => this.#calculate('start'));

  /** Whether the task is done as the model stands, part by part; undefined in other steps. */
  readonly check: PredicateResult | undefined = $derived.by(() => {
    const { step } = this;
    return step.kind === 'task' ? checkPredicate(this.#state(), step.success) : undefined;
  });

  /** Notes that the task is done, once the hand has let go of the lever. */
  noteCheck(): void {
    if (this.check?.answer !== 'yes' || this.practice.isMovingLever || this.record.isDone) return;
    this.#note({ isDone: true });
    this.#keep();
  }

  // faults

  /** Points at a cell or a line; tells what it is. */
  point(line: string, period?: number): void {
    const { step, record } = this;
    if (step.kind !== 'find') return;
    const pointed = judgePoint(step, { line, period });
    const isFault = pointed.hit === 'fault';
    const found =
      isFault && !record.found.includes(pointed.fault) ? [...record.found, pointed.fault] : record.found;
    this.#note({
      found,
      pointed: { line, period, hit: pointed.hit },
      isDone: record.isDone || found.length === step.faults.length,
      tries: record.tries + (isFault ? 0 : 1),
    });
    this.#keep();
  }

  // help

  /** Whether the open step has help to give that is not given yet. */
  get canHelp(): boolean {
    return this.#hints.length > 0 && !this.record.isDone;
  }

  /** Asks for help; asking again may give more. */
  help(): void {
    this.#note({ tries: this.record.tries + 1 });
  }

  /** The help that fits what the model looks like now; undefined before help was asked for or an answer was wrong. */
  readonly hint: LessonHint | undefined = $derived.by(() => {
    const { tries, isDone, guess } = this.record;
    if (tries === 0 || (isDone && !guess) || guess?.result.answer === 'right') return undefined;
    return pickHint(this.#state(), this.#hints, tries);
  });

  get #hints(): readonly LessonHint[] {
    return this.step.hints ?? [];
  }

  // how it is done

  #state(): LessonState {
    const { practice } = this;
    void practice.recalculations;
    return { engine: this.engine, now: practice.explained.calculation, start: this.#start };
  }

  #calculate(moment: StepMoment): Calculation {
    const scenario = stepScenario(this.lesson, this.#index, moment);
    return this.engine.calculate(scenario, this.engine.plan.scenarios);
  }

  #stepAt(index: number): LessonStep {
    const step = this.lesson.steps[index];
    if (!step) throw new Error(`the lesson ${this.lesson.id} has no step ${index}`);
    return step;
  }

  #enter(index: number): void {
    this.#isOver = false;
    if (!this.#practices.has(this.#stepAt(index).id)) this.#begin(index, 'start');
    this.#index = index;
  }

  #begin(index: number, moment: StepMoment): void {
    const step = this.#stepAt(index);
    const { plan } = this.engine;
    const scenario = stepScenario(this.lesson, index, moment);
    const look = lookOf(step, plan.periods.last);
    const practice = this.#parts.practise(this.engine, scenario, stepLevers(plan, step), look);
    this.#practices = new Map(this.#practices).set(step.id, practice);
  }

  #note(change: Partial<StepRecord>): void {
    this.#records = new Map(this.#records).set(this.step.id, { ...this.record, ...change });
  }

  #keep(): void {
    const done = this.lesson.steps.filter(({ id }) => this.recordOf(id).isDone).map(({ id }) => id);
    this.#parts.keep({ step: this.step.id, done });
  }
}

/** What a step wants to be looked at first. */
function lookOf({ show, ...step }: LessonStep, last: number): FirstLook | undefined {
  if (show?.cell) return show.cell;
  const [line] = show?.lines ?? [];
  if (line !== undefined) return { line, period: last };
  if (step.kind !== 'predict' || step.guess.of === 'formula') return undefined;
  return { line: step.guess.line, period: step.guess.of === 'number' ? step.guess.period : step.guess.to };
}
