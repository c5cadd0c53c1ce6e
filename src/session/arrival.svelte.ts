/**
 * Something that was given to the app: read off the page's thread, looked at, then added, merged or left. Nothing of a plan
 * changes before a person chooses.
 */
import { problem, type Problem } from '#quantity';
import { checkLesson, checkScenario, type Lesson, type Localized, type Plan, type Scenario } from '#plan';
import {
  MAX_BUNDLE_BYTES,
  applyChoices,
  commonAncestor,
  mergeRows,
  mergeScenario,
  toAddition,
  toPatches,
  type Import,
  type Merge,
  type MergeRow,
  type PlanDifference,
  type Side,
} from '#exchange';
import type { AppSession } from './app-session.svelte.ts';
import { beginAll } from './begun-scenarios.ts';
import type {
  ArrivedScenario,
  ChangedWorkbook,
  ExchangeDesk,
  Given,
  OfferedFile,
  SeenSheet,
} from './exchange-desk.ts';
import type { LessonStanding } from './lesson-shelf.svelte.ts';
import type { PlanSession } from './plan-session.svelte.ts';

/** What arrived, as far as it is read. */
export type ArrivalStage =
  | { readonly kind: 'reading' }
  | { readonly kind: 'stopped' }
  /** It cannot be read, or has no place; nothing was changed. */
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  /** The program is at fault. */
  | { readonly kind: 'failed'; readonly message: string }
  /** A plan that is not here: it would be one of the person's own. */
  | {
      readonly kind: 'plan';
      readonly value: Import;
      readonly problems: readonly Problem[];
      /** How it differs from the plan of that id that is here; undefined where none is. */
      readonly difference: PlanDifference | undefined;
      /** Where it came as a workbook. */
      readonly workbook: ChangedWorkbook | undefined;
    }
  /** A lesson about a plan that is here. */
  | {
      readonly kind: 'lesson';
      readonly arrived: ArrivedLesson;
      /** What that plan is called. */
      readonly plan: Localized;
      readonly problems: readonly Problem[];
    }
  | {
      readonly kind: 'scenarios';
      readonly session: PlanSession;
      readonly value: Import;
      readonly arrived: readonly ArrivedScenario[];
      /** The lessons that come with them. */
      readonly lessons: readonly ArrivedLesson[];
      readonly problems: readonly Problem[];
      /** Where they came as a workbook. */
      readonly workbook: ChangedWorkbook | undefined;
    }
  | { readonly kind: 'table'; readonly given: Given }
  /** A workbook that others wrote: to be read as a table or as a model. */
  | {
      readonly kind: 'workbook';
      readonly given: Given;
      readonly sheets: readonly SeenSheet[];
      readonly problems: readonly Problem[];
    };

/** A lesson that arrives, and how it stands to those at hand. */
export interface ArrivedLesson {
  readonly lesson: Lesson;
  readonly standing: LessonStanding;
}

/** What keeps a lesson from its place, besides what keeps it from being read. */
export type LessonArrivalProblemCode = 'lesson_plan_absent';

/** What was done with an arrival: the scenario that is open now, and how many scenarios and lessons were added. */
export interface Taken {
  readonly session: PlanSession;
  readonly added: number;
  readonly lessons: number;
  /** Why scenarios or lessons were left. */
  readonly problem?: Problem | undefined;
}

/** How much of the reading is done when it is known what was given. */
const LOOKING = 0.6;

/** One arrival. */
export class Arrival {
  readonly #app: AppSession;
  readonly #offered: OfferedFile | string;
  #stage = $state.raw<ArrivalStage>({ kind: 'reading' });
  #share = $state(0);
  #isTaking = $state(false);
  /** Whether the lessons that come with a plan or its scenarios are taken with them. */
  takesLessons = $state(true);
  #abort: AbortController | undefined;

  constructor(app: AppSession, offered: OfferedFile | string) {
    this.#app = app;
    this.#offered = offered;
  }

  /** The file; undefined for what was pasted or came as a link. */
  get file(): OfferedFile | undefined {
    return typeof this.#offered === 'string' ? undefined : this.#offered;
  }

  get stage(): ArrivalStage {
    return this.#stage;
  }

  /** How much of the reading is done, from 0 to 1. */
  get share(): number {
    return this.#share;
  }

  /** Reads what was given and finds its place; a plan that it speaks of is opened. Stops what was under way before. */
  async read(): Promise<void> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.#stage = { kind: 'reading' };
    this.#share = 0;
    try {
      const stage = await this.#find(await this.#app.exchange(), abort.signal);
      if (!abort.signal.aborted) this.#stage = stage;
    } catch (thrown) {
      if (!abort.signal.aborted) this.#stage = { kind: 'failed', message: String(thrown) };
    }
  }

  /** Stops the reading under way, or the adding as long as nothing is added. */
  stop(): void {
    this.#abort?.abort();
    if (this.#stage.kind === 'reading') this.#stage = { kind: 'stopped' };
  }

  async #find(desk: ExchangeDesk, signal: AbortSignal): Promise<ArrivalStage> {
    const given = await this.#take();
    if ('code' in given) return { kind: 'refused', problems: [given] };
    const part = (from: number, to: number) => ({
      signal,
      onProgress: (share: number) => {
        if (!signal.aborted) this.#share = from + (to - from) * share;
      },
    });
    const looked = await desk.look(given, part(0, LOOKING));
    if (!looked) return { kind: 'stopped' };
    if (looked.kind === 'table') return { kind: 'table', given };
    if (looked.kind === 'refused') return looked;
    if (looked.kind === 'workbook') return { ...looked, given };
    if (looked.kind === 'lesson') return this.#placeLesson(looked.lesson, looked.problems);
    const known = await this.#app.workOn(looked.plan);
    const placed = await desk.place(given, known?.plan, known?.scenarios ?? [], part(LOOKING, 1));
    if (!placed || signal.aborted) return { kind: 'stopped' };
    if (!placed.ok) return { kind: 'refused', problems: placed.problems };
    const { arrived, difference, workbook } = placed;
    const problems = [...looked.problems, ...placed.value.problems];
    if (placed.value.isPlanNew) return { kind: 'plan', value: placed.value, problems, difference, workbook };
    const session = await this.#opened(placed.value.plan.id);
    if (!session) return { kind: 'stopped' };
    // the plan as it is here: what arrived says the same, but is another object
    const value = { ...placed.value, plan: session.plan };
    const lessons = await this.#standing(value.lessons);
    return { kind: 'scenarios', session, value, arrived, lessons, problems, workbook };
  }

  /** Finds the plan of a lesson, without opening it, and whether the lesson fits it as it is here. */
  async #placeLesson(lesson: Lesson, problems: readonly Problem[]): Promise<ArrivalStage> {
    const work = await this.#app.workOn(lesson.plan);
    if (!work) {
      const absent = problem<LessonArrivalProblemCode>('lesson_plan_absent', {}, { id: lesson.plan });
      return { kind: 'refused', problems: [absent] };
    }
    const wrong = checkLesson(lesson, work.plan);
    if (wrong.length > 0) return { kind: 'refused', problems: wrong };
    const standing = await this.#app.lessons.standingOf(lesson);
    return { kind: 'lesson', arrived: { lesson, standing }, plan: work.plan.title, problems };
  }

  #standing(lessons: readonly Lesson[]): Promise<readonly ArrivedLesson[]> {
    const { lessons: shelf } = this.#app;
    return Promise.all(lessons.map(async (lesson) => ({ lesson, standing: await shelf.standingOf(lesson) })));
  }

  /** Brings the content of a file, unless it is too large to be looked at. */
  async #take(): Promise<Given | Problem> {
    const offered = this.#offered;
    if (typeof offered === 'string') return { name: undefined, content: offered };
    if (offered.size > MAX_BUNDLE_BYTES) {
      const megabytes = (bytes: number) => String(Math.round(bytes / 100_000) / 10);
      const args = { size: megabytes(offered.size), limit: megabytes(MAX_BUNDLE_BYTES) };
      return problem('import_too_large', {}, args);
    }
    try {
      return { name: offered.name, content: new Uint8Array(await offered.arrayBuffer()) };
    } catch (thrown) {
      // moved or deleted since it was chosen, or not to be read by this person
      if (thrown instanceof DOMException) return problem('import_unreadable', {}, { name: offered.name });
      throw thrown;
    }
  }

  async #opened(id: string): Promise<PlanSession | undefined> {
    const isOpen = () => this.#app.screen.kind === 'plan' && this.#app.screen.session.plan.id === id;
    if (!isOpen()) await this.#app.open(id);
    return this.#app.screen.kind === 'plan' && isOpen() ? this.#app.screen.session : undefined;
  }

  /**
   * Adds the arriving scenarios under ids and names that are free, as one gesture, and opens the one that was meant. Missing:
   * undefined where it was stopped; nothing is added then.
   */
  async add(): Promise<Taken | undefined> {
    const stage = this.#stage;
    if (stage.kind !== 'scenarios' || this.#isTaking) return undefined;
    const { session, value } = stage;
    const begun = await this.#work(function* () {
      const { scenarios, meant } = yield* additionOf(value, session.scenarios);
      return { ready: yield* beginAll(scenarios), scenarios, meant };
    });
    if (!begun) return undefined;
    const { ready, scenarios, meant } = begun;
    const full = session.begin(ready, meant ?? scenarios.at(-1)?.id ?? value.scenarios[0]?.id);
    if (full) return { session, added: 0, lessons: 0, problem: full };
    return { session, added: scenarios.length, ...this.#bringLessons(stage.lessons) };
  }

  /** Puts the lessons on the shelf that are not there yet, unless they are not wanted; gives how many, and why others were left. */
  #bringLessons(arrived: readonly ArrivedLesson[]): Pick<Taken, 'lessons' | 'problem'> {
    const fresh = this.takesLessons ? arrived.filter(({ standing }) => standing !== 'present') : [];
    const brought = fresh.map(({ lesson }) => this.#app.lessons.bring(lesson));
    const left = brought.filter((one) => 'code' in one);
    return { lessons: brought.length - left.length, problem: left[0] };
  }

  /** Puts an arriving lesson on the shelf; gives it as it stands there, or why it was left. Missing: undefined where none arrived. */
  takeLesson(): Lesson | Problem | undefined {
    const { stage } = this;
    return stage.kind === 'lesson' ? this.#app.lessons.bring(stage.arrived.lesson) : undefined;
  }

  /** Whether what arrived is being added. */
  get isTaking(): boolean {
    return this.#isTaking;
  }

  /** Does long work of taking; undefined where it is stopped. */
  async #work<T>(work: () => Generator<undefined, T>): Promise<T | undefined> {
    const abort = new AbortController();
    this.#abort = abort;
    this.#isTaking = true;
    try {
      return await this.#app.inSlices(work(), abort.signal);
    } finally {
      this.#isTaking = false;
    }
  }

  /** Keeps the arriving plan as the person's own, with its scenarios, and opens it. Rejects with a `StorageProblem` where it cannot. */
  async addPlan(): Promise<Taken | undefined> {
    const stage = this.#stage;
    if (stage.kind !== 'plan' || this.#isTaking) return undefined;
    const { value } = stage;
    const { plan } = value;
    // one of the plan's own that was changed in a workbook stands beside it
    const addition = await this.#work(() => additionOf(value, plan.scenarios));
    if (!addition) return undefined;
    const { scenarios, meant } = addition;
    const session = await this.#opened(await this.#app.addOwnPlan(plan, scenarios));
    if (!session) return undefined;
    if (meant !== undefined) session.openScenario(meant);
    // the plan may stand here under another id
    const about = value.lessons.map((one) => ({ ...one, plan: session.plan.id }));
    return { session, added: scenarios.length, ...this.#bringLessons(await this.#standing(about)) };
  }

  /** Keeps a model that was read from a workbook as a plan of the person's own, and opens it. Rejects as `addPlan` does. */
  async addModel(plan: Plan): Promise<Taken | undefined> {
    const session = await this.#opened(await this.#app.addOwnPlan(plan));
    return session && { session, added: 0, lessons: 0 };
  }

  /**
   * Lays the arriving scenario beside the person's own of that id; undefined where there is none. Only states of one scenario
   * of one plan have a common start.
   */
  mergeOf({ scenario, standing }: ArrivedScenario): Merge | undefined {
    const stage = this.#stage;
    if (stage.kind !== 'scenarios') return undefined;
    const { plan, scenarios } = stage.session;
    const mine = scenarios.find((one) => one.id === scenario.id);
    // a workbook knows how it was written, and that is where the two part
    const written = stage.workbook?.written.find((one) => one.id === scenario.id);
    const hasStart = stage.value.isSamePlan && standing !== 'namesake';
    const start = hasStart ? (written ?? commonAncestor(plan, scenario.id)) : undefined;
    return mine && mergeScenario(plan, start, mine, scenario);
  }

  /**
   * Merges, as one gesture, and opens what came of it. What the merged scenario newly builds on is added where nothing of that id is
   * here. Gives what is wrong where the merged scenario would not fit the plan; nothing is changed then.
   */
  merge(merge: Merge, choices: ReadonlyMap<string, Side>): readonly Problem[] {
    const stage = this.#stage;
    if (stage.kind !== 'scenarios') return [];
    const { session, value } = stage;
    const merged = applyChoices(merge, choices);
    const mine = session.scenarios.find((one) => one.id === merge.id);
    if (!merged.ok || !mine) throw new Error('a merge without all its choices');
    const added = missingBases(merged.scenario, value, session.plan, session.scenarios);
    const scenarios = [...session.scenarios.filter((one) => one !== mine), ...added, merged.scenario];
    const problems = checkScenario(merged.scenario, { ...session.plan, scenarios }, merge.id);
    if (problems.length > 0) return problems;
    const patches = [...added.flatMap((one) => toPatches(null, one)), ...toPatches(mine, merged.scenario)];
    const full = session.adopt(patches, merge.id);
    if (full) return [full];
    this.#bringLessons(stage.lessons);
    return [];
  }
}

/** All that is to be added beside what is present, and where the scenario that was meant stands then. */
function* additionOf(
  value: Import,
  present: readonly Scenario[],
): Generator<undefined, { readonly scenarios: readonly Scenario[]; readonly meant: string | undefined }> {
  const { scenarios } = toAddition({ ...value, scenario: undefined }, present);
  yield;
  return { scenarios, meant: toAddition(value, present).opened };
}

/** What a scenario builds on, in turn, and is not here; bases before what builds on them. */
function missingBases(
  scenario: Scenario,
  { scenarios }: Import,
  plan: Plan,
  present: readonly Scenario[],
): Scenario[] {
  const here = new Set([...plan.scenarios, ...present].map((one) => one.id));
  const missing: Scenario[] = [];
  const visit = ({ stack = [], basedOn }: Scenario) => {
    for (const id of [...stack, ...(basedOn === undefined ? [] : [basedOn])]) {
      const found = here.has(id) ? undefined : scenarios.find((one) => one.id === id);
      if (!found) continue;
      here.add(id);
      visit(found);
      missing.push(found);
    }
  };
  visit(scenario);
  return missing;
}

/** The items of a merge in which the two sides differ, as rows. */
export function mergeRowsOf(merge: Merge): readonly MergeRow[] {
  return mergeRows(merge.items);
}
