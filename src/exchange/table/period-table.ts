/**
 * A table as lines by periods: what each row is called, its unit, and its numbers by calendar period. Knows nothing of a
 * plan; `match-lines.ts` finds its lines. What cannot be taken is listed cell by cell.
 */
import {
  namesOfHidden,
  parseUnit,
  problem,
  toHalfWidth,
  warning,
  withoutHidden,
  type Problem,
} from '#quantity';
import type { TableProblemCode } from '../problem.ts';
import { firstOf, type TableCell } from './text-table.ts';

/** One row of numbers. */
export interface PeriodRow {
  /** Row of the table, from 1. */
  readonly row: number;
  /** As written, without the unit. */
  readonly label: string;
  /** An id where the table has a column of ids. */
  readonly id?: string;
  /** The unit as plans write it, from its column or the brackets behind the label; undefined where none is written. */
  readonly unit?: string;
  /** Numbers by period. Unit: as written; percent as fraction. */
  readonly values: ReadonlyMap<number, number>;
}

/** Lines by periods. */
export interface PeriodTable {
  /** Row of the table that holds the periods, from 1. */
  readonly headRow: number;
  readonly periods: readonly number[];
  readonly rows: readonly PeriodRow[];
  /** Rows with a label and no numbers: titles of sections, as a rule. */
  readonly headings: readonly { readonly row: number; readonly label: string }[];
  /** What was not taken, and what was taken in a way that should be known. */
  readonly problems: readonly Problem<TableProblemCode>[];
}

/** Either the table by periods or why it is none. */
export type ReadPeriodTable =
  | { readonly ok: true; readonly table: PeriodTable }
  | { readonly ok: false; readonly problems: readonly Problem<TableProblemCode>[] };

type Rows = readonly (readonly TableCell[])[];

/** Rows in which the periods are looked for. */
const HEAD_ROWS = 30;

/** Gives a unit as plans write it; a text that is no unit as it stands. */
type ToUnit = (text: string) => string;

/**
 * Reads rows as lines and columns as periods. `toUnit` translates the names of units in a reader's language into those that
 * plans write; by default they are written so already.
 */
export function readPeriodTable(rows: Rows, toUnit: ToUnit = (text) => text): ReadPeriodTable {
  const head = findHead(rows);
  if (!head) return { ok: false, problems: [problem('table_no_periods')] };
  const problems = [...head.problems];
  const columns = findColumns(rows, head, toUnit);
  for (const [column, cell] of (rows[head.row] ?? []).entries()) {
    const characters = namesOfHidden(textOf(cell));
    if (characters !== '')
      problems.push(warning('table_head_characters_dropped', {}, { column: column + 1, characters }));
  }
  for (const column of columns.unused) {
    problems.push(
      warning('table_column_unused', {}, { column: column + 1, text: textAt(rows, head.row, column) }),
    );
  }
  const found: PeriodRow[] = [];
  const headings: { row: number; label: string }[] = [];
  for (const [index, cells] of rows.entries()) {
    if (index <= head.row) continue;
    const read = readRow(cells, index + 1, head.periods, columns, toUnit);
    problems.push(...read.problems);
    if (read.row) found.push(read.row);
    else if (read.label !== '') headings.push({ row: index + 1, label: read.label });
  }
  if (found.length === 0) return { ok: false, problems: [problem('table_no_lines'), ...firstOf(problems)] };
  return {
    ok: true,
    table: {
      headRow: head.row + 1,
      periods: [...head.periods.values()],
      rows: found,
      headings,
      problems: firstOf(problems),
    },
  };
}

/** The text of a cell; empty where there is none. */
function textOf(cell: TableCell | undefined): string {
  return cell === undefined || cell.kind === 'empty' ? '' : cell.text.trim();
}

/** What is seen of it. */
function textAt(rows: Rows, row: number, column: number): string {
  return seenOf(rows[row]?.[column]);
}

function seenOf(cell: TableCell | undefined): string {
  return withoutHidden(textOf(cell)).trim();
}

/**
 * The calendar period that a head names: `2015`, `2015年`, `2015年末`, `2015（基期）`, or the last day of a year as a date. Any
 * other day is no period: whose end a 1 January is, only a person knows.
 */
function periodOf(cell: TableCell | undefined): number | undefined {
  const text = toHalfWidth(seenOf(cell));
  const year = /^(\d{4})\s*(?:年(?:度|末|底)?)?\s*(?:\([^)]*\))?$/.exec(text) ?? lastDayOf(text);
  const period = Number(year?.[1]);
  return period >= 1000 ? period : undefined;
}

function lastDayOf(text: string): RegExpExecArray | null {
  return /^(\d{4})(?:-12-31|\/12\/31|\.12\.31|年12月31日)$/.exec(text);
}

interface Head {
  /** Row, from 0. */
  readonly row: number;
  /** Periods by column, from 0. */
  readonly periods: ReadonlyMap<number, number>;
  readonly problems: readonly Problem<TableProblemCode>[];
}

/** The first row that holds two periods or more, rising; else the first row of the table, if it holds one. */
function findHead(rows: Rows): Head | undefined {
  const first = rows.findIndex((cells) => cells.some((cell) => cell.kind !== 'empty'));
  for (const [row, cells] of rows.slice(0, HEAD_ROWS).entries()) {
    const named = cells.flatMap((cell, column) => {
      const period = periodOf(cell);
      return period === undefined ? [] : [{ column, period }];
    });
    const isRising = named.every(({ period }, index) => period >= (named[index - 1]?.period ?? -Infinity));
    if (!isRising || named.length < (row === first ? 1 : 2)) continue;
    const periods = new Map<number, number>();
    const problems: Problem<TableProblemCode>[] = [];
    for (const { column, period } of named) {
      if ([...periods.values()].includes(period)) {
        problems.push(warning('table_period_twice', {}, { row: row + 1, column: column + 1, period }));
      } else periods.set(column, period);
    }
    return { row, periods, problems };
  }
  return undefined;
}

interface Columns {
  readonly label: number | undefined;
  readonly unit: number | undefined;
  readonly id: number | undefined;
  /** Columns with content that are none of these, and no period. */
  readonly unused: readonly number[];
}

function findColumns(rows: Rows, head: Head, toUnit: ToUnit): Columns {
  const width = rows.reduce((widest, cells) => Math.max(widest, cells.length), 0);
  const below = rows.slice(head.row + 1);
  const named = (pattern: RegExp) => (column: number) => pattern.test(textAt(rows, head.row, column));
  const others = Array.from({ length: width }, (_, column) => column).filter(
    (column) => !head.periods.has(column) && below.some((cells) => textOf(cells[column]) !== ''),
  );
  const holdsUnits = (column: number) =>
    below.every((cells) => {
      const text = textOf(cells[column]);
      return text === '' || parseUnit(toUnit(text)) !== undefined;
    });
  const unit = others.find(named(/^(?:计量)?单位$|^units?$/i)) ?? others.slice(1).find(holdsUnits);
  const id = others.find((column) => column !== unit && named(/^(?:id|标识|代码|编码)$/i)(column));
  const isText = (column: number) => below.some((cells) => cells[column]?.kind === 'text');
  const label = others.find((column) => column !== unit && column !== id && isText(column));
  return { label, unit, id, unused: others.filter((column) => ![label, unit, id].includes(column)) };
}

function readRow(
  cells: readonly TableCell[],
  row: number,
  periods: ReadonlyMap<number, number>,
  columns: Columns,
  toUnit: ToUnit,
): { row?: PeriodRow; label: string; problems: Problem<TableProblemCode>[] } {
  const written = [columns.label, columns.id, columns.unit].map((column) =>
    column === undefined ? '' : textOf(cells[column]),
  );
  const characters = namesOfHidden(written.join(' '));
  const [whole = '', id = '', named = ''] = written.map((text) => withoutHidden(text).trim());
  const { label, unit: behind } = splitUnit(whole, toUnit);
  const unitText = named === '' ? behind : toUnit(named);
  const problems: Problem<TableProblemCode>[] = [];
  if (characters !== '') problems.push(warning('table_characters_dropped', {}, { row, characters }));
  const filled = [...periods].filter(([column]) => textOf(cells[column]) !== '');
  if (filled.length === 0) return { label, problems };
  if (label === '' && id === '') {
    problems.push(warning('table_row_unnamed', {}, { row }));
    return { label, problems };
  }
  const unit = unitText === undefined ? undefined : parseUnit(unitText);
  if (unitText !== undefined && !unit) {
    problems.push(warning('table_unit_unknown', {}, { row, unit: unitText.slice(0, 60) }));
  }
  const values = new Map<number, number>();
  let isScaled = false;
  for (const [column, period] of filled) {
    const cell = cells[column];
    const place = { row, column: column + 1, text: textOf(cell).slice(0, 60) };
    if (cell?.kind !== 'number') problems.push(warning('table_cell_text', {}, place));
    else if (cell.isPercent && unit?.shown === 1) problems.push(warning('table_cell_percent', {}, place));
    else if (!cell.isPercent && unit && unit.shown > 1) {
      // the unit says percent, so that 9.9 is 9.9 %
      isScaled = true;
      values.set(period, cell.value / unit.shown);
    } else values.set(period, cell.value);
  }
  if (isScaled)
    problems.push(warning('table_unit_percent', {}, { row, label: label || id, unit: unitText ?? '' }));
  const found: PeriodRow = {
    row,
    label,
    ...(id !== '' && { id }),
    ...(unitText !== undefined && { unit: unitText }),
    values,
  };
  return { row: found, label, problems };
}

/** Takes a unit in brackets from the end of a label: `GDP（亿元）`. Brackets with anything else belong to the label. */
function splitUnit(text: string, toUnit: ToUnit): { label: string; unit: string | undefined } {
  const match = /^(.*\S)\s*[(（]([^()（）]*)[)）]$/s.exec(text);
  const written = match?.[2]?.trim();
  const unit = written ? toUnit(written) : undefined;
  return match && unit && parseUnit(unit)
    ? { label: match[1] ?? '', unit }
    : { label: text, unit: undefined };
}
