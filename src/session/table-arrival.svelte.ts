/** A table that was given to the app, read for the open plan: how it is read and as what its numbers count can be changed. */
import type { Problem } from '#quantity';
import type { TableReading } from '#exchange';
import type { AppSession } from './app-session.svelte.ts';
import type { Given, TableAnswer, TableLine } from './exchange-desk.ts';
import type { PlanSession } from './plan-session.svelte.ts';

type ReadTable = Extract<TableAnswer, { ok: true }>;

/** A table beside the open plan. */
export class TableArrival {
  readonly session: PlanSession;
  readonly #app: AppSession;
  readonly #given: Given;
  readonly #sheet: string | undefined;
  #chosen = $state.raw<Partial<TableReading>>({});
  #answer = $state.raw<TableAnswer>();
  #fault = $state<string>();
  #observedUntil = $state<number>();
  #abort: AbortController | undefined;

  /** `sheet` names one of a workbook. */
  constructor(app: AppSession, session: PlanSession, given: Given, sheet?: string) {
    this.#app = app;
    this.session = session;
    this.#given = given;
    this.#sheet = sheet;
    this.#observedUntil = session.plan.periods.base;
  }

  /** The table as it is read now; undefined before the first reading. */
  get table(): ReadTable | undefined {
    return this.#answer?.ok === true ? this.#answer : undefined;
  }

  /** Why there is no table. */
  get problems(): readonly Problem[] | undefined {
    return this.#answer?.ok === false ? this.#answer.problems : undefined;
  }

  /** What went wrong in the program. */
  get fault(): string | undefined {
    return this.#fault;
  }

  /** The last period whose numbers are taken as observed; undefined takes none so. */
  get observedUntil(): number | undefined {
    return this.#observedUntil;
  }

  observeUntil(period: number | undefined): void {
    this.#observedUntil = period;
  }

  /** Reads the table, in another way where `chosen` says so. */
  async read(chosen: Partial<TableReading> = {}): Promise<void> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.#chosen = { ...this.#chosen, ...chosen };
    try {
      const desk = await this.#app.exchange();
      const question = {
        plan: this.session.plan,
        reading: this.#chosen,
        ...(this.#sheet !== undefined && { sheet: this.#sheet }),
        language: this.#app.language,
      };
      const answer = await desk.readTable(this.#given, question, { signal: abort.signal });
      if (!abort.signal.aborted) this.#answer = answer;
    } catch (thrown) {
      if (!abort.signal.aborted) this.#fault = String(thrown);
    }
  }

  /** Stops the reading under way. */
  stop(): void {
    this.#abort?.abort();
  }

  /** The lines that would be taken. */
  get lines(): readonly TableLine[] {
    return this.table?.lines ?? [];
  }

  /** How many numbers would be taken as observed, and how many as values of the scenario. */
  get counts(): { readonly actuals: number; readonly values: number } {
    const until = this.#observedUntil;
    const periods = this.lines.flatMap(({ values }) => values.map(([period]) => period));
    const actuals = periods.filter((period) => until !== undefined && period <= until).length;
    return { actuals, values: periods.length - actuals };
  }

  /** Takes the numbers into the open scenario as one gesture. */
  take(): void {
    this.session.takeTable(this.lines, this.#observedUntil);
  }
}
