/**
 * The search for an interest rate at which money balances. It knows nothing of annuities or cash flows: it is given a
 * balance as a function of the rate.
 *
 * Rates are walked by their logarithm, log(1 + rate), which has no edge at −100 % and makes ±10 % and ×10 alike.
 */
import { exponentialMinusOne, logarithmOfMore } from '../kernels/near-one-numbers.ts';

/** The balance at a rate above −1. Only its sign and its zeros matter, so it may be scaled by anything positive. */
export type Balance = (rate: number) => number;

/** Steps of the first search; Excel takes 20, and what needs many more is sooner found between two signs. */
const MAX_SECANT_STEPS = 60;

/** After a step this small against 1 + rate the next one is below the last bit. */
const SETTLED = 1e-10;

/** First distance from the guess, in logarithms, at which a change of sign is looked for; a quarter of a percent. */
const FIRST_DISTANCE = 0.0025;

/** Each distance against the one before: near the guess the search is fine, far off it is coarse. */
const DISTANCE_GROWTH = 1.05;

/** Logarithms beyond which (1 + rate) is no number any more. */
const MAX_LOGARITHM = 700;

/** Halvings after which an interval of that size is down to the last bits. */
const MAX_HALVINGS = 120;

/**
 * Finds a rate at which the balance is zero: the one that steps from the guess lead to, else the nearest to the guess.
 * Undefined when neither is found.
 */
export function findRate(balance: Balance, guess: number): number | undefined {
  return stepFrom(balance, guess) ?? bisectNear(balance, guess);
}

/** Follows chords from the guess, as Excel's search does; it also finds a zero that does not change the sign. */
function stepFrom(balance: Balance, guess: number): number | undefined {
  let [rate, next] = [guess, guess + 1e-3 * (1 + guess)];
  let [value, nextValue] = [balance(rate), balance(next)];
  for (let step = 0; step < MAX_SECANT_STEPS; step += 1) {
    if (value === 0) return rate;
    if (nextValue === 0) return next;
    const slope = (nextValue - value) / (next - rate);
    const change = nextValue / slope;
    if (Math.abs(change) <= SETTLED * (1 + next)) return next - change;
    [rate, value] = [next, nextValue];
    next -= change;
    if (!(next > -1) || !Number.isFinite(next)) return undefined;
    nextValue = balance(next);
    if (!Number.isFinite(nextValue)) return undefined;
  }
  return undefined;
}

/** Looks outwards on both sides of the guess for a change of sign and halves it down to the zero. */
function bisectNear(balance: Balance, guess: number): number | undefined {
  const center = logarithmOfMore(guess);
  const at = (logarithm: number) => balance(exponentialMinusOne(logarithm));
  let [below, above] = [center, center];
  let [valueBelow, valueAbove] = [at(center), at(center)];
  if (valueBelow === 0) return guess;
  for (let distance = FIRST_DISTANCE; distance < MAX_LOGARITHM; distance *= DISTANCE_GROWTH) {
    const [lower, upper] = [center - distance, center + distance];
    const [valueLower, valueUpper] = [at(lower), at(upper)];
    if (isChange(valueAbove, valueUpper)) return bisect(at, above, upper);
    if (isChange(valueLower, valueBelow)) return bisect(at, lower, below);
    [below, above, valueBelow, valueAbove] = [lower, upper, valueLower, valueUpper];
  }
  return undefined;
}

// a balance that is no number any more changes nothing
function isChange(a: number, b: number): boolean {
  return (a < 0 && b >= 0) || (a > 0 && b <= 0);
}

function bisect(at: (logarithm: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  const sign = Math.sign(at(low));
  for (let halving = 0; halving < MAX_HALVINGS; halving += 1) {
    const middle = low + (high - low) / 2;
    if (middle === low || middle === high) break;
    if (Math.sign(at(middle)) === sign) low = middle;
    else high = middle;
  }
  return exponentialMinusOne(high);
}
