/** The quadratic step against solutions known in closed form. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { solveQuadraticStep, type Row } from '../../src/analysis/reach/quadratic-step.ts';

const identity = (size: number) =>
  Array.from({ length: size }, (_, i) => Array.from({ length: size }, (__, j) => (i === j ? 1 : 0)));
const atLeast = (value: number, slopes: number[]): Row => ({ isEquality: false, value, slopes });
const WIDE = [100, 100, 100];
const free = WIDE.map((one) => -one);

it('solves the example of Goldfarb and Idnani as R prints it', () => {
  // minimise ½|b|² − 5 b2 with −4 b1 − 3 b2 ≥ −8, 2 b1 + b2 ≥ 2, −2 b2 + b3 ≥ 0; by hand with the last two active:
  // b1 = 10/21, b2 = 22/21, b3 = 44/21, multipliers 5/21 and 44/21. Source: R package quadprog, solve.QP example.
  const found = solveQuadraticStep(
    identity(3),
    [0, -5, 0],
    [atLeast(8, [-4, -3, 0]), atLeast(-2, [2, 1, 0]), atLeast(0, [0, -2, 1])],
    1e-12,
    free,
    WIDE,
  );
  found?.step.forEach((one, index) => expect(one).toBeCloseTo(([10, 22, 44][index] as number) / 21, 9));
  found?.multipliers.forEach((one, index) => expect(one).toBeCloseTo(([0, 5, 44][index] as number) / 21, 4));
});

it('gives the multiplier of an equality its sign', () => {
  // nearest to 0 on x + y + z = 3 and on = −3: multiplier 1 and −1
  for (const side of [3, -3]) {
    const found = solveQuadraticStep(
      identity(3),
      [0, 0, 0],
      [{ isEquality: true, value: -side, slopes: [1, 1, 1] }],
      1e-10,
      free,
      WIDE,
    );
    found?.step.forEach((one) => expect(one).toBeCloseTo(side / 3, 8));
    expect(found?.multipliers[0]).toBeCloseTo(side / 3, 4);
  }
});

it('stops at bounds and prices them', () => {
  // unbounded the smallest point is (2, −2, 0); bounds at 1 and −1 each press with 1
  const found = solveQuadraticStep(identity(3), [-2, 2, 0], [], 1, [-1, -1, -1], [1, 1, 1]);
  expect(found?.step).toEqual([1, -1, 0]);
  expect(found?.upper).toEqual([1, 0, 0]);
  expect(found?.lower).toEqual([0, 1, 0]);
});

it('shares a miss where conditions contradict each other: x ≥ 1 and x ≤ −3 meet at −1', () => {
  const small = [[1e-9]];
  const found = solveQuadraticStep(small, [0], [atLeast(-1, [1]), atLeast(-3, [-1])], 1, [-9], [9]);
  expect(found?.step[0]).toBeCloseTo(-1, 6);
  expect(found?.multipliers).toEqual([expect.closeTo(2, 6), expect.closeTo(2, 6)]);
});

it('keeps to conditions that repeat each other', () => {
  const row: Row = { isEquality: true, value: -6, slopes: [1, 2, 3] };
  const found = solveQuadraticStep(identity(3), [0, 0, 0], [row, row, row], 1e-10, free, WIDE);
  // nearest point of x + 2y + 3z = 6 is 6/14 of the normal
  found?.step.forEach((one, index) => expect(one).toBeCloseTo((6 / 14) * (index + 1), 7));
});

it('finds the nearest point of a box in closed form', () => {
  const number = fc.double({ min: -5, max: 5, noNaN: true });
  fc.assert(
    fc.property(fc.array(number, { minLength: 3, maxLength: 3 }), (point) => {
      const found = solveQuadraticStep(
        identity(3),
        point.map((one) => -one),
        [],
        1,
        [-1, -1, -1],
        [1, 1, 1],
      );
      point.forEach((one, index) =>
        expect(found?.step[index]).toBeCloseTo(Math.min(1, Math.max(-1, one)), 12),
      );
    }),
  );
});

it('gives nothing where a number is not finite or the form has no smallest point', () => {
  expect(solveQuadraticStep([[1]], [NaN], [], 1, [-1], [1])).toBeUndefined();
  expect(solveQuadraticStep([[-1]], [1], [], 1, [-1], [1])).toBeUndefined();
});
