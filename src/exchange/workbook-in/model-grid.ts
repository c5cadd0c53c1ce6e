/**
 * A workbook as a model sees it: which cells belong to a line, which stand alone, which name a year. What a formula refers to
 * is answered here; nothing is calculated.
 */
import { namesOfHidden, parseUnit, toHalfWidth, warning, type Problem } from '#quantity';
import { asName, MAX_LINES, MAX_PERIODS } from '#plan';
import { MAX_PLAN_CELLS } from '../limits.ts';
import type { WorkbookProblemCode } from '../problem.ts';
import type { CellRectangle } from './foreign-sheet.ts';
import { cellAt, labelAt, placeText, rowText, type ForeignCell, type ForeignSheet } from './foreign-sheet.ts';
import { namesPeriods, otherYears, type PeriodHead } from './find-periods.ts';
import type { ReferredCells } from './referred-cells.ts';
import type { IsTurned } from './turned-sheet.ts';

/** A sheet with its years. */
export interface HeadedSheet {
  readonly sheet: ForeignSheet;
  readonly head: PeriodHead;
}

/** A row that becomes a line, or a cell beside the years that does. */
export interface GridLine {
  readonly id: string;
  readonly sheet: ForeignSheet;
  readonly row: number;
  /** Of a cell that stands alone; undefined for a row. */
  readonly column?: number;
  readonly label: string;
  /** As plans write it; undefined where none is written or known. */
  readonly unit: string | undefined;
  readonly section: string;
  /** By period; a cell that stands alone stands under the first. */
  readonly cells: ReadonlyMap<number, ForeignCell>;
}

/** What stands at a place. */
export type GridPlace =
  | { readonly kind: 'line'; readonly line: GridLine; readonly period: number; readonly isEmpty: boolean }
  | { readonly kind: 'alone'; readonly line: GridLine }
  | { readonly kind: 'head'; readonly period: number }
  | { readonly kind: 'empty' }
  | { readonly kind: 'other' };

/** The whole. */
export interface ModelGrid {
  readonly lines: readonly GridLine[];
  readonly sections: readonly { readonly id: string; readonly name: string }[];
  readonly first: number;
  readonly last: number;
  /** Row and column of the sheet as it is read. */
  at(sheet: string, row: number, column: number): GridPlace;
  readonly isTurned: IsTurned;
  readonly problems: readonly Problem<WorkbookProblemCode>[];
}

/** Rows between two reports of progress. */
const BLOCK = 100;

/** Lays the sheets out; yields the share that is done. `referred` are the places that formulas name; `toUnit` translates names of units. */
export function* buildModelGrid(
  headed: readonly HeadedSheet[],
  referred: ReferredCells,
  toUnit: (text: string) => string,
): Generator<number, ModelGrid | Problem<WorkbookProblemCode>> {
  const periods = headed.flatMap(({ head }) => [...head.periods.values()]);
  const [first, last] = [Math.min(...periods), Math.max(...periods)];
  const lines: GridLine[] = [];
  const sections: { id: string; name: string }[] = [];
  const problems: Problem<WorkbookProblemCode>[] = [];
  const ids = new IdRegister();
  const rows = new Map<string, GridLine>();
  const alone = new Map<string, GridLine>();
  const heads = new Set<string>();
  const count = headed.reduce((sum, { sheet }) => sum + sheet.rows, 0);
  let done = 0;
  for (const { sheet, head } of headed) {
    const columns = columnsOf(sheet, head, toUnit);
    let section = '';
    let isOfOthers = false;
    const begin = (name: string): void => {
      section = `section_${sections.length + 1}`;
      sections.push({
        id: section,
        name: asName(headed.length > 1 && name !== sheet.name ? `${sheet.name} · ${name}` : name),
      });
    };
    for (let row = 0; row < sheet.rows; row += 1) {
      done += 1;
      if (done % BLOCK === 0) yield done / count;
      // years may be repeated above every block of a sheet
      const isHead = row === head.row || namesPeriods(sheet, row, head.periods);
      if (isHead) heads.add(`${sheet.name.toLowerCase()}!${row}`);
      const others = isHead || row < head.row || head.periods.size === 0 ? undefined : otherYears(sheet, row);
      if (others)
        problems.push(
          warning(
            'workbook_other_years',
            {},
            { sheet: sheet.name, row: rowText(sheet, row), ...others.said },
          ),
        );
      // a table of other years goes on until the years of the sheet are named again
      isOfOthers = !isHead && (isOfOthers || others !== undefined);
      const isBeside = isHead || row < head.row || isOfOthers;
      const label = isHead ? '' : labelOf(sheet, row, columns, toUnit).label;
      const cells = isBeside ? new Map<number, ForeignCell>() : cellsOf(sheet, row, head, problems);
      const isTotal = isLoneTotal(cells, head);
      const isRow = cells.size > 0 && !isTotal;
      if (row > head.row && !isHead && isHeading(sheet, row, columns)) begin(label);
      const named = labelOf(sheet, row, columns, toUnit);
      const where = { sheet: sheet.name, row: rowText(sheet, row) };
      const characters = isBeside ? '' : hiddenInLabel(sheet, row, columns);
      if (characters !== '')
        problems.push(warning('workbook_characters_dropped', {}, { ...where, characters }));
      if (isRow) {
        if (label === '') problems.push(warning('workbook_row_unnamed', {}, where));
        if (named.unknown !== undefined)
          problems.push(warning('workbook_unit_unknown', {}, { ...where, unit: named.unknown }));
        if (section === '') begin(sheet.name);
        const name = label === '' ? `${sheet.name} ${rowText(sheet, row)}` : label;
        const id = ids.take(name, `row_${row + 1}`);
        const line = { id, sheet, row, label: name, unit: named.unit, section, cells };
        lines.push(line);
        rows.set(`${sheet.name.toLowerCase()}!${row}`, line);
      }
      for (let column = 0; column < sheet.columns; column += 1) {
        const cell = cellAt(sheet, row, column);
        if (!cell || (isHead && head.periods.has(column)) || others?.columns.has(column)) continue;
        if (!isBeside && !isTotal && head.periods.has(column)) continue;
        const { kind } = cell;
        const isFixed = cell.formula === undefined;
        if (isFixed && (kind === 'text' || kind === 'empty')) continue;
        const own = nearLabel(sheet, row, column, columns);
        const isUsed = referred.has(sheet.name, row, column);
        const isNumber = kind === 'number' || kind === 'empty';
        const isLine = isUsed || (!isFixed && !isOfOthers && own !== '' && isNumber);
        if (!isLine || (isFixed && !isNumber)) {
          problems.push(
            warning(
              'workbook_cell_outside',
              {},
              { sheet: sheet.name, cell: placeText(cell), text: String(cell.value ?? '') },
            ),
          );
          continue;
        }
        if (section === '') begin(sheet.name);
        const place = placeText(cell);
        const name = isRow ? `${own || sheet.name} (${place})` : own || `${sheet.name} ${place}`;
        const line: GridLine = {
          ...{ id: ids.take(name, `cell_${place.toLowerCase()}`), sheet, row, column, label: name },
          ...{ unit: isRow ? undefined : named.unit, section, cells: new Map([[first, cell]]) },
        };
        lines.push(line);
        alone.set(`${sheet.name.toLowerCase()}!${row},${column}`, line);
      }
    }
  }
  const cells = lines.length * (last - first + 1);
  if (lines.length > MAX_LINES || cells > MAX_PLAN_CELLS || last - first >= MAX_PERIODS)
    return {
      ...warning('workbook_too_many_lines', {}, { lines: lines.length, limit: MAX_LINES }),
      severity: 'error',
    };

  const bySheet = new Map(headed.map((one) => [one.sheet.name.toLowerCase(), one]));
  const at = (name: string, row: number, column: number): GridPlace => {
    const key = name.toLowerCase();
    const found = bySheet.get(key);
    if (!found) return { kind: 'other' };
    const { sheet, head } = found;
    const period = head.periods.get(column);
    const line = rows.get(`${key}!${row}`);
    if (line && period !== undefined) return { kind: 'line', line, period, isEmpty: !line.cells.has(period) };
    const single = alone.get(`${key}!${row},${column}`);
    if (single) return { kind: 'alone', line: single };
    if (heads.has(`${key}!${row}`) && period !== undefined) return { kind: 'head', period };
    return { kind: cellAt(sheet, row, column) ? 'other' : 'empty' };
  };
  const isTurned: IsTurned = (name) => bySheet.get(name.toLowerCase())?.sheet.isTurned ?? false;
  return { lines, sections, first, last, at, isTurned, problems };
}

/** One formula in a row of several years is a number about all of them, not one of a year. */
function isLoneTotal(cells: ReadonlyMap<number, ForeignCell>, { periods }: PeriodHead): boolean {
  const [only, ...more] = cells.values();
  return only?.formula !== undefined && more.length === 0 && periods.size > 2;
}

/** A row with one text before the years and nothing else. */
function isHeading(sheet: ForeignSheet, row: number, columns: Columns): boolean {
  let texts = 0;
  for (let column = 0; column < sheet.columns; column += 1) {
    const cell = cellAt(sheet, row, column);
    if (!cell) continue;
    if (cell.kind !== 'text' || cell.formula !== undefined || column >= columns.first) return false;
    texts += 1;
  }
  return texts === 1;
}

interface Columns {
  readonly first: number;
  readonly unit: number | undefined;
}

function columnsOf(sheet: ForeignSheet, head: PeriodHead, toUnit: (text: string) => string): Columns {
  const first = Math.min(sheet.columns, ...head.periods.keys());
  const before = Array.from({ length: first }, (_, column) => column);
  const below = Array.from(
    { length: Math.max(0, sheet.rows - head.row - 1) },
    (_, row) => head.row + 1 + row,
  );
  const isNamed = (column: number) => /^(?:计量)?单位$|^units?$/i.test(labelAt(sheet, head.row, column));
  const holdsUnits = (column: number) => {
    const texts = below.map((row) => labelAt(sheet, row, column)).filter((text) => text !== '');
    return texts.length > 0 && texts.every((text) => parseUnit(toUnit(text)) !== undefined);
  };
  return { first, unit: before.find(isNamed) ?? before.slice(1).find(holdsUnits) };
}

/** The numbers and formulas of a row by period; what is neither is said. */
function cellsOf(
  sheet: ForeignSheet,
  row: number,
  { periods }: PeriodHead,
  problems: Problem<WorkbookProblemCode>[],
): Map<number, ForeignCell> {
  const cells = new Map<number, ForeignCell>();
  for (const [column, period] of periods) {
    const cell = cellAt(sheet, row, column);
    if (!cell) continue;
    const args = { sheet: sheet.name, cell: placeText(cell), text: String(cell.value ?? '').slice(0, 60) };
    if (cell.formula === undefined && cell.kind !== 'number') {
      const codes = {
        text: 'workbook_cell_text',
        date: 'workbook_cell_date',
        error: 'workbook_cell_error',
        boolean: 'workbook_cell_logical',
      } as const;
      if (cell.kind !== 'empty') problems.push(warning(codes[cell.kind], {}, args));
    } else cells.set(period, cell);
  }
  return cells;
}

/** The text of a place, or of the merged cell that covers it. */
function textAt(sheet: ForeignSheet, row: number, column: number): string {
  const own = labelAt(sheet, row, column);
  if (own !== '') return own;
  const covers = ({ from, to }: CellRectangle) =>
    from.row <= row && row <= to.row && from.column === column && column <= to.column;
  const merge = sheet.merges.find(covers);
  return merge ? labelAt(sheet, merge.from.row, merge.from.column) : '';
}

function labelOf(
  sheet: ForeignSheet,
  row: number,
  columns: Columns,
  toUnit: (text: string) => string,
): { label: string; unit: string | undefined; unknown?: string } {
  const texts: string[] = [];
  for (let column = 0; column < columns.first; column += 1) {
    const text = column === columns.unit ? '' : textAt(sheet, row, column);
    if (text !== '' && text !== texts.at(-1)) texts.push(text);
  }
  const whole = asName(texts.join(' · '));
  const written = columns.unit === undefined ? '' : textAt(sheet, row, columns.unit);
  if (written !== '') {
    const unit = parseUnit(toUnit(written))?.text;
    return { label: whole, unit, ...(unit === undefined && { unknown: written.slice(0, 60) }) };
  }
  const behind = /^(.*\S)\s*[(（]([^()（）]*)[)）]$/s.exec(whole);
  const unit = behind?.[2] ? parseUnit(toUnit(behind[2].trim()))?.text : undefined;
  return behind && unit !== undefined ? { label: behind[1] ?? '', unit } : { label: whole, unit: undefined };
}

/** What cannot be seen in the cells that name a row; empty where there is nothing of the kind. */
function hiddenInLabel(sheet: ForeignSheet, row: number, columns: Columns): string {
  const texts: string[] = [];
  for (let column = 0; column < columns.first; column += 1) {
    const cell = cellAt(sheet, row, column);
    if (cell?.kind === 'text') texts.push(String(cell.value));
  }
  return namesOfHidden(texts.join(' '));
}

/** The text nearest to a cell that stands alone: to its left, else above it. */
function nearLabel(sheet: ForeignSheet, row: number, column: number, columns: Columns): string {
  for (let left = column - 1; left >= 0; left -= 1) {
    const text = left === columns.unit ? '' : textAt(sheet, row, left);
    if (text !== '') return text;
  }
  return row > 0 ? textAt(sheet, row - 1, column) : '';
}

/** Words that mean something in formulas; a line cannot be called so. */
const RESERVED =
  /^(?:t|e|i|base|first|last|and|or|not|xor|mod|to|in|true|false|null|pi|constructor|prototype|undefined|nan|infinity|end)$/;

/** Ids in small ASCII letters, each once. */
class IdRegister {
  readonly #taken = new Set<string>();

  take(label: string, fallback: string): string {
    const plain = toHalfWidth(label)
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[\u0300-\u036f]/g, '');
    const isAscii = !/[^\x20-\x7e]/.test(plain);
    const wish = isAscii
      ? plain
          .replace(/[^a-z0-9]+/g, '_')
          .replace(/^[^a-z]+|_+$/g, '')
          .slice(0, 48)
      : '';
    const stem = wish === '' || RESERVED.test(wish) ? fallback : wish;
    let id = stem;
    for (let count = 2; this.#taken.has(id); count += 1) id = `${stem}_${count}`;
    this.#taken.add(id);
    return id;
  }
}
