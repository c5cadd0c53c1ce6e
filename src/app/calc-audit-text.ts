/** The answer of `calc --audit` as text: what was found and compared, then each finding with its arithmetic. */
import type { Pen } from './calc-analysis-text.ts';
import type { ReportedAudit } from './calc-audit.ts';

/** Prints an audit: a finding is a row of severity, rows and sentence; what belongs to it stands under it. */
export function printAudit({ words }: Pen, { found, says, findings }: ReportedAudit): string[] {
  return [
    found,
    says,
    ...findings.flatMap(({ severity, title, sentence, steps, repairs, readings }) => [
      [words.say(`audit_severity_${severity}`), title, sentence].join('\t'),
      ...steps.map((step) => `\t${step.reckoned}\t= ${step.numbers}\t→ ${step.says}`),
      ...[...repairs.map((one) => one.sentence), ...readings].map((text) => `\t${text}`),
    ]),
  ];
}
