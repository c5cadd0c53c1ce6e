/** What a workbook of ours says of itself, read from its hidden sheet and checked before it is believed. */
import type { Plan, Scenario } from '#plan';
import { problem, type Problem } from '#quantity';
import { hashText } from '../document/content-hash.ts';
import { printCanonical } from '../document/canonical-text.ts';
import { readFile } from '../document/read-document.ts';
import { inflate } from '../link/deflate.ts';
import { MAX_WORKBOOK_INFLATED_BYTES } from '../limits.ts';
import type { WorkbookProblemCode } from '../problem.ts';
import {
  RECORD_FORMAT,
  RECORD_HASH_DIGITS,
  RECORD_SHEET,
  fromRecordText,
  type WorkbookRecord,
} from '../workbook/record-sheet.ts';
import { cellAt, type ForeignWorkbook } from './foreign-sheet.ts';

/** A record that was checked: its plan and scenarios are whole. */
export interface ReadRecord extends Omit<WorkbookRecord, 'document'> {
  readonly plan: Plan;
  /** Those that stand beside the plan's own. */
  readonly scenarios: readonly Scenario[];
  /** The id of the scenario that was in force. */
  readonly active: string;
}

/** The record; undefined where the workbook is none of ours; a problem where it is and cannot be read. */
export function readRecord(workbook: ForeignWorkbook): ReadRecord | Problem<WorkbookProblemCode> | undefined {
  const sheet = workbook.sheets.find(({ name }) => name === RECORD_SHEET);
  const said = (column: number) => (sheet ? cellAt(sheet, 0, column)?.value : undefined);
  if (!sheet || said(0) !== 'tuiyan') return undefined;
  const format = said(1);
  if (typeof format === 'number' && format > RECORD_FORMAT)
    return problem('workbook_newer', {}, { format, known: RECORD_FORMAT });
  let text = '';
  for (let row = 1; row < sheet.rows; row += 1) {
    const chunk = cellAt(sheet, row, 0)?.value;
    text += typeof chunk === 'string' ? chunk.slice(1) : '';
  }
  const bytes = hashText(text, RECORD_HASH_DIGITS) === said(2) ? fromRecordText(text) : undefined;
  const opened = bytes && inflate(bytes, MAX_WORKBOOK_INFLATED_BYTES);
  if (format !== RECORD_FORMAT || !opened?.ok) return problem('workbook_record');
  return checked(new TextDecoder().decode(opened.bytes)) ?? problem('workbook_record');
}

/** A right checksum says only that nothing was lost: a stranger can make one, too. */
function checked(text: string): ReadRecord | undefined {
  let record: unknown;
  let document: string;
  try {
    record = JSON.parse(text);
    if (!isFields(record) || !isFields(record.document)) return undefined;
    document = printCanonical({ ...record.document, format: record.exchange });
  } catch (error) {
    // no JSON, a number beyond all numbers, or nested without end: none of it was written by us
    if (error instanceof SyntaxError || error instanceof TypeError || error instanceof RangeError)
      return undefined;
    throw error;
  }
  // the document is one like any that arrives
  const read = readFile(document);
  if (!read.ok || read.document.kind !== 'bundle') return undefined;
  const { plan, scenarios, scenario: active } = read.document;
  const ids = new Set([...plan.scenarios, ...scenarios].map(({ id }) => id));
  const lines = new Set(plan.lines.map(({ id }) => id));
  const { columns, firstColumn, inputs, sheets, names } = record;
  if (!isListOf(columns, (id): id is string => typeof id === 'string' && ids.has(id))) return undefined;
  const isInput = (one: unknown): one is WorkbookRecord['inputs'][number] =>
    isFields(one) &&
    [one.row, one.from, one.to].every(isCount) &&
    isSlot(one.slot) &&
    lines.has(String(one.line)) &&
    isListOf(one.kinds, isKind) &&
    one.kinds.length === columns.length;
  if (!isCount(firstColumn) || !isListOf(inputs, isInput)) return undefined;
  if (!isListOf(sheets, isSheet) || !isListOf(names, isName)) return undefined;
  if (active === undefined || !ids.has(active)) return undefined;
  return { plan, scenarios, active, columns, firstColumn, inputs, sheets, names };
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOf<Item>(value: unknown, isItem: (one: unknown) => one is Item): value is Item[] {
  return Array.isArray(value) && value.every(isItem);
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0;
}

function isSlot(value: unknown): value is WorkbookRecord['inputs'][number]['slot'] {
  return ['level', 'value', 'add', 'scale', 'growth'].includes(String(value));
}

function isKind(value: unknown): value is WorkbookRecord['inputs'][number]['kinds'][number] {
  return ['number', 'link', 'rule', 'empty'].includes(String(value));
}

function isName(value: unknown): value is WorkbookRecord['names'][number] {
  return isFields(value) && typeof value.name === 'string' && typeof value.refersTo === 'string';
}

function isSheet(value: unknown): value is WorkbookRecord['sheets'][number] {
  if (!isFields(value) || typeof value.name !== 'string' || !isFields(value.cells)) return false;
  return Object.values(value.cells).every(
    (cell) => isFields(cell) && ['string', 'number'].includes(typeof (cell.formula ?? cell.value)),
  );
}
