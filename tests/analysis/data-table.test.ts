/** Data tables against single calculations, and the contour of a target against lines known beforehand. */
import { describe, expect, it } from 'vitest';
import { buildEngine, finish } from '#engine';
import {
  findContour,
  levelsBetween,
  runDataTable,
  tableValue,
  type DataTable,
  type TableQuestion,
  type TableSheet,
} from '#analysis';
import { aPlan, aScenario } from '#tests/builders';

const plan = aPlan()
  .driver('growth', '10%')
  .driver('share', '25%')
  .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)')
  .line('green', {}, 'loans * share')
  .line('root', {}, 'SQRT(0.3 - share)')
  .line('empty', {}, 'loans[2018] + growth')
  .build();
const engine = buildEngine(plan);
const last = (line: string) => ({ line, period: 2025 });

function ask(question: TableQuestion, scenario = aScenario()): Extract<DataTable, { ok: true }> {
  const table = finish(runDataTable(engine, scenario, question));
  if (!table.ok) throw new Error('no table');
  return table;
}

describe('a table', () => {
  const question: TableQuestion = {
    rows: { lever: { line: 'growth' }, levels: levelsBetween(0, 0.2, 5) },
    columns: { lever: { line: 'share' }, levels: levelsBetween(0.2, 0.4, 3) },
    cells: [last('green'), last('root'), last('empty')],
  };
  const table = ask(question);

  it('has one entry a combination, row by row', () => {
    expect([table.rows, table.columns]).toEqual([5, 3]);
    const values = [0, 0.05, 0.1, 0.15, 0.2].flatMap((growth) =>
      [0.2, 0.3, 0.4].map((share) => 100 * (1 + growth) ** 5 * share),
    );
    values.forEach((value, index) => expect(table.sheets[0]?.values[index]).toBeCloseTo(value, 10));
    expect(table.present.row).toBeCloseTo(0.1, 14);
    expect(table.present.column).toBeCloseTo(0.25, 14);
  });

  it('says why where there is no number', () => {
    const [, root, empty] = table.sheets as [TableSheet, TableSheet, TableSheet];
    expect(tableValue(root, table.failures, 0)).toBeCloseTo(Math.sqrt(0.1), 12);
    expect(tableValue(root, table.failures, 2)).toMatchObject({ code: '#NUM!', line: 'root', period: 2025 });
    expect(tableValue(empty, table.failures, 0)).toBeNull();
  });

  it('is the same as one scenario after the other', () => {
    const levels = levelsBetween(-0.05, 0.15, 7);
    const one = ask({ rows: { lever: { line: 'growth', period: 2023 }, levels }, cells: [last('green')] });
    expect(one.columns).toBe(1);
    levels.forEach((level, index) => {
      const calculation = engine.calculate(
        aScenario({ changes: [{ line: 'growth', from: 2023, to: 2023, add: level - 0.1 }] }),
      );
      expect(one.sheets[0]?.values[index]).toBe(calculation.value('green', 2025));
    });
  });

  it('is filled where no driver reaches the cell', () => {
    const one = ask({ rows: { lever: { line: 'growth' }, levels: [0, 1, 2] }, cells: [last('root')] });
    expect(one.sheets[0]?.values).toEqual(new Float64Array(3).fill(Math.sqrt(0.3 - 0.25)));
  });

  it('of 200 × 200 has 40,000 entries and tells its progress', () => {
    const levels = levelsBetween(0, 0.2, 200);
    const steps = runDataTable(engine, aScenario(), {
      rows: { lever: { line: 'growth' }, levels },
      columns: { lever: { line: 'share' }, levels },
      cells: [last('green')],
    });
    const shares: number[] = [];
    let step = steps.next();
    for (; !step.done; step = steps.next()) shares.push(step.value);
    expect(shares.at(-1)).toBe(1);
    expect(step.value.ok && step.value.sheets[0]?.values.length).toBe(40_000);
    expect(step.value.ok && step.value.sheets[0]?.values.at(-1)).toBeCloseTo(100 * 1.2 ** 5 * 0.2, 9);
  });

  it('refuses what cannot be shown', () => {
    const rows = { lever: { line: 'growth' }, levels: levelsBetween(0, 1, 201) };
    expect(() => ask({ rows, cells: [last('green')] })).toThrow('201 levels');
    expect(() => ask({ rows: { ...rows, levels: [] }, cells: [last('green')] })).toThrow('0 levels');
    const same = { lever: { line: 'growth' }, levels: [0] };
    expect(() => ask({ rows: same, columns: same, cells: [last('green')] })).toThrow('same driver');
  });

  it('fails where a driver has no level now', () => {
    const answer = finish(
      runDataTable(engine, aScenario({ changes: [{ line: 'growth', formula: '1 / 0' }] }), {
        rows: question.rows,
        cells: question.cells,
      }),
    );
    expect(answer).toMatchObject({ ok: false, fault: { code: '#DIV/0!', line: 'growth' } });
  });
});

describe('a contour', () => {
  const sheetOf = (
    rows: number[],
    columns: number[],
    height: (row: number, column: number) => number | null,
  ) => {
    const heights = rows.flatMap((row) => columns.map((column) => height(row, column)));
    const sheet: TableSheet = {
      ...last('green'),
      values: Float64Array.from(heights, (one) => one ?? 0),
      status: Uint16Array.from(heights, (one) => (one === null ? 1 : 0)),
    };
    const question: TableQuestion = {
      rows: { lever: { line: 'a' }, levels: rows },
      columns: { lever: { line: 'b' }, levels: columns },
      cells: [],
    };
    return { sheet, question };
  };
  const grid = levelsBetween(-1, 1, 21);

  it('of a plane is a straight line, all the way across', () => {
    const { sheet, question } = sheetOf(grid, grid, (row, column) => row + 2 * column);
    const pieces = findContour(sheet, question, 0.33);
    for (const [fromRow, fromColumn, toRow, toColumn] of pieces) {
      expect(fromRow + 2 * fromColumn).toBeCloseTo(0.33, 12);
      expect(toRow + 2 * toColumn).toBeCloseTo(0.33, 12);
    }
    // from row −1 to row 1 the column falls by 1: the length is √5
    expect(pieces.reduce((sum, [a, b, c, d]) => sum + Math.hypot(c - a, d - b), 0)).toBeCloseTo(
      Math.sqrt(5),
      12,
    );
  });

  it('of a cone is a circle, closed and as long as one', () => {
    const { sheet, question } = sheetOf(grid, grid, (row, column) => Math.hypot(row, column));
    const pieces = findContour(sheet, question, 0.72);
    const ends = pieces.flatMap(([a, b, c, d]) => [
      `${a.toFixed(9)} ${b.toFixed(9)}`,
      `${c.toFixed(9)} ${d.toFixed(9)}`,
    ]);
    const counts = new Map<string, number>();
    for (const end of ends) counts.set(end, (counts.get(end) ?? 0) + 1);
    expect([...counts.values()].every((count) => count === 2)).toBe(true);
    const length = pieces.reduce((sum, [a, b, c, d]) => sum + Math.hypot(c - a, d - b), 0);
    expect(Math.abs(length / (2 * Math.PI * 0.72) - 1)).toBeLessThan(0.01);
  });

  it('of a saddle keeps the corners together that its middle belongs to', () => {
    const high = sheetOf([0, 1], [0, 1], (row, column) => (row === column ? 3 : -1));
    // the middle is above: the two low corners are cut off, each a quarter of the way from itself
    expect(findContour(high.sheet, high.question, 0)).toEqual([
      [0, 0.75, 0.25, 1],
      [1, 0.25, 0.75, 0],
    ]);
    const low = sheetOf([0, 1], [0, 1], (row, column) => (row === column ? 1 : -3));
    expect(findContour(low.sheet, low.question, 0)).toEqual([
      [0.25, 0, 0, 0.25],
      [0.75, 1, 1, 0.75],
    ]);
  });

  it('does not go through a box without all its numbers, and is nothing where the level is never met', () => {
    const holed = sheetOf([0, 1, 2], [0, 1], (row, column) => (row === 2 && column === 1 ? null : column));
    expect(findContour(holed.sheet, holed.question, 0.5)).toEqual([[0, 0.5, 1, 0.5]]);
    expect(findContour(holed.sheet, holed.question, 7)).toEqual([]);
  });
});
