/** Sobol' points: a net that fills the unit cube far more evenly than chance does, scrambled so that its errors are measurable. */
import type { Random } from './random-source.ts';
import { readDirections } from './sobol-directions.ts';

/** Bits of a coordinate; a net has at most 2³² points before it repeats. */
const BITS = 32;

/** Direction numbers of all dimensions. Shape: dimension-major, 32 a dimension, as unsigned 32-bit numbers. */
export function sobolDirections(dimensions: number): Uint32Array {
  const directions = new Uint32Array(dimensions * BITS);
  const starts = readDirections();
  for (let bit = 0; bit < BITS; bit += 1) directions[bit] = 2 ** (BITS - 1 - bit);
  for (let dimension = 1; dimension < dimensions; dimension += 1) {
    const start = starts[dimension - 1];
    if (!start) throw new Error(`no direction numbers for dimension ${dimension + 1}`);
    const { coefficients, integers } = start;
    const degree = integers.length;
    const own = directions.subarray(dimension * BITS, (dimension + 1) * BITS);
    for (let bit = 0; bit < BITS; bit += 1) {
      if (bit < degree) {
        own[bit] = (integers[bit] as number) * 2 ** (BITS - 1 - bit);
        continue;
      }
      const before = own[bit - degree] as number;
      let value = before ^ (before >>> degree);
      for (let k = 1; k < degree; k += 1) {
        if ((coefficients >>> (degree - 1 - k)) & 1) value ^= own[bit - k] as number;
      }
      own[bit] = value;
    }
  }
  return directions;
}

/** One net of points, each coordinate between 0 and 1, ends excluded. */
export interface Net {
  /** Writes the next points; `into` has one array a dimension, all of one length. */
  next(into: readonly Float64Array[]): void;
}

/** Builds the net itself: the first point is the lower corner. */
export function plainNet(directions: Uint32Array): Net {
  return netOf(directions, new Uint32Array(directions.length / BITS));
}

/**
 * Builds a net scrambled by chance: every point is uniform in the cube, and the points stay as even as they were.
 *
 * Source: J. Matoušek, On the L2-discrepancy for anchored boxes, J. Complexity 14 (1998) 527–556: random linear matrix and
 * digital shift.
 */
export function scrambledNet(directions: Uint32Array, random: Random): Net {
  const dimensions = directions.length / BITS;
  const word = () => Math.floor(random() * 2 ** BITS);
  const scrambled = new Uint32Array(directions.length);
  for (let dimension = 0; dimension < dimensions; dimension += 1) {
    // each bit is mixed with bits above it
    const rows = Array.from({ length: BITS }, (_, bit) => {
      const own = 2 ** (BITS - 1 - bit);
      return (word() & ~(2 * own - 1)) | own;
    });
    for (let place = dimension * BITS; place < (dimension + 1) * BITS; place += 1) {
      const direction = directions[place] as number;
      let mixed = 0;
      for (const row of rows) mixed = (mixed << 1) | parity(direction & row);
      scrambled[place] = mixed;
    }
  }
  return netOf(scrambled, Uint32Array.from({ length: dimensions }, word));
}

function parity(word: number): number {
  let bits = word ^ (word >>> 16);
  bits ^= bits >>> 8;
  bits ^= bits >>> 4;
  bits ^= bits >>> 2;
  return (bits ^ (bits >>> 1)) & 1;
}

/** Walks the net in Gray code, where each step flips one direction. */
function netOf(directions: Uint32Array, state: Uint32Array): Net {
  let index = 0;
  return {
    next(into) {
      const count = into[0]?.length ?? 0;
      into.forEach((coordinates, dimension) => {
        const offset = dimension * BITS;
        let word = state[dimension] as number;
        for (let point = 0; point < count; point += 1) {
          // the middle of the smallest cell: neither end can be drawn
          coordinates[point] = ((word >>> 0) + 0.5) / 2 ** BITS;
          word ^= directions[offset + trailingOnes(index + point)] as number;
        }
        state[dimension] = word;
      });
      index += count;
    },
  };
}

function trailingOnes(index: number): number {
  return 31 - Math.clz32(~index & (index + 1));
}
