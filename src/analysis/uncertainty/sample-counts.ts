/** How many samples: apart from drawing them, which a page that asks does not load. */

/** Samples where nothing is said. */
export const DEFAULT_SAMPLES = 10_000;

/** Most samples of one question. */
export const MAX_SAMPLES = 1_000_000;

/** Numbers that are kept for exact percentiles, over all cells: 256 MB. Beyond, each cell has a sketch of 64 kB. */
export const MOST_KEPT_NUMBERS = 32_000_000;
