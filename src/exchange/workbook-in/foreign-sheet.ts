/** Worksheets as they were read, before anybody asks what they mean. Rows and columns count from 0. */
import { withoutHidden } from '#quantity';
import { columnLetters, type Place } from '../workbook/address.ts';

/** What a cell shows, by kind; a formula's cell shows what was last calculated. */
export interface ForeignCell extends Place {
  readonly kind: 'number' | 'text' | 'boolean' | 'error' | 'date' | 'empty';
  /** Text, error code or date as written; a number as number; null where nothing is shown. */
  readonly value: number | string | boolean | null;
  /** Without the equals sign. */
  readonly formula?: string;
  /** The formula fills several cells at once. */
  readonly isArray?: boolean;
  /** Excel's number format, where it is not the general one. */
  readonly format?: string;
  /** Row and column stand for each other: the sheet is read with its columns as rows. */
  readonly isTurned?: boolean;
}

/** A rectangle of cells, ends inclusive. */
export interface CellRectangle {
  readonly from: Place;
  readonly to: Place;
}

/** One worksheet. */
export interface ForeignSheet {
  readonly name: string;
  readonly isHidden: boolean;
  /** By `row,column`. */
  readonly cells: ReadonlyMap<string, ForeignCell>;
  /** Count of rows and columns up to the last cell. */
  readonly rows: number;
  readonly columns: number;
  readonly merges: readonly CellRectangle[];
  readonly hiddenRows: ReadonlySet<number>;
  /** Its columns are read as rows. */
  readonly isTurned?: boolean;
}

/** A name that formulas use. `sheet` where it holds on one sheet only. */
export interface ForeignName {
  readonly name: string;
  readonly refersTo: string;
  readonly sheet?: string;
}

/** A workbook. */
export interface ForeignWorkbook {
  readonly sheets: readonly ForeignSheet[];
  readonly names: readonly ForeignName[];
}

/** The cell at a place. */
export function cellAt(sheet: ForeignSheet, row: number, column: number): ForeignCell | undefined {
  return sheet.cells.get(`${row},${column}`);
}

/** The text of a cell as a label, without what cannot be seen; empty where it is no text. */
export function labelAt(sheet: ForeignSheet, row: number, column: number): string {
  const cell = cellAt(sheet, row, column);
  return cell?.kind === 'text' ? withoutHidden(String(cell.value)).replace(/\s+/g, ' ').trim() : '';
}

/** Writes a place for a reader, as it is in the file: `G12`. */
export function placeText({
  row,
  column,
  isTurned = false,
}: Place & { readonly isTurned?: boolean }): string {
  return isTurned ? `${columnLetters(row)}${column + 1}` : `${columnLetters(column)}${row + 1}`;
}

/** Writes a row for a reader, as it is in the file: `12`, or the letters of the column that is read as a row. */
export function rowText({ isTurned = false }: Pick<ForeignSheet, 'isTurned'>, row: number): string | number {
  return isTurned ? columnLetters(row) : row + 1;
}
