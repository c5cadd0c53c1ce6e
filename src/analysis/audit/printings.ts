/** Places of the document that print one quantity, and print it differently. */
import type { Evidence, Finding, Reading, Severity } from './finding.ts';
import type { PrintedNumbers, StatedEvidence } from './evidence.ts';
import { isApart } from './interval.ts';
import { severityOfGap } from './severity.ts';

/** Finds quantities whose printings cannot have been rounded from one number. */
export function findPrintings(numbers: PrintedNumbers, reading: Reading): Finding[] {
  const cells = numbers.cells.map(({ line, period }) => numbers.printings(line, period));
  return [...cells, ...statementsBySubject(numbers.statements)].flatMap((printings) => {
    const [first, ...others] = printings;
    const different = first ? others.filter((one) => isApart(one.interval, first.interval)) : [];
    if (!first || different.length === 0) return [];
    const { line, period, kind } = first;
    return [
      {
        id: ['printings', kind, line, first.from ?? '', period, first.value].join(':'),
        rule: 'printings' as const,
        severity: severityOf(first, different),
        lines: [line],
        period,
        evidence: [first, ...different],
        steps: [],
        repairs: different.map((one) => ({
          kind: 'value' as const,
          evidence: one,
          interval: first.interval,
        })),
        reading,
      },
    ];
  });
}

function statementsBySubject(statements: readonly StatedEvidence[]): StatedEvidence[][] {
  const groups = new Map<string, StatedEvidence[]>();
  for (const one of statements) {
    const key = [one.line, one.stated.kind, one.stated.from, one.stated.to].join();
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

function severityOf(first: Evidence, different: readonly Evidence[]): Severity {
  const width = ({ interval }: Evidence) => interval.high - interval.low;
  // the one with fewer digits says how much rounding explains
  const isSlip = different.every((one) => {
    const [coarse, fine] = width(one) > width(first) ? [one, first] : [first, one];
    return severityOfGap(coarse.interval, fine.interval) === 'slip';
  });
  return isSlip ? 'slip' : 'contradiction';
}
