/** What a person typed or pasted into cells, understood as a whole: all of it becomes overlays, or none. */
import { problem, type Problem, type Unit } from '#quantity';
import type { Line, LineOverlay, Periods } from '#plan';
import type { FormulaContext } from '#formula';
import { readEntry, type CellEntry, type EntryProblemCode } from './cell-entry.ts';
import { checkDistribution } from './distribution-entry.ts';
import { withDistribution, withFormula, withValue, withoutCell } from './overlay-edits.ts';
import type { DriverPair } from './scenario-edits.ts';

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
  lineOf(id: string): Line | undefined;
  unitOf(line: string): Unit;
  /** What a formula in this period may refer to. */
  contextAt(period: number): FormulaContext;
  /** What the open scenario says about a line so far. */
  overlayOf(line: string): LineOverlay | null;
  /** Whether what counts in a cell is an actual. */
  isObserved(line: string, period: number): boolean;
}

/** The overlays and pairs of drivers that typed cells lead to, or the cells that were refused. */
export type UnderstoodCells =
  | {
      readonly ok: true;
      readonly overlays: ReadonlyMap<string, LineOverlay | null>;
      readonly pairs: readonly DriverPair[];
    }
  | { readonly ok: false; readonly refused: readonly RefusedCell[] };

/**
 * Understands typed cells in order: a number overrides, `=…` sets the line's formula, a distribution is the driver's in all
 * periods after the base, nothing gives the cell back what it inherits.
 */
export function understandCells(cells: readonly TypedCell[], around: CellSurroundings): UnderstoodCells {
  const refused: RefusedCell[] = [];
  const overlays = new Map<string, LineOverlay | null>();
  const pairs: DriverPair[] = [];
  for (const cell of cells) {
    const entry = readEntry(cell.text, around.unitOf(cell.line), around.contextAt(cell.period));
    const fault = entry.kind === 'refused' ? entry.problem : faultOf(entry, cell, around);
    if (entry.kind === 'refused' || fault) {
      if (fault) refused.push({ ...cell, problem: fault });
      continue;
    }
    if (entry.kind === 'distribution') {
      for (const { line, rank } of entry.movesWith) pairs.push({ lines: [cell.line, line], rank });
    }
    const before = overlays.has(cell.line) ? (overlays.get(cell.line) ?? null) : around.overlayOf(cell.line);
    overlays.set(cell.line, withEntry(before, cell, entry, around));
  }
  return refused.length > 0 ? { ok: false, refused } : { ok: true, overlays, pairs };
}

/** Why a distribution cannot stand in this cell. */
function faultOf(
  entry: Exclude<CellEntry, { kind: 'refused' }>,
  { line, period }: TypedCell,
  around: CellSurroundings,
): Problem<EntryProblemCode> | undefined {
  if (entry.kind !== 'distribution') return undefined;
  const fault = checkDistribution(line, entry.movesWith, (id) => around.lineOf(id));
  if (fault) return fault;
  const { base } = around.periods;
  return period > base ? undefined : problem('entry_distribution_period', { line }, { base: String(base) });
}

function withEntry(
  before: LineOverlay | null,
  cell: TypedCell,
  entry: Exclude<CellEntry, { kind: 'refused' }>,
  around: CellSurroundings,
): LineOverlay | null {
  switch (entry.kind) {
    case 'value':
      return withValue(before, cell.period, entry.value);
    case 'formula':
      return withFormula(before, cell.line, entry.text);
    case 'distribution':
      return withDistribution(before, entry.distribution, around.periods);
    case 'clear':
      return withoutCell(before, cell.period, around.periods, (period) =>
        around.isObserved(cell.line, period),
      );
  }
}
