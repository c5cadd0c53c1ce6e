/**
 * The hidden sheet by which a workbook of ours is known when it comes back: what was written, so that what a person has
 * changed since can be told cell by cell, whatever this program writes by then.
 */
import type { Plan, Scenario } from '#plan';
import { printCanonical } from '../document/canonical-text.ts';
import { hashText } from '../document/content-hash.ts';
import { EXCHANGE_FORMAT, toBundle, type Bundle } from '../document/exchange-document.ts';
import { deflate } from '../link/deflate.ts';
import { fromBase64Url, toBase64Url } from '../link/base64url.ts';
import { DRIVERS, type Layout } from './layout.ts';
import type { InputRow } from './input-rows.ts';
import { excelNumber } from './translate.ts';
import { SheetBuilder, type DefinedName, type Sheet, type Shown } from './sheet.ts';

/** The name of the sheet; no plan is asked for it, as it is never shown. */
export const RECORD_SHEET = '_tuiyan';

/** The format of the record that this program writes. */
export const RECORD_FORMAT = 1;

/** Digits of the checksum in front of the record. */
export const RECORD_HASH_DIGITS = 16;

/** Characters in one cell: Excel takes 32,767. */
const CHUNK = 30_000;

/** A cell as it was written: a value, or a formula. */
export type RecordedCell = { readonly value: Shown } | { readonly formula: string };

/** One input of the sheet of drivers; rows and columns from 0, periods by calendar. */
export interface RecordedInput {
  readonly row: number;
  readonly line: string;
  readonly slot: InputRow['slot'];
  readonly from: number;
  readonly to: number;
  /** What each scenario had there. */
  readonly kinds: readonly InputRow['cells'][number]['kind'][];
}

/** All that a workbook of ours says of itself. */
export interface WorkbookRecord {
  readonly document: Bundle;
  /** The scenarios of the columns, from `firstColumn` on. */
  readonly columns: readonly string[];
  readonly firstColumn: number;
  readonly inputs: readonly RecordedInput[];
  /** Drivers, lines, targets, sources; cells by `row,column` from 0. */
  readonly sheets: readonly {
    readonly name: string;
    readonly cells: Readonly<Record<string, RecordedCell>>;
  }[];
  readonly names: readonly DefinedName[];
}

/** Builds the sheet; `sheets` are those that a reader sees. */
export function buildRecordSheet(
  plan: Plan,
  scenarios: {
    readonly columns: readonly Scenario[];
    readonly known: readonly Scenario[];
    readonly active: string;
  },
  layout: Layout,
  sheets: readonly Sheet[],
  names: readonly DefinedName[],
): Sheet {
  const all = new Map([...scenarios.known, ...scenarios.columns].map((one) => [one.id, one]));
  const record: WorkbookRecord = {
    document: toBundle(plan, [...all.values()], scenarios.active),
    columns: scenarios.columns.map(({ id }) => id),
    firstColumn: DRIVERS.firstScenario,
    inputs: layout.inputEntries.flatMap((entry) =>
      entry.kind === 'row' ? [recordedInput(plan, layout, entry.row)] : [],
    ),
    sheets: sheets.map(({ name, cells }) => ({ name, cells: recordedCells(cells) })),
    names,
  };
  const bytes = new TextEncoder().encode(printCanonical({ ...record, exchange: EXCHANGE_FORMAT }));
  const text = toRecordText(deflate(bytes));
  const sheet = new SheetBuilder();
  sheet.putRow(0, ['tuiyan', RECORD_FORMAT, hashText(text, RECORD_HASH_DIGITS)]);
  for (let at = 0, row = 1; at < text.length; at += CHUNK, row += 1) {
    // a letter in front, so that no program takes the text for a number or a formula
    sheet.put({ row, column: 0 }, { value: `r${text.slice(at, at + CHUNK)}` });
  }
  return sheet.build({ name: RECORD_SHEET, widths: [12], frozen: { rows: 0, columns: 0 }, isHidden: true });
}

/** Bytes as text. Without underscores: programs read `_x41_` in a cell as a character, and some `_xe_`, too. */
function toRecordText(bytes: Uint8Array): string {
  return toBase64Url(bytes).replaceAll('_', '.');
}

/** Reads back what `toRecordText` has written; undefined for any other text. */
export function fromRecordText(text: string): Uint8Array | undefined {
  return text.includes('_') ? undefined : fromBase64Url(text.replaceAll('.', '_'));
}

function recordedInput(plan: Plan, layout: Layout, row: InputRow): RecordedInput {
  return {
    row: layout.inputRow(row),
    line: plan.lines[row.line]?.id ?? '',
    slot: row.slot,
    from: plan.periods.first + row.from,
    to: plan.periods.first + row.to,
    kinds: row.cells.map(({ kind }) => kind),
  };
}

function recordedCells(cells: Sheet['cells']): Record<string, RecordedCell> {
  const recorded: Record<string, RecordedCell> = {};
  for (const [key, { value, formula }] of cells) {
    if (formula !== undefined) recorded[key] = { formula };
    else if (typeof value === 'number') recorded[key] = { value: excelNumber(value) };
    else if (value !== undefined && value !== '') recorded[key] = { value };
  }
  return recorded;
}
