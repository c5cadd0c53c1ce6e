/**
 * Correlations between drivers, as a Gaussian copula draws them: rank correlations become those of normal scores, a matrix
 * that no scores can have is replaced by the nearest one that they can, and a factor of it mixes independent scores.
 */
import { symmetricEigen } from './symmetric-eigen.ts';

/** A square matrix. Shape: row-major, size × size. */
export type Matrix = Float64Array;

/** Gives the correlation of normal scores whose ranks correlate as asked. Source: Pearson 1907, r = 2 sin(πρ / 6). */
export function scoreCorrelation(rank: number): number {
  return 2 * sine((Math.PI * rank) / 6);
}

/** Terms of the sine within ±π/6: the next one is 2^-70. */
const SINE_TERMS = 8;

/** The sine of an angle within ±π/6 by its series; that of a browser may differ from the next in the last digit. */
function sine(angle: number): number {
  const square = angle * angle;
  let sum = 0;
  for (let term = SINE_TERMS; term >= 1; term -= 1) sum = (1 - sum) * (square / (2 * term * (2 * term + 1)));
  return angle * (1 - sum);
}

/** Gives the rank correlation of normal scores that correlate as given. */
export function rankCorrelation(score: number): number {
  return (6 / Math.PI) * Math.asin(Math.max(-1, Math.min(1, score)) / 2);
}

/** A correlation matrix that can be drawn, and what had to change for that. */
export interface NearestCorrelation {
  readonly matrix: Matrix;
  /** Largest change of an entry; 0 where the matrix was possible as it was. */
  readonly largestChange: number;
  /** Row and column of that entry. */
  readonly where: readonly [row: number, column: number];
  /** Rounds of projection; 0 where nothing had to change. */
  readonly rounds: number;
}

/** Eigenvalues down to this much below zero are rounding, not impossibility. */
const EIGEN_SLACK = 1e-12;

/** A step of the projections this small, relative to the matrix, ends them. */
const SETTLED = 1e-10;

const MAX_ROUNDS = 1000;

/**
 * Finds the correlation matrix that is nearest in the sum of squared changes.
 *
 * Source: N. J. Higham, Computing the nearest correlation matrix, IMA J. Numer. Anal. 22 (2002) 329–343: alternating
 * projections on the semidefinite and the unit-diagonal matrices with Dykstra's correction.
 */
export function nearestCorrelation(given: Matrix, size: number): NearestCorrelation {
  if (isPossible(given, size)) return { matrix: given.slice(), largestChange: 0, where: [0, 0], rounds: 0 };
  let matrix = given.slice();
  let correction = new Float64Array(given.length);
  let rounds = 0;
  for (let moved = Infinity; moved > SETTLED && rounds < MAX_ROUNDS; rounds += 1) {
    const corrected = matrix.map((entry, index) => entry - (correction[index] as number));
    const semidefinite = withoutNegativeParts(corrected, size);
    correction = semidefinite.map((entry, index) => entry - (corrected[index] as number));
    const next = semidefinite.slice();
    for (let row = 0; row < size; row += 1) next[row * size + row] = 1;
    moved = distance(next, matrix) / Math.max(1, norm(next));
    matrix = next;
  }
  const valid = withUnitDiagonal(withoutNegativeParts(matrix, size), size);
  return { matrix: valid, ...largestDifference(valid, given, size), rounds };
}

/** Tells whether some variables can correlate so. */
function isPossible(matrix: Matrix, size: number): boolean {
  return symmetricEigen(matrix, size).values.every((value) => value >= -EIGEN_SLACK * size);
}

/** The nearest semidefinite matrix: negative eigenvalues become zero. */
function withoutNegativeParts(matrix: Matrix, size: number): Matrix {
  const { values, vectors } = symmetricEigen(matrix, size);
  const result = new Float64Array(size * size);
  values.forEach((value, index) => {
    if (value <= 0) return;
    for (let row = 0; row < size; row += 1) {
      const weight = value * (vectors[row * size + index] as number);
      for (let column = 0; column < size; column += 1) {
        result[row * size + column] =
          (result[row * size + column] as number) + weight * (vectors[column * size + index] as number);
      }
    }
  });
  return result;
}

/** Brings what the last projection left beside 1 back to it, which keeps the matrix semidefinite. */
function withUnitDiagonal(matrix: Matrix, size: number): Matrix {
  const roots = Array.from({ length: size }, (_, row) => Math.sqrt(matrix[row * size + row] as number));
  return matrix.map((entry, index) => {
    const [row, column] = [Math.floor(index / size), index % size];
    return row === column ? 1 : entry / ((roots[row] as number) * (roots[column] as number));
  });
}

function largestDifference(
  a: Matrix,
  b: Matrix,
  size: number,
): { largestChange: number; where: readonly [number, number] } {
  let at = 0;
  const change = (index: number) => Math.abs((a[index] as number) - (b[index] as number));
  for (let index = 0; index < a.length; index += 1) if (change(index) > change(at)) at = index;
  const [row, column] = [Math.floor(at / size), at % size];
  return { largestChange: change(at), where: [Math.min(row, column), Math.max(row, column)] };
}

function norm(matrix: Matrix): number {
  return Math.sqrt(matrix.reduce((sum, entry) => sum + entry * entry, 0));
}

function distance(a: Matrix, b: Matrix): number {
  return norm(a.map((entry, index) => entry - (b[index] as number)));
}

/** A direction in which nothing is left to vary. */
const NO_VARIANCE = 1e-10;

/**
 * Gives a lower triangular factor: independent scores times it correlate as the matrix says. A variable that the ones before
 * it decide wholly has a zero on the diagonal.
 */
export function correlationFactor(matrix: Matrix, size: number): Matrix {
  const factor = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let rest = matrix[row * size + column] as number;
      for (let k = 0; k < column; k += 1)
        rest -= (factor[row * size + k] as number) * (factor[column * size + k] as number);
      const pivot = factor[column * size + column] as number;
      if (row === column) factor[row * size + column] = rest > NO_VARIANCE ? Math.sqrt(rest) : 0;
      else factor[row * size + column] = pivot > 0 ? rest / pivot : 0;
    }
  }
  return factor;
}
