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
  readonly #kept: Float64Array;
  #keptCount = 0;
  #sketch: QuantileSketch | undefined;
  #numbers = 0;
  #missing = 0;
  #failed = 0;
  /** Sums of distances from the first number, which keeps digits where values are large and close together. */
  #origin = 0;
  #sum = 0;
  #squares = 0;
  readonly #batchSums: number[] = [];
  readonly #batchNumbers: number[] = [];

  /** `keepsAll`: room for all samples, and exact percentiles; else a sketch of fixed size. */
  constructor(samples: number, keepsAll: boolean) {
    this.#kept = new Float64Array(keepsAll ? samples : Math.min(samples, FIRST_VALUES));
  }

  /** Takes the samples of a stretch that lies within one batch. */
  take(values: Float64Array, status: Uint16Array, from: number, to: number, batch: number): void {
    const first = this.#keptCount;
    const kept = this.#kept;
    let next = first;
    for (let lane = from; lane < to; lane += 1) {
      const state = status[lane] as number;
      if (state === IS_NUMBER) {
        const value = values[lane] as number;
        if (next < kept.length) {
          kept[next] = value;
          next += 1;
        } else this.#sketchOf(kept).add(value);
      } else if (state === IS_MISSING) this.#missing += 1;
      else this.#failed += 1;
    }
    this.#keptCount = next;
    this.#addUp(values, status, from, to, batch);
  }

  #addUp(values: Float64Array, status: Uint16Array, from: number, to: number, batch: number): void {
    if (this.#numbers === 0 && this.#keptCount > 0) this.#origin = this.#kept[0] as number;
    const origin = this.#origin;
    let [sum, squares, numbers] = [0, 0, 0];
    for (let lane = from; lane < to; lane += 1) {
      if (status[lane] !== IS_NUMBER) continue;
      const distance = (values[lane] as number) - origin;
      sum += distance;
      squares += distance * distance;
      numbers += 1;
    }
    this.#sum += sum;
    this.#squares += squares;
    this.#numbers += numbers;
    this.#batchSums[batch] = (this.#batchSums[batch] ?? 0) + sum;
    this.#batchNumbers[batch] = (this.#batchNumbers[batch] ?? 0) + numbers;
  }

  /** The sketch, which begins with what was kept. */
  #sketchOf(kept: Float64Array): QuantileSketch {
    return (this.#sketch ??= new QuantileSketch(kept.toSorted()));
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
      ...(this.#sketch
        ? sketchedPlaces(this.#sketch, this.#numbers)
        : keptPlaces(this.#kept.subarray(0, this.#keptCount))),
    };
    return { ...counts, figures };
  }
}

type Places = Pick<SpreadFigures, 'least' | 'most' | 'percentiles' | 'percentileError' | 'histogram'>;

function keptPlaces(numbers: Float64Array): Places {
  let [least, most] = [Infinity, -Infinity];
  for (let index = 0; index < numbers.length; index += 1) {
    const value = numbers[index] as number;
    if (value < least) least = value;
    if (value > most) most = value;
  }
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
