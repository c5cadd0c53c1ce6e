/** What an audit says, in sentences: for the screen, the printed page and the command line alike. */
import type { Audit, AuditRepair, Evidence, Finding, Interval, Severity, Step } from '#analysis';
import {
  PERCENT,
  amountInFormula,
  bareText,
  evidenceText,
  opennessText,
  spanText,
  unitOfEvidence,
  unitOfStep,
  type AuditPen,
} from './audit-numbers.ts';

export type { AuditPen } from './audit-numbers.ts';

/** The severities, the gravest first. */
const SEVERITIES: readonly Severity[] = ['contradiction', 'doubt', 'slip', 'remark'];

/** Says findings to one reader. */
export interface AuditTeller {
  /** The rows that a finding is about. */
  title(finding: Finding): string;
  /** What was found, a sentence or two. */
  sentence(finding: Finding): string;
  /** What would make it true, a sentence each. */
  repairs(finding: Finding): readonly string[];
  /** What it rests on: the reading of bare figures where targets take part, even growth where it was taken. */
  readings(finding: Finding): readonly string[];
  /** A printed number with its unit, and what its digits leave open. */
  evidence(evidence: Evidence): { readonly value: string; readonly openness: string | undefined };
  /** What the arithmetic gives. */
  result(finding: Finding, step: Step): string;
  /** A number of a row as it stands in written arithmetic. */
  inFormula: (line: string, value: Interval) => string;
  /** What is reckoned: the row in its period, or its growth, multiple or change. */
  reckoned(finding: Finding, step: Step): string;
  /** What was compared. */
  compared(audit: Audit): string;
  /** How many findings of each severity; that there is none. */
  counts(findings: readonly Finding[]): string;
}

/** Builds the teller of a reader. */
export function auditTeller(pen: AuditPen): AuditTeller {
  const { words } = pen;
  const { say } = words;
  const quoted = (line: string) => say('audit_quoted', { name: pen.name(line) });
  const join = (parts: readonly string[]) => parts.join(say('audit_comma'));
  const sentences = (parts: readonly string[]) =>
    parts.filter(Boolean).join(words.language === 'zh' ? '' : ' ');
  /** A blank stands between Chinese and digits, not between Chinese and Chinese. */
  const tidy = (text: string) => text.replaceAll(/(\p{Script=Han}|[：；，]) (?=\p{Script=Han})/gu, '$1');
  const said = (evidence: Evidence) => evidenceText(pen, evidence);

  const stateds = ({ evidence }: Finding) => evidence.filter(({ kind }) => kind === 'stated');
  const statedOf = (finding: Finding, { cell }: Step) =>
    stateds(finding).find(({ line, period }) => line === cell.line && period === cell.period);
  const printedAt = ({ evidence }: Finding, line: string, period: number) =>
    evidence.find((one) => one.kind !== 'stated' && one.line === line && one.period === period);

  function result(finding: Finding, step: Step): string {
    const against = comparedWith(finding, step);
    return spanText(pen, step.result, unitOfStep(pen, finding, step), { against });
  }

  /** The printed number that a result stands against. */
  function comparedWith(finding: Finding, step: Step): number[] {
    const stated = statedOf(finding, step);
    if (stated) return [stated.value];
    const printed = printedAt(finding, step.cell.line, step.cell.period);
    return printed ? [printed.value] : [];
  }

  function movement(finding: Finding, step: Step): string {
    const stated = statedOf(finding, step);
    const first = step.inputs[0];
    const last = step.inputs.at(-1);
    if (!stated?.stated || !first || !last) return '';
    const values = { stated: said(stated), implied: result(finding, step) };
    const { kind, from, to } = stated.stated;
    const [start, end] = [first, last].map((one) => printedAt(finding, one.line, one.period));
    const ends = { from: start ? bareText(pen, start) : '', to: end ? said(end) : '' };
    switch (kind) {
      case 'growth':
        return say('audit_says_growth', { ...values, ...ends, years: to - from });
      case 'change':
        return say('audit_says_change', { ...values, ...ends });
      case 'annualChange':
        return say('audit_says_annual_change', { ...values, ...ends, years: to - from });
      case 'multiple':
        return say('audit_says_multiple', { ...values, ...ends });
      case 'mean':
        return say('audit_says_mean', { ...values, first: String(from), last: String(to) });
    }
  }

  /** What the two ways to one cell say. */
  function implied(finding: Finding): string {
    const [line = ''] = finding.lines;
    const ends = finding.steps.filter(({ cell }) => cell.line === line && cell.period === finding.period);
    const ways = ends.map((step) =>
      say('audit_way', {
        rows: join([...new Set(step.inputs.map((one) => quoted(one.line)))]),
        value: result(finding, step),
      }),
    );
    return say('audit_says_implied', {
      name: quoted(line),
      period: String(finding.period),
      ways: ways.join(say('audit_semicolon')),
    });
  }

  function window(finding: Finding): string {
    const [line = ''] = finding.lines;
    const { level, growth, expected } = finding.window ?? { level: { low: -Infinity, high: Infinity } };
    const unit = pen.unitOf(line);
    const isOutside = finding.severity === 'doubt';
    return sentences([
      say('audit_says_window', { period: String(finding.period), span: spanText(pen, level, unit) }),
      growth ? say('audit_says_window_growth', { span: spanText(pen, growth, PERCENT) }) : '',
      expected === undefined
        ? ''
        : say(isOutside ? 'audit_expected_outside' : 'audit_expected_inside', {
            value: spanText(pen, { low: expected, high: expected }, unit, {
              against: isOutside ? [level.low, level.high].filter(Number.isFinite) : [],
            }),
          }),
    ]);
  }

  function sentence(finding: Finding): string {
    const [first, second, third] = finding.evidence;
    const period = String(finding.period);
    switch (finding.rule) {
      case 'growth':
      case 'change':
      case 'multiple':
      case 'mean': {
        const all = finding.steps.map((step) => ({ step, text: movement(finding, step) }));
        if (all.length === 1) return all[0]?.text ?? '';
        return sentences(
          all.map(({ step, text }) => say('audit_of_row', { name: pen.name(step.cell.line), text })),
        );
      }
      case 'printings':
        return first
          ? say(first.kind === 'stated' ? 'audit_says_stated_twice' : 'audit_says_printings', {
              period,
              first: said(first),
              others: join(finding.evidence.slice(1).map(said)),
            })
          : '';
      case 'relation': {
        const step = finding.steps.at(-1);
        return first && step
          ? say('audit_says_relation', { period, printed: said(first), implied: result(finding, step) })
          : '';
      }
      case 'implied':
        return implied(finding);
      case 'window':
        return window(finding);
      case 'part':
        return first && second
          ? say('audit_says_part', {
              period,
              part: said(first),
              whole: quoted(second.line),
              value: said(second),
            })
          : '';
      case 'reversal':
        return first && second && third
          ? say('audit_says_reversal', {
              period,
              goal: said(first),
              base: String(second.period),
              now: said(second),
              before: String(third.period),
              then: said(third),
            })
          : '';
      case 'slack':
      case 'kept':
        return first && second
          ? say(`audit_says_${finding.rule}`, {
              period,
              goal: said(first),
              base: String(second.period),
              now: said(second),
            })
          : '';
      case 'outdone': {
        const step = finding.steps.at(-1);
        return first && step
          ? say('audit_says_outdone', { period, goal: said(first), implied: result(finding, step) })
          : '';
      }
      case 'pace': {
        const [step] = finding.steps;
        return first && second
          ? say('audit_says_pace', {
              period,
              goal: said(first),
              yearly: step ? result(finding, step) : said(first),
              base: String(second.period),
              now: said(second),
            })
          : '';
      }
      case 'points':
        return first
          ? say('audit_says_points', {
              period,
              printed: first.asPrinted,
              points: said(first),
            })
          : '';
    }
  }

  function repair(finding: Finding, one: AuditRepair): string {
    switch (one.kind) {
      case 'value':
        return value(finding, one);
      case 'years':
        return say('audit_repair_years', { years: one.years, of: one.of });
      case 'simpleMean':
        return say('audit_repair_simple_mean', { years: one.years });
      case 'total':
        return say('audit_repair_total');
      case 'increase':
        return say('audit_repair_increase');
      case 'level':
        return say('audit_repair_level');
      case 'meanOfYears':
        return say('audit_repair_mean_of_years');
      case 'prices':
        return say('audit_repair_prices', { rise: spanText(pen, one.rise, PERCENT) });
      case 'swapped': {
        const [line = ''] = finding.lines;
        const rows = { first: quoted(line), second: quoted(one.line) };
        return say(one.exact ? 'audit_repair_swapped' : 'audit_repair_swapped_nearer', rows);
      }
      case 'printing': {
        const [place] = one.evidence.places;
        const values = { value: said(one.evidence), place: place ? pen.place(place) : '' };
        return say('audit_repair_printing', values);
      }
    }
  }

  function value(finding: Finding, { evidence, interval }: AuditRepair & { kind: 'value' }): string {
    const [first] = finding.evidence;
    const [place] = evidence.places;
    if (finding.rule === 'printings' && first)
      return say('audit_repair_same', { value: said(first), place: place ? pen.place(place) : '' });
    const span = spanText(pen, interval, unitOfEvidence(pen, evidence), { against: [evidence.value] });
    if (finding.evidence.filter(({ kind }) => kind === evidence.kind).length > 1 && finding.lines.length > 1)
      return say('audit_repair_value_of', { name: quoted(evidence.line), span });
    return say('audit_repair_value', { span });
  }

  return {
    title(finding) {
      const isStated = stateds(finding).length > 0 || ['printings', 'part'].includes(finding.rule);
      const lines = isStated ? finding.lines : finding.lines.slice(0, 1);
      return [...new Set(lines)].map((line) => pen.name(line)).join(' · ');
    },
    sentence: (finding) => tidy(sentence(finding)),
    repairs: (finding) => finding.repairs.map((one) => tidy(repair(finding, one))),
    readings: ({ evidence, reading }) => [
      ...(evidence.some(({ kind }) => kind === 'target')
        ? [say(reading.bareFigures === 'equal' ? 'audit_read_equal' : 'audit_read_at_least')]
        : []),
      ...(reading.evenGrowth ? [say('audit_read_even')] : []),
    ],
    evidence: (one) => ({ value: said(one), openness: opennessText(pen, one) }),
    result: (finding, step) => result(finding, step),
    inFormula: (line, value) => amountInFormula(pen, value, pen.unitOf(line)),
    reckoned(finding, step) {
      const values = { name: pen.name(step.cell.line), period: String(step.cell.period) };
      if (step.measure === 'growth') return say('audit_reckoned_growth', values);
      if (step.measure === 'multiple') return say('audit_reckoned_multiple', values);
      if (finding.rule === 'change') return say('audit_reckoned_change', values);
      return say('audit_reckoned', values);
    },
    compared: ({ compared }) => say('audit_compared', { ...compared }),
    counts(findings) {
      const parts = SEVERITIES.flatMap((severity) => {
        const count = findings.filter((one) => one.severity === severity).length;
        return count === 0 ? [] : [say(`audit_count_${severity}`, { count })];
      });
      return parts.length === 0 ? say('audit_none') : say('audit_found', { list: join(parts) });
    },
  };
}
