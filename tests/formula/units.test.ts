/** What units a formula gives, which factor it needs, and what does not fit. */
import { describe, expect, it } from 'vitest';
import { PLAIN, parseUnit } from '#quantity';
import { buildNames, checkDimensions, parseFormula, printExpression } from '#formula';

const units: Record<string, string> = {
  premiums: '亿元',
  fees: '万元',
  population: '万人',
  growth: '%',
  firms: '家',
  density: '元/人',
};
const lines = Object.keys(units).map((id) => ({ id, name: { zh: id, en: id } }));
const names = buildNames(lines);
const unitOf = (line: string) => parseUnit(units[line] ?? '') ?? PLAIN;

function checked(text: string, unit: string): string {
  const parsed = parseFormula(text, {
    names,
    periods: { unit: 'year', first: 2015, base: 2020, last: 2025 },
  });
  if (!parsed.ok) throw new Error(parsed.problem.code);
  const { expression, warnings } = checkDimensions(
    parsed.formula.expression,
    unitOf,
    parseUnit(unit) ?? PLAIN,
  );
  return [printExpression(expression, { names, language: 'id' }), ...warnings.map((one) => one.code)].join(
    ' · ',
  );
}

describe('factors between units', () => {
  it.each([
    // 1 亿元 / 1 万人 = 1e8 元 / 1e4 人 = 1e4 元/人
    ['premiums / population', '元/人', 'premiums / population * 10000'],
    // 1 元/人 × 1 万人 = 1e4 元 = 1e-4 亿元
    ['density * population', '亿元', 'density * population * 0.0001'],
    ['premiums + fees', '亿元', 'premiums + fees * 0.0001'],
    ['premiums / fees', '倍', 'premiums / fees * 10000'],
    ['premiums / (density * population)', '%', 'premiums / (density * population) * 10000'],
    ['SUM(premiums, fees)', '亿元', 'SUM(premiums, fees * 0.0001)'],
    ['IF(growth > 0, fees, premiums)', '万元', 'IF(growth > 0, fees, premiums * 10000)'],
    ['RRI(5, premiums[base], 100)', '%', 'RRI(5, premiums[base], 100)'],
  ])('%s in %s', (text, unit, expected) => expect(checked(text, unit)).toBe(expected));
});

describe('what fits without a factor', () => {
  it.each([
    ['premiums[t-1] * (1 + growth)', '亿元'],
    ['premiums * 8%', '亿元'],
    ['premiums + 5', '亿元'],
    ['growth + 0.01', '%'],
    ['firms[t-1] + 5', '家'],
    ['INTERPOLATE(PERIODYEAR(t), {2020, 2025}, {6%, 10%})', '%'],
    ['premiums ^ 2 / premiums', '亿元'],
  ])('%s in %s', (text, unit) => expect(checked(text, unit)).not.toContain('formula_'));
});

describe('what does not fit is a warning', () => {
  it.each([
    ['premiums + growth', '亿元', 'formula_unit_sum'],
    ['premiums + 5%', '亿元', 'formula_unit_sum'],
    ['firms + population', '家', 'formula_unit_sum'],
    ['premiums * population', '亿元', 'formula_unit_line'],
    ['premiums > firms', '', 'formula_unit_sum'],
    ['EXP(premiums)', '%', 'formula_unit_argument'],
    ['premiums ^ growth', '亿元', 'formula_unit_exponent'],
  ])('%s in %s', (text, unit, code) => expect(checked(text, unit)).toContain(code));
});
