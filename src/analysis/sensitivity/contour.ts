/** Where a table has a wanted value: the line of the target in a heat map. */
import type { TableQuestion } from './data-table.ts';
import type { TableSheet } from './table-sheet.ts';

/** A stretch of a contour, between two places given as row and column levels. */
export type ContourPiece = readonly [fromRow: number, fromColumn: number, toRow: number, toColumn: number];

/** What stands in the four corners of one box of the table. */
interface Corner {
  readonly row: number;
  readonly column: number;
  readonly height: number;
}

/**
 * Finds where a sheet has a wanted value: straight pieces, linear between neighbouring entries.
 *
 * Missing: nothing is drawn through a box with a corner that has no number. Source: marching squares; a saddle is told by the
 * mean of its corners.
 */
export function findContour(sheet: TableSheet, question: TableQuestion, wanted: number): ContourPiece[] {
  const [rows, columns] = [question.rows.levels, question.columns?.levels ?? []];
  const cornerAt = (row: number, column: number): Corner => {
    const at = row * columns.length + column;
    const height = sheet.status[at] === 0 ? (sheet.values[at] as number) - wanted : NaN;
    return { row: rows[row] as number, column: columns[column] as number, height };
  };
  const pieces: ContourPiece[] = [];
  for (let row = 0; row + 1 < rows.length; row += 1) {
    for (let column = 0; column + 1 < columns.length; column += 1) {
      const corners = [
        cornerAt(row, column),
        cornerAt(row, column + 1),
        cornerAt(row + 1, column + 1),
        cornerAt(row + 1, column),
      ];
      if (corners.every(({ height }) => !Number.isNaN(height))) pieces.push(...piecesOf(corners));
    }
  }
  return pieces;
}

/** Corners in order round the box; each crossing lies between a corner and the next. */
function piecesOf(corners: readonly Corner[]): ContourPiece[] {
  const isAbove = corners.map(({ height }) => height >= 0);
  const crossings = corners.flatMap((corner, index) => {
    const next = corners[(index + 1) % 4] as Corner;
    if (isAbove[index] === isAbove[(index + 1) % 4]) return [];
    const share = corner.height / (corner.height - next.height);
    return [
      [
        corner.row + share * (next.row - corner.row),
        corner.column + share * (next.column - corner.column),
      ] as const,
    ];
  });
  const join = (a: number, b: number): ContourPiece => {
    const [from = [0, 0], to = [0, 0]] = [crossings[a], crossings[b]];
    return [...from, ...to];
  };
  if (crossings.length === 2) return [join(0, 1)];
  if (crossings.length < 4) return [];
  const middle = corners.reduce((sum, { height }) => sum + height, 0) >= 0;
  // the middle belongs to one pair of opposite corners; the pieces cut off the other two
  return middle === isAbove[0] ? [join(0, 1), join(2, 3)] : [join(3, 0), join(1, 2)];
}
