/** The audit of the open plan: asked off the page's thread, anew when the plan is edited, and how its arithmetic is written. */
import {
  numberInStep,
  type Audit,
  type BareFigures,
  type Finding,
  type Interval,
  type Severity,
  type Step,
} from '#analysis';
import type { Figure } from '#plan';
import { formulaText } from './explanation.svelte.ts';
import { Inquiry } from './inquiry.svelte.ts';
import { oneOfSession } from './one-of-session.svelte.ts';
import type { PlanSession } from './plan-session.svelte.ts';

/** What a person has chosen; it stays as long as the plan is open. */
class Choices {
  bareFigures = $state<BareFigures>('equal');
  severity = $state<Severity>();
}

const known = new WeakMap<PlanSession, Choices>();

function choicesOf(session: PlanSession): Choices {
  const choices = known.get(session) ?? new Choices();
  known.set(session, choices);
  return choices;
}

/** An audit with its findings in their two groups. */
export interface ShownAudit extends Audit {
  /** What does not add up, and what is worth knowing of single rows. */
  readonly disagreements: readonly Finding[];
  /** What the targets leave open for rows that they do not name. */
  readonly windows: readonly Finding[];
  /** Whether it belongs to a plan or a reading of before, while the answer is on its way. */
  readonly isOutdated: boolean;
}

/** Writes a number of a row in a formula, with its unit. */
export type AuditNumber = (line: string, value: Interval) => string;

/** The audit in one session. A view keeps it going with `$effect(() => audit.inquiry.follow())`. */
export class PlanAudit {
  readonly #session: PlanSession;
  readonly #choices: Choices;
  readonly inquiry: Inquiry<'audit'>;

  constructor(session: PlanSession) {
    this.#session = session;
    this.#choices = choicesOf(session);
    this.inquiry = new Inquiry(session, 'audit', () => ({ bareFigures: this.#choices.bareFigures }));
  }

  /** How targets that print a bare figure are read. */
  get bareFigures(): BareFigures {
    return this.#choices.bareFigures;
  }

  readBareFigures(as: BareFigures): void {
    this.#choices.bareFigures = as;
  }

  /** The severity that is looked at alone; undefined while all are. */
  get severity(): Severity | undefined {
    return this.#choices.severity;
  }

  choose(severity: Severity | undefined): void {
    this.#choices.severity = severity;
  }

  /** What was found last; undefined before the first answer. */
  readonly shown: ShownAudit | undefined = $derived.by(() => {
    const { shown } = this.inquiry;
    if (!shown) return undefined;
    const { output, isOutdated } = shown;
    // a plan that is edited meanwhile may have lost a row of which the last answer speaks
    const findings = output.findings.filter(({ lines }) => lines.every((id) => this.#session.line(id)));
    return {
      ...output,
      findings,
      disagreements: findings.filter(({ rule }) => rule !== 'window'),
      windows: findings.filter(({ rule }) => rule === 'window'),
      isOutdated,
    };
  });

  readonly #byLine: ReadonlyMap<string, readonly Finding[]> = $derived.by(() => {
    const byLine = new Map<string, Finding[]>();
    for (const finding of this.shown?.findings ?? [])
      for (const line of new Set([...finding.lines, ...finding.evidence.map((one) => one.line)]))
        byLine.set(line, [...(byLine.get(line) ?? []), finding]);
    return byLine;
  });

  /** What was found of a row, the gravest first: of mere remarks those that are about it and not about another. */
  ofLine(line: string): readonly Finding[] {
    return (this.#byLine.get(line) ?? []).filter(
      ({ severity, lines }) => severity !== 'remark' || lines[0] === line,
    );
  }

  /** What was found of a target, the gravest first; what all targets together leave open is told where it is a doubt. */
  ofTarget(line: string, period: number): readonly Finding[] {
    return this.ofLine(line).filter(
      ({ severity, rule, evidence }) =>
        (severity !== 'remark' || rule !== 'window') &&
        evidence.some((one) => one.kind === 'target' && one.line === line && one.period === period),
    );
  }

  /**
   * Asks while there is no answer for the plan as it is, and only of a plan that prints anything: for places that are always
   * on the page. Gives what calls it off, for the effect in which it is called.
   */
  keep(): (() => void) | undefined {
    return this.hasPrinted && this.inquiry.answer === undefined ? this.inquiry.follow() : undefined;
  }

  /** How many figures of the plan no document prints. */
  readonly unprinted: number = $derived.by(() => this.#figures.filter((one) => !isPrinted(one)).length);

  /** Whether the plan prints any figure. */
  get hasPrinted(): boolean {
    return this.#session.plan.lines.some(({ figures = [] }) => figures.some(isPrinted));
  }

  get #figures(): readonly Figure[] {
    return this.#session.plan.lines.flatMap(({ figures = [] }) => figures);
  }

  /** The arithmetic of a step: with the names of its cells, and with their numbers. */
  arithmetic(
    finding: Finding,
    step: Step,
    language: 'zh' | 'en',
    write: AuditNumber,
  ): { readonly names: string; readonly numbers: string } {
    const arithmetic = { expression: step.expression, period: step.cell.period };
    const text = (reading: Parameters<typeof formulaText>[2]) =>
      formulaText(this.#session, arithmetic, reading, language) ?? '';
    return {
      names: text({ kind: 'names' }),
      numbers: text({
        kind: 'numbers',
        textOf: (line, period) => {
          const value = numberInStep(finding.evidence, step, line, period);
          return value === undefined ? '?' : write(line, value);
        },
      }),
    };
  }
}

/** The audit of a session that all places of the page share, so that it is asked once. */
export const planAuditOf = oneOfSession((session: PlanSession) => new PlanAudit(session));

function isPrinted({ origin, asPrinted, source }: Figure): boolean {
  return origin === 'printed' && asPrinted !== undefined && source !== undefined;
}
