/**
 * Workbooks as analysts make them, kind by kind: what becomes a line, what becomes a formula, what is refused at which cell,
 * and that every value that is taken is the one of the file. All are made here. Samples of LibreOffice, Apache POI, gnumeric,
 * readxl and openxlsx were tried by hand, as they come with Debian's packages and sources; none of them is kept.
 */
import { writeXlsx } from 'hucre/xlsx';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { foreign, formulas, said, taken, workbookOf } from './foreign-models.ts';

const HEAD = ['', 2023, 2024, 2025];

describe('heads', () => {
  it.each([
    ['2023年', '2024年', '2025年'],
    ['2023A', '2024E', '2025E'],
    ['FY2023', 'FY2024', 'FY2025'],
    ['2023-12-31', '2024-12-31', '2025-12-31'],
    ['2023年末', '2024年末', '2025年末'],
  ])('%s, %s, %s are years', async (...head) => {
    const model = taken(
      await workbookOf([
        ['', ...head],
        ['sales', 10, '=B2*2|20', '=C2*2|40'],
      ]),
    );
    expect(model.plan.periods).toMatchObject({ first: 2023, last: 2025 });
    expect(formulas(model)).toEqual({ sales: '=sales[t-1]*2' });
    expect(model.comparison).toEqual({ cells: 3, different: 0, unknown: 0 });
  });

  it('are followed by a table of other years, which is refused cell by cell', async () => {
    const model = taken(
      await workbookOf([
        HEAD,
        ['sales', 10, '=B2*2|20', '=C2*2|40'],
        ['later', 2026, 2027, 2028],
        ['flats', 7, 8, '=1+8|9'],
        [...HEAD, 'remark', 44],
        ['cost', 1, 2, 3],
      ]),
    );
    expect(Object.keys(formulas(model))).toEqual(['sales', 'cost']);
    expect(said(model)).toEqual([
      'workbook_other_years 3',
      'workbook_cell_outside B4',
      'workbook_cell_outside C4',
      'workbook_cell_outside D4',
      'workbook_cell_outside F5',
    ]);
  });

  it('are not seen in two numbers that happen to follow each other', async () => {
    const model = taken(
      await workbookOf([
        ['', 2024, 2025],
        ['beds', 2000, 2001],
      ]),
    );
    expect(Object.keys(formulas(model))).toEqual(['beds']);
    expect(said(model)).toEqual([]);
  });

  it('under a merged title, with a head that is repeated above the second block', async () => {
    const file = await workbookOf(
      [
        ['Budget of the county', null, null, null],
        HEAD,
        ['tax', 10, '=B3*1.1|11', '=C3*1.1|12.1'],
        HEAD,
        ['spending', '=B3*2|20', '=C3*2|22', '=D3*2|24.2'],
      ],
      { merges: [{ startRow: 0, startCol: 0, endRow: 0, endCol: 3 }] },
    );
    const model = taken(file);
    expect(formulas(model)).toEqual({ tax: '=tax[t-1]*1.1', spending: '=tax*2' });
    expect(model.comparison).toMatchObject({ cells: 6, different: 0 });
  });
});

describe('functions that plans say in another way', () => {
  const rows = [
    ['a', 2, 3, 4],
    ['b', 5, 6, 7],
  ];
  it.each([
    ['SUMPRODUCT(B2:B3,B2:B3)', [29, 45, 65], '=SUM(a*a,b*b)'],
    ['SUBTOTAL(9,B2:B3)', [7, 9, 11], '=SUM(a,b)'],
    ['SUBTOTAL(109,B2:B3)', [7, 9, 11], '=SUM(a,b)'],
    ['INDEX(B2:B3,2)', [5, 6, 7], '=CHOOSE(2,a,b)'],
    ['SUMIF(B2:B3,">4")', [5, 6, 7], '=SUM(IF(a>(4),a,0),IF(b>(4),b,0))'],
    ['COUNTIF(B2:B3,">=4")', [1, 1, 2], '=SUM(IF(a>=(4),1,0),IF(b>=(4),1,0))'],
    ['SLN(B3,B2,3)', [1, 1, 1], '=(((b)-(a))/(3))'],
    ['QUOTIENT(B3,B2)', [2, 2, 1], '=TRUNC((b)/(a))'],
    ['IF(ISERROR(B2/0),1,2)', [1, 1, 1], '=IF(IFERROR(0*(a/0),1),1,2)'],
    ['IF(ISNUMBER(B2),1,2)', [1, 1, 1], '=IF(IFERROR(1+0*(a),0),1,2)'],
    ['B2%*100', [2, 3, 4], '=(a/100)*100'],
    ['PI()*0+B2', [2, 3, 4], '=3.141592653589793*0+a'],
    ['IFERROR(B2/0,MAX(B2,B3))', [5, 6, 7], '=IFERROR(a/0,MAX(a,b))'],
    ['ROUND(MIN(B2:B3)/3,1)', [0.7, 1, 1.3], '=ROUND(MIN(a,b)/3,1)'],
    ['PMT(0.05,10,-B2)', [2, 3, 4].map((one) => (one * 0.05) / (1 - 1.05 ** -10)), '=PMT(0.05,10,-a)'],
  ] as const)('%s', async (formula, values, expected) => {
    const moved = (column: number) => formula.replaceAll(/B(?=\d)/g, 'BCD'.charAt(column));
    const last = values.map((value, column) => `=${moved(column)}|${value}`);
    const model = taken(await workbookOf([HEAD, ...rows, ['odd', ...last]]));
    expect(formulas(model)['odd']).toBe(expected);
    expect(model.comparison).toEqual({ cells: 9, different: 0, unknown: 0 });
    expect(said(model)).toEqual([]);
  });

  it.each([
    ['SUMPRODUCT(B2:B3,B2:B2)', 'workbook_formula_function'],
    ['INDEX(B2:D3,1,2)', 'workbook_formula_function'],
    ['VLOOKUP(B2,$B$2:$D$3,2,0)', 'workbook_formula_function'],
    ['SUMIF(B2:B3,"x*")', 'workbook_formula_function'],
    ['ROUND(B2,1,2)', 'workbook_formula_unread'],
    ['B2 B3', 'workbook_formula_unread'],
  ])('%s is refused at its cells', async (formula, code) => {
    const last = ['B', 'C', 'D'].map((one) => `=${formula.replaceAll(/(?<!\$)B(?=\d)/g, one)}|9`);
    const model = taken(await workbookOf([HEAD, ...rows, ['odd', ...last]]));
    expect(said(model).filter((one) => one.startsWith('workbook'))).toEqual(
      ['B4', 'C4', 'D4'].map((cell) => `${code} ${cell}`),
    );
    expect(model.comparison.different).toBe(0);
  });

  it('a total of subtotals leaves these out', async () => {
    const model = taken(
      await workbookOf([
        HEAD,
        ['a', 1, 2, 3],
        ['sub', '=SUBTOTAL(9,B2:B2)|1', '=SUBTOTAL(9,C2:C2)|2', '=SUBTOTAL(9,D2:D2)|3'],
        ['b', 4, 5, 6],
        ['all', '=SUBTOTAL(9,B2:B4)|5', '=SUBTOTAL(9,C2:C4)|7', '=SUBTOTAL(9,D2:D4)|9'],
      ]),
    );
    expect(formulas(model)['all']).toBe('=SUM(a,b)');
    expect(model.comparison.different).toBe(0);
  });
});

describe('names', () => {
  it('of a whole row mean its cell in the column of the formula; in a sum they mean the row', async () => {
    const file = await workbookOf(
      [
        HEAD,
        ['sales', 10, 20, 30],
        ['cost', '=Sales*0.5|5', '=Sales*0.5|10', '=Sales*0.5|15'],
        ['all', '=SUM(Sales)|60', '=SUM(Sales)|60', '=SUM(Sales)|60'],
      ],
      {},
      [{ name: 'Sales', range: 'S!$B$2:$D$2' }],
    );
    const model = taken(file);
    expect(formulas(model)).toMatchObject({ cost: '=sales*0.5', all: '=SUM(sales[2023:2025])' });
    expect(model.comparison).toEqual({ cells: 9, different: 0, unknown: 0 });
  });

  it('without $ mean another cell everywhere and are refused', async () => {
    const file = await workbookOf(
      [HEAD, ['sales', 10, 20, 30], ['cost', '=Left*2|1', '=Left*2|20', '=Left*2|40']],
      {},
      [{ name: 'Left', range: 'S!A2' }],
    );
    expect(said(taken(file))).toEqual(['B3', 'C3', 'D3'].map((cell) => `workbook_formula_name ${cell}`));
  });
});

describe('what a plan does otherwise', () => {
  it('a circle of interest and debt keeps the interest and stays a model', async () => {
    const model = taken(
      await workbookOf([
        HEAD,
        ['interest', '=B3*0.1|10', '=C3*0.1|11', '=D3*0.1|12'],
        ['debt', '=B4+B2|100', '=C4+C2|110', '=D4+D2|120'],
        ['loans', 90, 99, 108],
        ['fees', '=B3*2|200', '=C3*2|220', '=D3*2|240'],
      ]),
    );
    expect(formulas(model)['interest']).toBeUndefined();
    expect(formulas(model)['fees']).toBe('=debt*2');
    expect(model.comparison.different).toBe(0);
    expect(said(model).filter((one) => one.startsWith('workbook_formula_circular'))).toEqual(
      ['B2', 'C2', 'D2'].map((cell) => `workbook_formula_circular ${cell}`),
    );
  });

  it('numbers that are texts, errors and logical values are named one by one', async () => {
    const model = taken(await workbookOf([HEAD, ['a', '12', 2, 3], ['b', 1, 'n/a', 3]]));
    expect(said(model)).toEqual(['workbook_cell_text B2', 'workbook_cell_text C3']);
    expect(model.comparison).toEqual({ cells: 4, different: 0, unknown: 0 });
  });

  it('above, beside and below the table are named, whatever they hold', async () => {
    const model = taken(
      await workbookOf([
        ['Model of a city', null, 77, '=A1|Model of a city'],
        [null, 5, null, '=C1*0|#N/A'],
        [...HEAD, 'total', '=A1|Model of a city', '=B4*3|text'],
        ['sales', 10, '=B4*2|20', '=C4*2|40', null, 12, '=A1|Model of a city'],
        [null, null, null, null, 4],
        [null, null, null, null, null],
        [3],
        ['=D4|40'],
      ]),
    );
    expect(formulas(model)).toEqual({ model_of_a_city: '77', sales: '=sales[t-1]*2' });
    expect(said(model)).toEqual([
      ...['D1', 'B2', 'D2', 'F3', 'G3', 'F4', 'G4', 'E5', 'A7', 'A8'].map(
        (cell) => `workbook_cell_outside ${cell}`,
      ),
    ]);
  });

  it('a hidden row is read and said', async () => {
    const model = taken(
      await workbookOf([HEAD, ['a', 1, 2, 3], ['b', '=B2*2|2', '=C2*2|4', '=D2*2|6']], {
        rowDefs: new Map([[1, { hidden: true }]]),
      }),
    );
    expect(said(model)).toEqual(['workbook_row_hidden 2']);
    expect(formulas(model)['b']).toBe('=a*2');
  });

  it('whole columns are no cells of a line', async () => {
    const model = taken(
      await workbookOf([HEAD, ['a', 1, 2, 3], ['b', '=SUM(B:B)|1', '=SUM(C:C)|2', '=SUM(D:D)|3']]),
    );
    expect(said(model)).toEqual(['B3', 'C3', 'D3'].map((cell) => `workbook_formula_reference ${cell}`));
    expect(model.comparison.different).toBe(0);
  });
});

describe('sheets without cells', () => {
  it('a chart on a sheet of its own is named, and the others are read', async () => {
    const written = await writeXlsx({
      sheets: [
        { name: 'Chart & more', rows: [['x']] },
        {
          name: 'Model',
          rows: [
            ['', 2023, 2024],
            ['sales', 10, 20],
          ],
        },
      ],
    });
    const file = await foreign(withChart(written));
    expect(file.problems).toMatchObject([{ code: 'workbook_sheet_chart', args: { sheet: 'Chart & more' } }]);
    expect(file.workbook.sheets.map(({ name }) => name)).toEqual(['Chart & more', 'Model']);
    expect(taken(file).comparison).toEqual({ cells: 2, different: 0, unknown: 0 });
  });
});

/** Makes the first sheet one of a chart, as Excel writes it. */
function withChart(bytes: Uint8Array): Uint8Array {
  const parts = unzipSync(bytes);
  const path = 'xl/_rels/workbook.xml.rels';
  const relations = strFromU8(parts[path] as Uint8Array);
  const changed = relations.replace(/<Relationship\b[^>]*sheet1\.xml[^>]*>/, (tag) =>
    tag.replace('/worksheet"', '/chartsheet"').replace('worksheets/', 'chartsheets/'),
  );
  expect(changed).not.toBe(relations);
  parts[path] = strToU8(changed);
  parts['xl/chartsheets/sheet1.xml'] = strToU8('<chartsheet/>');
  delete parts['xl/worksheets/sheet1.xml'];
  return zipSync(parts);
}
