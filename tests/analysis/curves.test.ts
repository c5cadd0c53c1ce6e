/** Curves against high-precision values (mpmath, 40 digits) and their own inverses. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildBetaPlace, betaShare } from '../../src/analysis/chance/beta-curve.ts';
import { normalScore, normalShare } from '../../src/analysis/chance/normal-curve.ts';

const relative = (value: number, expected: number) => Math.abs(value / expected - 1);

describe('the normal curve', () => {
  it.each([
    [0.05, -1.6448536269514726],
    [0.2, -0.8416212335729142],
    [0.9, 1.2815515655446006],
    [0.975, 1.9599639845400538],
    [0.999999, 4.753424308817087],
    [1e-10, -6.361340902404057],
    [1e-100, -21.273453560965326],
  ])('has the score %s → %s', (share, score) =>
    expect(relative(normalScore(share), score)).toBeLessThan(2e-15),
  );

  it.each([
    [-37, 5.725571222524577e-300],
    [-20, 2.7536241186062337e-89],
    [-5.7, 5.990371401063528e-9],
    [-1, 0.15865525393145705],
    [-0.66, 0.25462691467133614],
    [0, 0.5],
    [0.3, 0.6179114221889527],
    [2, 0.9772498680518208],
    [6, 0.9999999990134123],
  ])('has the share %s → %s', (score, share) =>
    expect(relative(normalShare(score), share)).toBeLessThan(2e-15),
  );

  it('keeps the ends finite', () => {
    expect([0, 1].map(normalScore).every(Number.isFinite)).toBe(true);
  });

  it('is its own inverse', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 0.999, noNaN: true }), (share) => {
        expect(relative(normalShare(normalScore(share)), share)).toBeLessThan(1e-13);
      }),
    );
  });
});

describe('the beta curve', () => {
  it.each([
    [2, 4, 0.1, 0.1122349585458586],
    [3, 3, 0.25, 0.3594361647896471],
    [2.5, 3.5, 0.9, 0.6731526027354174],
    // (1 − x)⁵ = 1/2
    [1, 5, 0.5, 1 - 0.5 ** 0.2],
    [4.6, 1.4, 0.01, 0.3179609825025227],
  ])('with %s and %s has the place %s → %s', (a, b, share, place) => {
    expect(Math.abs(buildBetaPlace(a, b)(share) - place)).toBeLessThan(1e-9);
    expect(Math.abs(betaShare(place, a, b) - share)).toBeLessThan(1e-14);
  });

  it('is its own inverse for every mode, ends included', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 5, noNaN: true }),
        fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }),
        (a, share) => {
          const place = buildBetaPlace(a, 6 - a)(share);
          // an error of 1e-9 in the place is that times the density in the share, and the density stays below 5
          expect(Math.abs(betaShare(place, a, 6 - a) - share)).toBeLessThan(5e-9);
        },
      ),
    );
    const place = buildBetaPlace(2, 4);
    expect([place(0), place(1)]).toEqual([0, 1]);
  });

  it('rises with the share', () => {
    const place = buildBetaPlace(1.7, 4.3);
    const places = Array.from({ length: 20_001 }, (_, index) => place(index / 20_000));
    expect(places.every((one, index) => index === 0 || one > (places[index - 1] as number))).toBe(true);
  });
});
