/** A table of two drivers as a heat map needs it: every entry with its side of the target, and the line between the sides. */
import type { Failure, Value } from '#quantity';
import type { ContouredTable, ContourPiece, MetRange, TableQuestion, TableSheet } from '#analysis';
import { tableValue } from '#analysis';

/** On which side an entry lies: without a number, of values that are not wanted, of those that are. */
export const SIDES = { none: 0, missed: 1, met: 2 } as const;

/** A driver along a side of the map. Unit: of its line; levels ascend. */
export interface SheetAxis {
  readonly line: string;
  readonly levels: readonly number[];
}

/** A heat map. Entries are row by row: `up` changes from row to row, `across` within one. */
export interface HeatSheet {
  readonly across: SheetAxis;
  readonly up: SheetAxis;
  readonly values: Float64Array;
  /** One of `SIDES` an entry. */
  readonly sides: Uint8Array;
  /** Missing where no entry has a number. */
  readonly least: number | null;
  readonly most: number | null;
  /** The values that are wanted: those that meet the target, else those from the present value on. */
  readonly wanted: MetRange;
  /** Lines between the sides, as places given by up and across levels. */
  readonly contour: readonly ContourPiece[];
  /** Where the drivers stand. */
  readonly present: { readonly across: number; readonly up: number };
  readonly failures: readonly Failure[];
  readonly sheet: TableSheet;
}

/** Builds the map from an answer; undefined for a table of one driver and for one that failed. */
export function heatSheet(
  question: TableQuestion,
  table: ContouredTable,
  wanted: MetRange,
): HeatSheet | undefined {
  const [sheet] = table.ok ? table.sheets : [];
  if (!table.ok || !sheet || !question.columns || table.present.column === null) return undefined;
  const sides = new Uint8Array(sheet.values.length);
  let [least, most] = [Infinity, -Infinity];
  for (let at = 0; at < sides.length; at += 1) {
    if (sheet.status[at] !== 0) continue;
    const value = sheet.values[at] as number;
    sides[at] = value >= wanted.from && value <= wanted.to ? SIDES.met : SIDES.missed;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return {
    across: { line: question.columns.lever.line, levels: question.columns.levels },
    up: { line: question.rows.lever.line, levels: question.rows.levels },
    values: sheet.values,
    sides,
    least: least > most ? null : least,
    most: least > most ? null : most,
    wanted,
    contour: table.contour,
    present: { across: table.present.column, up: table.present.row },
    failures: table.failures,
    sheet,
  };
}

/** The entry at a place of the map. */
export function heatValue(map: HeatSheet, up: number, across: number): Value {
  return tableValue(map.sheet, map.failures, up * map.across.levels.length + across);
}
