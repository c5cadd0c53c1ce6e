/**
 * Which row of a sheet that came back was which row when it was written: rows may have been inserted, deleted and moved by
 * that, and a formula that follows them is not another formula.
 */
import type { RecordedCell } from '../workbook/record-sheet.ts';
import { cellAt, type ForeignSheet } from './foreign-sheet.ts';

/** Rows from 0, both ways; a row that has no partner is absent. */
export interface RowMatch {
  readonly toFound: ReadonlyMap<number, number>;
  readonly toWritten: ReadonlyMap<number, number>;
  /** Rows with content that were not there before. */
  readonly inserted: readonly number[];
  /** Rows that are gone. */
  readonly gone: readonly number[];
}

/** Matches rows by their texts, and a row whose text was changed by its neighbours. */
export function matchRows(written: Readonly<Record<string, RecordedCell>>, found: ForeignSheet): RowMatch {
  const before = new Map<number, string[]>();
  for (const [key, cell] of Object.entries(written)) {
    const [row = 0, column = 0] = key.split(',').map(Number);
    const texts = before.get(row) ?? [];
    if ('value' in cell) texts[column] = String(cell.value);
    before.set(row, texts);
  }
  const rows = [...before.keys()].sort((a, b) => a - b);
  const candidates = new Map<string, number[]>();
  for (const row of filledRows(found)) {
    const key = keyOf(textsOf(found, row));
    candidates.set(key, [...(candidates.get(key) ?? []), row]);
  }
  const toFound = new Map<number, number>();
  const toWritten = new Map<number, number>();
  const pair = (row: number, other: number): void => {
    toFound.set(row, other);
    toWritten.set(other, row);
  };
  for (const row of rows) {
    const other = candidates.get(keyOf(before.get(row) ?? []))?.shift();
    if (other !== undefined) pair(row, other);
  }
  const filled = new Set(filledRows(found));
  for (const row of rows) {
    if (toFound.has(row)) continue;
    const place = (toFound.get(row - 1) ?? row - 1) + 1;
    if (filled.has(place) && !toWritten.has(place)) pair(row, place);
  }
  return {
    toFound,
    toWritten,
    inserted: [...filled].filter((row) => !toWritten.has(row)).sort((a, b) => a - b),
    gone: rows.filter((row) => !toFound.has(row)),
  };
}

/** The texts in the first columns recognise a row; numbers are what is changed. */
const KEY_COLUMNS = 7;

function keyOf(texts: readonly (string | undefined)[]): string {
  return JSON.stringify(Array.from({ length: KEY_COLUMNS }, (_, column) => texts[column] ?? ''));
}

function textsOf(sheet: ForeignSheet, row: number): string[] {
  const texts: string[] = [];
  for (let column = 0; column < KEY_COLUMNS; column += 1) {
    const cell = cellAt(sheet, row, column);
    if (cell?.formula === undefined && cell?.value !== undefined && cell.value !== null)
      texts[column] = String(cell.value);
  }
  return texts;
}

function filledRows(sheet: ForeignSheet): number[] {
  return [...new Set([...sheet.cells.values()].map(({ row }) => row))];
}
