/** A cell over the levels of one or two drivers: Excel's data table, as large as a heat map needs it. */
import type { Failure } from '#quantity';
import type { Scenario } from '#plan';
import { batchOf, type BatchResult, type Column, type Engine, type Move } from '#engine';
import type { Cell } from '../cell.ts';
import { numberOrFault } from '../reach/lever-model.ts';
import { levelCell, type Lever } from '../lever.ts';
import { MAX_LEVELS, type TableSheet } from './table-sheet.ts';

/** A driver and the levels at which it is tried. A level is its value in the last period, else in the lever's own. */
export interface TableAxis {
  readonly lever: Pick<Lever, 'line' | 'period'>;
  /** Unit: of the line. At most 200. */
  readonly levels: readonly number[];
}

/** What is asked; without columns the table has one. */
export interface TableQuestion {
  readonly rows: TableAxis;
  readonly columns?: TableAxis;
  readonly cells: readonly Cell[];
}

/** The answer. */
export type DataTable =
  | {
      readonly ok: true;
      readonly rows: number;
      readonly columns: number;
      /** Where the drivers stand now, to mark it in the table. */
      readonly present: { readonly row: number; readonly column: number | null };
      readonly sheets: readonly TableSheet[];
      readonly failures: readonly Failure[];
    }
  /** A driver has no level now from which it could be moved. */
  | { readonly ok: false; readonly fault: Failure };

/**
 * Calculates the table; yields the share that is done, from 0 to 1, after each block. To stop asking is to cancel.
 *
 * Fails: throws on more than 200 levels of a driver, on none, and on the same driver twice.
 */
export function* runDataTable(
  engine: Engine,
  scenario: Scenario,
  { rows, columns, cells }: TableQuestion,
  scenarios: readonly Scenario[] = engine.plan.scenarios,
): Generator<number, DataTable> {
  const axes = columns ? [rows, columns] : [rows];
  for (const { levels } of axes)
    if (levels.length < 1 || levels.length > MAX_LEVELS) throw new Error(`${levels.length} levels`);
  if (columns && isSameLever(rows, columns))
    throw new Error(`the same driver along both sides: ${rows.lever.line}`);
  const calculation = engine.calculate(scenario, scenarios);
  const presents: number[] = [];
  for (const { lever } of axes) {
    const cell = levelCell({ ...lever, min: 0, max: 0 }, engine.plan);
    const level = numberOrFault(calculation.value(cell.line, cell.period), cell);
    if (!level.ok) return { ok: false, fault: level.fault };
    presents.push(level.number);
  }
  const width = columns?.levels.length ?? 1;
  const count = rows.levels.length * width;
  const moves = axes.map(({ lever: { line, period } }): Move => {
    return { line, effect: 'add', ...(period !== undefined && { from: period, to: period }) };
  });
  const samples = {
    count,
    fill: (start: number, into: readonly Float64Array[]) =>
      into.forEach((shifts, axis) => {
        const { levels } = axes[axis] as TableAxis;
        for (let lane = 0; lane < shifts.length; lane += 1) {
          const at = axis === 0 ? Math.floor((start + lane) / width) : (start + lane) % width;
          shifts[lane] = (levels[at] as number) - (presents[axis] as number);
        }
      }),
  };
  const result = yield* batchOf(engine, scenario, { moves, outputs: cells }, scenarios).run(samples);
  return {
    ok: true,
    rows: rows.levels.length,
    columns: width,
    present: { row: presents[0] as number, column: presents[1] ?? null },
    sheets: cells.map((cell, index) => ({ ...cell, ...sheetOf(result, index, count) })),
    failures: result.failures,
  };
}

function isSameLever(a: TableAxis, b: TableAxis): boolean {
  return a.lever.line === b.lever.line && a.lever.period === b.lever.period;
}

/** A cell that no driver of the table reaches has the same entry everywhere. */
function sheetOf(
  { columns }: BatchResult,
  index: number,
  count: number,
): Pick<TableSheet, 'values' | 'status'> {
  const { values, status, isShared } = columns[index] as Column;
  if (!isShared) return { values, status };
  return {
    values: new Float64Array(count).fill(values[0] as number),
    status: new Uint16Array(count).fill(status[0] as number),
  };
}
