/** What a gesture on the grid types into which cells: pasting, filling right, clearing. Pure. */
import type { PlanSession, TypedCell } from '#session';
import { exactText } from './exact-text.ts';
import type { GridColumn, GridRow } from './grid-rows.ts';

/** A rectangle of the shown grid; all ends inclusive. */
export interface Block {
  readonly fromRow: number;
  readonly toRow: number;
  readonly fromColumn: number;
  readonly toColumn: number;
}

/** The shown grid. */
export interface Shown {
  readonly rows: readonly GridRow[];
  readonly columns: readonly GridColumn[];
}

/** The line and period at a place of the shown grid; undefined where no figure stands. */
export function cellAt(
  shown: Shown,
  row: number,
  column: number,
): { line: string; period: number } | undefined {
  const at = shown.rows[row];
  const over = shown.columns[column];
  return at?.kind === 'line' && over?.kind === 'period'
    ? { line: at.line.id, period: over.period }
    : undefined;
}

/** The cells with figures inside blocks, row by row, none twice. */
export function cellsIn(shown: Shown, blocks: readonly Block[]): { line: string; period: number }[] {
  const found = new Map<string, { line: string; period: number }>();
  for (const { fromRow, toRow, fromColumn, toColumn } of blocks) {
    for (let row = Math.max(0, fromRow); row <= toRow; row += 1) {
      for (let column = Math.max(0, fromColumn); column <= toColumn; column += 1) {
        const cell = cellAt(shown, row, column);
        if (cell) found.set(`${cell.line} ${cell.period}`, cell);
      }
    }
  }
  return [...found.values()];
}

/** The same text for every cell in blocks: what Delete and Ctrl+Enter do. */
export function sameInAll(shown: Shown, blocks: readonly Block[], text: string): TypedCell[] {
  return cellsIn(shown, blocks).map((cell) => ({ ...cell, text }));
}

/** What is to be typed into a cell so that it comes to its value as another cell does. */
function sourceText(session: PlanSession, line: string, period: number): string {
  const rule = session.rule(line, period);
  const isNumber = rule && 'value' in rule.base && rule.transforms.length === 0;
  if (isNumber) return exactText(session.value(line, period), session.engine.unitOf(line));
  return '';
}

/** Fills each row of a block from its first column; a block of one column from the figure left of it. */
export function fillRight(session: PlanSession, shown: Shown, block: Block): TypedCell[] {
  const isOne = block.fromColumn === block.toColumn;
  const source = isOne ? block.fromColumn - 1 : block.fromColumn;
  return fillFrom(session, shown, source, { ...block, fromColumn: source + 1 });
}

/** Fills a block with what stands, in each of its rows, in the column `source`. */
export function fillFrom(session: PlanSession, shown: Shown, source: number, block: Block): TypedCell[] {
  const cells: TypedCell[] = [];
  for (let row = block.fromRow; row <= block.toRow; row += 1) {
    const from = cellAt(shown, row, source);
    if (!from) continue;
    const text = sourceText(session, from.line, from.period);
    cells.push(...sameInAll(shown, [{ ...block, fromRow: row, toRow: row }], text));
  }
  return cells;
}

/** A pasted text that falls on a place without a figure. */
export interface Misplaced {
  readonly row: number;
  readonly column: number;
  readonly text: string;
}

/**
 * Lays a copied block on the grid from a place on; a single text fills the whole selection. What falls beside the figures
 * (a line's name, its unit, a section's band) must be empty or what stands there already.
 */
export function pasteBlock(
  shown: Shown,
  texts: readonly (readonly string[])[],
  at: Block,
  shownText: (row: number, column: number) => string,
): { readonly cells: readonly TypedCell[]; readonly misplaced: readonly Misplaced[] } {
  const only = texts.length === 1 && texts[0]?.length === 1 ? texts[0][0] : undefined;
  if (only !== undefined) return { cells: sameInAll(shown, [at], only.trim()), misplaced: [] };
  const cells: TypedCell[] = [];
  const misplaced: Misplaced[] = [];
  texts.forEach((line, down) =>
    line.forEach((raw, across) => {
      const [row, column, text] = [at.fromRow + down, at.fromColumn + across, raw.trim()];
      const cell = cellAt(shown, row, column);
      if (cell) cells.push({ ...cell, text });
      else if (text !== '' && text !== shownText(row, column).trim()) misplaced.push({ row, column, text });
    }),
  );
  return { cells, misplaced };
}
