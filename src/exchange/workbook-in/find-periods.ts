/** Which row of a sheet names the years. Where none does, the rows that could are given to be asked about. */
import { toHalfWidth } from '#quantity';
import { MAX_PERIODS } from '#plan';
import { cellAt, placeText, rowText, type ForeignCell, type ForeignSheet } from './foreign-sheet.ts';
import { turnSheet } from './turned-sheet.ts';

/** The head of a sheet. Row and columns from 0. */
export interface PeriodHead {
  readonly row: number;
  /** Periods by column, rising. */
  readonly periods: ReadonlyMap<number, number>;
}

/** A row or a column that could be the head: it names years, or counts without naming them: 0, 1, 2 or Year 1, Year 2. */
export interface HeadCandidate {
  /** The row from 0; the column where `isColumn` says so. */
  readonly row: number;
  /** The same for a reader, as it is in the file: `3`, or a column's letters. */
  readonly place: string;
  /** The years stand in a column: the sheet would be read with its columns as rows. */
  readonly isColumn: boolean;
  /** What stands there, in order. */
  readonly texts: readonly string[];
  /** The first year that is named; undefined where the row only counts. */
  readonly first: number | undefined;
}

/**
 * What a person says of a sheet: its head, as a candidate has it, and the year of the first that counts, where none is named;
 * or that it has none.
 */
export type ChosenHead = 'none' | PointedHead;

interface PointedHead {
  readonly row: number;
  readonly isColumn?: boolean;
  readonly first?: number;
}

/** Which head a sheet was read with, and which it could have. */
export interface SheetHead {
  readonly sheet: string;
  /** Undefined where there is none: nothing of the sheet has years. */
  readonly used: HeadCandidate | undefined;
  readonly candidates: readonly HeadCandidate[];
}

/** Rows in which the years are looked for. */
const HEAD_ROWS = 60;

/** A sheet as it is read, with its head where it has one. */
export interface FacedSheet {
  readonly sheet: ForeignSheet;
  readonly head: PeriodHead | undefined;
  readonly choice: SheetHead;
}

/** Finds the head of a sheet: what a person has chosen, else a row that names years. Years in a column are only offered. */
export function faceSheet(sheet: ForeignSheet, chosen: ChosenHead | undefined): FacedSheet {
  const [across, down] = [findCandidates(sheet), findCandidates(turnSheet(cornerOf(sheet)))];
  // two numbers below each other are no sign yet
  const candidates = [
    ...across,
    ...down.filter(({ first, texts }) => first !== undefined || texts.length > 2),
  ];
  const pointed = chosen === 'none' ? undefined : chosen;
  const faced = pointed?.isColumn === true ? turnSheet(sheet) : sheet;
  const head = chosen === 'none' ? undefined : findHead(faced, pointed);
  const isUsed = ({ row, isColumn }: HeadCandidate) =>
    row === head?.row && isColumn === (faced.isTurned ?? false);
  const candidate = candidates.find(isUsed);
  const used = candidate && { ...candidate, first: candidate.first ?? pointed?.first };
  return { sheet: faced, head, choice: { sheet: sheet.name, used, candidates } };
}

/** The first columns of a sheet, as far as years could go down in them: what they name is asked without turning the whole sheet. */
function cornerOf(sheet: ForeignSheet): ForeignSheet {
  const [rows, columns] = [Math.min(sheet.rows, MAX_PERIODS + HEAD_ROWS), Math.min(sheet.columns, HEAD_ROWS)];
  const cells = new Map<string, ForeignCell>();
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1) {
      const cell = cellAt(sheet, row, column);
      if (cell) cells.set(`${row},${column}`, cell);
    }
  return { ...sheet, cells, rows, columns };
}

/** Finds the head: the first row with two years or more, rising, and no other number. */
function findHead(sheet: ForeignSheet, chosen: PointedHead | undefined): PeriodHead | undefined {
  if (chosen) {
    const { row, first: wanted } = chosen;
    const named = periodsIn(sheet, row);
    if (named) return { row, periods: named };
    const counted = countedIn(sheet, row);
    const [first] = counted;
    if (!first || wanted === undefined) return undefined;
    return {
      row,
      periods: new Map(counted.map(({ column, number }) => [column, wanted + number - first.number])),
    };
  }
  for (let row = 0; row < Math.min(sheet.rows, HEAD_ROWS); row += 1) {
    const periods = periodsIn(sheet, row);
    if (periods) return { row, periods };
  }
  return undefined;
}

/** The periods of a row that names nothing but years. */
function periodsIn(sheet: ForeignSheet, row: number): ReadonlyMap<number, number> | undefined {
  const periods = new Map<number, number>();
  let last = -Infinity;
  for (let column = 0; column < sheet.columns; column += 1) {
    const cell = cellAt(sheet, row, column);
    const period = cell && (yearOf(cell) ?? yearAfter(cell, last));
    if (period === undefined) {
      if (cell?.kind === 'number') return undefined;
      continue;
    }
    if (period <= last) return undefined;
    last = period;
    periods.set(column, period);
  }
  return periods.size >= 2 ? periods : undefined;
}

/** Whether a row names just these periods again, whatever stands beside them. */
export function namesPeriods(
  sheet: ForeignSheet,
  row: number,
  periods: ReadonlyMap<number, number>,
): boolean {
  let last = -Infinity;
  for (const [column, period] of periods) {
    const cell = cellAt(sheet, row, column);
    if (!cell || (yearOf(cell) ?? yearAfter(cell, last)) !== period) return false;
    last = period;
  }
  return periods.size > 0;
}

/** Other years that a row below the head names, one after the other: those of a second table. */
export function otherYears(
  sheet: ForeignSheet,
  row: number,
):
  | {
      readonly columns: ReadonlySet<number>;
      readonly said: { readonly first: number; readonly last: number };
    }
  | undefined {
  const periods = periodsIn(sheet, row);
  if (!periods) return undefined;
  const years = [...periods.values()];
  const [first = 0, last = 0] = [years[0], years.at(-1)];
  const isGapless = last - first === years.length - 1;
  const isText = [...periods.keys()].every((column) => cellAt(sheet, row, column)?.kind !== 'number');
  // two numbers that follow each other may well be counted
  if (!isGapless || (years.length < 3 && !isText)) return undefined;
  return { columns: new Set(periods.keys()), said: { first, last } };
}

/** A year: 2021 as a number or a text, 2021年末, FY2021, 2021E, the last day of a year. */
function yearOf({ kind, value, format }: ForeignCell): number | undefined {
  if (kind === 'number') {
    const isYear = Number.isInteger(value) && Number(value) >= 1900 && Number(value) <= 2200;
    return isYear && !format?.includes('%') ? Number(value) : undefined;
  }
  if (kind === 'date')
    return /^(\d{4})-12-31$/.exec(String(value)) ? Number(String(value).slice(0, 4)) : undefined;
  if (kind !== 'text') return undefined;
  const text = toHalfWidth(String(value)).trim();
  const year =
    /^(?:FY\s*)?(\d{4})\s*(?:年(?:度|末|底)?)?\s*[AEFPB]?\s*(?:\([^)]*\))?$/i.exec(text) ??
    /^(\d{4})(?:-12-31|\/12\/31|\.12\.31|年12月31日)$/.exec(text);
  const period = Number(year?.[1]);
  return period >= 1000 ? period : undefined;
}

/** The year after the one to the left, where the file holds the formula and no value of it. */
function yearAfter(cell: ForeignCell, last: number): number | undefined {
  const isNext =
    cell.kind === 'empty' &&
    cell.formula?.replaceAll('$', '').replace(/\s/g, '') ===
      `${placeText({ ...cell, column: cell.column - 1 })}+1`;
  return isNext && Number.isFinite(last) ? last + 1 : undefined;
}

/** Rows that name years, or count upwards by one. */
function findCandidates(sheet: ForeignSheet): HeadCandidate[] {
  const candidates: HeadCandidate[] = [];
  const isColumn = sheet.isTurned ?? false;
  for (let row = 0; row < Math.min(sheet.rows, HEAD_ROWS); row += 1) {
    const periods = periodsIn(sheet, row);
    const texts = periods ? [...periods.values()].map(String) : countedIn(sheet, row).map(({ text }) => text);
    const first = periods && Math.min(...periods.values());
    if (texts.length >= 2)
      candidates.push({ row, place: String(rowText(sheet, row)), isColumn, texts, first });
  }
  return candidates;
}

function countedIn(sheet: ForeignSheet, row: number): { column: number; number: number; text: string }[] {
  const counted: { column: number; number: number; text: string }[] = [];
  for (let column = 0; column < sheet.columns; column += 1) {
    const cell = cellAt(sheet, row, column);
    const text = cell ? String(cell.value ?? '').trim() : '';
    const digits = cell?.kind === 'number' ? text : /(?:^|\D)(\d{1,4})\D{0,2}$/.exec(text)?.[1];
    const number = Number(digits);
    if (digits === undefined || text === '' || !Number.isInteger(number)) continue;
    const last = counted.at(-1);
    // what does not go on by one is no count
    if (last && number !== last.number + 1) return counted.length >= 2 ? counted : [];
    counted.push({ column, number, text });
  }
  return counted;
}
