/** Which row of a sheet names the years. Where none does, the rows that could are given to be asked about. */
import { toHalfWidth } from '#quantity';
import { cellAt, placeText, type ForeignCell, type ForeignSheet } from './foreign-sheet.ts';

/** The head of a sheet. Row and columns from 0. */
export interface PeriodHead {
  readonly row: number;
  /** Periods by column, rising. */
  readonly periods: ReadonlyMap<number, number>;
}

/** A row that counts without naming years: 0, 1, 2 or Year 1, Year 2. */
export interface HeadCandidate {
  readonly sheet: string;
  /** From 0. */
  readonly row: number;
  /** What stands there, left to right. */
  readonly texts: readonly string[];
}

/** What a person says of a sheet without years: its head row from 0, and the year of the first column that counts. */
export interface ChosenHead {
  readonly row: number;
  readonly first: number;
}

/** Rows in which the years are looked for. */
const HEAD_ROWS = 60;

/** Finds the head: the first row with two years or more, rising, and no other number. */
export function findHead(sheet: ForeignSheet, chosen: ChosenHead | undefined): PeriodHead | undefined {
  if (chosen) {
    const counted = countedIn(sheet, chosen.row);
    const [first] = counted;
    if (!first) return undefined;
    return {
      row: chosen.row,
      periods: new Map(counted.map(({ column, number }) => [column, chosen.first + number - first.number])),
    };
  }
  for (let row = 0; row < Math.min(sheet.rows, HEAD_ROWS); row += 1) {
    const periods = periodsIn(sheet, row);
    if (periods) return { row, periods };
  }
  return undefined;
}

/** The periods of a row that names nothing but years. */
export function periodsIn(sheet: ForeignSheet, row: number): ReadonlyMap<number, number> | undefined {
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
function yearAfter({ kind, formula, row, column }: ForeignCell, last: number): number | undefined {
  const isNext =
    kind === 'empty' &&
    formula?.replaceAll('$', '').replace(/\s/g, '') === `${placeText({ row, column: column - 1 })}+1`;
  return isNext && Number.isFinite(last) ? last + 1 : undefined;
}

/** Rows that count upwards by one. */
export function findCandidates(sheet: ForeignSheet): HeadCandidate[] {
  const candidates: HeadCandidate[] = [];
  for (let row = 0; row < Math.min(sheet.rows, HEAD_ROWS); row += 1) {
    const counted = countedIn(sheet, row);
    if (counted.length >= 2)
      candidates.push({ sheet: sheet.name, row, texts: counted.map(({ text }) => text) });
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
