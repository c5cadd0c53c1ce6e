/** What is typed, what it means, and how it reads back. */
import { describe, expect, it } from 'vitest';
import {
  buildNames,
  parseFormula,
  printExpression,
  renameFormula,
  type FormulaContext,
  type Sheet,
} from '#formula';

const lines = [
  { id: 'loans', name: { zh: '贷款余额', en: 'Loans' } },
  { id: 'loan_growth', name: { zh: '贷款增速', en: 'Loan growth' } },
  { id: 'loans_share', name: { zh: '贷款余额占比', en: 'Loan share' } },
  { id: 'gdp', name: { zh: '地区生产总值（GDP）', en: 'GDP (nominal)' } },
  { id: 'va_share', name: { zh: '金融业增加值/GDP', en: 'Value added / GDP' } },
  // letters whose small form is longer, or depends on what stands beside them
  { id: 'abroad', name: { zh: '风险 ΑΣ', en: 'İzmir loans' } },
  { id: 'twin_a', name: { zh: '同名', en: 'Twin' } },
  { id: 'twin_b', name: { zh: '同名', en: 'Twin' } },
];
/** Row 1 loans, row 2 loan growth; column A 2020, F 2025. */
const sheet: Sheet = {
  cellAt: (column, row) => {
    const line = ['loans', 'loan_growth'][row - 1];
    return line !== undefined && column <= 6 ? { line, period: 2019 + column } : undefined;
  },
};
const context: FormulaContext = {
  names: buildNames(lines),
  periods: { unit: 'year', first: 2015, base: 2020, last: 2025 },
  sheet,
  here: 2022,
};

function becomes(text: string, language: 'id' | 'zh' | 'en' = 'id'): string {
  const parsed = parseFormula(text, context);
  if (!parsed.ok) return `${parsed.problem.code} ${parsed.problem.place.from}-${parsed.problem.place.to}`;
  return printExpression(parsed.formula.expression, { names: context.names, language });
}

describe('references', () => {
  it.each([
    ['loans * 2', 'loans * 2'],
    ['loans[t-1] * (1 + loan_growth)', 'loans[t-1] * (1 + loan_growth)'],
    ['loans[t+1]', 'loans[t+1]'],
    ['loans[t]', 'loans'],
    [
      'loans[2020] / loans[base] - loans[first] + loans[last]',
      'loans[2020] / loans[base] - loans[first] + loans[last]',
    ],
    ['sum(loans[2021:t])', 'SUM(loans[2021:t])'],
    ['PERIODYEAR(t) - base', 'PERIODYEAR(t) - base'],
  ])('%s', (text, printed) => expect(becomes(text)).toBe(printed));
});

describe('names in either language', () => {
  it.each([
    ['贷款余额[t-1]*(1+贷款增速)', 'loans[t-1] * (1 + loan_growth)'],
    ['贷款余额［t－1］×（1＋贷款增速）', 'loans[t-1] * (1 + loan_growth)'],
    ['Loans * Loan growth', 'loans * loan_growth'],
    ['İzmir loans * 2 + 风险 ΑΣ', 'abroad * 2 + abroad'],
    ['风险 ασ - İZMIR LOANS', 'abroad - abroad'],
    ['LOANS * loan GROWTH', 'loans * loan_growth'],
    ['贷款余额占比*2', 'loans_share * 2'],
    ['地区生产总值(GDP) + GDP (nominal)', 'gdp + gdp'],
    ["'金融业增加值/GDP' * 2", 'va_share * 2'],
  ])('%s', (text, printed) => expect(becomes(text)).toBe(printed));

  it('prints in the reader’s language what reads back as the same', () => {
    const text = 'loans[t-1] * (1 + loan_growth) + gdp + va_share + twin_a';
    const zh = becomes(text, 'zh');
    expect(zh).toBe("贷款余额[t-1] * (1 + 贷款增速) + 地区生产总值（GDP） + '金融业增加值/GDP' + twin_a");
    expect(becomes(zh)).toBe(text);
    expect(becomes(becomes(text, 'en'))).toBe(text);
  });

  it('keeps the text as typed and changes only the names', () => {
    expect(renameFormula('= 贷款余额[t-1]  *(1+ 8%)', context, 'id')).toBe('= loans[t-1]  *(1+ 8%)');
    expect(renameFormula('= loans[t-1]  *(1+ 8%)', context, 'en')).toBe('= Loans[t-1]  *(1+ 8%)');
  });
});

describe('percent, full width, lists, conditions', () => {
  it.each([
    ['loans * 8%', 'loans * 8%'],
    ['loans * 8％', 'loans * 8%'],
    ['１２ + ３', '12 + 3'],
    ['loans > 5 ? 1 : 2', 'loans > 5 ? 1 : 2'],
    ['not loans > 5 and loan_growth < 1 or 0', 'not loans > 5 and loan_growth < 1 or 0'],
    ['INTERPOLATE(t, {2020, 2025}, {6%; 10%})', 'INTERPOLATE(t, {2020, 2025}, {6%, 10%})'],
    ['if(loans >= 2, true, false)', 'IF(loans >= 2, true, false)'],
    ['PV(8%, 12, 500, , 0)', 'PV(8%, 12, 500, , 0)'],
    ['IF(loans > 2, , 5)', 'IF(loans > 2, , 5)'],
  ])('%s', (text, printed) => expect(becomes(text)).toBe(printed));
});

describe('Excel’s reading and mathematics’', () => {
  it.each([
    ['=-2^2', '(-2)^2'],
    ['-2^2', '-(2^2)'],
    ['=2^3^2', '(2^3)^2'],
    ['2^3^2', '2^(3^2)'],
    ['=2^-1', '2^(-1)'],
    ['=1-2^2', '1 - 2^2'],
    ['=(1-2^2)*-3^2', '(1 - 2^2) * (-3)^2'],
    ['=SUM(-2^2, 3)', 'SUM((-2)^2, 3)'],
    ['=if(loans<>0, loans=5, 0)', 'IF(loans != 0, loans == 5, 0)'],
    ['＝loans*2', 'loans * 2'],
  ])('%s', (text, printed) => expect(becomes(text)).toBe(printed));
});

describe('A1 addresses', () => {
  it.each([
    // the formula stands in the column of 2022, so column B (2021) is the period before
    ['=B1*(1+C2)', 'loans[t-1] * (1 + loan_growth)'],
    ['=$A$1*2', 'loans[2020] * 2'],
    ['=SUM(A1:C1)', 'SUM(loans[t-2:t])'],
    ['=SUM($A1:C1)', 'SUM(loans[2020:t])'],
    ['=SUM(C1:C2)', 'SUM({loans, loan_growth})'],
    ['=Z9', 'formula_cell_outside 1-3'],
  ])('%s', (text, printed) => expect(becomes(text)).toBe(printed));
});

describe('what is refused, and where', () => {
  it.each([
    ['', 'formula_empty 0-0'],
    ['=', 'formula_empty 0-1'],
    ['gross growth', 'formula_unknown_name 0-5'],
    ['rate + 1', 'formula_function_needs_call 0-4'],
    ['loans loan_growth', 'formula_implied_multiplication 0-17'],
    // a name at the end of the text is no longer than the text, though another begins like it
    ['gdp gdp', 'formula_implied_multiplication 0-7'],
    ['2贷款余额', 'formula_implied_multiplication 0-5'],
    ['2(3)', 'formula_implied_multiplication 0-2'],
    ['loans2', 'formula_unknown_name 0-6'],
    ['同名 + 1', 'formula_ambiguous_name 0-2'],
    ['foo(1)', 'formula_unknown_function 0-3'],
    ['SUM', 'formula_function_needs_call 0-3'],
    ['x = 1', 'formula_unknown_name 0-1'],
    ['loans = 1', 'formula_assignment 6-7'],
    ['f(x) = x', 'formula_unknown_function 0-1'],
    ['"text"', 'formula_text_constant 0-1'],
    ['loans.constructor', 'formula_property 5-6'],
    ['loans["constructor"]', 'formula_text_constant 6-7'],
    ['[1, 2]', 'formula_matrix 0-1'],
    ['loans!', 'formula_character 5-6'],
    ["loans'", 'formula_text_constant 5-6'],
    ['loans # comment', 'formula_character 6-7'],
    ['loans; 2', 'formula_character 5-6'],
    ['1,234 + 5', 'formula_number_grouping 1-2'],
    ['(8)%', 'formula_percent_place 3-4'],
    ['10% 3', 'formula_implied_multiplication 0-5'],
    ['1e400', 'formula_number_not_finite 0-5'],
    ['1 < 2 < 3', 'formula_chained_comparison 0-9'],
    ['{1, 2}', 'formula_list_place 0-6'],
    ['loans[2020:t] * 2', 'formula_list_place 0-13'],
    ['loans[1999]', 'formula_period_outside 6-10'],
    ['loans[loans]', 'formula_period_expected 6-11'],
    ['ABS(1, 2)', 'formula_argument_count 0-3'],
    ['(1 + 2', 'formula_unclosed 0-1'],
    ['1 + )', 'formula_unclosed 4-5'],
    ['1 + * 2', 'formula_syntax 4-5'],
    ['1 +', 'formula_syntax 2-3'],
    [`${'('.repeat(65)}1${')'.repeat(65)}`, 'formula_too_deep 64-65'],
    [`1${'+1'.repeat(1500)}`, 'formula_too_long 0-3001'],
    [`1${'+1'.repeat(300)}`, 'formula_too_large 0-601'],
    ['import("fs")', 'formula_unknown_function 0-6'],
    ['config({number: "BigNumber"})', 'formula_unknown_function 0-6'],
    ['cos.constructor("return 1")()', 'formula_unknown_name 0-3'],
  ])('%s', (text, refusal) => expect(becomes(text)).toBe(refusal));

  it('takes the deepest nesting that is allowed', () => {
    expect(becomes(`${'('.repeat(64)}1${')'.repeat(64)}`)).toBe('1');
  });
});
