/** The outline of a distribution, small enough to be drawn beside its text. */
import type { UncertainDriver } from '#analysis';

/** Points between which the outline of a curve runs. */
const POINTS = 48;

/** Shares of the draws that the outline leaves out at each end. */
const LEFT_OUT = 0.004;

/** A distribution as a picture: places along its range and heights, both 0 to 1. */
export interface CurveShape {
  /** bars: single outcomes with their probabilities · outline: a curve. */
  readonly kind: 'bars' | 'outline';
  readonly points: readonly (readonly [place: number, height: number])[];
}

/** Draws up the outline of what a driver may be worth: how thick its quantiles lie. */
export function shapeOf({
  distribution,
  curve,
}: Pick<UncertainDriver, 'distribution' | 'curve'>): CurveShape {
  if (distribution.kind === 'discrete') {
    const { outcomes } = distribution;
    const values = outcomes.map(({ value }) => value);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const highest = Math.max(...outcomes.map(({ probability }) => probability));
    const points = outcomes.map(
      ({ value, probability }) =>
        [most > least ? (value - least) / (most - least) : 0.5, probability / highest] as const,
    );
    return { kind: 'bars', points };
  }
  const levels = Array.from({ length: POINTS + 1 }, (_, index) =>
    curve.quantile(LEFT_OUT + ((1 - 2 * LEFT_OUT) * index) / POINTS),
  );
  const [least, most] = [levels[0] as number, levels.at(-1) as number];
  const heights = levels.slice(1).map((level, index) => {
    const before = levels[index] as number;
    return { place: ((before + level) / 2 - least) / (most - least), thick: 1 / (level - before) };
  });
  const thickest = Math.max(...heights.map(({ thick }) => thick));
  const inner = heights.map(({ place, thick }) => [place, thick / thickest] as const);
  const [first, last] = [inner[0]?.[1] ?? 0, inner.at(-1)?.[1] ?? 0];
  return { kind: 'outline', points: [[0, first], ...inner, [1, last]] };
}
