/** Where the bars of a bridge lie: each begins where the one before ended. Places are shares of the width, 0 to 1. */

/** One bar. */
export interface BridgeBar {
  readonly from: number;
  readonly to: number;
}

/** Free space at both ends, so that the marks of the first and last level are not cut. */
const MARGIN = 0.04;

/** Lays bars out between the lowest and the highest level on the way; without any change they lie in the middle. */
export function bridgeBars(start: number, contributions: readonly number[]): BridgeBar[] {
  const levels = [start];
  for (const one of contributions) levels.push((levels.at(-1) ?? start) + one);
  const [low, high] = [Math.min(...levels), Math.max(...levels)];
  const place = (level: number) =>
    high === low ? 0.5 : MARGIN + ((level - low) / (high - low)) * (1 - 2 * MARGIN);
  return contributions.map((_, index) => ({
    from: place(levels[index] ?? start),
    to: place(levels[index + 1] ?? start),
  }));
}
