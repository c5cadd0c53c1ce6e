/** Nearest correlation matrices against published ones, and the laws that define them. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  correlationFactor,
  nearestCorrelation,
  rankCorrelation,
  scoreCorrelation,
} from '../../src/analysis/chance/correlation.ts';
import { symmetricEigen } from '../../src/analysis/chance/symmetric-eigen.ts';

const times = (factor: Float64Array, size: number) =>
  Float64Array.from({ length: size * size }, (_, index) => {
    const [row, column] = [Math.floor(index / size), index % size];
    let sum = 0;
    for (let k = 0; k < size; k += 1) sum += (factor[row * size + k] ?? 0) * (factor[column * size + k] ?? 0);
    return sum;
  });
const largest = (a: Float64Array, b: Float64Array) =>
  Math.max(...a.map((entry, index) => Math.abs(entry - (b[index] ?? 0))));

/** Any symmetric matrix with a unit diagonal and entries a correlation may have. */
const symmetric = fc.integer({ min: 2, max: 7 }).chain((size) =>
  fc
    .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: size * size, maxLength: size * size })
    .map((entries) => {
      const matrix = new Float64Array(size * size);
      for (let row = 0; row < size; row += 1) {
        for (let column = 0; column <= row; column += 1) {
          const entry = row === column ? 1 : (entries[row * size + column] ?? 0);
          matrix[row * size + column] = entry;
          matrix[column * size + row] = entry;
        }
      }
      return { matrix, size };
    }),
);

describe('the nearest correlation matrix', () => {
  it('is the one that Higham prints', () => {
    // Higham 2002, section 1, and NAG g02aa: neighbours correlate wholly, the ends not at all
    const given = Float64Array.from([1, 1, 0, 1, 1, 1, 0, 1, 1]);
    const { matrix, largestChange, where, rounds } = nearestCorrelation(given, 3);
    expect(matrix[1]).toBeCloseTo(0.76068985, 7);
    expect(matrix[2]).toBeCloseTo(0.15729811, 7);
    expect(matrix[5]).toBeCloseTo(0.76068985, 7);
    expect(largestChange).toBeCloseTo(1 - 0.76068985, 7);
    expect(where).toEqual([0, 1]);
    expect(rounds).toBeGreaterThan(1);
  });

  it('of three that all move against each other is −1/2 each', () => {
    // by symmetry all entries are equal, and 1 + 2r ≥ 0 is the bound
    const { matrix } = nearestCorrelation(
      Float64Array.from([1, -0.9, -0.9, -0.9, 1, -0.9, -0.9, -0.9, 1]),
      3,
    );
    expect(matrix[1]).toBeCloseTo(-0.5, 8);
    expect(matrix[2]).toBeCloseTo(-0.5, 8);
  });

  it('of a possible one is itself, to the last bit', () => {
    const given = Float64Array.from([1, 0.7, 0.2, 0.7, 1, -0.3, 0.2, -0.3, 1]);
    expect(nearestCorrelation(given, 3)).toEqual({
      matrix: given,
      largestChange: 0,
      where: [0, 0],
      rounds: 0,
    });
  });

  it('has a unit diagonal, no negative eigenvalue, and stays where it is when asked again', () => {
    fc.assert(
      fc.property(symmetric, ({ matrix, size }) => {
        const nearest = nearestCorrelation(matrix, size).matrix;
        for (let row = 0; row < size; row += 1) expect(nearest[row * size + row]).toBe(1);
        // a matrix counts as possible down to rounding, 1e-12 for each of its rows: such a one is given back unchanged
        expect(Math.min(...symmetricEigen(nearest, size).values)).toBeGreaterThanOrEqual(-1e-12 * size);
        expect(largest(nearestCorrelation(nearest, size).matrix, nearest)).toBeLessThan(1e-8);
      }),
    );
  });

  it('is no farther than any other correlation matrix', () => {
    const unit = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 49, maxLength: 49 });
    fc.assert(
      fc.property(symmetric, unit, ({ matrix, size }, entries) => {
        // rows of any matrix, brought to length one, give a correlation matrix
        const rows = new Float64Array(size * size);
        for (let row = 0; row < size; row += 1) {
          const own = Array.from(
            { length: size },
            (_, k) => (entries[row * 7 + k] ?? 0) + (k === row ? 0.01 : 0),
          );
          const length = Math.hypot(...own);
          fc.pre(length > 1e-6);
          own.forEach((entry, k) => (rows[row * size + k] = entry / length));
        }
        const square = (other: Float64Array) =>
          matrix.reduce((sum, entry, index) => sum + (entry - (other[index] ?? 0)) ** 2, 0);
        expect(square(nearestCorrelation(matrix, size).matrix)).toBeLessThanOrEqual(
          square(times(rows, size)) + 1e-7,
        );
      }),
    );
  });
});

describe('eigenvectors', () => {
  it('give the matrix back', () => {
    fc.assert(
      fc.property(symmetric, ({ matrix, size }) => {
        const { values, vectors } = symmetricEigen(matrix, size);
        const scaled = vectors.map((entry, index) => entry * Math.sqrt((values[index % size] ?? 0) + size));
        // the shift makes all eigenvalues positive: V (Λ + n) Vᵀ = A + n
        const shifted = matrix.map(
          (entry, index) => entry + (Math.floor(index / size) === index % size ? size : 0),
        );
        expect(largest(times(scaled, size), shifted)).toBeLessThan(1e-12);
      }),
    );
  });
});

describe('a factor', () => {
  it('gives the matrix back, singular ones too', () => {
    fc.assert(
      fc.property(symmetric, ({ matrix, size }) => {
        const nearest = nearestCorrelation(matrix, size).matrix;
        // a pivot below 1e-10 is taken as none, which leaves its root
        expect(largest(times(correlationFactor(nearest, size), size), nearest)).toBeLessThan(2e-5);
      }),
    );
    const same = Float64Array.from([1, 1, 1, 1]);
    expect(times(correlationFactor(same, 2), 2)).toEqual(same);
  });
});

it('ranks and scores correlate as Pearson found', () => {
  expect(scoreCorrelation(1)).toBeCloseTo(1, 15);
  expect(scoreCorrelation(-1)).toBeCloseTo(-1, 15);
  // 2 sin(π/12) = (√6 − √2)/2
  expect(scoreCorrelation(0.5)).toBeCloseTo((Math.sqrt(6) - Math.sqrt(2)) / 2, 15);
  fc.assert(
    fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (rank) => {
      expect(rankCorrelation(scoreCorrelation(rank))).toBeCloseTo(rank, 12);
    }),
  );
});
