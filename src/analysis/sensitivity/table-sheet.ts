/** The sheet of a data table, as it is read: apart from its calculation, which a page that shows it does not load. */
import type { Failure, Value } from '#quantity';
import type { Cell } from '../cell.ts';

/** Most levels of one driver. */
export const MAX_LEVELS = 200;

/**
 * One cell over all levels.
 *
 * Shape: row by row, one entry a level of the rows and of the columns. Missing: status 1. Fails: status 2 and above, which
 * is 2 + the place in the table's failures. Where the status is not 0, the value is 0.
 */
export interface TableSheet extends Cell {
  readonly values: Float64Array;
  readonly status: Uint16Array;
}

/** Gives levels in equal steps from one end of a range to the other, both ends exactly. */
export function levelsBetween(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    const share = count === 1 ? 0 : index / (count - 1);
    return from * (1 - share) + to * share;
  });
}

/** The entry of a sheet as a value. */
export function tableValue(sheet: TableSheet, failures: readonly Failure[], index: number): Value {
  const state = sheet.status[index] as number;
  if (state === 0) return sheet.values[index] as number;
  return state === 1 ? null : (failures[state - 2] ?? null);
}
