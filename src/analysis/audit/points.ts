/** Changes of a percent that are printed as a percent and are percentage points. */
import type { Engine } from '#engine';
import type { Finding, Reading } from './finding.ts';
import type { PrintedNumbers } from './evidence.ts';

const PERCENT_SIGN = /[%％]/u;
const POINTS = /百分点|pp|percentage point/iu;

/** Finds them. A ratio that rises by 25 % of itself and one that rises by 25 points are two things. */
export function findPoints(engine: Engine, numbers: PrintedNumbers, reading: Reading): Finding[] {
  return numbers.statements
    .filter(
      ({ line, asPrinted, stated: { kind } }) =>
        (kind === 'change' || kind === 'annualChange') &&
        engine.unitOf(line).shown === 100 &&
        PERCENT_SIGN.test(asPrinted) &&
        !POINTS.test(asPrinted),
    )
    .map((statement) => {
      const { line, period, from } = statement;
      const end = numbers.find(line, period);
      return {
        id: ['points', line, from, period].join(':'),
        rule: 'points',
        severity: 'remark',
        lines: [line],
        period,
        evidence: end ? [statement, end] : [statement],
        steps: [],
        repairs: [],
        reading,
      };
    });
}
