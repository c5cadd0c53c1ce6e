/** Shapley values of games whose shares are known. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failure, type Value } from '#quantity';
import { finish } from '#engine';
import {
  exactShares as walkExact,
  sampledShares as walkSampled,
  type Game,
} from '../../src/analysis/difference/shapley.ts';
import { seededRandom } from '../../src/analysis/chance/random-source.ts';

/** A game from the worth of every set of players. */
function gameOf(players: number, worth: (present: ReadonlySet<number>) => Value): Game {
  const present = new Set<number>();
  return {
    players,
    empty: worth(present),
    flip(player) {
      if (!present.delete(player)) present.add(player);
      return worth(present);
    },
  };
}

const exactShares = (game: Game) => finish(walkExact(game));
const sampledShares = (...asked: Parameters<typeof walkSampled>) => finish(walkSampled(...asked));

function sharesOf(result: ReturnType<typeof exactShares>): readonly number[] {
  if (result.kind !== 'shares') throw new Error(result.kind);
  return result.shares;
}

const product = (factors: readonly number[]) => (present: ReadonlySet<number>) =>
  factors.reduce((worth, factor, player) => (present.has(player) ? worth * factor : worth), 1);

describe('exact shares', () => {
  it('are those worked out by hand for a product of three', () => {
    // worth: none 1 · a 2 · b 3 · c 4 · ab 6 · ac 8 · bc 12 · abc 24; a player that is first or last counts 1/3, between 1/6
    // a: (2−1)/3 + (6−3)/6 + (8−4)/6 + (24−12)/3 = 5.5
    // b: (3−1)/3 + (6−2)/6 + (12−4)/6 + (24−8)/3 = 8
    // c: (4−1)/3 + (8−2)/6 + (12−3)/6 + (24−6)/3 = 9.5
    const shares = sharesOf(exactShares(gameOf(3, product([2, 3, 4]))));
    expect(shares[0]).toBeCloseTo(5.5, 12);
    expect(shares[1]).toBeCloseTo(8, 12);
    expect(shares[2]).toBeCloseTo(9.5, 12);
  });

  it('give each player of a sum what it adds', () => {
    const adds = [3, -1, 0, 10, 0.5];
    const worth = (present: ReadonlySet<number>) =>
      adds.reduce((sum, add, one) => sum + (present.has(one) ? add : 0), 7);
    sharesOf(exactShares(gameOf(5, worth))).forEach((share, player) =>
      expect(share).toBeCloseTo(adds[player] as number, 12),
    );
  });

  const worths = (players: number) =>
    fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
      minLength: 2 ** players,
      maxLength: 2 ** players,
    });
  const number = (present: ReadonlySet<number>) => [...present].reduce((sum, one) => sum + 2 ** one, 0);

  it('sum to the worth of all minus the worth of none', () => {
    fc.assert(
      fc.property(worths(5), (worth) => {
        const shares = sharesOf(exactShares(gameOf(5, (present) => worth[number(present)] as number)));
        const whole = (worth[31] as number) - (worth[0] as number);
        expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - whole)).toBeLessThanOrEqual(1e-9);
      }),
    );
  });

  it('do not depend on how the players are numbered', () => {
    fc.assert(
      fc.property(worths(4), fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (worth, names) => {
        const plain = sharesOf(exactShares(gameOf(4, (present) => worth[number(present)] as number)));
        const renamed = sharesOf(
          exactShares(
            gameOf(
              4,
              (present) => worth[number(new Set([...present].map((one) => names[one] as number)))] as number,
            ),
          ),
        );
        renamed.forEach((share, player) => {
          expect(Math.abs(share - (plain[names[player] as number] as number))).toBeLessThanOrEqual(1e-9);
        });
      }),
    );
  });

  it('are none where a set of players has no worth, and say which', () => {
    const fault = failure('#DIV/0!', 'divide_by_zero');
    const result = exactShares(
      gameOf(3, (present) => (present.has(0) && present.has(2) && !present.has(1) ? fault : 1)),
    );
    expect(result).toEqual({ kind: 'undefined', present: [0, 2], value: fault });
  });

  it('are no shares at all where nobody plays', () => {
    expect(exactShares(gameOf(0, () => 5))).toMatchObject({ kind: 'shares', shares: [], empty: 5, full: 5 });
  });
});

describe('sampled shares', () => {
  it('are exact, with a standard error of 0, where opposite orders cancel', () => {
    // v = (number present)²: joining as the k-th adds 2k − 1, in the opposite order 2(n + 1 − k) − 1; the mean is n = 14
    const result = sampledShares(
      gameOf(14, (present) => present.size ** 2),
      20,
      seededRandom(1),
    );
    if (result.kind !== 'shares') throw new Error(result.kind);
    for (const share of result.shares) expect(share).toBeCloseTo(14, 10);
    for (const error of result.standardErrors) expect(error).toBeCloseTo(0, 6);
    expect(result.evaluations).toBe(2 * 20 * 14 + 1);
  });

  it('lie within four standard errors of the exact ones, and sum to the whole', () => {
    const factors = [1.1, 0.7, 1.9, 1.4, 0.5, 1.2, 2.1, 0.9];
    const exact = sharesOf(exactShares(gameOf(8, product(factors))));
    const sampled = sampledShares(gameOf(8, product(factors)), 500, seededRandom(20201231));
    if (sampled.kind !== 'shares') throw new Error(sampled.kind);
    sampled.shares.forEach((share, player) => {
      const error = sampled.standardErrors[player] as number;
      expect(error).toBeGreaterThan(0);
      expect(Math.abs(share - (exact[player] as number))).toBeLessThan(4 * error);
    });
    const whole = factors.reduce((all, one) => all * one, 1) - 1;
    expect(sampled.shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(whole, 9);
  });

  it('are the same for the same source of chance', () => {
    const draw = (seed: number) =>
      sampledShares(gameOf(6, product([2, 3, 1, 5, 0.5, 4])), 10, seededRandom(seed));
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('are none where a set on the way has no worth', () => {
    const result = sampledShares(
      gameOf(5, (present) => (present.size === 3 ? null : 1)),
      5,
      seededRandom(3),
    );
    expect(result).toMatchObject({ kind: 'undefined', value: null });
    expect(result.kind === 'undefined' && result.present.length).toBe(3);
  });
});
