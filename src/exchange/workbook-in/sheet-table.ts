/** A worksheet as a table of cells, for readers of tables: what a formula shows is a number like any other. */
import type { TableCell } from '../table/text-table.ts';
import { cellAt, type ForeignCell, type ForeignSheet } from './foreign-sheet.ts';
import { turnSheet } from './turned-sheet.ts';

/** Lays a sheet out as a table, rows from the first. A percent is its fraction, as in every table. */
export function toTable(sheet: ForeignSheet): TableCell[][] {
  return Array.from({ length: sheet.rows }, (_, row) =>
    Array.from({ length: sheet.columns }, (__, column) => tableCell(cellAt(sheet, row, column))),
  );
}

/** Lays a sheet out with its columns as rows: for a table whose years stand in a column. */
export function toTurnedTable(sheet: ForeignSheet): TableCell[][] {
  return toTable(turnSheet(sheet));
}

function tableCell(cell: ForeignCell | undefined): TableCell {
  if (!cell || cell.kind === 'empty') return { kind: 'empty' };
  const text = String(cell.value);
  if (typeof cell.value !== 'number') return { kind: 'text', text };
  return { kind: 'number', text, value: cell.value, isPercent: cell.format?.includes('%') ?? false };
}
