/** Values at given ranks of an unordered array, without sorting all of it. */

/** Bins into which the numbers are counted; some ten of them hold a wanted rank and are sorted. */
const BINS = 1024;

/** The bins of the numbers in work, used again for the next ones: cells are many, and short in work. */
const counts = new Uint32Array(BINS);
const isWanted = new Uint8Array(BINS);

/**
 * Gives the quantiles of numbers, as Excel's PERCENTILE.INC and numpy's default do: linear between the two nearest ranks.
 *
 * Shape: `least` and `most` are the ends of the numbers; there is at least one. Exact: counting only finds which numbers
 * need sorting. Where they all crowd into a few bins, all are sorted.
 */
export function quantilesOf(
  numbers: Float64Array,
  least: number,
  most: number,
  shares: readonly number[],
): number[] {
  const perUnit = (BINS - 1) / (most - least);
  // all the same, or so close that no bins can tell them apart
  if (!Number.isFinite(perUnit)) return quantilesOfSorted(numbers.toSorted(), shares);
  counts.fill(0);
  isWanted.fill(0);
  for (let index = 0; index < numbers.length; index += 1) {
    const bin = (((numbers[index] as number) - least) * perUnit) | 0;
    counts[bin] = (counts[bin] as number) + 1;
  }
  const ranks = shares.map((share) => share * (numbers.length - 1));
  const wanted = new Set(ranks.flatMap((rank) => [Math.floor(rank), Math.ceil(rank)]));
  /** Numbers in bins that are not wanted, below each wanted rank. */
  const skippedBelow = new Map<number, number>();
  let [before, skipped, gatheredCount] = [0, 0, 0];
  const rising = [...wanted].sort((a, b) => a - b);
  let first = 0;
  for (let bin = 0; bin < BINS && first < rising.length; bin += 1) {
    const count = counts[bin] as number;
    const end = before + count;
    if ((rising[first] as number) >= end) skipped += count;
    else {
      isWanted[bin] = 1;
      gatheredCount += count;
      for (; first < rising.length && (rising[first] as number) < end; first += 1)
        skippedBelow.set(rising[first] as number, skipped);
    }
    before = end;
  }
  const gathered = new Float64Array(gatheredCount);
  let next = 0;
  for (let index = 0; index < numbers.length; index += 1) {
    const number = numbers[index] as number;
    if (isWanted[((number - least) * perUnit) | 0] === 0) continue;
    gathered[next] = number;
    next += 1;
  }
  gathered.sort();
  const at = (rank: number) => gathered[rank - (skippedBelow.get(rank) ?? 0)] as number;
  return ranks.map((rank) => between(at(Math.floor(rank)), at(Math.ceil(rank)), rank));
}

function quantilesOfSorted(sorted: Float64Array, shares: readonly number[]): number[] {
  return shares.map((share) => {
    const rank = share * (sorted.length - 1);
    return between(sorted[Math.floor(rank)] as number, sorted[Math.ceil(rank)] as number, rank);
  });
}

function between(below: number, above: number, rank: number): number {
  return below + (rank - Math.floor(rank)) * (above - below);
}
