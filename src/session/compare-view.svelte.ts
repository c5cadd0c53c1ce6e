/** What the comparison of scenarios shows: which scenarios, lines, periods, and the answer for them. */
import { MISSING, isMissing, isNumber, type Unit, type Value } from '#quantity';
import type { Line, Scenario } from '#plan';
import type { ComparedChance, ComparedInput, ScenarioComparison } from '#analysis';
import { Inquiry } from './inquiry.svelte.ts';
import type { PlanSession } from './plan-session.svelte.ts';
import { Subject } from './subject.svelte.ts';

/** How the scenarios are written: as they are, as differences from the reference, or these as percent of it. */
export type Measure = 'levels' | 'differences' | 'percent';

/** Which lines are compared; all that is named comes together. */
export interface ComparedLines {
  readonly isTargets: boolean;
  readonly isAll: boolean;
  readonly sections: ReadonlySet<string>;
  /** Single lines. */
  readonly added: ReadonlySet<string>;
}

/** Which periods are compared: the last, all after the base, all, or these. */
export type ComparedPeriods = 'last' | 'ahead' | 'all' | ReadonlySet<number>;

/** A line in the compared scenarios; the first index is the scenario, the second the period. */
export interface ComparedRow {
  readonly line: Line;
  readonly unit: Unit;
  readonly levels: readonly (readonly Value[])[];
  readonly differences: readonly (readonly Value[])[];
  readonly relative: readonly (readonly Value[])[];
  /** Whether any scenario differs from the reference in any of the periods. */
  readonly isDifferent: boolean;
  /** Whether no scenario has a value in any of the periods. */
  readonly isEmpty: boolean;
}

/** What one scenario assumes otherwise than the reference. */
export interface ComparedScenario {
  readonly scenario: Scenario;
  readonly inputs: readonly ComparedInput[];
  /** Drivers that may be worth something else, or move together otherwise. */
  readonly chances: readonly ComparedChance[];
}

/** A scenario's course of the line that the analysis is about. */
export interface ComparedCourse {
  readonly scenario: Scenario;
  /** One for each period of the plan. */
  readonly values: readonly Value[];
}

/** As many scenarios as are compared without being asked for. */
const OFFERED = 3;

/** What a person has chosen; it stays as long as the plan is open. */
class Choices {
  included = $state.raw<ReadonlyMap<string, boolean>>(new Map());
  reference = $state.raw<string>();
  lines = $state.raw<ComparedLines>({
    isTargets: true,
    isAll: false,
    sections: new Set(),
    added: new Set(),
  });
  isDifferingOnly = $state(false);
  isEmptyShown = $state(false);
  periods = $state.raw<ComparedPeriods>('last');
  measure = $state<Measure>('levels');
}

const known = new WeakMap<PlanSession, Choices>();

function choicesOf(session: PlanSession): Choices {
  const choices = known.get(session) ?? new Choices();
  known.set(session, choices);
  return choices;
}

/** The comparison of a session's scenarios. A view keeps it going with `$effect(() => compare.keepUp())`. */
export class CompareView {
  readonly subject: Subject;
  /** How the asking stands, for progress, cancelling and failures. */
  readonly inquiry: Inquiry<'comparison'>;
  readonly #session: PlanSession;
  readonly #choices: Choices;

  constructor(session: PlanSession) {
    this.#session = session;
    this.#choices = choicesOf(session);
    this.subject = new Subject(session);
    this.inquiry = new Inquiry(session, 'comparison', () => {
      if (!this.isEnough) return undefined;
      const course = this.#subjectLine;
      return {
        scenarios: session.scenarios,
        compared: this.scenarios.map(({ id }) => id),
        reference: this.reference?.id ?? '',
        lines: this.#lines.map(({ id }) => id),
        periods: this.periods,
        ...(course !== undefined && { course }),
      };
    });
  }

  // what is compared

  /** The compared scenarios, in the order of their tabs. */
  readonly scenarios: readonly Scenario[] = $derived.by(() =>
    this.#session.scenarios.filter(({ id }) => this.isIncluded(id)),
  );

  /** Whether there are two scenarios to compare. */
  get isEnough(): boolean {
    return this.scenarios.length > 1;
  }

  /** The first scenarios and the open one are compared until a person says otherwise. */
  isIncluded(id: string): boolean {
    const { scenarios, scenario } = this.#session;
    const offered = scenarios.findIndex((one) => one.id === id) < OFFERED || id === scenario.id;
    return this.#choices.included.get(id) ?? offered;
  }

  include(id: string, isIncluded: boolean): void {
    this.#choices.included = new Map([...this.#choices.included, [id, isIncluded]]);
  }

  /** What the others are held against: the chosen one, else the first that is compared. */
  readonly reference: Scenario | undefined = $derived.by(
    () => this.scenarios.find(({ id }) => id === this.#choices.reference) ?? this.scenarios[0],
  );

  chooseReference(id: string): void {
    this.#choices.reference = id;
  }

  get lineChoice(): ComparedLines {
    return this.#choices.lines;
  }

  chooseLines(changed: Partial<ComparedLines>): void {
    this.#choices.lines = { ...this.#choices.lines, ...changed };
  }

  /** Adds a line or a section to what is compared, or takes it away. */
  toggle(kind: 'sections' | 'added', id: string): void {
    const next = new Set(this.lineChoice[kind]);
    if (!next.delete(id)) next.add(id);
    this.chooseLines({ [kind]: next });
  }

  get isDifferingOnly(): boolean {
    return this.#choices.isDifferingOnly;
  }

  set isDifferingOnly(only: boolean) {
    this.#choices.isDifferingOnly = only;
  }

  /** Whether lines without any value are listed, too. */
  get isEmptyShown(): boolean {
    return this.#choices.isEmptyShown;
  }

  set isEmptyShown(isShown: boolean) {
    this.#choices.isEmptyShown = isShown;
  }

  get periodChoice(): ComparedPeriods {
    return this.#choices.periods;
  }

  choosePeriods(periods: ComparedPeriods): void {
    this.#choices.periods = periods;
  }

  /** Adds a period to those that are compared, or takes it away; the last one stays. */
  togglePeriod(period: number): void {
    const next = new Set(this.periods);
    if (!next.delete(period)) next.add(period);
    if (next.size > 0) this.choosePeriods(next);
  }

  /** The compared periods, rising. */
  readonly periods: readonly number[] = $derived.by(() => {
    const { periods, plan } = this.#session;
    const { periodChoice: choice } = this;
    if (choice === 'last') return [plan.periods.last];
    if (choice === 'all') return periods;
    if (choice === 'ahead') {
      const ahead = periods.filter((period) => period > plan.periods.base);
      return ahead.length > 0 ? ahead : [plan.periods.last];
    }
    return periods.filter((period) => choice.has(period));
  });

  get measure(): Measure {
    return this.#choices.measure;
  }

  set measure(measure: Measure) {
    this.#choices.measure = measure;
  }

  // what is found

  /** Keeps asking while what is compared, or what the scenarios say, changes; also while a lever moves. */
  keepUp(): () => void {
    return this.inquiry.keepUp();
  }

  /** Whether what is shown belongs to what was compared before. */
  get isOutdated(): boolean {
    return this.inquiry.answer === undefined && this.inquiry.outdated !== undefined;
  }

  /** What was found: for what is compared now, or before while that is on its way. */
  readonly found: ScenarioComparison | undefined = $derived.by(() =>
    this.isEnough ? (this.inquiry.answer ?? this.inquiry.outdated) : undefined,
  );

  /** The scenarios of the columns of `rows`. */
  readonly columns: readonly Scenario[] = $derived.by(() => this.#scenariosOf(this.found));

  readonly #found: readonly ComparedRow[] = $derived.by(() =>
    (this.found?.lines ?? []).flatMap((compared): ComparedRow[] => {
      const line = this.#session.line(compared.line);
      if (!line) return [];
      const isDifferent = compared.levels.some((levels, at) =>
        levels.some((level, index) => {
          const difference = compared.differences[at]?.[index] ?? MISSING;
          const reference = compared.levels[this.found?.reference ?? 0]?.[index] ?? MISSING;
          return isNumber(difference) ? difference !== 0 : isNumber(level) !== isNumber(reference);
        }),
      );
      const isEmpty = compared.levels.every((levels) => levels.every(isMissing));
      return [{ ...compared, line, unit: this.#session.engine.unitOf(line.id), isDifferent, isEmpty }];
    }),
  );

  /** Those that are listed: lines without any value only where a person wants to see them. */
  readonly rows: readonly ComparedRow[] = $derived.by(() =>
    this.#found.filter((row) => (this.isDifferingOnly ? row.isDifferent : this.isEmptyShown || !row.isEmpty)),
  );

  /** How many of the chosen lines have no value; those that do not differ are not asked for values. */
  readonly emptyCount: number = $derived.by(() =>
    this.isDifferingOnly ? 0 : this.#found.filter((row) => row.isEmpty).length,
  );

  /** Which inputs differ from the reference, for each of the other scenarios. */
  readonly inputs: readonly ComparedScenario[] = $derived.by(() => {
    const { found, columns } = this;
    return columns.flatMap((scenario, index) =>
      found && index !== found.reference
        ? [{ scenario, inputs: found.inputs[index] ?? [], chances: found.chances[index] ?? [] }]
        : [],
    );
  });

  /** The subject's course in each compared scenario, over all periods. */
  readonly courses: readonly ComparedCourse[] = $derived.by(() => {
    const course = this.found?.course;
    if (!course || course.line !== this.#subjectLine) return [];
    return this.columns.map((scenario, index) => ({ scenario, values: course.values[index] ?? [] }));
  });

  // how it is done

  // by its id, so that another period of the same line asks nothing anew
  readonly #subjectLine: string | undefined = $derived.by(() => this.subject.line?.id);

  readonly #lines: readonly Line[] = $derived.by(() => {
    const { lines, targets } = this.#session.plan;
    const { isAll, isTargets, sections, added } = this.lineChoice;
    if (isAll) return lines;
    const wanted = new Set(isTargets ? targets.map((target) => target.line) : []);
    return lines.filter(({ id, section }) => wanted.has(id) || sections.has(section) || added.has(id));
  });

  #scenariosOf(found: ScenarioComparison | undefined): readonly Scenario[] {
    return (found?.compared ?? []).flatMap(
      (id) => this.#session.scenarios.find((one) => one.id === id) ?? [],
    );
  }
}
