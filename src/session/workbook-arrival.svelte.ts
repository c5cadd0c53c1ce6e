/** A workbook that others wrote, given to the app: what it is read as, which sheets, where the years stand, and what was found. */
import { parseUnit, type Unit } from '#quantity';
import { buildNames, renameFormula } from '#formula';
import type { Line, Localized, Plan } from '#plan';
import type { ChosenHead, HeadCandidate, ReadModel, TakenModel } from '#exchange';
import type { AppSession } from './app-session.svelte.ts';
import type { Given, SeenSheet } from './exchange-desk.ts';

/** A plan of its own with lines and formulas, or numbers into the open plan. */
export type WorkbookUse = 'model' | 'table';

/** A line that was found, as a person reads it. */
export interface ModelRow {
  readonly line: Line;
  readonly unit: Unit;
  /** With names of lines in place of ids, and its `=`; undefined for numbers. */
  readonly formula: string | undefined;
  /** Numbers, from the period on in which they stand. */
  readonly values: readonly (readonly [period: number, value: number])[];
}

/** What is asked for besides the workbook. */
export interface WorkbookParts {
  readonly given: Given;
  readonly sheets: readonly SeenSheet[];
  /** Brings the name of the one scenario of a new plan. */
  readonly scenarioName: () => Promise<Localized>;
}

const PLAIN: Unit = { text: '', dimension: {}, scale: 1, shown: 1 };

/** A workbook of others while it is looked at. */
export class WorkbookArrival {
  readonly sheets: readonly SeenSheet[];
  readonly given: Given;
  readonly #app: AppSession;
  readonly #id: string;
  readonly #scenarioName: () => Promise<Localized>;
  #use: WorkbookUse = $state('model');
  #read: readonly string[] = $state.raw([]);
  #tableSheet: string = $state('');
  #heads: Readonly<Record<string, ChosenHead>> = $state.raw({});
  #base = $state<number>();
  #title = $state('');
  #answer = $state.raw<ReadModel>();
  #share = $state(0);
  #isRunning = $state(false);
  #isCancelled = $state(false);
  #failure = $state<string>();
  #abort: AbortController | undefined;

  constructor(app: AppSession, { given, sheets, scenarioName }: WorkbookParts) {
    this.#app = app;
    this.given = given;
    this.sheets = sheets;
    this.#scenarioName = scenarioName;
    this.#id = app.own.newId();
    const shown = sheets.filter(({ isHidden, cellCount }) => !isHidden && cellCount > 0);
    this.#read = (shown.length > 0 ? shown : sheets).map(({ name }) => name);
    this.#tableSheet = this.#read[0] ?? '';
    this.#title = (given.name ?? '').replace(/\.[a-z]{3,5}$/i, '');
    const isCalculated = sheets.some(({ formulaCount }) => formulaCount > 0);
    this.#use = this.canBeModel && (isCalculated || !this.canBeTable) ? 'model' : 'table';
  }

  /** Whether a plan of one's own can be added here. */
  get canBeModel(): boolean {
    return this.#app.page.use === undefined;
  }

  /** Whether there is a plan to fill. */
  get canBeTable(): boolean {
    return this.#app.screen.kind === 'plan';
  }

  get use(): WorkbookUse {
    return this.#use;
  }

  useAs(use: WorkbookUse): void {
    this.#use = use;
  }

  /** Names of the sheets that the model is read from. */
  get read(): readonly string[] {
    return this.#read;
  }

  /** Takes a sheet into the model or leaves it out, and reads again; the last one stays. */
  async readSheet(name: string, isRead: boolean): Promise<void> {
    const names = this.sheets
      .map((sheet) => sheet.name)
      .filter((one) => (one === name ? isRead : this.#read.includes(one)));
    if (names.length > 0) this.#read = names;
    await this.readModel();
  }

  /** The sheet that is read as a table. */
  get tableSheet(): string {
    return this.#tableSheet;
  }

  chooseTableSheet(name: string): void {
    this.#tableSheet = name;
  }

  /** Says where the years of a sheet stand, and reads again. `first` is the year of the first, where the candidate only counts. */
  async chooseHead(sheet: string, { row, isColumn }: HeadCandidate, first?: number): Promise<void> {
    await this.#takeHead(sheet, { row, isColumn, ...(first !== undefined && { first }) });
  }

  /** Says that a sheet has no years, and reads again. */
  async chooseNoHead(sheet: string): Promise<void> {
    await this.#takeHead(sheet, 'none');
  }

  async #takeHead(sheet: string, head: ChosenHead): Promise<void> {
    this.#heads = { ...this.#heads, [sheet]: head };
    this.#base = undefined;
    await this.readModel();
  }

  /** Says which year is the last observed one, and reads again. */
  async chooseBase(period: number): Promise<void> {
    this.#base = period;
    await this.readModel();
  }

  /** What the plan will be called. */
  get title(): string {
    return this.#title;
  }

  set title(text: string) {
    this.#title = text;
  }

  /** The model as it was read last; undefined before, and where there is none. */
  get model(): TakenModel | undefined {
    return this.#answer?.ok === true ? this.#answer.model : undefined;
  }

  /** Why there is no model. */
  get refused(): Extract<ReadModel, { ok: false }> | undefined {
    return this.#answer?.ok === false ? this.#answer : undefined;
  }

  /** Whether the model is being read. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** How much of the reading is done, from 0 to 1. */
  get share(): number {
    return this.#share;
  }

  /** Whether the reading was stopped before its end. */
  get isCancelled(): boolean {
    return this.#isCancelled;
  }

  /** What went wrong in the program. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Reads the model as it is chosen now; stops a reading under way. What was found before stays until then. */
  async readModel(): Promise<void> {
    this.#abort?.abort();
    const abort = new AbortController();
    const { signal } = abort;
    this.#abort = abort;
    this.#share = 0;
    this.#isRunning = true;
    this.#isCancelled = false;
    this.#failure = undefined;
    try {
      const desk = await this.#app.exchange();
      const question = {
        id: this.#id,
        title: { zh: this.#title, en: this.#title },
        scenarioName: await this.#scenarioName(),
        sheets: this.#read,
        heads: this.#heads,
        ...(this.#base !== undefined && { base: this.#base }),
        language: this.#app.language,
      };
      const onProgress = (share: number) => {
        if (!signal.aborted) this.#share = share;
      };
      const answer = await desk.readModel(this.given, question, { signal, onProgress });
      if (!signal.aborted) this.#answer = answer;
    } catch (thrown) {
      if (!signal.aborted) this.#failure = String(thrown);
    }
    if (!signal.aborted) this.#isRunning = false;
  }

  /** Reads again what was stopped or has failed. */
  askAgain(): void {
    void this.readModel();
  }

  /** Stops the reading under way. */
  cancel(): void {
    if (!this.#isRunning) return;
    this.#abort?.abort();
    this.#isRunning = false;
    this.#isCancelled = true;
  }

  /** The plan under the title that was chosen; undefined where there is no model or no title. */
  get plan(): Plan | undefined {
    const text = this.#title.trim();
    const plan = this.model?.plan;
    if (!plan || text === '') return undefined;
    const title = { zh: text, en: text };
    return { ...plan, title, place: title, source: { title: text } };
  }

  /** The first lines that were found, as a person reads them. */
  rows(language: 'zh' | 'en', limit: number): readonly ModelRow[] {
    const plan = this.model?.plan;
    if (!plan) return [];
    const context = { names: buildNames(plan.lines), periods: plan.periods };
    const changes = plan.scenarios[0]?.changes ?? [];
    return plan.lines.slice(0, limit).map((line) => {
      const isNumber = line.kind !== 'result';
      const figures = (line.figures ?? []).map(({ period, value }) => [period, value] as const);
      const own = changes.flatMap((one) =>
        'set' in one && typeof one.set === 'number' && one.line === line.id
          ? [[one.from ?? plan.periods.first, one.set] as const]
          : [],
      );
      const level: [number, number][] =
        isNumber && line.formula !== undefined ? [[plan.periods.base + 1, Number(line.formula)]] : [];
      return {
        line,
        unit: parseUnit(line.unit) ?? PLAIN,
        formula:
          isNumber || line.formula === undefined ? undefined : renameFormula(line.formula, context, language),
        values: [...figures, ...level, ...own].sort(([a], [b]) => a - b),
      };
    });
  }
}
