/**
 * A sheet whose years stand in a column, read with its columns as rows. Its cells keep their formulas as they are written; what
 * these refer to is turned where it is looked up.
 */
import type { ExcelWord, ReferenceEnd } from './excel-words.ts';
import type { ForeignSheet } from './foreign-sheet.ts';

/** Tells of a sheet, by its name in any letters, whether its columns are read as rows. */
export type IsTurned = (sheet: string) => boolean;

/** Turns a sheet. What it hides by rows is not known of its columns. */
export function turnSheet(sheet: ForeignSheet): ForeignSheet {
  const turned = ({ row, column }: { readonly row: number; readonly column: number }) => ({
    row: column,
    column: row,
  });
  return {
    ...sheet,
    cells: new Map(
      [...sheet.cells.values()].map((cell) => [
        `${cell.column},${cell.row}`,
        { ...cell, ...turned(cell), isTurned: true },
      ]),
    ),
    rows: sheet.columns,
    columns: sheet.rows,
    merges: sheet.merges.map(({ from, to }) => ({ from: turned(from), to: turned(to) })),
    hiddenRows: new Set(),
    isTurned: true,
  };
}

type CellsWord = Extract<ExcelWord, { kind: 'cells' }>;

/** Where a reference leads in sheets as they are read; `here` is the sheet of the formula. */
export function facedEnds(word: CellsWord, here: string, isTurned: IsTurned): Pick<CellsWord, 'from' | 'to'> {
  return isTurned(word.sheet ?? here) ? { from: turnedEnd(word.from), to: turnedEnd(word.to) } : word;
}

function turnedEnd({ row, column, isRowFixed, isColumnFixed }: ReferenceEnd): ReferenceEnd {
  return { row: column, column: row, isRowFixed: isColumnFixed, isColumnFixed: isRowFixed };
}
