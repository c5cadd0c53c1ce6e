/** Which cells the formulas of a workbook name. */
import { readExcelWords } from './excel-words.ts';
import type { ForeignCell } from './foreign-sheet.ts';
import { facedEnds, type IsTurned } from './turned-sheet.ts';
import type { WorkbookNames } from './workbook-names.ts';

/** From and to, ends inclusive. */
type Run = readonly [from: number, to: number];

/** Runs of cells by row or by column; they are put in order when they are first asked. */
class RunsByLine {
  readonly #given = new Map<number, Run[]>();
  readonly #ordered = new Map<number, Run[]>();

  add(line: number, run: Run): void {
    const runs = this.#given.get(line);
    if (runs) runs.push(run);
    else this.#given.set(line, [run]);
  }

  has(line: number, position: number): boolean {
    let runs = this.#ordered.get(line);
    if (!runs) this.#ordered.set(line, (runs = joined(this.#given.get(line) ?? [])));
    let [low, high] = [0, runs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((runs[middle]?.[1] ?? 0) < position) low = middle + 1;
      else high = middle;
    }
    return (runs[low]?.[0] ?? Infinity) <= position;
  }
}

/** Runs in order, those that touch joined. */
function joined(runs: readonly Run[]): Run[] {
  const result: Run[] = [];
  for (const [from, to] of runs.toSorted(([a], [b]) => a - b)) {
    const last = result.at(-1);
    if (last && from <= last[1] + 1) result[result.length - 1] = [last[0], Math.max(last[1], to)];
    else result.push([from, to]);
  }
  return result;
}

/** The cells that formulas name, by sheet. A range is kept as runs along its longer side: of a row it is one, not sixty. */
export class ReferredCells {
  readonly #bySheet = new Map<string, { readonly rows: RunsByLine; readonly columns: RunsByLine }>();

  /** Adds a rectangle, ends inclusive, from 0. */
  add(sheet: string, top: number, left: number, bottom: number, right: number): void {
    const key = sheet.toLowerCase();
    let known = this.#bySheet.get(key);
    if (!known) this.#bySheet.set(key, (known = { rows: new RunsByLine(), columns: new RunsByLine() }));
    if (bottom - top > right - left)
      for (let column = left; column <= right; column += 1) known.columns.add(column, [top, bottom]);
    else for (let row = top; row <= bottom; row += 1) known.rows.add(row, [left, right]);
  }

  has(sheet: string, row: number, column: number): boolean {
    const known = this.#bySheet.get(sheet.toLowerCase());
    return known !== undefined && (known.rows.has(row, column) || known.columns.has(column, row));
  }
}

/** Formulas between two reports of progress. */
const BLOCK = 1000;

/** Most cells of one range: a plan's formula has no more parts. */
export const MAX_RANGE_CELLS = 400;

/** Finds the cells that formulas name, of sheets as they are read; yields the share that is done. */
export function* findReferred(
  sheets: readonly { readonly name: string; readonly cells: ReadonlyMap<string, ForeignCell> }[],
  names: WorkbookNames,
  isTurned: IsTurned,
): Generator<number, ReferredCells> {
  const referred = new ReferredCells();
  const count = sheets.reduce((sum, { cells }) => sum + cells.size, 0);
  let done = 0;
  for (const { name, cells } of sheets) {
    for (const { formula } of cells.values()) {
      done += 1;
      if (done % BLOCK === 0) yield done / count;
      if (formula === undefined) continue;
      for (const word of names.replace(readExcelWords(formula) ?? [], name)) {
        if (word.kind !== 'cells') continue;
        const { from, to } = facedEnds(word, name, isTurned);
        const [top, bottom] = [Math.min(from.row, to.row), Math.max(from.row, to.row)];
        const [left, right] = [Math.min(from.column, to.column), Math.max(from.column, to.column)];
        if ((bottom - top + 1) * (right - left + 1) <= MAX_RANGE_CELLS)
          referred.add(word.sheet ?? name, top, left, bottom, right);
      }
    }
  }
  return referred;
}
