/** Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations: slow for large ones, exact to rounding. */

/** Shape: `vectors` row-major, column k belongs to `values[k]`; in no order. */
export interface Eigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

/** Sweeps over all pairs; a matrix of 100 drivers needs about 10. */
const MAX_SWEEPS = 60;

/** Decomposes a symmetric matrix. Source: Golub and Van Loan, Matrix Computations, section 8.5. */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  const a = matrix.slice();
  const vectors = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) vectors[row * size + row] = 1;
  const at = (row: number, column: number) => a[row * size + column] as number;
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep += 1) {
    let beside = 0;
    for (let row = 0; row < size; row += 1)
      for (let column = row + 1; column < size; column += 1) beside += at(row, column) ** 2;
    if (beside <= Number.MIN_VALUE) break;
    for (let p = 0; p < size; p += 1) {
      for (let q = p + 1; q < size; q += 1) {
        if (at(p, q) !== 0) rotate(a, vectors, size, p, q);
      }
    }
  }
  return { values: Float64Array.from({ length: size }, (_, row) => at(row, row)), vectors };
}

/** Turns rows and columns p and q so that their entry beside the diagonal vanishes. */
function rotate(a: Float64Array, vectors: Float64Array, size: number, p: number, q: number): void {
  const at = (row: number, column: number) => a[row * size + column] as number;
  const slope = (at(q, q) - at(p, p)) / (2 * at(p, q));
  const tangent = (slope >= 0 ? 1 : -1) / (Math.abs(slope) + Math.hypot(1, slope));
  const cosine = 1 / Math.hypot(1, tangent);
  const sine = tangent * cosine;
  const turn = (m: Float64Array, first: number, second: number) => {
    const [x, y] = [m[first] as number, m[second] as number];
    m[first] = cosine * x - sine * y;
    m[second] = sine * x + cosine * y;
  };
  for (let k = 0; k < size; k += 1) turn(a, k * size + p, k * size + q);
  for (let k = 0; k < size; k += 1) turn(a, p * size + k, q * size + k);
  for (let k = 0; k < size; k += 1) turn(vectors, k * size + p, k * size + q);
  a[p * size + q] = 0;
  a[q * size + p] = 0;
}
