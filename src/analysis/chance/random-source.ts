/** Chance as an argument: a stream of numbers that a seed decides. */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Gives the next number, from 0 up to 1. */
export type Random = () => number;

/** Builds a stream of numbers; the same whole number as seed gives the same stream everywhere. */
export function seededRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  return () => uniformFloat64(generator);
}
