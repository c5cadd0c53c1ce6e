/**
 * What a printed page of the open scenario holds. All of it is what the session shows now: where an answer is still on its
 * way the page names it as awaited, and nothing of older inputs is given in its place.
 */
import { isNumber } from '#quantity';
import type { Line, Scenario } from '#plan';
import type { TargetResult, TargetStatus } from '#analysis';
import { assumptionChanges, type AssumptionChange } from './assumption-changes.ts';
import type { Inquiry } from './inquiry.svelte.ts';
import { LineCourse } from './line-course.svelte.ts';
import { PlanAudit } from './plan-audit.svelte.ts';
import type { PlanSession } from './plan-session.svelte.ts';
import { TornadoQuestion } from './sensitivity-tornado.svelte.ts';
import { listStatements, type Statement } from './statements.ts';
import type { Subject } from './subject.svelte.ts';

/** The parts of a briefing, in their order. */
export const BRIEFING_PARTS = [
  'summary',
  'targets',
  'assumptions',
  'courses',
  'chance',
  'tornado',
  'audit',
  'conflicts',
  'actuals',
  'places',
  'sources',
] as const;

/** A part of a briefing. */
export type BriefingPart = (typeof BRIEFING_PARTS)[number];

/** So many lines are drawn where none was chosen. */
const FIRST_COURSES = 6;

const URGENCY: Readonly<Record<TargetStatus, number>> = { missed: 0, atRisk: 1, unknown: 2, met: 3 };

/** What a person has chosen; it stays as long as the plan is open. */
class Choices {
  hidden = $state.raw<ReadonlySet<BriefingPart>>(new Set());
  referenceId = $state<string>();
  lines = $state.raw<readonly string[]>();
  language = $state<'zh' | 'en'>();
  isGrey = $state(false);
}

const known = new WeakMap<PlanSession, Choices>();

function choicesOf(session: PlanSession): Choices {
  const choices = known.get(session) ?? new Choices();
  known.set(session, choices);
  return choices;
}

/** Targets of one section of the plan. */
export interface BriefingSection {
  readonly section: string;
  readonly targets: readonly TargetResult[];
}

/** An asking on which a part waits. */
type Asking = Pick<
  Inquiry<'tornado'>,
  'isRunning' | 'share' | 'isCancelled' | 'failure' | 'cancel' | 'askAgain'
>;

/** The briefing of a session. Lives as long as the component that has built it; what was chosen lives with the session. */
export class Briefing {
  readonly #session: PlanSession;
  readonly #choices: Choices;
  /** The figure of the fan and of the tornado. */
  readonly subject: Subject;
  readonly tornado: TornadoQuestion;
  readonly audit: PlanAudit;

  constructor(session: PlanSession) {
    this.#session = session;
    this.#choices = choicesOf(session);
    this.subject = session.uncertainty.subject;
    this.tornado = new TornadoQuestion(session, this.subject);
    this.audit = new PlanAudit(session);
  }

  // what is chosen

  /** Whether there is anything to say in a part. */
  hasContent(part: BriefingPart): boolean {
    const { uncertainty, conflicts, plan } = this.#session;
    if (part === 'targets' || part === 'places') return plan.targets.length > 0;
    if (part === 'courses') return this.offeredLines.length > 0;
    if (part === 'chance') return uncertainty.isUncertain;
    if (part === 'tornado') return this.subject.cell !== undefined;
    if (part === 'audit') return this.audit.hasPrinted;
    if (part === 'conflicts') return conflicts.length > 0;
    if (part === 'actuals') return this.actuals.length > 0;
    return true;
  }

  /** Whether a part is on the page: chosen, and with something to say. */
  isShown(part: BriefingPart): boolean {
    return this.isChosen(part) && this.hasContent(part);
  }

  isChosen(part: BriefingPart): boolean {
    return !this.#choices.hidden.has(part);
  }

  choosePart(part: BriefingPart, isChosen: boolean): void {
    const hidden = new Set(this.#choices.hidden);
    if (isChosen) hidden.delete(part);
    else hidden.add(part);
    this.#choices.hidden = hidden;
  }

  /** The language that was chosen for the page; undefined while it is the app's. */
  get language(): 'zh' | 'en' | undefined {
    return this.#choices.language;
  }

  chooseLanguage(language: 'zh' | 'en'): void {
    this.#choices.language = language;
  }

  get isGrey(): boolean {
    return this.#choices.isGrey;
  }

  chooseGrey(isGrey: boolean): void {
    this.#choices.isGrey = isGrey;
  }

  // what it says

  /** How many targets stand at each status. */
  readonly counts: Readonly<Record<TargetStatus, number>> = $derived.by(() => {
    const counts = { met: 0, atRisk: 0, missed: 0, unknown: 0 };
    for (const { status } of this.#session.targets) counts[status] += 1;
    return counts;
  });

  /** The missed targets, the one farthest from what is planned first, measured in parts of what is planned. */
  readonly missed: readonly TargetResult[] = $derived.by(() => {
    const distance = ({ gap, target }: TargetResult) => Math.abs(gap ?? 0) / (Math.abs(target.value) || 1);
    return this.#session.targets
      .filter(({ status }) => status === 'missed')
      .toSorted((a, b) => distance(b) - distance(a));
  });

  /** The targets by the sections of the plan, in its order. */
  readonly sections: readonly BriefingSection[] = $derived.by(() => {
    const of = ({ target }: TargetResult) => this.#session.line(target.line)?.section;
    return this.#session.plan.sections
      .map(({ id }) => ({ section: id, targets: this.#session.targets.filter((one) => of(one) === id) }))
      .filter(({ targets }) => targets.length > 0);
  });

  /** The scenario that the page compares with: the chosen one, else the plan's own; undefined while that is the open one. */
  readonly reference: Scenario | undefined = $derived.by(() => {
    const { scenarios, scenario, plan } = this.#session;
    const chosen = scenarios.find(({ id }) => id === this.#choices.referenceId && id !== scenario.id);
    const [own] = plan.scenarios;
    return chosen ?? (own?.id === scenario.id ? undefined : own);
  });

  chooseReference(id: string): void {
    this.#choices.referenceId = id;
  }

  /** What the open scenario assumes otherwise than the reference; undefined without one. */
  readonly changes: readonly AssumptionChange[] | undefined = $derived.by(() => {
    const { reference } = this;
    const { engine, scenario, scenarios } = this.#session;
    void this.#session.recalculations;
    if (!reference) return undefined;
    return assumptionChanges(
      engine,
      engine.calculate(reference, scenarios),
      engine.calculate(scenario, scenarios),
    );
  });

  /** The lines that may be drawn: those of which the plan wants something. */
  readonly offeredLines: readonly Line[] = $derived.by(() => {
    const wanted = new Set(this.#session.plan.targets.map(({ line }) => line));
    return this.#session.plan.lines.filter(({ id }) => wanted.has(id));
  });

  /** The lines that are drawn, in the order of the plan: the chosen ones, else some, the missed first. */
  readonly lines: readonly Line[] = $derived.by(() => {
    const chosen = new Set(this.#choices.lines ?? this.#firstLines);
    return this.offeredLines.filter(({ id }) => chosen.has(id));
  });

  readonly #firstLines: readonly string[] = $derived.by(() => {
    const results = this.#session.targets.filter(({ projected }) => isNumber(projected));
    const byUrgency = results.toSorted((a, b) => URGENCY[a.status] - URGENCY[b.status]);
    return [...new Set(byUrgency.map(({ target }) => target.line))].slice(0, FIRST_COURSES);
  });

  chooseLine(id: string, isChosen: boolean): void {
    const rest = this.lines.map((line) => line.id).filter((one) => one !== id);
    this.#choices.lines = isChosen ? [...rest, id] : rest;
  }

  /** The courses of the lines that are drawn. */
  readonly courses: readonly LineCourse[] = $derived.by(() =>
    this.lines.map(({ id }) => new LineCourse(this.#session, () => id)),
  );

  /** What was observed after the base, as the open scenario and those that it is made of say it. */
  readonly actuals: readonly Statement[] = $derived.by(() =>
    listStatements(this.#session).filter(({ says }) => says.kind === 'actual'),
  );

  // what is awaited

  /** The askings that the shown parts need, while they run, or were stopped or broke off. */
  readonly askings: readonly Asking[] = $derived.by(() => {
    const { uncertainty } = this.#session;
    const chance = uncertainty.isUncertain;
    return [
      ...(chance && (this.isShown('targets') || this.isShown('chance') || this.isShown('summary'))
        ? [uncertainty.chances]
        : []),
      ...(this.isShown('chance') && this.subject.cell ? [uncertainty.spreads] : []),
      ...(this.isShown('tornado') ? [this.tornado.inquiry] : []),
      ...(this.isShown('audit') ? [this.audit.inquiry] : []),
    ].filter((asking) => asking.answer === undefined);
  });

  /** The parts whose numbers are on their way. */
  readonly awaited: readonly BriefingPart[] = $derived.by(() => {
    const { uncertainty } = this.#session;
    const isOnItsWay = (asking: Asking & { readonly answer: unknown }) =>
      asking.answer === undefined && !asking.isCancelled && asking.failure === undefined;
    const chances = uncertainty.isUncertain && isOnItsWay(uncertainty.chances);
    const spreads = this.subject.cell !== undefined && isOnItsWay(uncertainty.spreads);
    const waits: Partial<Record<BriefingPart, boolean>> = {
      summary: chances,
      targets: chances,
      chance: chances || spreads,
      tornado: isOnItsWay(this.tornado.inquiry),
      audit: isOnItsWay(this.audit.inquiry),
    };
    return BRIEFING_PARTS.filter((part) => waits[part] && this.isShown(part));
  });

  /** Asks what the shown parts need, as long as the effect lives in which it is called. */
  follow(): void {
    $effect(() => (this.isShown('chance') ? this.#session.uncertainty.spreads.follow() : undefined));
    $effect(() => (this.isShown('tornado') ? this.tornado.inquiry.follow() : undefined));
    $effect(() => (this.isShown('audit') ? this.audit.inquiry.follow() : undefined));
  }
}
