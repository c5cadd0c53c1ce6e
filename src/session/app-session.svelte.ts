/** What the app as a whole knows: the templates, the person's settings, and which plan is open. */
import type { Localized, Plan, Scenario, Turns } from '#plan';
import type { Layout, PlanStore, Settings, StorageProblemCode, StoredSummary } from '#storage';
import type { TargetStatus } from '#analysis';
import type { ExchangeDesk } from './exchange-desk.ts';
import { LostWork, type LostParts } from './lost-work.svelte.ts';
import { LessonShelf, type ShelfParts } from './lesson-shelf.svelte.ts';
import { openFailureOf, type OpenFailure } from './open-failure.ts';
import { OwnPlans, type OwnPlanParts } from './own-plans.svelte.ts';
import type { PageStanding, StandaloneWriter } from './page-standing.ts';
import type { PlanSession } from './plan-session.svelte.ts';
import type { WorkCare } from './work-care.svelte.ts';

/** A plan that can be opened, as home shows it. */
export interface Template {
  readonly id: string;
  readonly title: Localized;
  readonly place: Localized;
  readonly periods: { readonly first: number; readonly base: number; readonly last: number };
  readonly questions: readonly Localized[];
}

/** How a plan stands in its *plan* scenario: one status a target. */
export type TargetMarks = readonly TargetStatus[];

/** A library that is shipped, and the licence under which it is. */
export interface Licence {
  readonly name: string;
  readonly version: string;
  /** Its short name, as MIT. */
  readonly licence: string;
  /** As the library prints it. */
  readonly text: string;
}

/** What the app session is built from. */
export interface AppParts extends OwnPlanParts, ShelfParts {
  readonly templates: readonly Template[];
  readonly store: PlanStore;
  /** Why work is kept in memory only. */
  readonly storageProblem: StorageProblemCode | undefined;
  readonly settings: Settings;
  readonly summaries: readonly StoredSummary[];
  /** What is done for works beside saving them; absent where work is kept nowhere else. */
  readonly care?: WorkCare | undefined;
  /** What is known of work that the browser has lost. */
  readonly lost?: LostParts | undefined;
  readonly systemTheme: 'light' | 'dark';
  readonly systemLanguage: 'zh' | 'en';
  readonly page: PageStanding;
  readonly standalone: StandaloneWriter;
  /** Brings the libraries that are shipped; rejects where they cannot be loaded. */
  readonly readLicences: () => Promise<readonly Licence[]>;
  /** Brings the desk of files, links and tables when it is first needed. */
  readonly exchange: () => Promise<ExchangeDesk>;
  /** Does work of the page that yields wherever it may rest; undefined where it was stopped before its end. */
  readonly inSlices: <T>(work: Turns<T>, signal: AbortSignal) => Promise<T | undefined>;
  /** Brings the words of a language; rejects where they cannot be loaded. */
  readonly bringLanguage: (language: 'zh' | 'en') => Promise<void>;
  /** Loads a template or an own plan, opens the work kept on it and builds its session; throws `PlanNotOpened` where it cannot. */
  readonly openPlan: (id: string) => Promise<PlanSession>;
  /** Calculates the marks of a template. */
  readonly markTargets: (id: string) => Promise<TargetMarks>;
}

/** What is shown: home, a plan being opened, an open plan, or why a plan could not be opened. */
export type Screen =
  | { readonly kind: 'home' }
  | { readonly kind: 'opening'; readonly plan: string }
  | { readonly kind: 'plan'; readonly session: PlanSession }
  | { readonly kind: 'failed'; readonly plan: string; readonly failure: OpenFailure };

/** The session of the app. */
export class AppSession {
  readonly templates: readonly Template[];
  readonly storageProblem: StorageProblemCode | undefined;
  readonly storageKind: PlanStore['kind'];
  /** What the page is: the served app, or a file, perhaps with a plan in it. */
  readonly page: PageStanding;
  /** Writes pages that hold a plan, for colleagues without the app. */
  readonly standalone: StandaloneWriter;
  /** Brings the libraries that are shipped; rejects where they cannot be loaded. */
  readonly readLicences: () => Promise<readonly Licence[]>;
  /** The plans that are the person's own. */
  readonly own: OwnPlans;
  /** The lessons. */
  readonly lessons: LessonShelf;
  /** Work that the browser has lost. */
  readonly lost: LostWork;
  /** What is done for works beside saving them; absent where work is kept nowhere else. */
  readonly care: WorkCare | undefined;
  readonly #parts: AppParts;
  #settings = $state.raw<Settings>({});
  #settingsProblem = $state<StorageProblemCode | undefined>(undefined);
  #screen = $state.raw<Screen>({ kind: 'home' });
  #marks = $state.raw<ReadonlyMap<string, TargetMarks>>(new Map());
  #summaries = $state.raw<readonly StoredSummary[]>([]);
  #takeVersion = $state.raw<(() => void) | undefined>(undefined);

  constructor(parts: AppParts) {
    this.#parts = parts;
    this.templates = parts.templates;
    this.storageProblem = parts.storageProblem;
    this.storageKind = parts.store.kind;
    this.page = parts.page;
    this.standalone = parts.standalone;
    this.readLicences = parts.readLicences;
    this.own = new OwnPlans(parts);
    this.care = parts.care;
    this.lost = new LostWork(parts.lost, {
      store: parts.store,
      now: parts.now,
      isShipped: (id) => this.#isTemplate(id),
      settle: async () => void (await this.#openSession?.autosave.settle()),
      refresh: (id) => this.#refresh(id),
    });
    this.#settings = parts.settings;
    this.#summaries = parts.summaries;
    this.lessons = new LessonShelf(parts, {
      placeOf: (lesson) => this.#settings.lessons?.[lesson],
      keepPlace: (lesson, place) =>
        this.#keep({ ...this.#settings, lessons: { ...this.#settings.lessons, [lesson]: place } }),
      keepLesson: (lesson) => this.#noteWhether(parts.store.keepLesson(lesson.plan, lesson.id, lesson)),
      dropLesson: ({ plan, id }) => this.#noteWhether(parts.store.keepLesson(plan, id, undefined)),
      keepDraft: (plan, draft) =>
        parts.store.keepLessonDraft(plan, draft).catch((thrown: unknown) => this.#noteProblem(thrown)),
    });
  }

  get screen(): Screen {
    return this.#screen;
  }

  get language(): 'zh' | 'en' {
    return this.#settings.language ?? this.#parts.systemLanguage;
  }

  get theme(): 'light' | 'dark' {
    return this.#settings.theme ?? this.#parts.systemTheme;
  }

  /** How the person has arranged the workbench. */
  get layout(): Layout {
    return this.#settings.layout ?? {};
  }

  /** Why the settings could not be kept. */
  get settingsProblem(): StorageProblemCode | undefined {
    return this.#settingsProblem;
  }

  /** The marks of a template's targets, once they are calculated. */
  marks(id: string): TargetMarks | undefined {
    return this.#marks.get(id);
  }

  /** When a plan was last opened, in milliseconds since 1970. */
  openedAt(id: string): number | undefined {
    return this.#summaries.find((one) => one.plan === id)?.openedAt;
  }

  /** Goes over to a language as soon as its words are there. Fails: rejects where they cannot be loaded; all stays as it was. */
  async useLanguage(language: 'zh' | 'en'): Promise<void> {
    await this.#parts.bringLanguage(language);
    this.#keep({ ...this.#settings, language });
  }

  useTheme(theme: 'light' | 'dark'): void {
    this.#keep({ ...this.#settings, theme });
  }

  /** Keeps how the workbench is arranged; what the change does not name stays. */
  keepLayout(change: Layout): void {
    this.#keep({ ...this.#settings, layout: { ...this.layout, ...change } });
  }

  /** Tells that a newer version of the app is ready; `take` goes over to it, which loads the page anew. */
  offerVersion(take: () => void): void {
    this.#takeVersion = take;
  }

  /** Whether a newer version waits to be taken. */
  get hasNewVersion(): boolean {
    return this.#takeVersion !== undefined;
  }

  /** Goes over to the newer version when everything is kept; resolves with whether it could. */
  async takeVersion(): Promise<boolean> {
    if (this.#screen.kind === 'plan') {
      const { autosave } = this.#screen.session;
      await autosave.settle();
      if (autosave.isUnsaved) return false;
    }
    this.#takeVersion?.();
    return true;
  }

  /** Calculates the marks of all templates, one after another. */
  async markAll(): Promise<void> {
    for (const template of this.templates) {
      try {
        const marks = await this.#parts.markTargets(template.id);
        this.#marks = new Map([...this.#marks, [template.id, marks]]);
      } catch (thrown) {
        // a plan that cannot be read says so when it is opened; the others are not kept waiting
        if (openFailureOf(thrown).kind === 'fault') throw thrown;
        this.#marks = new Map([...this.#marks, [template.id, []]]);
      }
    }
  }

  /** Opens the plan that was open when the page was last closed. */
  async restore(): Promise<void> {
    const { openPlan } = this.#settings;
    if (openPlan !== undefined && (this.#isTemplate(openPlan) || this.own.has(openPlan)))
      await this.open(openPlan);
  }

  /** What a plan is called; undefined where it is neither a template nor an own plan. */
  titleOf(id: string): Localized | undefined {
    return [...this.templates, ...this.own.all].find((one) => one.id === id)?.title;
  }

  /** Keeps a plan that came from elsewhere as the person's own; gives the id under which it can be opened. */
  addOwnPlan(plan: Plan, scenarios: readonly Scenario[] = []): Promise<string> {
    return this.own.add(plan, scenarios, (id) => this.#isTemplate(id));
  }

  /** The desk of files, links and tables. Fails: rejects where its part of the program cannot be loaded. */
  exchange(): Promise<ExchangeDesk> {
    return this.#parts.exchange();
  }

  /** Does long work without keeping the page; undefined where it was stopped before its end. */
  inSlices<T>(work: Turns<T>, signal: AbortSignal): Promise<T | undefined> {
    return this.#parts.inSlices(work, signal);
  }

  /** A plan with the person's own scenarios, as they are now; undefined where it is not here. */
  async workOn(
    id: string,
  ): Promise<{ readonly plan: Plan; readonly scenarios: readonly Scenario[] } | undefined> {
    const screen = this.#screen;
    if (screen.kind === 'plan' && screen.session.plan.id === id) {
      const { session } = screen;
      return { plan: session.plan, scenarios: session.scenarios.filter((one) => session.isOwn(one.id)) };
    }
    return this.#isTemplate(id) || this.own.has(id) ? this.#parts.readWork(id) : undefined;
  }

  /** The plans that have been worked on, and all of the person's own. Rejects with a `StorageProblem`. */
  async listWorkedOn(): Promise<readonly string[]> {
    const summaries = await this.#parts.store.list();
    const worked = summaries.filter(({ plan, revision }) => revision > 0 && this.#isTemplate(plan));
    return [...worked.map(({ plan }) => plan), ...this.own.all.map(({ id }) => id)];
  }

  /**
   * Makes a copy of a plan as it is now, with the person's scenarios and lessons, and opens it. Keeps first what is not kept
   * yet.
   */
  async makeOwn(id: string, title: (plan: Plan) => Localized): Promise<void> {
    if (this.#screen.kind === 'plan') await this.#screen.session.autosave.settle();
    const copy = await this.own.duplicate(id, title);
    for (const lesson of this.lessons.broughtTo(id)) this.lessons.bring({ ...lesson, plan: copy });
    await this.open(copy);
  }

  #isTemplate(id: string): boolean {
    return this.templates.some((one) => one.id === id);
  }

  /** Opens a plan as it was left. A plan that is asked for while another is opening wins. */
  async open(plan: string): Promise<void> {
    this.#openSession?.leave();
    this.#screen = { kind: 'opening', plan };
    const isStillAsked = () => this.#screen.kind === 'opening' && this.#screen.plan === plan;
    try {
      const session = await this.#parts.openPlan(plan);
      if (!isStillAsked()) return session.leave();
      this.#screen = { kind: 'plan', session };
      this.#keep({ ...this.#settings, openPlan: plan });
    } catch (thrown) {
      const failure = openFailureOf(thrown);
      if (isStillAsked()) this.#screen = { kind: 'failed', plan, failure };
      // a bug is shown like any other failure, and told to whoever watches for bugs
      if (failure.kind === 'fault') throw thrown;
    }
  }

  /** Opens a lesson on its plan, which is opened with it. */
  async openLesson(id: string): Promise<void> {
    const plan = this.lessons.cover(id)?.plan;
    if (plan === undefined) return;
    const isOpen = this.#screen.kind === 'plan' && this.#screen.session.plan.id === plan;
    if (!isOpen) await this.open(plan);
    const screen = this.#screen;
    if (screen.kind === 'plan' && screen.session.plan.id === plan)
      await this.lessons.begin(id, screen.session);
  }

  get #openSession(): PlanSession | undefined {
    return this.#screen.kind === 'plan' ? this.#screen.session : undefined;
  }

  /** Reads anew what the store has of a plan: the lists, and the plan where it is open. */
  async #refresh(id: string): Promise<void> {
    await this.own.refresh();
    if (this.#openSession?.plan.id === id) await this.open(id);
  }

  /** Goes home; what is open has been kept gesture by gesture. */
  async goHome(): Promise<void> {
    this.lessons.leave();
    this.#openSession?.leave();
    this.#screen = { kind: 'home' };
    const { openPlan: _, ...settings } = this.#settings;
    this.#keep(settings);
    try {
      this.#summaries = await this.#parts.store.list();
      await this.own.refresh();
    } catch (thrown) {
      this.#noteProblem(thrown);
    }
  }

  #keep(settings: Settings): void {
    this.#settings = settings;
    this.#noteWhether(this.#parts.store.keepSettings(settings));
  }

  #noteWhether(kept: Promise<void>): void {
    kept.catch((thrown: unknown) => this.#noteProblem(thrown));
  }

  #noteProblem(thrown: unknown): void {
    if (!(thrown instanceof Error) || thrown.name !== 'StorageProblem') throw thrown;
    this.#settingsProblem = (thrown as Error & { code: StorageProblemCode }).code;
  }
}
