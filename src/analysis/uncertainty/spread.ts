/** How one cell spreads over samples: mean, deviation, percentiles, histogram, and what did not give a number. */
import { quantilesOf } from './order-statistics.ts';
import { QuantileSketch } from './quantile-sketch.ts';

/** The shares at which percentiles are given. */
export const PERCENTILES = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95] as const;

/** Bars of a histogram. */
const BARS = 40;

/** Bars reach no farther than this many distances between the 5 % and 95 % percentiles; what lies beyond is counted. */
const FARTHEST_BAR = 1;

/** Counts in equal bars. */
export interface Histogram {
  readonly from: number;
  readonly to: number;
  readonly counts: readonly number[];
  /** Samples beyond the bars. */
  readonly below: number;
  readonly above: number;
}

/** The spread of a cell. Unit: that of its line. */
export interface Spread {
  /** Samples that gave a number, no value, a failure. */
  readonly numbers: number;
  readonly missing: number;
  readonly failed: number;
  /** Of the samples that gave a number; absent where none did. */
  readonly figures?: SpreadFigures;
}

/** The figures of a spread. */
export interface SpreadFigures {
  readonly mean: number;
  /** Standard error of the mean, from the spread between batches; absent with fewer than two of them. */
  readonly meanError?: number;
  readonly sd: number;
  readonly least: number;
  readonly most: number;
  /** In the order of `PERCENTILES`. */
  readonly percentiles: readonly number[];
  /** How far a percentile may be from that of the samples: 0 where all were kept. */
  readonly percentileError: number;
  readonly histogram: Histogram;
}

/** A number is held in status 0, nothing in 1; see the engine's `Column`. */
const IS_NUMBER = 0;
const IS_MISSING = 1;

/** Values before the bins of a sketch are laid out. */
const FIRST_VALUES = 2048;

/** Counts the samples of one cell. */
export class SpreadCounter {
  /** All numbers, or those that the sketch has not been given yet. */
  readonly #kept: Float64Array;
  readonly #keepsAll: boolean;
  #keptCount = 0;
  #sketch: QuantileSketch | undefined;
  #numbers = 0;
  #missing = 0;
  #failed = 0;
  /** Sums of distances from the first number, which keeps digits where values are large and close together. */
  #origin = 0;
  #sum = 0;
  #squares = 0;
  #least = Infinity;
  #most = -Infinity;
  readonly #batchSums: number[] = [];
  readonly #batchNumbers: number[] = [];

  /** `keepsAll`: `room` for all samples, and exact percentiles; else a sketch of fixed size. */
  constructor(
    samples: number,
    keepsAll: boolean,
    room = new Float64Array(keepsAll ? samples : Math.min(samples, FIRST_VALUES)),
  ) {
    this.#keepsAll = keepsAll;
    this.#kept = room;
  }

  /** Takes the samples of a stretch that lies within one batch. */
  take(values: Float64Array, status: Uint16Array, from: number, to: number, batch: number): void {
    for (let lane = from; lane < to;) {
      const state = status[lane] as number;
      let end = lane + 1;
      while (end < to && status[end] === state) end += 1;
      if (state === IS_NUMBER) this.takeNumbers(values, lane, end, batch);
      else if (state === IS_MISSING) this.#missing += end - lane;
      else this.#failed += end - lane;
      lane = end;
    }
  }

  /** Takes a stretch within one batch in which every sample gave a number. */
  takeNumbers(values: Float64Array, from: number, to: number, batch: number): void {
    const kept = this.#kept;
    if (this.#numbers === 0) this.#origin = values[from] as number;
    for (let lane = from; lane < to;) {
      if (this.#keptCount === kept.length) this.#flush();
      const end = Math.min(to, lane + kept.length - this.#keptCount);
      this.#keep(values, lane, end, batch);
      lane = end;
    }
  }

  /** One pass over numbers for which there is room. */
  #keep(values: Float64Array, from: number, to: number, batch: number): void {
    const kept = this.#kept;
    const origin = this.#origin;
    let [next, sum, squares, least, most] = [this.#keptCount, 0, 0, this.#least, this.#most];
    for (let lane = from; lane < to; lane += 1) {
      const value = values[lane] as number;
      kept[next] = value;
      next += 1;
      const distance = value - origin;
      sum += distance;
      squares += distance * distance;
      if (value < least) least = value;
      if (value > most) most = value;
    }
    this.#keptCount = next;
    this.#sum += sum;
    this.#squares += squares;
    this.#least = least;
    this.#most = most;
    this.#numbers += to - from;
    this.#batchSums[batch] = (this.#batchSums[batch] ?? 0) + sum;
    this.#batchNumbers[batch] = (this.#batchNumbers[batch] ?? 0) + to - from;
  }

  /** Gives the sketch what was kept; the first time it lays out its bins by it. */
  #flush(): void {
    if (this.#keepsAll) throw new Error('more samples than were announced');
    const { length } = this.#kept;
    if (this.#sketch) this.#sketch.add(this.#kept, length);
    else this.#sketch = new QuantileSketch(this.#kept.toSorted());
    this.#keptCount = 0;
  }

  result(): Spread {
    const counts = { numbers: this.#numbers, missing: this.#missing, failed: this.#failed };
    if (this.#numbers === 0) return counts;
    const shift = this.#sum / this.#numbers;
    const variance =
      this.#numbers < 2 ? 0 : Math.max(0, (this.#squares - this.#sum * shift) / (this.#numbers - 1));
    const meanError = batchError(this.#batchSums, this.#batchNumbers);
    const figures = {
      mean: this.#origin + shift,
      ...(meanError !== undefined && { meanError }),
      sd: Math.sqrt(variance),
      ...this.#places(),
    };
    return { ...counts, figures };
  }

  #places(): Places {
    const kept = this.#kept.subarray(0, this.#keptCount);
    if (!this.#sketch) return keptPlaces(kept, this.#least, this.#most);
    this.#sketch.add(kept, kept.length);
    this.#keptCount = 0;
    return sketchedPlaces(this.#sketch, this.#numbers);
  }
}

type Places = Pick<SpreadFigures, 'least' | 'most' | 'percentiles' | 'percentileError' | 'histogram'>;

function keptPlaces(numbers: Float64Array, least: number, most: number): Places {
  const percentiles =
    least === most ? PERCENTILES.map(() => least) : quantilesOf(numbers, least, most, PERCENTILES);
  const { from, to } = barsBetween(least, most, percentiles);
  const counts = new Uint32Array(BARS);
  let [below, above] = [0, 0];
  // values so close together that no bars tell them apart stand in the first
  const perUnit = Number.isFinite(BARS / (to - from)) ? BARS / (to - from) : 0;
  for (let index = 0; index < numbers.length; index += 1) {
    const value = numbers[index] as number;
    const bar = Math.min(BARS - 1, ((value - from) * perUnit) | 0);
    if (value < from) below += 1;
    else if (value > to) above += 1;
    else counts[bar] = (counts[bar] as number) + 1;
  }
  return {
    least,
    most,
    percentiles,
    percentileError: 0,
    histogram: { from, to, counts: [...counts], below, above },
  };
}

function sketchedPlaces(sketch: QuantileSketch, numbers: number): Places {
  const { least, most } = sketch;
  const estimates = sketch.quantiles(PERCENTILES);
  const percentiles = estimates.map(({ value }) => value);
  const { from, to } = barsBetween(least, most, percentiles);
  const counts = [...sketch.histogram(from, to, BARS)];
  const inside = counts.reduce((sum, count) => sum + count, 0);
  const below = from > least ? ([...sketch.histogram(least, from, 1)][0] as number) : 0;
  return {
    least,
    most,
    percentiles,
    percentileError: Math.max(...estimates.map(({ error }) => error)),
    histogram: { from, to, counts, below, above: Math.max(0, numbers - inside - below) },
  };
}

function barsBetween(
  least: number,
  most: number,
  percentiles: readonly number[],
): { from: number; to: number } {
  const [low, high] = [percentiles[0] as number, percentiles.at(-1) as number];
  const reach = FARTHEST_BAR * (high - low);
  return reach > 0
    ? { from: Math.max(least, low - reach), to: Math.min(most, high + reach) }
    : { from: least, to: most };
}

/** Standard error of a mean from the means of independent batches; absent with fewer than two. */
export function batchError(sums: readonly number[], counts: readonly number[]): number | undefined {
  const means = sums.flatMap((sum, batch) =>
    (counts[batch] ?? 0) > 0 ? [sum / (counts[batch] as number)] : [],
  );
  if (means.length < 2) return undefined;
  const mean = means.reduce((sum, one) => sum + one, 0) / means.length;
  const variance = means.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (means.length - 1);
  return Math.sqrt(variance / means.length);
}
