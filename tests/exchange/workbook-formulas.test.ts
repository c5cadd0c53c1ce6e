/** How formulas of ours read in Excel: hand-written expectations, one for each way in which the two languages differ. */
import { describe, expect, it } from 'vitest';
import { buildEngine } from '#engine';
import type { Plan, Scenario } from '#plan';
import { loadWords, workbookWords } from '#words';
import { aPlan, aScenario } from '#tests/builders';
import { composeWorkbook, type ComposedWorkbook } from '../../src/exchange/workbook/write-workbook.ts';

const words = workbookWords(await loadWords('en'));

function compose(plan: Plan, scenarios: readonly Scenario[] = plan.scenarios): ComposedWorkbook {
  const composing = composeWorkbook(buildEngine(plan), { scenarios, active: 'plan', words });
  let step = composing.next();
  while (!step.done) step = composing.next();
  return step.value;
}

/** The cell of a line in a period (2018 is column E) on the sheet of the model. */
function cellOf({ workbook }: ComposedWorkbook, line: string, period: number) {
  const cells = [...(workbook.sheets[1]?.cells.values() ?? [])];
  const row = cells.find(({ column, value }) => column === 3 && value === line)?.row;
  return cells.find((cell) => cell.row === row && cell.column === 4 + period - 2018);
}

/** What the formula of a line becomes in 2021, beside `x` with figures to 2020 that goes on, and `gap` with a hole. */
function inExcel(formula: string): string | undefined {
  const plan = aPlan()
    .line('x', { 2018: 1, 2019: 2, 2020: 3 }, 'x[t-1] + 1')
    .line('gap', { 2018: 1, 2020: 3 })
    .line('maybe', {}, 't > 2022 ? gap[2019] : x')
    .line('y', {}, formula)
    .build();
  const { formula: text, value } = cellOf(compose(plan), 'y', 2021) ?? {};
  return text ?? (value === undefined ? undefined : String(value));
}

describe('a formula in Excel', () => {
  it.each([
    // Excel reads -2^2 as 4
    ['-(2 ^ 2)', '-(2^2)'],
    ['-x ^ 2', '-(H6^2)'],
    ['(-x) ^ 2', '(-H6)^2'],
    ['2 ^ 3 ^ 2', '2^(3^2)'],
    ['x - (x - 1)', 'H6-(H6-1)'],
    ['x / (x * 2)', 'H6/(H6*2)'],
    ['8% * x', '8%*H6'],
    // lags move with the column, fixed periods stay
    ['x[t-1] + x[2020] + x[base]', 'G6+$G6+$G6'],
    ['SUM(x[2019:t])', 'SUM($F6:H6)'],
    ['t - 2020', 'H$4-2020'],
    // a truth is a number with us
    ['(x > 2) + 1', 'N(H6>2)+1'],
    ['x > 2 and x < 9 ? 1 : 0', 'IF(AND(H6>2,H6<9),1,0)'],
    ['not (x == 2)', 'N(NOT(H6=2))'],
    // ours, in Excel's arithmetic
    ['YOY(x)', 'H6/G6-1'],
    ['CUMSUM(x)', 'SUM($E6:H6)'],
    ['CAGR(x[2018], x[2020], 2)', '_xlfn.RRI(2,$E6,$G6)'],
    ['STEP(30, 2022)', '30*(H$4>=2022)'],
    ['RAMP(5, 2021, 2023)', '5*MAX(0,MIN(H$4,2023)-2021)'],
    ['PULSE(8, 2022, 2)', '8*AND(H$4>=2022,H$4<2022+2)'],
    ['INTERPOLATE(t, {2020, 2025}, {x, 9})', 'H6+(9-H6)*MAX(0,MIN(1,(H$4-2020)/(2025-2020)))'],
    ['IFS(x > 1, 2, x > 0, 3)', 'IF(H6>1,2,IF(H6>0,3,#N/A))'],
    ['SWITCH(x, 1, 10, 99)', 'IF(H6=1,10,99)'],
    // what may be missing is asked for first, and once
    ['maybe * 2 + 1', 'IF(H8="","",H8*2+1)'],
    ['maybe / x + maybe', 'IF(H8="","",H8/H6+H8)'],
    ['SUM(maybe[2021:t])', 'IF(COUNT($H8:H8)=0,"",SUM($H8:H8))'],
    ['MAX(maybe * 2, 0)', 'MAX(IF(H8="",no_value,H8*2),0)'],
    ['ISBLANK(maybe)', 'IFERROR(IF(H8="",1,0),0)'],
    // a power that could be 0^0 is a failure with us and in Excel, not everywhere
    ['x ^ x', 'IF(AND(H6=0,H6=0),#NUM!,H6^H6)'],
  ])('%s', (formula, expected) => {
    expect(inExcel(formula)).toBe(expected);
  });

  it('is no formula where nothing can ever be there', () => {
    expect(inExcel('gap * 2')).toBeUndefined();
    expect(inExcel('gap[t-1] + 1')).toBe('G7+1');
  });

  it.each([
    ['gap * bad', 'IF(OR(H7="",H8=""),"",H7*H8)'],
    ['SUM(gap[2021:t], bad)', 'SUM($H7:H7,H8)'],
    ['NPV(bad, gap[2022:t])', 'IF(H8="","","")'],
    ['NPV(gap, bad[2020:t])', 'IF(OR(H7="",SUM($G8:H8)=""),"",NPV(H7,$G8:H8))'],
    ['IRR(gap[2021:t], bad)', 'IF(H8="","","")'],
    ['TREND({1, 2}, {1, 2}, bad)', 'INDEX(TREND({1,2},{1,2},H8),1)+0*SUM(1,1,2,2,H8)'],
    ['TREND({1, 2, bad}, {1, 2, gap}, 3)', 'INDEX(TREND({1,2},{1,2},3),1)+0*SUM(1,1,2,2,H8)'],
    ['TREND({bad}, {gap}, 3)', 'IF(SUM(H8)="","","")'],
    ['FORECAST(bad, {1, 2}, {1, 2, 3})', '#N/A'],
    ['INTERPOLATE(1, {0, 1, gap}, {2, 5, bad})', '2+(5-2)*MAX(0,MIN(1,(1-0)/(1-0)))+0*SUM(H8)'],
    ['IF(gap, 1, 2) + bad', 'IF(OR(TRUE,H8=""),"",""+H8)'],
    ['NPER(0, 0, x)', 'IF(OR(0<=-1,0+H6*0=0),#NUM!,NPER(0,0,H6))'],
  ])('lets a failure go before what is missing: %s', (formula, expected) => {
    const plan = aPlan()
      .line('x', { 2018: 1, 2019: 2, 2020: 3 }, 'x[t-1] + 1')
      .line('gap', { 2018: 1, 2020: 3 })
      .line('bad', {}, 'x / (x - x)')
      .line('y', {}, formula)
      .build();
    const cell = cellOf(compose(plan), 'y', 2021);
    expect(cell?.formula).toBe(expected);
    expect(cell?.value).toMatch(/^#(DIV\/0|NUM)!$/);
  });

  it('says the power of ten between units', () => {
    const plan = aPlan()
      .line('gdp', { 2021: 5 }, undefined, { unit: '亿元' })
      .line('people', { 2021: 2 }, undefined, { unit: '万人' })
      .line('per_head', {}, 'gdp / people', { unit: '元/人' })
      .line('back', {}, 'per_head * people', { unit: '亿元' })
      .build();
    const composed = compose(plan);
    expect(cellOf(composed, 'per_head', 2021)).toMatchObject({ formula: 'H6/H7*10000', value: 25_000 });
    expect(cellOf(composed, 'back', 2021)).toMatchObject({ formula: 'H8*H7/10000', value: 5 });
  });
});

describe('scenarios in one workbook', () => {
  const plan = aPlan()
    .driver('growth', '0.05')
    .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)')
    .build();

  /** The texts of a sheet's row that begins with this name and slot. */
  function driverRow(
    { workbook }: ComposedWorkbook,
    id: string,
    slot: string,
  ): (string | number | undefined)[] {
    const cells = [...(workbook.sheets[0]?.cells.values() ?? [])];
    const row = cells.find(({ column, value, row: at }) => {
      const isSlot = cells.some((cell) => cell.row === at && cell.column === 4 && cell.value === slot);
      return column === 3 && value === id && isSlot;
    })?.row;
    return [5, 6, 7, 8, 9, 10].map((column) => {
      const cell = cells.find((one) => one.row === row && one.column === column);
      return cell?.formula === undefined ? cell?.value : `=${cell.formula}`;
    });
  }

  it('give every driver one row with a cell for each', () => {
    const slow = aScenario({ id: 'slow', changes: [{ line: 'growth', set: 0.02 }] });
    const less = aScenario({ id: 'less', changes: [{ line: 'growth', add: -0.01 }] });
    const composed = compose(plan, [...plan.scenarios, slow, less]);
    expect(driverRow(composed, 'growth', 'level')).toEqual([
      2021,
      2025,
      '=INDEX($I$7:$K$7,scenario)',
      0.05,
      0.02,
      '=0.05+K8',
    ]);
    expect(driverRow(composed, 'growth', 'plus')).toEqual([
      2021,
      2025,
      '=N(INDEX($I$8:$K$8,scenario))',
      undefined,
      undefined,
      -0.01,
    ]);
    expect(cellOf(composed, 'loans', 2022)?.formula).toBe('H7*(1+growth)');
  });

  it('leave a lever one cell where another scenario cuts its span', () => {
    const slow = aScenario({ id: 'slow', changes: [{ line: 'growth', set: 0.02 }] });
    const dip = aScenario({ id: 'dip', values: { growth: { '2023': 0 } } });
    const { workbook } = compose(plan, [...plan.scenarios, slow, dip]);
    const numbers = [...(workbook.sheets[0]?.cells.values() ?? [])].filter(
      ({ column, value, formula }) => column >= 8 && typeof value === 'number' && formula === undefined,
    );
    expect(numbers.map(({ value }) => value)).toEqual([0.05, 0.02, 0.05, 0, 0.05]);
  });

  it('choose between formulas, and let a value go before them', () => {
    const other = aScenario({ id: 'other', changes: [{ line: 'loans', formula: 'loans[t-1] + 7' }] });
    const fixed = aScenario({ id: 'fixed', values: { loans: { '2023': 120 } } });
    const composed = compose(plan, [...plan.scenarios, other, fixed]);
    expect(cellOf(composed, 'loans', 2022)?.formula).toBe('IF(scenario=2,H7+7,H7*(1+growth))');
    expect(cellOf(composed, 'loans', 2023)?.formula).toBe(
      'IF(Drivers!$H$8="",IF(scenario=2,I7+7,I7*(1+growth)),Drivers!$H$8)',
    );
  });

  it('name drivers as Excel takes names', () => {
    const composed = compose(
      aPlan().driver('gdp2020', '0.05').driver('r1c1', '1').driver('scenario', '2').build(),
    );
    expect(composed.workbook.names.map(({ name }) => name)).toEqual([
      'scenario',
      'no_value',
      'gdp2020_',
      'r1c1_',
      'scenario_2',
    ]);
  });

  it('keep the values of cells that would need each other, and say so', () => {
    const loop = aPlan().line('a', {}, 'b + 1').line('b', { 2021: 1 }, 'a').build();
    const { workbook, kept } = compose(loop);
    expect(kept.filter(({ period }) => period === 2022)).toEqual([
      { line: 'a', period: 2022, reason: 'cycle', subject: '' },
      { line: 'b', period: 2022, reason: 'cycle', subject: '' },
    ]);
    expect(cellOf({ workbook, kept }, 'a', 2022)).toMatchObject({ formula: '#N/A', look: { tone: 'kept' } });
    expect(cellOf({ workbook, kept }, 'a', 2021)).toMatchObject({ formula: 'H7+1', value: 2 });
    expect(
      [...(workbook.sheets[3]?.cells.values() ?? [])].filter(({ value }) => value === 'a').length,
    ).toBeGreaterThan(5);
  });

  it('keep what Excel has no faithful words for', () => {
    const holes = aPlan()
      .line('gap')
      .line('y', { 2018: 1 }, 't > 2022 ? 1 : gap')
      .line('z', {}, 'TREND(y[2018:2025], , 9)');
    const { kept } = compose(holes.build());
    expect(kept.map(({ line, reason, subject }) => `${line} ${reason} ${subject}`)).toContain(
      'z function TREND',
    );
  });
});

it('brings every cell of a range to the unit of what stands before it', () => {
  const plan = aPlan()
    .line('premiums', { 2020: 2 }, undefined, { unit: '亿元' })
    .line('fees', { 2019: 1, 2020: 25_000 }, undefined, { unit: '万元' })
    .line('all', {}, 'SUM(premiums[base], fees[2019:2020])', { unit: '亿元' })
    .build();
  const { formula, value } = cellOf(compose(plan), 'all', 2021) ?? {};
  expect(formula).toBe('SUM($G6,$F7/10000,$G7/10000)');
  expect(value).toBe(4.5001);
});
