/** A table in a text file or on the clipboard: CSV and TSV, out and in. What was guessed is said, so that it can be changed. */
import { problem, warning, type Problem } from '#quantity';
import { MAX_CELL_CHARACTERS, MAX_LISTED_PROBLEMS, MAX_TABLE_BYTES, MAX_TABLE_CELLS } from '../limits.ts';
import type { TableProblemCode } from '../problem.ts';
import {
  disarm,
  readDelimited,
  rearm,
  writeDelimited,
  type Delimiter,
  type Field,
} from './delimited-text.ts';
import { evidenceOf, readNumber, writeNumber, type DecimalSign } from './number-cell.ts';

/** What a cell of a table holds. `text` is how it was written. */
export type TableCell =
  | { readonly kind: 'empty' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string; readonly value: number; readonly isPercent: boolean };

/** The encodings in which tables arrive: spreadsheets of a Chinese Windows write the last. */
export type TableEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

/** How a table is read. */
export interface TableReading {
  readonly encoding: TableEncoding;
  readonly delimiter: Delimiter;
  readonly decimal: DecimalSign;
}

/** A table that was read. */
export interface Table {
  /** Row by row, rows of different lengths as they stand. */
  readonly rows: readonly (readonly TableCell[])[];
  readonly reading: TableReading;
  /** Parts of the reading that the text leaves open: they were guessed, and another choice is as possible. */
  readonly unsure: readonly (keyof TableReading)[];
  /** Cells and quotes that a reader should look at. */
  readonly problems: readonly Problem<TableProblemCode>[];
}

/** Either the table or why there is none. */
export type ReadTable =
  | { readonly ok: true; readonly table: Table }
  | { readonly ok: false; readonly problems: readonly Problem<TableProblemCode>[] };

/** What a cell becomes: a number stays a number, a text is made harmless, null is empty. */
export type CellToWrite = string | number | null | { readonly percent: number };

/** How a table is written; by default as Excel opens it: commas and points. */
export interface TableWriting {
  readonly delimiter?: Delimiter;
  readonly decimal?: DecimalSign;
}

/** Writes a table as text. Text cells that a spreadsheet would run as formulas are disarmed; numbers are exact. */
export function printTable(
  rows: readonly (readonly CellToWrite[])[],
  { delimiter = ',', decimal = '.' }: TableWriting = {},
): string {
  const write = (cell: CellToWrite): string => {
    if (cell === null) return '';
    if (typeof cell === 'string') return disarm(cell);
    return typeof cell === 'number' ? writeNumber(cell, decimal) : writeNumber(cell.percent, decimal, true);
  };
  return writeDelimited(
    rows.map((row) => row.map(write)),
    delimiter,
  );
}

/** Writes a table as the bytes of a file: UTF-8 with the mark at its beginning by which Excel knows it. */
export function writeTable(
  rows: readonly (readonly CellToWrite[])[],
  writing: TableWriting = {},
): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`\ufeff${printTable(rows, writing)}`);
}

/** Reads a table from the bytes of a file or from pasted text; `chosen` replaces what would be guessed. */
export function readTable(given: Uint8Array | string, chosen: Partial<TableReading> = {}): ReadTable {
  const size = typeof given === 'string' ? given.length : given.byteLength;
  if (size > MAX_TABLE_BYTES) {
    const megabytes = (bytes: number) => String(Math.round(bytes / 100_000) / 10);
    return refuse('table_too_large', { size: megabytes(size), limit: megabytes(MAX_TABLE_BYTES) });
  }
  const decoded = typeof given === 'string' ? asText(given) : decode(given, chosen.encoding);
  if (!decoded) return refuse('table_encoding');
  const { text, encoding } = decoded;
  if (text.trim() === '') return refuse('table_empty');
  const guessed = guessDelimiter(text);
  const delimiter = chosen.delimiter ?? guessed.delimiter;
  const read = readDelimited(text, delimiter, MAX_TABLE_CELLS);
  if (read.isCut) return refuse('table_too_many_cells', { limit: MAX_TABLE_CELLS });
  const long = findLongCell(read.records);
  if (long) return refuse('table_cell_too_long', { ...long, limit: MAX_CELL_CHARACTERS });
  const evidence = guessDecimal(read.records);
  const decimal = chosen.decimal ?? evidence.decimal;
  const problems = read.faults.map(({ kind, line }) =>
    warning<TableProblemCode>(kind === 'open' ? 'table_quote_open' : 'table_quote', {}, { line }),
  );
  const isOpen = chosen.decimal === undefined && !evidence.isSure;
  const rows = read.records.map((record, row) =>
    record.map((field, column) => {
      const { cell, code } = toCell(field, decimal, isOpen);
      if (code)
        problems.push(warning(code, {}, { row: row + 1, column: column + 1, text: field.text.slice(0, 60) }));
      return cell;
    }),
  );
  const unsure: (keyof TableReading)[] = [];
  if (chosen.encoding === undefined && !decoded.isSure) unsure.push('encoding');
  if (chosen.delimiter === undefined && !guessed.isSure) unsure.push('delimiter');
  if (isOpen && evidence.isAsked) unsure.push('decimal');
  return {
    ok: true,
    table: { rows, reading: { encoding, delimiter, decimal }, unsure, problems: firstOf(problems) },
  };
}

function refuse(code: TableProblemCode, args: Readonly<Record<string, string | number>> = {}): ReadTable {
  return { ok: false, problems: [problem(code, {}, args)] };
}

/** The first problems, and how many more there are. */
export function firstOf(problems: readonly Problem<TableProblemCode>[]): Problem<TableProblemCode>[] {
  const count = problems.length - MAX_LISTED_PROBLEMS;
  return count <= 0
    ? [...problems]
    : [...problems.slice(0, MAX_LISTED_PROBLEMS), warning('table_more_problems', {}, { count })];
}

interface Decoded {
  readonly text: string;
  readonly encoding: TableEncoding;
  readonly isSure: boolean;
}

function asText(text: string): Decoded {
  return { text: text.replace(/^\ufeff/, ''), encoding: 'utf-8', isSure: true };
}

function decode(bytes: Uint8Array, chosen: TableEncoding | undefined): Decoded | undefined {
  const [first, second] = bytes;
  const marked =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : null;
  const attempts: readonly TableEncoding[] = chosen ? [chosen] : marked ? [marked] : ['utf-8', 'gb18030'];
  for (const encoding of attempts) {
    const text = decodeAs(bytes, encoding);
    // text that is no UTF-8 is most often GB 18030 here, but other encodings read as that too
    if (text !== undefined && !text.includes('\0')) return { text, encoding, isSure: encoding !== 'gb18030' };
  }
  return undefined;
}

function decodeAs(bytes: Uint8Array, encoding: TableEncoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** In a tie the first wins: commas stand inside numbers and texts more often than the others. */
const DELIMITERS: readonly Delimiter[] = ['\t', ';', '|', ','];

/** Records, and characters, that are looked at to find the delimiter. */
const LOOKED_AT = 50;
const LOOKED_AT_CHARACTERS = 100_000;

/** The delimiter with which the most records have the same number of fields, more than one. */
function guessDelimiter(text: string): { delimiter: Delimiter; isSure: boolean } {
  const start = text.slice(0, LOOKED_AT_CHARACTERS);
  const scored = DELIMITERS.map((delimiter) => {
    const { records } = readDelimited(start, delimiter, MAX_TABLE_CELLS, LOOKED_AT);
    const counts = new Map<number, number>();
    for (const record of records) counts.set(record.length, (counts.get(record.length) ?? 0) + 1);
    const score = Math.max(
      0,
      ...[...counts].map(([fields, times]) => (fields > 1 ? times * Math.min(fields, 4) : 0)),
    );
    return { delimiter, score };
  }).sort((a, b) => b.score - a.score);
  const [best, next] = scored;
  if (!best || best.score === 0) return { delimiter: ',', isSure: true };
  return { delimiter: best.delimiter, isSure: best.score !== next?.score };
}

/** The decimal sign that the cells speak for; the point where they say nothing, or both. */
function guessDecimal(records: readonly (readonly Field[])[]): {
  decimal: DecimalSign;
  isSure: boolean;
  /** Some cell depends on the answer. */
  isAsked: boolean;
} {
  const count = { '.': 0, ',': 0, either: 0, none: 0 };
  for (const record of records) for (const { text } of record) count[evidenceOf(text)] += 1;
  const isSure = count['.'] > 0 !== count[','] > 0;
  return {
    decimal: count[','] > count['.'] ? ',' : '.',
    isSure,
    isAsked: count['.'] + count[','] + count.either > 0,
  };
}

function findLongCell(
  records: readonly (readonly Field[])[],
): { row: number; column: number; characters: number } | undefined {
  for (const [row, record] of records.entries()) {
    for (const [column, { text }] of record.entries()) {
      if (text.length > MAX_CELL_CHARACTERS)
        return { row: row + 1, column: column + 1, characters: text.length };
    }
  }
  return undefined;
}

function toCell(
  { text }: Field,
  decimal: DecimalSign,
  isOpen: boolean,
): { cell: TableCell; code?: TableProblemCode } {
  if (text.trim() === '') return { cell: { kind: 'empty' } };
  const number = readNumber(text, decimal);
  if (number === undefined) {
    const cell: TableCell = { kind: 'text', text: rearm(text) };
    // a number of the other custom would go unseen as a text
    return isOpen && evidenceOf(text) !== 'none' ? { cell, code: 'table_number_ambiguous' } : { cell };
  }
  if (typeof number === 'string') {
    const code = number === 'digits' ? 'table_number_digits' : 'table_number_not_finite';
    return { cell: { kind: 'text', text }, code };
  }
  const cell: TableCell = { kind: 'number', text, ...number };
  return isOpen && evidenceOf(text) === 'either' ? { cell, code: 'table_number_ambiguous' } : { cell };
}
