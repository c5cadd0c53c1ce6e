/**
 * Slopes of regressions. A fitted value is linear in the ys, so its slope by one of them is what the fit gives where that y
 * is 1 and all others are 0; by the xs it follows from least squares around the means.
 */
import { isNumber, type Value } from '#quantity';
import { logarithm } from '#formula';
import { listAt, numberAt, type DerivedCall, type Rule } from './call.ts';

/** The rule of a function of this family. */
export function trendRule(name: string): Rule | undefined {
  switch (name) {
    case 'TREND':
    case 'GROWTH':
      return extrapolation;
    case 'FORECAST':
      return ({ args }) => {
        const [byYs, byXs, byX] = fitted(listAt(args, 1), listAt(args, 2), numberAt(args, 0), true);
        return [byX, byYs, byXs];
      };
    default:
      return undefined;
  }
}

const extrapolation: Rule = ({ spec, args, value }: DerivedCall) => {
  const isLogarithmic = spec.name === 'GROWTH';
  const ys = listAt(args, 0);
  const hasXs = args[1] !== undefined;
  const xs = hasXs ? listAt(args, 1) : ys.map((_, index) => index + 1);
  const first = xs[0] ?? null;
  const x = numberAt(args, 2, isNumber(first) ? first : 0);
  const heights = isLogarithmic ? ys.map((y) => (isNumber(y) ? logarithm(y) : y)) : ys;
  const [byHeights, byXs, byX] = fitted(heights, xs, x, args[3] !== 0);
  const scale = isLogarithmic ? value : 1;
  const byYs = byHeights.map((slope, index) =>
    isLogarithmic && slope !== 0 ? (slope * scale) / (ys[index] as number) : slope,
  );
  // without new_x the first x is where the curve is read
  const own = byXs.map((slope, index) => scale * (slope + (args[2] === undefined && index === 0 ? byX : 0)));
  return [byYs, hasXs ? own : undefined, args[2] === undefined ? undefined : scale * byX];
};

/** Slopes of the fitted value at x by each y, each x of a point, and x itself. */
function fitted(
  ys: readonly Value[],
  xs: readonly Value[],
  x: number,
  isFree: boolean,
): [byYs: number[], byXs: number[], byX: number] {
  const isPoint = ys.map((y, index) => isNumber(y) && isNumber(xs[index] ?? null));
  const points = ys.flatMap((y, index) =>
    isPoint[index] ? [{ x: xs[index] as number, y: y as number }] : [],
  );
  const share = isFree ? 1 / points.length : 0;
  const mean = (of: (point: { x: number; y: number }) => number) =>
    share * points.reduce((sum, one) => sum + of(one), 0);
  const [meanX, meanY] = [mean((one) => one.x), mean((one) => one.y)];
  const along = points.reduce((sum, one) => sum + (one.x - meanX) ** 2, 0);
  const across = points.reduce((sum, one) => sum + (one.x - meanX) * (one.y - meanY), 0);
  // xs that never change leave the mean
  const per = along === 0 ? 0 : 1 / along;
  const slope = across * per;
  const far = x - meanX;
  const each = (of: (point: { x: number; y: number }) => number) =>
    ys.map((y, index) => (isPoint[index] ? of({ x: xs[index] as number, y: y as number }) : 0));
  return [
    each((one) => share + far * (one.x - meanX) * per),
    each((one) => far * per * (one.y - meanY - 2 * slope * (one.x - meanX)) - slope * share),
    slope,
  ];
}
