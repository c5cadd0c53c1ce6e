/** The answer of `calc --audit`: what the page's audit finds, with its sentences and its arithmetic as text. */
import { formatNumber } from '#quantity';
import {
  audit,
  numberInStep,
  type Audit,
  type Cell,
  type Evidence,
  type Finding,
  type Interval,
  type Step,
} from '#analysis';
import { inNumbers } from '#engine';
import { printExpression, type Expression } from '#formula';
import { auditTeller, type AuditTeller } from '#words';
import type { AnalysisRequest } from './calc-analysis-arguments.ts';
import type { Subject } from './calc-subject.ts';

/** An interval; null where it has no end. */
export interface ReportedInterval {
  readonly low: number | null;
  readonly high: number | null;
}

/** A printed number. */
export interface ReportedEvidence extends Cell, Pick<Evidence, 'kind' | 'value' | 'asPrinted' | 'places'> {
  readonly from?: number;
  readonly interval: ReportedInterval;
}

/** One line of the arithmetic, with names and with numbers. */
export interface ReportedStep extends Cell {
  readonly measure: Step['measure'];
  readonly reckoned: string;
  readonly formula: string;
  readonly numbers: string;
  readonly result: ReportedInterval;
  readonly says: string;
}

/** One finding; sentences are in the language of the call. */
export interface ReportedFinding extends Pick<
  Finding,
  'id' | 'rule' | 'severity' | 'lines' | 'period' | 'reading'
> {
  readonly title: string;
  readonly sentence: string;
  readonly repairs: readonly { readonly kind: string; readonly sentence: string }[];
  readonly readings: readonly string[];
  readonly evidence: readonly ReportedEvidence[];
  readonly steps: readonly ReportedStep[];
  readonly window?: {
    readonly level: ReportedInterval;
    readonly growth?: ReportedInterval;
    readonly expected?: number;
  };
}

/** The whole audit. */
export interface ReportedAudit extends Pick<Audit, 'compared' | 'bareFigures'> {
  readonly found: string;
  readonly says: string;
  readonly findings: readonly ReportedFinding[];
}

/** Audits the plan of a call; what scenarios and `--set` change is no part of it. */
export function reportAudit(subject: Subject, { bareFigures = 'equal' }: AnalysisRequest): ReportedAudit {
  const { engine } = subject;
  const found = audit(engine, bareFigures);
  const teller = tellerOf(subject);
  return {
    compared: found.compared,
    bareFigures: found.bareFigures,
    found: teller.counts(found.findings),
    says: teller.compared(found),
    findings: found.findings.map((one) => reportFinding(subject, teller, one)),
  };
}

function tellerOf({ engine, plan, words }: Subject): AuditTeller {
  const { language } = words;
  const names = new Map(plan.lines.map(({ id, name }) => [id, name[language]]));
  return auditTeller({
    words,
    name: (line) => names.get(line) ?? line,
    unitOf: (line) => engine.unitOf(line),
    number: (value, unit, how) => formatNumber(value, { unit, language, ...how }),
    place(source) {
      if ('section' in source) return source.section;
      const table = plan.tables.find(({ id }) => id === source.table)?.name[language] ?? source.table;
      return words.say('grid_place', { table, row: source.row, column: source.column });
    },
  });
}

function reportFinding(subject: Subject, teller: AuditTeller, finding: Finding): ReportedFinding {
  const { id, rule, severity, lines, period, reading, evidence, steps, repairs, window } = finding;
  const sentences = teller.repairs(finding);
  return {
    id,
    rule,
    severity,
    lines,
    period,
    reading,
    title: teller.title(finding),
    sentence: teller.sentence(finding),
    repairs: repairs.map(({ kind }, index) => ({ kind, sentence: sentences[index] ?? '' })),
    readings: teller.readings(finding),
    evidence: evidence.map(({ kind, line, period: at, from, value, asPrinted, interval, places }) => ({
      kind,
      line,
      ...(from !== undefined && { from }),
      period: at,
      value,
      asPrinted,
      interval: reportInterval(interval),
      places,
    })),
    steps: steps.map((step) => reportStep(subject, teller, finding, step)),
    ...(window && {
      window: {
        level: reportInterval(window.level),
        ...(window.growth && { growth: reportInterval(window.growth) }),
        ...(window.expected !== undefined && { expected: window.expected }),
      },
    }),
  };
}

function reportStep(
  { engine, plan, words: { language } }: Subject,
  teller: AuditTeller,
  finding: Finding,
  step: Step,
): ReportedStep {
  const print = (expression: Expression) =>
    printExpression(expression, { names: engine.names, language, signs: 'written' });
  const numbers = inNumbers(step.expression, step.cell.period, plan.periods, (line, period) => {
    const value = numberInStep(finding.evidence, step, line, period);
    return value === undefined ? '?' : teller.inFormula(line, value);
  });
  return {
    ...step.cell,
    measure: step.measure,
    reckoned: teller.reckoned(finding, step),
    formula: print(step.expression),
    numbers: print(numbers),
    result: reportInterval(step.result),
    says: teller.result(finding, step),
  };
}

/** JSON has no infinity. */
function reportInterval({ low, high }: Interval): ReportedInterval {
  const end = (value: number) => (Number.isFinite(value) ? value : null);
  return { low: end(low), high: end(high) };
}
