/**
 * Quantiles of a stream in fixed memory: counts in bins that are narrow around the middle of the first values and widen with
 * the distance from it. Exact counts, rounded places.
 *
 * Error: a quantile is off by less than the width of its bin, at most 1/512 of (its distance from the middle plus the
 * quartile distance of the first values). 64 kB whatever comes.
 */

/** Bins in which a distance doubles; a power of two, so that a bin is read off the bits of the number. */
const BINS_PER_DOUBLING = 512;

/** How often the distance may double from the first quartile distance on; what lies beyond shares the last bin. */
const DOUBLINGS = 16;

const SIDE = BINS_PER_DOUBLING * DOUBLINGS;
/** Bits of the upper half of a double that do not tell bins apart: 20 of the fraction less the 9 that do. */
const DROPPED_BITS = 11;
/** The upper half of 1, without those bits. */
const ONE = 0x3ff00000 >>> DROPPED_BITS;

/** A value with how far off it may be. */
export interface Estimate {
  readonly value: number;
  readonly error: number;
}

/** Counts a stream. */
export class QuantileSketch {
  readonly #middle: number;
  readonly #unit: number;
  /** Bins below the middle, the farthest first, then those above. */
  readonly #counts = new Uint32Array(2 * SIDE);
  readonly #bits = new Float64Array(1);
  readonly #halves = new Uint32Array(this.#bits.buffer);
  #count = 0;
  #least = Infinity;
  #most = -Infinity;

  /** Takes the first values, in rising order; at least one. */
  constructor(first: Float64Array) {
    const at = (share: number) => first[Math.floor(share * (first.length - 1))] as number;
    this.#middle = at(0.5);
    const spread = at(0.75) - at(0.25) || at(1) - at(0);
    this.#unit = spread > 0 ? spread : Math.abs(this.#middle) * 1e-6 || 1;
    this.add(first, first.length);
  }

  /** Counts the first so many of some numbers. */
  add(values: Float64Array, count: number): void {
    const [middle, unit, counts, bits, halves] = [
      this.#middle,
      this.#unit,
      this.#counts,
      this.#bits,
      this.#halves,
    ];
    let [least, most] = [this.#least, this.#most];
    for (let index = 0; index < count; index += 1) {
      const value = values[index] as number;
      const distance = (value - middle) / unit;
      bits[0] = Math.abs(distance) + 1;
      const step = Math.min(SIDE - 1, ((halves[1] as number) >>> DROPPED_BITS) - ONE);
      const bin = distance < 0 ? SIDE - 1 - step : SIDE + step;
      counts[bin] = (counts[bin] as number) + 1;
      if (value < least) least = value;
      if (value > most) most = value;
    }
    this.#count += count;
    this.#least = least;
    this.#most = most;
  }

  get least(): number {
    return this.#least;
  }

  get most(): number {
    return this.#most;
  }

  /** The values below which shares of the stream lie, as `quantilesOf` all values would give them; `shares` rise. */
  quantiles(shares: readonly number[]): Estimate[] {
    let bin = 0;
    let before = 0;
    return shares.map((share) => {
      const rank = share * (this.#count - 1);
      while (before + (this.#counts[bin] as number) <= rank) {
        before += this.#counts[bin] as number;
        bin += 1;
      }
      const [low, high] = this.#edges(bin);
      const within = Math.min(1, (rank - before + 0.5) / (this.#counts[bin] as number));
      return { value: low + within * (high - low), error: high - low };
    });
  }

  /** Spreads the counts over equal bins; a bin that lies across an edge is split in proportion. */
  histogram(from: number, to: number, bins: number): Float64Array {
    const result = new Float64Array(bins);
    const width = (to - from) / bins;
    if (!(width > 0)) {
      result[0] = this.#count;
      return result;
    }
    this.#counts.forEach((count, bin) => {
      if (count === 0) return;
      const [low, high] = this.#edges(bin);
      const barOf = (value: number) => Math.max(0, Math.min(bins - 1, Math.floor((value - from) / width)));
      if (!(high > low)) {
        if (low >= from && low <= to) result[barOf(low)] = (result[barOf(low)] as number) + count;
        return;
      }
      for (let bar = barOf(low); bar <= barOf(high); bar += 1) {
        const shared = Math.min(high, from + (bar + 1) * width) - Math.max(low, from + bar * width);
        result[bar] = (result[bar] as number) + (count * Math.max(0, shared)) / (high - low);
      }
    });
    return result;
  }

  /** Where a bin begins and ends, within what was seen. */
  #edges(bin: number): readonly [low: number, high: number] {
    const isBelow = bin < SIDE;
    const step = isBelow ? SIDE - 1 - bin : bin - SIDE;
    const near = distanceOf(step) * this.#unit;
    const far = step === SIDE - 1 ? Infinity : distanceOf(step + 1) * this.#unit;
    const [low, high] = isBelow
      ? [this.#middle - far, this.#middle - near]
      : [this.#middle + near, this.#middle + far];
    return [Math.max(low, this.#least), Math.min(high, this.#most)];
  }
}

/** The distance at which a bin begins, in units. */
function distanceOf(step: number): number {
  const doubling = Math.floor(step / BINS_PER_DOUBLING);
  return 2 ** doubling * (1 + (step % BINS_PER_DOUBLING) / BINS_PER_DOUBLING) - 1;
}
