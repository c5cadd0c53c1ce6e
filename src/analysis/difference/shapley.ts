/**
 * Shapley values of a game: what each player adds on average over all orders in which the players may come.
 *
 * The game is known by walking: one player joins or leaves, and the worth of who is there now comes back. Knows nothing of
 * plans.
 */
import { isNumber, type Value } from '#quantity';
import type { Random } from '../chance/random-source.ts';

/** A game that is walked: `flip` lets a player join or leave and gives the worth of those who are then there. */
export interface Game {
  readonly players: number;
  /** What it is worth when nobody is there, as it is at the start. */
  readonly empty: Value;
  readonly flip: (player: number) => Value;
}

/** Shares that sum to the worth of all minus the worth of none, or who was there when the worth was not a number. */
export type Shares =
  | {
      readonly kind: 'shares';
      readonly shares: readonly number[];
      /** By player; all 0 where nothing was sampled. */
      readonly standardErrors: readonly number[];
      /** The worth of none and of all. */
      readonly empty: number;
      readonly full: number;
      readonly evaluations: number;
    }
  | { readonly kind: 'undefined'; readonly present: readonly number[]; readonly value: Value };

/** Adds with the running error kept, so that thousands of terms do not lose their last digits (Neumaier). */
class Sum {
  #total = 0;
  #error = 0;

  add(term: number): void {
    const next = this.#total + term;
    this.#error +=
      Math.abs(this.#total) >= Math.abs(term) ? this.#total - next + term : term - next + this.#total;
    this.#total = next;
  }

  get value(): number {
    return this.#total + this.#error;
  }
}

/**
 * Finds the shares from the worth of all 2^n coalitions, each walked to by one flip (Gray code). Yields the share of the
 * walk that is done, from 0 to 1.
 */
export function* exactShares({ players, empty, flip }: Game): Generator<number, Shares> {
  if (!isNumber(empty)) return { kind: 'undefined', present: [], value: empty };
  const worth = new Float64Array(2 ** players);
  worth[0] = empty;
  let coalition = 0;
  for (let step = 1; step < worth.length; step += 1) {
    const player = 31 - Math.clz32(step & -step);
    coalition ^= 1 << player;
    const value = flip(player);
    if (!isNumber(value)) return { kind: 'undefined', present: membersOf(coalition, players), value };
    worth[coalition] = value;
    yield step / worth.length;
  }
  const weights = weightsBySize(players);
  const full = worth[worth.length - 1] as number;
  const shares = Array.from({ length: players }, (_, player) => {
    const sum = new Sum();
    for (let without = 0; without < worth.length; without += 1) {
      if (without & (1 << player)) continue;
      const gain = (worth[without | (1 << player)] as number) - (worth[without] as number);
      sum.add((weights[sizeOf(without)] as number) * gain);
    }
    return sum.value;
  });
  return {
    kind: 'shares',
    shares: summingTo(shares, full - empty),
    standardErrors: shares.map(() => 0),
    empty,
    full,
    evaluations: worth.length,
  };
}

/**
 * Estimates the shares from random orders, each walked forwards and backwards: the pair's errors partly cancel, and its
 * mean is one observation of the standard error. `random` gives numbers from 0 up to 1. Yields the share of the walks that
 * is done, from 0 to 1.
 */
export function* sampledShares(
  { players, empty, flip }: Game,
  pairs: number,
  random: Random,
): Generator<number, Shares> {
  if (pairs < 2) throw new Error('a standard error needs two pairs of orders');
  if (!isNumber(empty)) return { kind: 'undefined', present: [], value: empty };
  const sums = Array.from({ length: players }, () => new Sum());
  const squares = Array.from({ length: players }, () => new Sum());
  const present = new Set<number>();
  let full = empty;
  let fault: Value | undefined;

  const gains = new Float64Array(players);
  let before = empty;

  /** One player more or less; `sign` says which. False where the worth is not a number. */
  const step = (player: number, sign: 1 | -1): boolean => {
    if (sign === 1) present.add(player);
    else present.delete(player);
    const value = flip(player);
    if (!isNumber(value)) {
      fault = value;
      return false;
    }
    gains[player] = (gains[player] as number) + (sign * (value - before)) / 2;
    before = value;
    return true;
  };

  for (let pair = 0; pair < pairs; pair += 1) {
    const order = shuffled(players, random);
    gains.fill(0);
    // all leave in the order in which they came: the same coalitions as when they come in the opposite order
    for (const sign of [1, -1] as const) {
      for (const [place, player] of order.entries()) {
        if (!step(player, sign)) {
          return {
            kind: 'undefined',
            present: [...present].toSorted((a, b) => a - b),
            value: fault as Value,
          };
        }
        yield (2 * pair + (sign === 1 ? 0 : 1) + (place + 1) / players) / (2 * pairs);
      }
      if (sign === 1) full = before;
    }
    gains.forEach((gain, player) => {
      sums[player]?.add(gain);
      squares[player]?.add(gain * gain);
    });
  }
  const means = sums.map((sum) => sum.value / pairs);
  const standardErrors = means.map((mean, player) => {
    const spread = Math.max(0, (squares[player] as Sum).value - pairs * mean * mean) / (pairs - 1);
    return Math.sqrt(spread / pairs);
  });
  return {
    kind: 'shares',
    shares: summingTo(means, full - empty),
    standardErrors,
    empty,
    full,
    evaluations: 2 * pairs * players + 1,
  };
}

/** Gives what floating sums left over, some units in the last place, to the largest share: the shares sum to the whole. */
function summingTo(shares: readonly number[], whole: number): number[] {
  const sum = new Sum();
  for (const share of shares) sum.add(share);
  const largest = shares.reduce(
    (best, share, index) => (Math.abs(share) > Math.abs(shares[best] ?? 0) ? index : best),
    0,
  );
  return shares.map((share, index) => (index === largest ? share + (whole - sum.value) : share));
}

/** By size of a coalition that a player joins: the share of orders in which exactly that many come before. */
function weightsBySize(players: number): number[] {
  const weights: number[] = [];
  // |S|! (n − |S| − 1)! / n! without factorials: 1/n at the ends, the ratio of neighbours is |S| / (n − |S|)
  for (let size = 0; size < players; size += 1) {
    weights.push(size === 0 ? 1 / players : ((weights[size - 1] as number) * size) / (players - size));
  }
  return weights;
}

function sizeOf(coalition: number): number {
  let size = 0;
  for (let rest = coalition; rest !== 0; rest &= rest - 1) size += 1;
  return size;
}

function membersOf(coalition: number, players: number): number[] {
  return Array.from({ length: players }, (_, player) => player).filter((player) => coalition & (1 << player));
}

function shuffled(count: number, random: Random): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] as number, order[last] as number];
  }
  return order;
}
