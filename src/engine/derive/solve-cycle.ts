/** Slopes of cells that need each other: x = f(x, inputs) has slopes dx = (1 − ∂f/∂x)⁻¹ ∂f/∂inputs. */

/**
 * Solves for the slopes of a cycle by elimination with the largest pivot.
 *
 * Shape: a row for each cell: its slopes by the inputs, then by the cells of the cycle in their order. Gives a row for each
 * cell by the inputs. Fails: a row of NaN where the cycle has no slope, because it would settle anywhere.
 */
export function solveCycle(rows: readonly (Float64Array | null)[], inputs: number): Float64Array[] {
  const size = rows.length;
  const width = inputs + size;
  const matrix = rows.map((row, order): Float64Array => {
    const filled = row ? Float64Array.from(row) : new Float64Array(width);
    for (let column = inputs; column < width; column += 1) filled[column] = -(filled[column] as number);
    filled[inputs + order] = (filled[inputs + order] as number) + 1;
    return filled;
  });
  const at = (row: number, column: number) => (matrix[row] as Float64Array)[column] as number;
  for (let pivot = 0; pivot < size; pivot += 1) {
    const column = inputs + pivot;
    let best = pivot;
    for (let row = pivot + 1; row < size; row += 1)
      if (Math.abs(at(row, column)) > Math.abs(at(best, column))) best = row;
    if (at(best, column) === 0) return rows.map(() => new Float64Array(inputs).fill(NaN));
    [matrix[pivot], matrix[best]] = [matrix[best] as Float64Array, matrix[pivot] as Float64Array];
    for (let row = 0; row < size; row += 1) {
      const factor = at(row, column) / at(pivot, column);
      if (row === pivot || factor === 0) continue;
      const target = matrix[row] as Float64Array;
      for (let index = 0; index < width; index += 1)
        target[index] = (target[index] as number) - factor * at(pivot, index);
    }
  }
  return matrix.map((row, order) =>
    row.subarray(0, inputs).map((slope) => slope / (row[inputs + order] as number)),
  );
}
