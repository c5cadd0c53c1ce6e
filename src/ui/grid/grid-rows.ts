/**
 * Which rows and columns the grid has, and which of them are shown. Row numbers and column letters belong to the whole
 * grid: folding hides them and renames nothing, so that an address always means the same cell. Pure.
 */
import type { Sheet } from '#formula';
import type { Line, Plan } from '#plan';

/** One row: the band of a section, or a line. `number` counts from 1 over the whole grid. */
export type GridRow =
  | {
      readonly kind: 'section';
      readonly number: number;
      readonly section: Plan['sections'][number];
      readonly lines: number;
      readonly isFolded: boolean;
    }
  | { readonly kind: 'line'; readonly number: number; readonly line: Line };

/** One column. Letters name the columns that a formula can address, and the two before them. */
export type GridColumn =
  | { readonly kind: 'name' | 'unit'; readonly letter: string }
  | {
      readonly kind: 'period';
      readonly letter: string;
      readonly period: number;
      readonly era: 'history' | 'base' | 'forecast';
      /** Periods that are folded away before this one. */
      readonly hidden: readonly number[];
      /** Whether this is the first period that unfolding brought out, and folding would hide. */
      readonly isFoldable: boolean;
    }
  | { readonly kind: 'target' | 'status' | 'trend' };

/** Columns before the first period. */
const LEADING = 2;

/** Columns that stay in place when the periods scroll. */
export const FROZEN_COLUMNS = LEADING;

/** Writes a column's letters, counted from 1: 27 is AA. */
export function lettersOf(column: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

/** Lists all rows: each section's band and then its lines. A section without lines has no band. */
export function allRows(plan: Plan, folded: ReadonlySet<string>): GridRow[] {
  const rows: GridRow[] = [];
  const bySection = new Map<string, Line[]>();
  for (const line of plan.lines) {
    const known = bySection.get(line.section);
    if (known) known.push(line);
    else bySection.set(line.section, [line]);
  }
  for (const section of plan.sections) {
    const lines = bySection.get(section.id) ?? [];
    if (lines.length === 0) continue;
    const isFolded = folded.has(section.id);
    rows.push({ kind: 'section', number: rows.length + 1, section, lines: lines.length, isFolded });
    for (const line of lines) rows.push({ kind: 'line', number: rows.length + 1, line });
  }
  return rows;
}

/** The rows that are shown: lines of folded sections are not. */
export function shownRows(rows: readonly GridRow[]): GridRow[] {
  let isFolded = false;
  return rows.filter((row) => {
    if (row.kind === 'section') isFolded = row.isFolded;
    return row.kind === 'section' || !isFolded;
  });
}

/** The periods before the base in which no line was observed: nothing is lost when they are folded away. */
export function emptyPast(plan: Plan, periods: readonly number[]): ReadonlySet<number> {
  const observed = new Set(plan.lines.flatMap((line) => (line.figures ?? []).map(({ period }) => period)));
  return new Set(periods.filter((period) => period < plan.periods.base && !observed.has(period)));
}

/** The columns that are shown; `hidden` periods leave a mark on the column after them. */
export function shownColumns(
  plan: Plan,
  periods: readonly number[],
  empty: ReadonlySet<number>,
  isPastShown: boolean,
): GridColumn[] {
  const columns: GridColumn[] = [
    { kind: 'name', letter: lettersOf(1) },
    { kind: 'unit', letter: lettersOf(2) },
  ];
  let hidden: number[] = [];
  let isAfterEmpty = false;
  periods.forEach((period, index) => {
    const isEmpty = empty.has(period);
    if (isEmpty && !isPastShown) {
      hidden.push(period);
      return;
    }
    const { base } = plan.periods;
    columns.push({
      kind: 'period',
      letter: lettersOf(LEADING + 1 + index),
      period,
      era: period < base ? 'history' : period === base ? 'base' : 'forecast',
      hidden,
      isFoldable: isEmpty && !isAfterEmpty,
    });
    isAfterEmpty = isEmpty;
    hidden = [];
  });
  if (plan.targets.length > 0) columns.push({ kind: 'target' }, { kind: 'status' });
  columns.push({ kind: 'trend' });
  return columns;
}

/** What A1 addresses mean in this grid. */
export function sheetOf(rows: readonly GridRow[], periods: readonly number[]): Sheet {
  return {
    cellAt(column, row) {
      const at = rows[row - 1];
      const period = periods[column - LEADING - 1];
      return at?.kind === 'line' && period !== undefined ? { line: at.line.id, period } : undefined;
    },
  };
}

/** The address of a cell: `F12`; undefined when the grid does not have it. */
export function addressOf(
  rows: readonly GridRow[],
  periods: readonly number[],
  line: string,
  period: number,
): string | undefined {
  const row = rows.find((one) => one.kind === 'line' && one.line.id === line);
  const index = periods.indexOf(period);
  return row && index >= 0 ? `${lettersOf(LEADING + 1 + index)}${row.number}` : undefined;
}
