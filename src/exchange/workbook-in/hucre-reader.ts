/**
 * The only file that reads with hucre: a workbook's archive becomes sheets of ours. The archive comes here opened and
 * measured (`open-archive.ts`): the library itself allows sizes that no page survives.
 */
import { readXlsx, type Cell, type Sheet } from 'hucre/xlsx';
import { columnLetters } from '../workbook/address.ts';
import { movedWords, printExcelWords, readExcelWords } from './excel-words.ts';
import type { ForeignCell, ForeignName, ForeignSheet, ForeignWorkbook } from './foreign-sheet.ts';

/** Reads sheets; undefined where the archive is no workbook that holds together. */
export async function readSheets(archive: Uint8Array): Promise<ForeignWorkbook | undefined> {
  const read = await readXlsx(archive, { readStyles: true }).catch((error: unknown) => {
    // whatever a stranger's file makes the library throw means the same to the one who opened it
    if (error instanceof Error) return undefined;
    throw error;
  });
  if (!read) return undefined;
  return {
    sheets: read.sheets.map(sheetOf),
    names: (read.namedRanges ?? []).map(({ name, range, scope }): ForeignName => ({
      name,
      refersTo: range,
      ...(scope !== undefined && { sheet: scope }),
    })),
  };
}

function sheetOf(sheet: Sheet): ForeignSheet {
  const cells = new Map<string, ForeignCell>();
  const shared = new Map<number, { readonly text: string; readonly row: number; readonly column: number }>();
  let [rows, columns] = [0, 0];
  sheet.rows.forEach((values, row) =>
    values.forEach((value, column) => {
      const detail = sheet.cells?.get(`${row},${column}`);
      const cell = cellOf(row, column, value, detail, shared);
      if (!cell) return;
      cells.set(`${row},${column}`, cell);
      [rows, columns] = [Math.max(rows, row + 1), Math.max(columns, column + 1)];
    }),
  );
  const hiddenRows = [...(sheet.rowDefs ?? [])].flatMap(([row, { hidden }]) => (hidden ? [row] : []));
  return {
    name: sheet.name,
    isHidden: sheet.hidden === true || sheet.veryHidden === true,
    cells,
    rows,
    columns,
    merges: (sheet.merges ?? []).map(({ startRow, startCol, endRow, endCol }) => ({
      from: { row: startRow, column: startCol },
      to: { row: endRow, column: endCol },
    })),
    hiddenRows: new Set(hiddenRows),
  };
}

type Shown = Sheet['rows'][number][number];

function cellOf(
  row: number,
  column: number,
  value: Shown,
  detail: Cell | undefined,
  shared: Map<number, { readonly text: string; readonly row: number; readonly column: number }>,
): ForeignCell | undefined {
  const formula = formulaOf(row, column, detail, shared);
  const isNothing = value === null || value === '';
  if (isNothing && formula === undefined) return undefined;
  const format = detail?.style?.numFmt;
  return {
    row,
    column,
    ...shownAs(value, detail),
    ...(formula !== undefined && { formula }),
    ...(detail?.formulaType === 'array' && { isArray: true }),
    ...(format !== undefined && format !== 'General' && { format }),
  };
}

function shownAs(value: Shown, detail: Cell | undefined): Pick<ForeignCell, 'kind' | 'value'> {
  if (value === null || value === '') return { kind: 'empty', value: null };
  if (value instanceof Date) {
    const isDay = Number.isFinite(value.getTime());
    return { kind: 'date', value: isDay ? value.toISOString().slice(0, 10) : '' };
  }
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if (typeof value === 'number')
    return Number.isFinite(value) ? { kind: 'number', value } : { kind: 'error', value: '#NUM!' };
  const isError =
    detail?.type === 'error' || (detail?.formula !== undefined && /^#[A-Z]+[A-Z0-9/]*[!?A]$/.test(value));
  return { kind: isError ? 'error' : 'text', value };
}

/** A formula that several cells share is written once; the others are its copies. */
function formulaOf(
  row: number,
  column: number,
  detail: Cell | undefined,
  shared: Map<number, { readonly text: string; readonly row: number; readonly column: number }>,
): string | undefined {
  const { formula, formulaType, formulaSharedIndex: index } = detail ?? {};
  if (formula === undefined) return undefined;
  if (formulaType !== 'shared' || index === undefined) return formula;
  if (formula !== '') {
    shared.set(index, { text: formula, row, column });
    return formula;
  }
  const first = shared.get(index);
  const words = first && readExcelWords(first.text);
  const moved = words && movedWords(words, row - first.row, column - first.column);
  // a copy whose first cell is not there says no more than where it stands
  return moved ? printExcelWords(moved) : `#REF!+${columnLetters(column)}${row + 1}`;
}
