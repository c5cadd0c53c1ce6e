/** Tables by period: heads as statistics write them, units from columns and brackets, every refused cell by its place. */
import { describe, expect, it } from 'vitest';
import {
  matchLines,
  printTable,
  readPeriodTable,
  readTable,
  toPlanTable,
  writeTable,
  type PeriodTable,
} from '#exchange';
import { buildEngine } from '#engine';
import { failure, isFailure } from '#quantity';
import { aPlan } from '#tests/builders';
import { loadPlan, planIds } from '#tests/plans';

function periodTable(text: string): PeriodTable {
  const table = readTable(text, { delimiter: ',', decimal: '.' });
  if (!table.ok) throw new Error(JSON.stringify(table.problems));
  const read = readPeriodTable(table.table.rows);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.table;
}

const codes = (problems: PeriodTable['problems']) =>
  problems.map(({ code, args }) => [code, ...Object.values(args)]);
const lines = ({ rows }: PeriodTable) =>
  rows.map(({ label, unit, values }) => [label, unit, Object.fromEntries(values)]);

describe('a table by period', () => {
  it('is read as a yearbook prints it', () => {
    const read = periodTable(
      [
        '表2-1 金融业主要指标,,,,',
        '指标,单位,2019年,2020年（基期）,2021年末',
        '一、总量,,,,',
        'GDP,亿元,"1,459.16","1,539.16",1640',
        '贷款余额（亿元）,,3000,3100.5,',
        '不良率,%,0.8,0.67%,—',
        '机构（家数）,家,12,13,14',
      ].join('\n'),
    );
    expect(read.headRow).toBe(2);
    expect(read.periods).toEqual([2019, 2020, 2021]);
    expect(lines(read)).toEqual([
      ['GDP', '亿元', { 2019: 1459.16, 2020: 1539.16, 2021: 1640 }],
      ['贷款余额', '亿元', { 2019: 3000, 2020: 3100.5 }],
      // 0.8 in a column of percent is 0.8 %
      ['不良率', '%', { 2019: 0.008, 2020: 0.0067 }],
      ['机构（家数）', '家', { 2019: 12, 2020: 13, 2021: 14 }],
    ]);
    expect(read.headings).toEqual([{ row: 3, label: '一、总量' }]);
    expect(codes(read.problems)).toEqual([
      ['table_cell_text', 6, 5, '—'],
      ['table_unit_percent', 6, '不良率', '%'],
    ]);
  });

  it.each([
    ['2020', 2020],
    ['２０２０年', 2020],
    ['2020年度', 2020],
    ['2020年底', 2020],
    ['2020-12-31', 2020],
    ['2020/12/31', 2020],
    ['2020年12月31日', 2020],
    ['2020 (base)', 2020],
    ['2018-01-01', undefined],
    ['2020Q4', undefined],
    ['20200', undefined],
    ['0999', undefined],
    ['2025年目标', undefined],
  ])('has %s in its head as %s', (head, period) => {
    const read = periodTable(
      `line,2015,${head}\nGDP,1,2,3`.replace('2015,', period === undefined ? '2015,2016,' : '2015,'),
    );
    expect(read.periods.slice(1)).toEqual(period === undefined ? [2016] : [period]);
    if (period === undefined) expect(codes(read.problems)[0]).toEqual(['table_column_unused', 4, head]);
  });

  it('translates units that a reader’s language spells otherwise, in the column and in brackets', () => {
    const table = readTable(
      'line,unit,2020,2021\nGDP,×100m yuan,1,2\nLoans (×100m yuan),,3,4\nFirms (of note),,5,6',
    );
    const read = table.ok && readPeriodTable(table.table.rows, (unit) => unit.replace('×100m yuan', '亿元'));
    expect(read && read.ok && lines(read.table)).toEqual([
      ['GDP', '亿元', { 2020: 1, 2021: 2 }],
      ['Loans', '亿元', { 2020: 3, 2021: 4 }],
      ['Firms (of note)', undefined, { 2020: 5, 2021: 6 }],
    ]);
  });

  it('does not take figures that look like years for its head', () => {
    expect(periodTable('line,2019,2020\nfirms,1990,2010\nstaff,1995,1999').rows).toHaveLength(2);
  });

  it('takes what cannot be seen out of names, and says of which row', () => {
    const read = periodTable('line,unit,2020,2021\n"贷\u200b款\u202e",亿\u200b元,1,2\nGDP,亿元,3,4');
    expect(lines(read)).toEqual([
      ['贷款', '亿元', { 2020: 1, 2021: 2 }],
      ['GDP', '亿元', { 2020: 3, 2021: 4 }],
    ]);
    expect(read.problems.map(({ code, args }) => [code, args.row, args.characters])).toEqual([
      ['table_characters_dropped', 2, 'U+200B U+202E'],
    ]);
  });

  it('reads heads that hold what cannot be seen, and says which', () => {
    const read = periodTable('line,un\u200bit,2020\u200b,2021\nGDP,亿元,3,4\n贷款,亿元,1,2');
    expect(lines(read)).toEqual([
      ['GDP', '亿元', { 2020: 3, 2021: 4 }],
      ['贷款', '亿元', { 2020: 1, 2021: 2 }],
    ]);
    expect(read.problems.map(({ code, args }) => [code, args.column, args.characters])).toEqual([
      ['table_head_characters_dropped', 2, 'U+200B'],
      ['table_head_characters_dropped', 3, 'U+200B'],
    ]);
  });

  it('lists what it does not take, by its place', () => {
    const read = periodTable(
      [
        'line,unit,remark,2020,2021,2021',
        'GDP,亿元,see note,100,5%,110',
        ',亿元,,1,2,3',
        'loans,bushels,,7,n/a,8',
        'share,,,5%,0.06,1',
      ].join('\n'),
    );
    expect(lines(read)).toEqual([
      ['GDP', '亿元', { 2020: 100 }],
      ['loans', 'bushels', { 2020: 7 }],
      ['share', undefined, { 2020: 0.05, 2021: 0.06 }],
    ]);
    expect(codes(read.problems)).toEqual([
      ['table_period_twice', 1, 6, 2021],
      ['table_column_unused', 3, 'remark'],
      ['table_column_unused', 6, '2021'],
      ['table_cell_percent', 2, 5, '5%'],
      ['table_row_unnamed', 3],
      ['table_unit_unknown', 4, 'bushels'],
      ['table_cell_text', 4, 5, 'n/a'],
    ]);
  });

  it.each([
    ['a,b\n1,2', 'table_no_periods'],
    ['line,2020,2021\n,,', 'table_no_lines'],
    ['line,2021,2020\nx,1,2', 'table_no_periods'],
  ])('%j is none', (text, code) => {
    const table = readTable(text);
    const read = table.ok && readPeriodTable(table.table.rows);
    expect(read && !read.ok && read.problems[0]?.code).toBe(code);
  });
});

describe('lines of a plan', () => {
  const named = (zh: string, en: string, unit = '亿元') => ({ name: { zh, en }, unit });
  const plan = aPlan()
    .line('gdp', { 2020: 100 }, undefined, named('地区生产总值', 'GDP'))
    .line('loans', { 2020: 50 }, undefined, named('贷款余额', 'Loans'))
    .line('rural', { 2020: 5 }, undefined, named('其中：涉农', 'of which', '亿元'))
    .line('urban', { 2020: 5 }, undefined, named('其中：城镇', 'of which', '亿元'))
    .build();

  it('are found by id and by either name, once, in their unit', () => {
    const matched = matchLines(
      periodTable(
        [
          'line,unit,2020,2021,2030',
          'loans,亿元,1,2,3',
          'ＧＤＰ,,4,5,6',
          '贷款 余额,亿元,7,8,9',
          '地区生产总值,,1,1,1',
          'of which,亿元,1,1,1',
          '其中：涉农,万元,1,1,1',
          '存款,亿元,1,1,1',
        ].join('\n'),
      ),
      plan,
    );
    expect(matched.rows.map(({ line, row }) => [line.id, Object.fromEntries(row.values)])).toEqual([
      ['loans', { 2020: 1, 2021: 2 }],
      ['gdp', { 2020: 4, 2021: 5 }],
    ]);
    expect(codes(matched.problems)).toEqual([
      ['table_period_outside', 2030],
      ['table_line_twice', 4, '贷款 余额'],
      ['table_line_twice', 5, '地区生产总值'],
      ['table_line_ambiguous', 6, 'of which', 'rural, urban'],
      ['table_line_unit', 7, '其中：涉农', '万元', '亿元'],
      ['table_line_unknown', 8, '存款'],
    ]);
  });

  it('are laid out with missing cells empty and failures as their codes', () => {
    const percent = aPlan()
      .periods(2020, 2020, 2021)
      .line('rate', {}, '1', { unit: '%' })
      .line('x', {}, '1')
      .build();
    const rows = toPlanTable({
      plan: percent,
      language: 'en',
      heads: { id: 'id', line: 'Line', unit: 'Unit' },
      valueAt: (line, period) =>
        line === 'rate' ? 0.0825 : period === 2020 ? null : failure('#DIV/0!', 'divide_by_zero'),
    });
    expect(printTable(rows)).toBe('id,Line,Unit,2020,2021\r\nrate,rate,%,8.25%,8.25%\r\nx,x,,,#DIV/0!\r\n');
  });

  it.each(planIds)('%s comes back from its table to the last bit, in either language', (id) => {
    const shipped = loadPlan(id);
    const calculation = buildEngine(shipped).calculate(
      shipped.scenarios[0] ?? { id: 'plan', name: shipped.title },
    );
    const valueAt = (line: string, period: number) => calculation.value(line, period);
    for (const language of ['zh', 'en'] as const) {
      const heads =
        language === 'zh'
          ? { id: '标识', line: '指标', unit: '单位' }
          : { id: 'id', line: 'Line', unit: 'Unit' };
      // units in English stand for any other spelling, which the reader gives back
      const unitName = (unit: string) => (language === 'en' && unit !== '%' ? `[${unit}]` : unit);
      const bytes = writeTable(toPlanTable({ plan: shipped, language, heads, unitName, valueAt }));
      const table = readTable(bytes);
      if (!table.ok) throw new Error('not read');
      expect([table.table.problems, table.table.reading.delimiter]).toEqual([[], ',']);
      const read = readPeriodTable(table.table.rows, (text) => /^\[(.*)\]$/.exec(text)?.[1] ?? text);
      if (!read.ok) throw new Error(JSON.stringify(read.problems));
      const { rows, problems } = matchLines(read.table, shipped);
      expect(problems).toEqual([]);
      // what could not be calculated stands as its code, and comes back as a cell that is no number
      const failed = shipped.lines.flatMap((line) =>
        read.table.periods.filter((period) => isFailure(valueAt(line.id, period))),
      );
      expect(read.table.problems.map(({ args }) => args.text)).toEqual(failed.map(() => '#NUM!'));
      let count = 0;
      for (const { line, row } of rows) {
        for (const [period, value] of row.values) {
          expect([line.id, period, value]).toEqual([line.id, period, valueAt(line.id, period)]);
          count += 1;
        }
      }
      const numbers = shipped.lines.flatMap((line) =>
        read.table.periods.filter((period) => typeof valueAt(line.id, period) === 'number'),
      );
      expect(count).toBe(numbers.length);
    }
  });
});
