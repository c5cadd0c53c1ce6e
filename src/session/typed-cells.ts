/** What a person typed or pasted into cells, understood as a whole: all of it becomes overlays, or none. */
import type { Problem, Unit } from '#quantity';
import type { LineOverlay, Periods } from '#plan';
import type { FormulaContext } from '#formula';
import { readEntry, type CellEntry, type EntryProblemCode } from './cell-entry.ts';
import { withFormula, withValue, withoutEntry } from './overlay-edits.ts';

/** A cell that was typed or pasted into. */
export interface TypedCell {
  readonly line: string;
  readonly period: number;
  readonly text: string;
}

/** A cell whose entry was refused. */
export interface RefusedCell extends TypedCell {
  readonly problem: Problem<EntryProblemCode>;
}

/** What is asked about the plan while cells are understood. */
export interface CellSurroundings {
  readonly periods: Periods;
  unitOf(line: string): Unit;
  /** What a formula in this period may refer to. */
  contextAt(period: number): FormulaContext;
  /** What the open scenario says about a line so far. */
  overlayOf(line: string): LineOverlay | null;
}

/** The overlays that typed cells lead to, or the cells that were refused. */
export type UnderstoodCells =
  | { readonly ok: true; readonly overlays: ReadonlyMap<string, LineOverlay | null> }
  | { readonly ok: false; readonly refused: readonly RefusedCell[] };

/** Understands typed cells in order: a number overrides, `=…` sets the line's formula, nothing restores. */
export function understandCells(cells: readonly TypedCell[], around: CellSurroundings): UnderstoodCells {
  const refused: RefusedCell[] = [];
  const overlays = new Map<string, LineOverlay | null>();
  for (const cell of cells) {
    const entry = readEntry(cell.text, around.unitOf(cell.line), around.contextAt(cell.period));
    if (entry.kind === 'refused') {
      refused.push({ ...cell, problem: entry.problem });
      continue;
    }
    const before = overlays.has(cell.line) ? (overlays.get(cell.line) ?? null) : around.overlayOf(cell.line);
    overlays.set(cell.line, withEntry(before, cell, entry, around.periods));
  }
  return refused.length > 0 ? { ok: false, refused } : { ok: true, overlays };
}

function withEntry(
  before: LineOverlay | null,
  cell: TypedCell,
  entry: Exclude<CellEntry, { kind: 'refused' }>,
  periods: Periods,
): LineOverlay | null {
  switch (entry.kind) {
    case 'value':
      return withValue(before, cell.period, entry.value);
    case 'formula':
      return withFormula(before, cell.line, entry.text);
    case 'clear':
      return withoutEntry(before, cell.period, periods);
  }
}
