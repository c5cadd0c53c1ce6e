/** The audit against a plan that was written before anybody looked at its rules: each of ten errors is found, and nothing else is. */
import { describe, expect, it } from 'vitest';
import { audit, type Finding } from '#analysis';
import { buildEngine } from '#engine';
import { readPlan } from '#plan';
import { COUNTY_ERRORS, aCountyWith, type CountyError } from './planted-county.ts';

const EXPECTED: Readonly<
  Record<CountyError, Partial<Finding> & { rule: Finding['rule']; lines: string[]; repair?: object }>
> = {
  fiveForFour: {
    rule: 'growth',
    severity: 'contradiction',
    lines: ['logistics'],
    repair: { kind: 'years', years: 5, of: 4 },
  },
  plainMean: {
    rule: 'growth',
    severity: 'contradiction',
    lines: ['exports'],
    repair: { kind: 'simpleMean', years: 4 },
  },
  rowsExchanged: {
    rule: 'growth',
    severity: 'contradiction',
    lines: ['beds', 'doctors'],
    repair: { kind: 'swapped', line: 'doctors', exact: true },
  },
  timesMore: {
    rule: 'multiple',
    severity: 'contradiction',
    lines: ['patents'],
    repair: { kind: 'level' },
  },
  partsAndWhole: {
    rule: 'relation',
    severity: 'contradiction',
    lines: ['jobs', 'farm_jobs', 'industry_jobs', 'service_jobs'],
  },
  impliedPopulation: {
    rule: 'implied',
    severity: 'contradiction',
    lines: ['population', 'per_head', 'output', 'premiums', 'density'],
  },
  yearlyIncrease: { rule: 'change', severity: 'contradiction', lines: ['kindergartens'] },
  otherUnitInText: { rule: 'printings', severity: 'contradiction', lines: ['farmland'] },
  limitAboveToday: { rule: 'slack', severity: 'remark', lines: ['failing'] },
  tooManyPeople: {
    rule: 'relation',
    severity: 'contradiction',
    lines: ['per_head', 'output', 'population'],
  },
};

const found = (errors: readonly CountyError[]) => audit(buildEngine(aCountyWith(errors)));
const told = ({ rule, severity, lines }: Partial<Finding>) => [rule, severity, ...(lines ?? [])].join(' ');

describe('a county with planted errors', () => {
  it('is a plan that opens, with all errors and with none', () => {
    for (const errors of [[], COUNTY_ERRORS])
      expect(readPlan(aCountyWith(errors))).toMatchObject({ ok: true });
  });

  it('without any, nothing is said at all: what is off is off by rounding', () => {
    const { findings, compared } = found([]);
    expect(findings).toEqual([]);
    expect(compared).toMatchObject({ printed: 28, statements: 6, targets: 5 });
  });

  it.each(COUNTY_ERRORS)('%s alone is found, and nothing else', (error) => {
    const { findings } = found([error]);
    expect(findings.map(told)).toEqual([told(EXPECTED[error])]);
    const { repair } = EXPECTED[error];
    if (repair) expect(findings[0]?.repairs[0]).toEqual(repair);
  });

  it('all ten at once are found as ten', () => {
    const { findings } = found(COUNTY_ERRORS);
    expect(findings.map(told).sort()).toEqual(COUNTY_ERRORS.map((error) => told(EXPECTED[error])).sort());
  });

  it.each([
    // 16 500 000 万元 ÷ 132 000 元 = 125.0 万人, 42.5 亿元 ÷ 3040 元 = 139.8 万人
    ['impliedPopulation', 0, 125],
    ['impliedPopulation', 1, 139.8],
    // 24 000 000 万元 ÷ 155 万人 = 154 839 元
    ['tooManyPeople', 0, 154_839],
    // 3.1 + 14.6 + 21.4
    ['partsAndWhole', 0, 39.1],
    // (198 − 148) ÷ 5
    ['yearlyIncrease', 0, 10],
  ] as const)('the arithmetic of %s, step %i, comes to %d', (error, at, result) => {
    const high = found([error]).findings[0]?.steps[at]?.result.high ?? NaN;
    // as near as printed digits allow
    expect(high / result).toBeCloseTo(1, 2);
  });
});
