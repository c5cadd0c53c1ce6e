/** Workbooks as others write them, from rows. */
import { writeXlsx, type Cell, type WriteSheet } from 'hucre/xlsx';

/** A sheet by rows; a text that begins with = is a formula, behind | stands what it shows. */
export type Rows = readonly (readonly (string | number | null)[])[];

/** Writes sheets by name, each by rows; `more` is what they have besides their cells. */
export function foreignBytes(
  sheets: Readonly<Record<string, Rows>>,
  namedRanges: { name: string; range: string }[] = [],
  more: Partial<WriteSheet> = {},
): Promise<Uint8Array> {
  const written = Object.entries(sheets).map(([name, rows]) => ({ name, cells: cellsOf(rows), ...more }));
  return writeXlsx({ sheets: written, namedRanges });
}

function cellsOf(rows: Rows): Map<string, Partial<Cell>> {
  const cells = new Map<string, Partial<Cell>>();
  rows.forEach((row, y) =>
    row.forEach((content, x) => {
      if (content === null) return;
      if (typeof content === 'string' && content.startsWith('=')) {
        const [formula = '', shown] = content.slice(1).split('|');
        const value = shown === undefined ? null : Number.isNaN(Number(shown)) ? shown : Number(shown);
        cells.set(`${y},${x}`, { type: 'formula', formula, value, formulaResult: value });
      } else
        cells.set(`${y},${x}`, { value: content, type: typeof content === 'number' ? 'number' : 'string' });
    }),
  );
  return cells;
}
