/**
 * What a person has changed in a workbook of ours: the inputs, which can be taken, and every other cell, row and sheet, which
 * is said and not taken.
 */
import { warning, type Problem } from '#quantity';
import type { WorkbookProblemCode } from '../problem.ts';
import { RECORD_SHEET, type RecordedCell, type RecordedInput } from '../workbook/record-sheet.ts';
import { SELECTOR } from '../workbook/layout.ts';
import { printExcelWords, readExcelWords, type ExcelWord } from './excel-words.ts';
import {
  cellAt,
  placeText,
  type ForeignCell,
  type ForeignName,
  type ForeignSheet,
  type ForeignWorkbook,
} from './foreign-sheet.ts';
import type { ReadRecord } from './read-record.ts';
import { matchRows, type RowMatch } from './sheet-rows.ts';

/** One input that holds another number than it was written with. `after` null: it was emptied, and changes nothing now. */
export interface ChangedInput {
  readonly input: RecordedInput;
  readonly scenario: string;
  readonly before: number | null;
  readonly after: number | null;
  /** Where it stands now, for a reader: sheet and cell. */
  readonly sheet: string;
  readonly cell: string;
}

/** All that differs. */
export interface OwnDifferences {
  readonly inputs: readonly ChangedInput[];
  /** The scenario that the selector names; undefined where it names none. */
  readonly selected: string | undefined;
  readonly problems: readonly Problem<WorkbookProblemCode>[];
}

interface Pair {
  readonly written: ReadRecord['sheets'][number];
  readonly found: ForeignSheet;
  readonly rows: RowMatch;
}

/** Finds what differs; yields the share that is done. */
export function* findOwnDifferences(
  record: ReadRecord,
  workbook: ForeignWorkbook,
): Generator<number, OwnDifferences> {
  const problems: Problem<WorkbookProblemCode>[] = [];
  const pairs = pairSheets(record, workbook, problems);
  const byFound = new Map(pairs.map((pair) => [pair.found.name.toLowerCase(), pair]));
  const spelling = new Spelling(byFound);
  const inputs: ChangedInput[] = [];
  for (const [position, pair] of pairs.entries()) {
    const isDrivers = pair.written === record.sheets[0];
    const own = isDrivers ? readInputs(record, pair, spelling, inputs, problems) : new Set<string>();
    if (isDrivers) own.add(`${SELECTOR.row},${SELECTOR.column}`);
    compareOthers(pair, own, spelling, problems);
    yield (position + 1) / pairs.length;
  }
  compareNames(record, workbook, spelling, problems);
  const drivers = pairs.find(({ written }) => written === record.sheets[0]);
  return { inputs, selected: drivers && selectedIn(record, drivers), problems };
}

function pairSheets(
  record: ReadRecord,
  workbook: ForeignWorkbook,
  problems: Problem<WorkbookProblemCode>[],
): Pair[] {
  const others = workbook.sheets.filter(({ name }) => name !== RECORD_SHEET);
  const named = new Set(record.sheets.map(({ name }) => name));
  const strangers = others.filter(({ name }) => !named.has(name));
  const pairs = record.sheets.flatMap((written, position): Pair[] => {
    // a sheet that was only renamed stands where it stood
    const atPlace = others[position];
    const found =
      others.find(({ name }) => name === written.name) ??
      (atPlace && strangers.includes(atPlace) && others.length === record.sheets.length
        ? atPlace
        : undefined);
    if (!found) {
      problems.push(warning('workbook_sheet_gone', {}, { sheet: written.name }));
      return [];
    }
    return [{ written, found, rows: matchRows(written.cells, found) }];
  });
  for (const { name } of others) {
    if (!pairs.some(({ found }) => found.name === name))
      problems.push(warning('workbook_sheet_new', {}, { sheet: name }));
  }
  return pairs;
}

/** Formulas in one spelling: programs write the same one differently, and rows that moved take formulas with them. */
class Spelling {
  readonly #byFound: ReadonlyMap<string, Pair>;
  constructor(byFound: ReadonlyMap<string, Pair>) {
    this.#byFound = byFound;
  }

  written(text: string): string {
    return plainText(readExcelWords(text) ?? [], text);
  }

  /** As it would have been written: rows and sheets by what they were. */
  found(text: string, sheet?: ForeignSheet): string {
    const words = readExcelWords(text)?.map((word): ExcelWord => {
      if (word.kind !== 'cells') return word;
      const pair = this.#byFound.get((word.sheet ?? sheet?.name ?? '').toLowerCase());
      const row = (at: number) =>
        pair?.rows.toWritten.get(at) ?? (pair?.rows.inserted.includes(at) ? -2 : at);
      return {
        ...word,
        ...(word.sheet !== undefined && { sheet: pair?.written.name ?? word.sheet }),
        from: { ...word.from, row: row(word.from.row) },
        to: { ...word.to, row: row(word.to.row) },
      };
    });
    return plainText(words ?? [], text);
  }
}

/** Letters' case, brackets of TRUE() and blanks say nothing. */
function plainText(words: readonly ExcelWord[], text: string): string {
  const printed = words.length === 0 ? text : printExcelWords(words);
  return printed.toUpperCase().replace(/\b(TRUE|FALSE)\(\)/g, '$1');
}

function isSameNumber(a: number, b: number): boolean {
  // programs that write fifteen digits have not changed the number
  return a === b || Math.abs(a - b) <= 1e-14 * Math.max(Math.abs(a), Math.abs(b));
}

function isSameText(a: unknown, b: unknown): boolean {
  const plain = (text: unknown) => String(text).replace(/\r\n?/g, '\n');
  return plain(a) === plain(b);
}

function isUnchanged(
  written: RecordedCell | undefined,
  found: ForeignCell | undefined,
  sheet: ForeignSheet,
  spelling: Spelling,
): boolean {
  if (!written || !found) return !written && !found;
  if ('formula' in written)
    return (
      found.formula !== undefined &&
      spelling.written(written.formula) === spelling.found(found.formula, sheet)
    );
  if (found.formula !== undefined) return false;
  return typeof written.value === 'number'
    ? typeof found.value === 'number' && isSameNumber(written.value, found.value)
    : isSameText(written.value, found.value);
}

/** What stood there, for a reader. */
function writtenText(cell: RecordedCell | undefined): string {
  if (!cell || ('value' in cell && cell.value === '')) return '—';
  return 'formula' in cell ? `=${cell.formula}` : String(cell.value);
}

function foundText(cell: ForeignCell | undefined): string {
  if (!cell) return '—';
  return cell.formula === undefined ? String(cell.value) : `=${cell.formula}`;
}

/** Long texts are cut: a sentence names them, it does not repeat them. */
function brief(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function readInputs(
  record: ReadRecord,
  { written, found, rows }: Pair,
  spelling: Spelling,
  inputs: ChangedInput[],
  problems: Problem<WorkbookProblemCode>[],
): Set<string> {
  const own = new Set<string>();
  // what a scenario's input of the row before has become: a link repeats it
  const before = new Map<string, { readonly row: number; readonly change: ChangedInput }>();
  for (const input of record.inputs) {
    const row = rows.toFound.get(input.row);
    record.columns.forEach((scenario, position) => {
      const column = record.firstColumn + position;
      const key = `${input.row},${column}`;
      own.add(key);
      if (row === undefined) return;
      const was = written.cells[key];
      const cell = cellAt(found, row, column);
      const place = { sheet: found.name, cell: placeText({ row, column }) };
      const number = was && 'value' in was && typeof was.value === 'number' ? was.value : null;
      const change = (after: number | null): void => {
        const changed = { input, scenario, before: number, after, ...place };
        inputs.push(changed);
        before.set(scenario, { row: input.row, change: changed });
      };
      if (isUnchanged(was, cell, found, spelling)) {
        const above = before.get(scenario);
        if (input.kinds[position] === 'link' && above?.row === input.row - 1) change(above.change.after);
        return;
      }
      const args = { ...place, before: brief(writtenText(was)), after: brief(foundText(cell)) };
      if (!cell) {
        if (input.slot === 'level' || !was || 'formula' in was)
          problems.push(warning('workbook_input_empty', {}, args));
        else change(null);
      } else if (cell.formula !== undefined) problems.push(warning('workbook_input_formula', {}, args));
      else if (typeof cell.value !== 'number') problems.push(warning('workbook_input_text', {}, args));
      else change(cell.value);
    });
  }
  return own;
}

function compareOthers(
  { written, found, rows }: Pair,
  own: ReadonlySet<string>,
  spelling: Spelling,
  problems: Problem<WorkbookProblemCode>[],
): void {
  const sheet = found.name;
  for (const row of rows.gone) problems.push(warning('workbook_row_gone', {}, { sheet, row: row + 1 }));
  for (const row of rows.inserted) problems.push(warning('workbook_row_new', {}, { sheet, row: row + 1 }));
  const keys = new Set(Object.keys(written.cells));
  for (const { row, column } of found.cells.values()) {
    const was = rows.toWritten.get(row);
    if (was !== undefined) keys.add(`${was},${column}`);
  }
  for (const key of keys) {
    if (own.has(key)) continue;
    const [was = 0, column = 0] = key.split(',').map(Number);
    const row = rows.toFound.get(was);
    if (row === undefined) continue;
    const cell = cellAt(found, row, column);
    if (isUnchanged(written.cells[key], cell, found, spelling)) continue;
    // the head of a sheet may repeat a name that is calculated; an empty text is nothing
    if (!written.cells[key] && cell?.kind === 'empty') continue;
    problems.push(
      warning(
        'workbook_cell_changed',
        {},
        {
          sheet,
          cell: placeText({ row, column }),
          before: brief(writtenText(written.cells[key])),
          after: brief(foundText(cell)),
        },
      ),
    );
  }
}

function compareNames(
  record: ReadRecord,
  workbook: ForeignWorkbook,
  spelling: Spelling,
  problems: Problem<WorkbookProblemCode>[],
): void {
  for (const { name, refersTo } of record.names) {
    // a program that copies a sheet copies its names for that sheet alone; the one for all is what counts
    const all = workbook.names.filter((one) => one.name.toLowerCase() === name.toLowerCase());
    const now = all.find(({ sheet }) => sheet === undefined) ?? all[0];
    const isSame = (one: ForeignName) => spelling.found(one.refersTo) === spelling.written(refersTo);
    if (all.some(isSame)) continue;
    problems.push(
      warning('workbook_name_changed', {}, { name, before: refersTo, after: now?.refersTo ?? '' }),
    );
  }
}

function selectedIn(record: ReadRecord, { written, found, rows }: Pair): string | undefined {
  const row = rows.toFound.get(SELECTOR.row);
  const name = row === undefined ? undefined : cellAt(found, row, SELECTOR.column)?.value;
  const heads = record.inputs.length === 0 ? undefined : headRow(record, written);
  return record.columns.find((_, position) => {
    const head = heads?.(position);
    return head !== undefined && isSameText(head, name);
  });
}

/** The names of the scenarios stand over their columns, in the last row above the inputs that is filled there. */
function headRow(record: ReadRecord, written: Pair['written']): (position: number) => unknown {
  const top = Math.min(...record.inputs.map(({ row }) => row));
  return (position) => {
    for (let row = top - 1; row >= 0; row -= 1) {
      const cell = written.cells[`${row},${record.firstColumn + position}`];
      if (cell && 'value' in cell) return cell.value;
    }
    return undefined;
  };
}
