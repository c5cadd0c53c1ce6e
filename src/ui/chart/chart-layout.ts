/** Where things stand on a chart, in pixels. */
import type { Scale } from './chart-scale.ts';

/** The plot inside its frame, and which periods it spans. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly first: number;
  readonly last: number;
  /** Periods that have a label. */
  readonly labelled: readonly number[];
  /** Whether the lines are named at their ends. */
  readonly hasEndLabels: boolean;
  /** How many times as large as usual letters are. */
  readonly enlarged: number;
}

/** Room left of the first and right of the last period, in periods, so that points are drawn whole. */
export const SIDE_PERIODS = 0.25;

/** Letters along an axis, in pixels; what else is measured here is measured in charts with such letters. */
export const LETTERS_PX = 12;

const LABEL_WIDTH_PX = 36;
const DIGIT_PX = 7;
const END_LABEL_PX = 112;
const FOOT_PX = 24;
/** Under this width names at the ends of lines leave too little for the lines. */
const END_LABELS_FROM_PX = 480;

/** Lays out a chart of `width` × `height` whose vertical labels have up to `digits` characters; `letters` are their pixels. */
export function layoutFor(
  {
    width,
    height,
    letters = LETTERS_PX,
  }: { readonly width: number; readonly height: number; readonly letters?: number | undefined },
  span: { readonly first: number; readonly last: number; readonly base: number },
  digits: number,
): Layout {
  const enlarged = letters / LETTERS_PX;
  const hasEndLabels = width >= END_LABELS_FROM_PX * enlarged;
  const left = 12 + Math.ceil(digits * DIGIT_PX * enlarged) + 8;
  const right = hasEndLabels ? END_LABEL_PX * enlarged : 12;
  const plot = Math.max(1, width - left - right);
  const perPeriod = plot / (span.last - span.first + 2 * SIDE_PERIODS);
  const every = [1, 5, 10, 20].find((step) => step * perPeriod >= LABEL_WIDTH_PX * enlarged) ?? 50;
  const periods = Array.from({ length: span.last - span.first + 1 }, (_, index) => span.first + index);
  return {
    width,
    height,
    left,
    right,
    top: 12,
    bottom: FOOT_PX * enlarged,
    first: span.first,
    last: span.last,
    labelled: periods.filter((period) => (period - span.base) % every === 0),
    hasEndLabels,
    enlarged,
  };
}

/** The period under a horizontal place, kept inside the span. */
export function periodAt(x: number, layout: Layout): number {
  const plot = layout.width - layout.left - layout.right;
  const periods = layout.last - layout.first + 2 * SIDE_PERIODS;
  const period = layout.first - SIDE_PERIODS + ((x - layout.left) / Math.max(1, plot)) * periods;
  return Math.min(layout.last, Math.max(layout.first, Math.round(period)));
}

/** Where a period stands, in pixels from the left. */
export function placeOfPeriod(period: number, layout: Layout): number {
  const plot = layout.width - layout.left - layout.right;
  const periods = layout.last - layout.first + 2 * SIDE_PERIODS;
  return layout.left + ((period - layout.first + SIDE_PERIODS) / periods) * plot;
}

/** The height at which a number stands, in pixels from the top. */
export function heightOf(value: number, layout: Layout, scale: Scale): number {
  const plot = layout.height - layout.top - layout.bottom;
  return layout.top + ((scale.max - value) / (scale.max - scale.min)) * plot;
}

/** Moves labels apart so that each has `gap` to the next, and as little as possible. Gives the moves, in the order given. */
export function spread(heights: readonly number[], gap: number): number[] {
  const order = heights.map((_, index) => index).sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  const placed = order.map((index) => heights[index] ?? 0);
  for (let round = 0; round < placed.length; round += 1) {
    for (let at = 1; at < placed.length; at += 1) {
      const short = gap - ((placed[at] ?? 0) - (placed[at - 1] ?? 0));
      if (short <= 0) continue;
      placed[at - 1] = (placed[at - 1] ?? 0) - short / 2;
      placed[at] = (placed[at] ?? 0) + short / 2;
    }
  }
  const moves = new Array<number>(heights.length).fill(0);
  order.forEach((index, at) => (moves[index] = (placed[at] ?? 0) - (heights[index] ?? 0)));
  return moves;
}
