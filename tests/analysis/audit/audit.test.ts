import { describe, expect, it } from 'vitest';
import { audit, type Finding } from '#analysis';
import { buildEngine } from '#engine';
import { loadPlan } from '../../helpers/plans.ts';
import { PLANTED, aPlanWith, type Planted } from './planted-plan.ts';

/** What is wrong: remarks and windows are true of a plan without errors too. */
function errorsOf(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ severity }) => severity === 'contradiction' || severity === 'slip');
}

const EXPECTED: Readonly<Record<Planted, { rule: string; lines: string[]; repair?: object }>> = {
  fourYears: { rule: 'growth', lines: ['fin_va'], repair: { kind: 'years', years: 4, of: 5 } },
  swapped: {
    rule: 'growth',
    lines: ['deposits', 'loans'],
    repair: { kind: 'swapped', line: 'loans', exact: true },
  },
  simpleMean: { rule: 'growth', lines: ['green_loans'], repair: { kind: 'simpleMean', years: 5 } },
  doubling: { rule: 'multiple', lines: ['listed'] },
  share: { rule: 'relation', lines: ['loan_deposit_ratio', 'loans', 'deposits'] },
  impliedGdp: { rule: 'implied', lines: ['gdp', 'fin_va', 'fin_share', 'premiums', 'depth'] },
  increment: { rule: 'change', lines: ['direct'] },
  textAgainstTable: { rule: 'printings', lines: ['loans'] },
  partAboveWhole: { rule: 'part', lines: ['farmer_loans', 'farm_loans'] },
  targetsApart: { rule: 'relation', lines: ['green_loans', 'loans', 'green_share'] },
};

describe('a plan with planted errors', () => {
  it('without any, nothing is found wrong', () => {
    const { findings, compared } = audit(buildEngine(aPlanWith([])));
    expect(errorsOf(findings)).toEqual([]);
    expect(compared.statements).toBe(6);
    expect(compared.relations).toBeGreaterThan(4);
  });

  it.each(PLANTED)('%s alone is found, and nothing else', (error) => {
    const found = errorsOf(audit(buildEngine(aPlanWith([error]))).findings);
    const { rule, lines, repair } = EXPECTED[error];
    expect(found.map((one) => one.rule)).toEqual([rule]);
    expect([...(found[0]?.lines ?? [])].sort()).toEqual([...lines].sort());
    if (repair) expect(found[0]?.repairs).toContainEqual(repair);
  });

  it('all ten at once are found as ten', () => {
    const found = errorsOf(audit(buildEngine(aPlanWith(PLANTED))).findings);
    expect(found.map(({ rule }) => rule).sort()).toEqual(PLANTED.map((error) => EXPECTED[error].rule).sort());
  });
});

describe('templates', () => {
  const found = (id: string, bareFigures: 'equal' | 'atLeast' = 'equal') =>
    audit(buildEngine(loadPlan(id)), bareFigures).findings;
  const one = (findings: readonly Finding[], rule: string, line: string) => {
    const [finding] = findings.filter((each) => each.rule === rule && each.lines[0] === line);
    if (!finding) throw new Error(`no ${rule} of ${line}`);
    return finding;
  };

  it('Huzhou: four rows were reckoned over four years, deposits and loans look exchanged', () => {
    const findings = found('huzhou-2021-2025');
    for (const line of ['mfg_loans', 'small_loans', 'mlt_loans', 'unsecured_loans'])
      expect(one(findings, 'growth', line).repairs[0]).toEqual({ kind: 'years', years: 4, of: 5 });
    const exchanged = one(findings, 'growth', 'deposits');
    expect(exchanged.lines).toEqual(['deposits', 'loans']);
    // (5956.58 / 3089.7)^(1/5) − 1 = 0.140293; (5940.01 / 2535)^(1/5) − 1 = 0.185667
    expect(exchanged.steps.map(({ result }) => (result.low + result.high) / 2)).toEqual([
      expect.closeTo(0.140293, 5),
      expect.closeTo(0.185667, 4),
    ]);
    // 13.63 and 12.44 %, 12.5 and 14.17 %: off by a tenth, and nothing says exchanged
    expect(one(findings, 'growth', 'fin_va').repairs.map(({ kind }) => kind)).toEqual(['value']);
  });

  it('Ji’an: 10.24 % is not what 48.82 to 140.09 is; Shangrao’s share is not its quotient', () => {
    const findings = found('jian-2021-2025');
    const { result } = one(findings, 'growth', 'finance_va').steps[0] as {
      result: { low: number; high: number };
    };
    // (140.09 / 48.82)^(1/5) − 1 = 0.23470
    expect(result.low).toBeLessThan(0.2347);
    expect(result.high).toBeGreaterThan(0.2347);
    expect(one(findings, 'relation', 'shangrao_va_share').severity).toBe('contradiction');
  });

  it('Lishui: green loans and their share leave loans at most 5.5 % growth a year; the plan expects more', () => {
    const { severity, window } = one(found('lishui-2021-2025'), 'window', 'loans');
    expect(severity).toBe('doubt');
    // at most 332.5 ÷ 10 % = 3325; from 165.5 ÷ 6.5 % = 2546.15 that is (3325 ÷ 2546.15)^(1/5) − 1 = 0.05483
    expect(window?.level.high).toBeCloseTo(3325, 6);
    expect(window?.growth?.high).toBeCloseTo(0.05483, 5);
  });

  it('Zhoushan: 2.417 is the multiple of the increase; direct finance cannot gain a share', () => {
    const findings = found('zhoushan-2021-2025');
    expect(one(findings, 'multiple', 'direct_financing').repairs[0]).toEqual({ kind: 'increase' });
    // 479.44 ÷ 3253.20 = 14.74 % in 2020; 600 ÷ 4900 = 12.24 % in 2025
    expect(one(findings, 'implied', 'direct_share').period).toBe(2025);
    // read as at least, 600 may be more, and then it can
    expect(found('zhoushan-2021-2025', 'atLeast').some(({ rule }) => rule === 'implied')).toBe(false);
  });

  it('Fuzhou: share and depth imply two GDPs for 2015', () => {
    const { steps } = one(found('fuzhou-2021-2025'), 'implied', 'gdp');
    // 576.39 ÷ 9.98 % = 5775.5; 206.94 ÷ 3.68 % = 5623.4
    const middles = steps.map(({ result }) => (result.low + result.high) / 2).sort((a, b) => a - b);
    expect(middles[0]).toBeCloseTo(5623.4, 0);
    expect(middles[1]).toBeCloseTo(5775.5, 0);
  });
});
