/**
 * Workbooks that others wrote. Those in `tests/saved/workbooks` were made with openpyxl, which calculates nothing, and
 * calculated by LibreOffice: its values are what the plan that is taken from them must come to.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildEngine } from '#engine';
import { readPeriodTable, toTable, type TakenModel } from '#exchange';
import { readPlan, type Scenario } from '#plan';
import { both, foreign, formulas, modelOf, said, taken, workbookOf, workbooksOf } from './foreign-models.ts';

const saved = (name: string) =>
  readFileSync(resolve(import.meta.dirname, '../saved/workbooks', `${name}.xlsx`));

it('names of rows lose what cannot be seen, and the row is said', async () => {
  const rows = [
    ['', 2022, 2023, 2024],
    ['贷\u200b款', 1, 2, 3],
    ['GDP', 4, 5, 6],
  ];
  const model = taken(await workbookOf(rows));
  expect(model.plan.lines.map(({ name }) => name.zh)).toEqual(['贷款', 'GDP']);
  const dropped = model.problems.filter(({ code }) => code === 'workbook_characters_dropped');
  expect(dropped.map(({ args }) => [args.row, args.characters])).toEqual([[2, 'U+200B']]);
});

describe('a workbook that another program wrote and LibreOffice calculated', () => {
  it.each(['three-statements', 'loan', 'project', 'region'])('%s comes to the same values', async (name) => {
    const { plan, comparison } = taken(await foreign(saved(`${name}.calculated`)));
    expect(comparison).toMatchObject({ different: 0, unknown: 0 });
    expect(comparison.cells).toBeGreaterThan(35);
    expect(readPlan(JSON.parse(JSON.stringify(plan))).ok).toBe(true);
    expect(buildEngine(plan).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('lives: another growth of sales gives what arithmetic gives', async () => {
    const { plan } = taken(await foreign(saved('three-statements.calculated')));
    const faster: Scenario = {
      ...{ id: 'faster', name: both('faster'), basedOn: 'plan' },
      changes: [{ line: 'sales_growth', set: 0.1 }],
    };
    const calculation = buildEngine(plan).calculate(faster, [...plan.scenarios, faster]);
    // 1,100 in 2023, four years at 10 %; cost is 60 % of it
    expect(calculation.value('sales', 2027)).toBeCloseTo(1100 * 1.1 ** 4, 8);
    expect(calculation.value('gross_profit', 2027)).toBeCloseTo(1100 * 1.1 ** 4 * 0.4, 8);
  });

  it('three-statements: assumptions of another sheet become drivers, formulas lines, and the text check is said', async () => {
    const model = taken(await foreign(saved('three-statements.calculated')));
    expect(formulas(model)).toMatchObject({
      sales_growth: '0.08',
      sales: '=sales[t-1]*(1+sales_growth)',
      profit_before_tax: '=SUM(gross_profit,depreciation)',
      cash: '=cash[t-1]+net_profit-depreciation-capex-(receivables-receivables[t-1])-dividends',
    });
    expect(model.plan.periods).toEqual({ unit: 'year', first: 2022, base: 2023, last: 2027 });
    const [rate] = model.plan.lines;
    expect(rate).toMatchObject({ kind: 'driver', unit: '%', lever: { min: 0, max: 0.16 } });
    expect(said(model)).toEqual(
      ['B23', 'C23', 'D23', 'E23', 'F23', 'G23'].map((cell) => `workbook_formula_valueless ${cell}`),
    );
  });

  it('loan: names and $ mean the same line, a total over all years is one number, dates are said', async () => {
    const model = taken(await foreign(saved('loan.calculated')));
    expect(formulas(model)).toMatchObject({
      interest: '=IPMT(rate,instalment_no,years,-principal)',
      repayment: '=PPMT(rate,instalment_no,years,-principal)',
      interest_in_all: '=SUM(interest[2025:2030])',
    });
    const calculation = buildEngine(model.plan).calculate(model.plan.scenarios[0] as Scenario);
    // an annuity: six payments less the principal
    const payment = (500_000 * 0.045) / (1 - 1.045 ** -6);
    expect(calculation.value('interest_in_all', 2030)).toBeCloseTo(6 * payment - 500_000, 6);
    expect(said(model).filter((one) => one.startsWith('workbook_cell_date'))).toHaveLength(6);
  });

  it('project: a sum of products is a sum, powers that differ are uneven', async () => {
    const model = taken(await foreign(saved('project.calculated')));
    expect(formulas(model)['npv']).toBe('=net_cash_flow[2024]+NPV(discount_rate,net_cash_flow[2025:2029])');
    expect(formulas(model)['sum_of_products']).toContain('=SUM(net_cash_flow[2024]*discount_factor[2024],');
    expect(said(model)).toContain('workbook_row_uneven D9');
    expect(said(model)).toContain('workbook_cell_outside B14');
  });

  it('region: merged heads, hidden rows, notes and percent as a Chinese table has them', async () => {
    const model = taken(await foreign(saved('region.calculated')));
    expect(model.plan.lines.map(({ name, unit }) => `${name.zh} ${unit}`)).toEqual([
      ...[
        '总量 · 地区生产总值 亿元',
        '总量 · 贷款余额 亿元',
        '总量 · 存款余额 亿元',
        '总量 · 存贷款合计 亿元',
      ],
      ...['效率 · 存贷比 %', '效率 · GDP增速 %', '效率 · 不良率 ', '保费收入 亿元'],
    ]);
    expect(model.plan.periods.base).toBe(2020);
    expect(said(model)).toEqual([
      'workbook_sheet_hidden 备用',
      'workbook_row_hidden 6',
      'workbook_cell_text D12',
      'workbook_cell_text G12',
      'workbook_unit_percent 10',
      'workbook_row_uneven H6',
      'workbook_row_uneven E9',
    ]);
    expect(model.plan.scenarios[0]?.changes).toContainEqual({
      line: 'row_6',
      from: 2023,
      to: 2023,
      set: 3955.089852,
    });
  });

  it.each(['three-statements', 'loan', 'project', 'region'])(
    '%s before anything was calculated: formulas are taken, and what cannot be compared is counted',
    async (name) => {
      const [calculated, bare] = [
        taken(await foreign(saved(`${name}.calculated`))),
        taken(await foreign(saved(name))),
      ];
      expect(bare.comparison.different).toBe(0);
      expect(bare.comparison.unknown).toBeGreaterThan(10);
      expect(said(bare)).toContain('workbook_values_unknown');
      const main = (model: TakenModel) =>
        Object.values(formulas(model)).filter((text) => text?.startsWith('='));
      expect(main(bare)).toEqual(main(calculated));
    },
  );
});

describe('what cannot be taken', () => {
  const head = ['', 2020, 2021, 2022];

  it.each([
    ['VLOOKUP(1,A1:B2,2,0)', 'workbook_formula_function'],
    ['B2&"x"', 'workbook_formula_text'],
    ['[1]Other!B2+1', 'workbook_formula_external'],
    ['#REF!+1', 'workbook_formula_reference'],
    ['SUM(A:A)', 'workbook_formula_reference'],
    ['nowhere*2', 'workbook_formula_name'],
    ['B9+1', 'workbook_formula_empty'],
    ['A2+1', 'workbook_formula_reference'],
    ['B2+', 'workbook_formula_unread'],
  ])('%s keeps its value and is said as %s', async (formula, code) => {
    const model = taken(
      await workbookOf([head, ['gdp', 1, 2, 3], ['odd', `=${formula}|7`, `=${formula}|7`, `=${formula}|7`]]),
    );
    expect(said(model).filter((one) => one.startsWith(code))).toHaveLength(3);
    expect(model.comparison.different).toBe(0);
    const calculation = buildEngine(model.plan).calculate(model.plan.scenarios[0] as Scenario);
    expect(calculation.series('odd')).toEqual([7, 7, 7]);
  });

  it('is an empty cell that Excel counts as zero: the row goes on without it', async () => {
    const model = taken(
      await workbookOf([
        head,
        ['gdp', null, 2, 3],
        ['more', '=B2+1|1', '=C2+1|3', '=D2+1|4'],
        ['total', '=SUM(B2:B3)|1', '=SUM(C2:C3)|5', '=SUM(D2:D3)|7'],
      ]),
    );
    expect(formulas(model)).toMatchObject({ more: '=gdp+1', total: '=SUM(gdp,more)' });
    expect(said(model)).toEqual(['workbook_formula_empty B3']);
    expect(model.comparison).toEqual({ cells: 8, different: 0, unknown: 0 });
  });

  it('is a value that the file holds and arithmetic does not give: it is listed, not believed', async () => {
    const model = taken(
      await workbookOf([head, ['gdp', 1, 2, 3], ['double', '=B2*2|2', '=C2*2|4', '=D2*2|5']]),
    );
    expect(model.comparison).toEqual({ cells: 6, different: 1, unknown: 0 });
    expect(model.problems).toMatchObject([
      { code: 'workbook_value_differs', args: { cell: 'D3', workbook: '5', plan: '6' } },
    ]);
  });

  it('is a formula for a year in which the workbook has none: it is said', async () => {
    const model = taken(await workbookOf([head, ['gdp', 1, 2, 3], ['double', null, '=C2*2|4', '=D2*2|6']]));
    expect(model.problems).toMatchObject([
      { code: 'workbook_value_extra', args: { row: 3, periods: '2020' } },
    ]);
  });

  it('is a conversion that the workbook makes itself: units are left, and that is said', async () => {
    const rows = [
      ['', '单位', 2020, 2021],
      ['GDP', '亿元', 100, 110],
      ['人口', '万人', 10, 10],
      ['人均', '元/人', '=C2/C3*10000|100000', '=D2/D3*10000|110000'],
    ];
    const model = taken(await workbookOf(rows));
    expect(model.comparison.different).toBe(0);
    expect(said(model)).toContain('workbook_units_left');
  });
});

describe('years', () => {
  it('are asked for where a head only counts, and taken where a person says them', async () => {
    const file = await workbookOf([
      ['Plan'],
      ['', 'Year 1', 'Year 2', 'Year 3'],
      ['sales', 10, '=B3*2|20', '=C3*2|40'],
    ]);
    expect(modelOf(file)).toMatchObject({
      ok: false,
      problems: [{ code: 'workbook_no_periods' }],
      heads: [
        { sheet: 'S', used: undefined, candidates: [{ row: 1, texts: ['Year 1', 'Year 2', 'Year 3'] }] },
      ],
    });
    const model = taken(file, { heads: { S: { row: 1, first: 2026 } } });
    expect(model.plan.periods).toEqual({ unit: 'year', first: 2026, base: 2026, last: 2028 });
    expect(formulas(model)).toEqual({ sales: '=sales[t-1]*2' });
  });

  it('are none where a person says so: the sheet is said to have none, and what was found is still offered', async () => {
    const [years, other] = [
      ['', 2020, 2021],
      ['', 2022, 2023],
    ] as const;
    const file = await workbooksOf({ A: [years, ['sales', 10, 20]], B: [other, ['cost', 3.5, 4.5]] });
    expect(Object.keys(formulas(taken(file)))).toEqual(['sales', 'cost']);
    const model = taken(file, { heads: { B: 'none' } });
    expect(Object.keys(formulas(model))).toEqual(['sales']);
    expect(model.plan.periods).toMatchObject({ first: 2020, last: 2021 });
    expect(model.heads[1]).toMatchObject({ used: undefined, candidates: [{ row: 0, first: 2022 }] });
    expect(said(model)).toEqual([
      'workbook_no_periods B',
      ...['B1', 'C1', 'B2', 'C2'].map((cell) => `workbook_cell_outside ${cell}`),
    ]);
    expect(modelOf(file, { heads: { A: 'none', B: 'none' } }).ok).toBe(false);
  });

  it('are taken from a base that a person names', async () => {
    const file = await workbookOf([
      ['', 2020, 2021, 2022],
      ['sales', 10, 20, '=C2*2|40'],
    ]);
    expect(taken(file).plan.periods.base).toBe(2021);
    expect(taken(file, { base: 2020 }).plan.periods.base).toBe(2020);
    expect(taken(file, { base: 2020 }).comparison.different).toBe(0);
  });
});

describe('years in a column', () => {
  const down = [
    ['Year', 'GDP (亿元)', 'Growth', 'Loans'],
    [2020, 100, null, 50],
    [2021, '=B2*(1+C3)|110', 0.1, '=D2+B3-B2|60'],
    [2022, '=B3*(1+C4)|121', 0.1, '=D3+B4-B3|71'],
    [2023, '=B4*(1+C5)|133.1', 0.1, '=SUM(B5,C5)|133.2'],
  ];
  const chosen = { heads: { S: { row: 0, isColumn: true } } };

  it('are offered and not guessed', async () => {
    const read = modelOf(await workbookOf(down));
    expect(read).toMatchObject({
      ok: false,
      problems: [{ code: 'workbook_periods_down', args: { sheet: 'S', column: 'A' } }],
      heads: [
        {
          sheet: 'S',
          candidates: [{ row: 0, isColumn: true, first: 2020, texts: ['2020', '2021', '2022', '2023'] }],
        },
      ],
    });
  });

  it('make columns lines once they are chosen: formulas follow, and places stay those of the file', async () => {
    const model = taken(await workbookOf(down), chosen);
    expect(formulas(model)).toMatchObject({
      gdp: '=gdp[t-1]*(1+growth)',
      loans: '=loans[t-1]+gdp-gdp[t-1]',
    });
    expect(model.plan.lines.map(({ unit }) => unit)).toEqual(['亿元', '', '']);
    expect(model.comparison).toEqual({ cells: 11, different: 0, unknown: 0 });
    expect(said(model)).toEqual(['workbook_row_uneven D5']);
    expect(model.problems[0]?.args['formula']).toBe('=SUM(B5,C5)');
    expect(model.heads[0]?.used).toMatchObject({ row: 0, isColumn: true, first: 2020 });
  });

  it('meet sheets with years in a row, from both sides, with $ and names', async () => {
    const cells = (rows: readonly (readonly (string | number | null)[])[]) => rows;
    const file = await workbooksOf(
      {
        Down: cells([
          ['Year', 'Sales'],
          [2020, 10],
          [2021, '=B2*Across!$B$2+Across!C3|25'],
          [2022, '=B3*Across!$B$2+Across!D3|56'],
        ]),
        Across: cells([
          ['', 2020, 2021, 2022],
          ['Rate', 2, null, null],
          ['Bonus', 1, 5, 6],
          ['Half', '=Down!B2/2|5', '=Down!B3/2|12.5', '=Down!B4/2|28'],
          ['Share', '=Down!B2/total|0.1', '=Down!B3/total|0.25', '=Down!B4/total|0.56'],
          ['All', '=SUM(Down!$B$2:$B$4)|91', '=SUM(Down!$B$2:$B$4)|91', '=SUM(Down!$B$2:$B$4)|91'],
        ]),
        Fixed: cells([['Total', 100]]),
      },
      [{ name: 'total', range: 'Fixed!$B$1' }],
    );
    const model = taken(file, { heads: { Down: { row: 0, isColumn: true } } });
    expect(formulas(model)).toMatchObject({
      sales: '=sales[t-1]*rate[2020]+bonus',
      half: '=sales/2',
      share: '=sales/total',
      all: '=SUM(sales[2020:2022])',
    });
    expect(model.comparison.different).toBe(0);
  });

  it('are read as they count where they are not named', async () => {
    const rows = down.map((row, index) => [index === 0 ? 'No' : index, ...row.slice(1)]);
    const model = taken(await workbookOf(rows), { heads: { S: { row: 0, isColumn: true, first: 2026 } } });
    expect(model.plan.periods).toMatchObject({ first: 2026, last: 2029 });
    expect(formulas(model)['gdp']).toBe('=gdp[t-1]*(1+growth)');
  });
});

describe('sheets', () => {
  it('are read as tables by the reader of tables', async () => {
    const { workbook } = await foreign(saved('three-statements.calculated'));
    const sheet = workbook.sheets.find(({ name }) => name === 'Model') as (typeof workbook.sheets)[number];
    const table = readPeriodTable(toTable(sheet));
    const row = table.ok ? table.table.rows.find(({ label }) => label === 'Sales') : undefined;
    expect(row?.values.get(2023)).toBe(1100);
    expect(row?.values.get(2027)).toBeCloseTo(1100 * 1.08 ** 4, 9);
  });

  it('are chosen by name, and one that is not there is said', async () => {
    const file = await foreign(saved('three-statements.calculated'));
    expect(modelOf(file, { sheets: ['Nowhere'] })).toMatchObject({
      ok: false,
      problems: [{ code: 'workbook_sheet_unknown' }],
    });
    const alone = taken(file, { sheets: ['Model'] });
    expect(said(alone)).toContain('workbook_formula_reference D6');
    expect(alone.comparison.different).toBe(0);
  });
});
