/**
 * Lines and growth curves through figures, read at one point.
 *
 * Positions count: without x the figures stand at 1, 2, 3 …, and one that is missing keeps its place and is left out.
 */
import { MISSING, failure, isNumber, type Failure, type Value } from '#quantity';
import type { Argument, FunctionSpec } from '../function-spec.ts';
import { exponential, logarithm } from '../kernels/numbers.ts';
import { finite, list, listIn, microsoft, number, numberIn, optional, plainIn } from './declare.ts';

const plain = plainIn('trend');

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A fitted curve: the y at an x. */
type Curve = (x: number) => number;

/** The points both of whose parts are there; undefined when the lists are not of one length. */
function pointsOf(ys: readonly Value[], xs: readonly Value[] | undefined): Point[] | undefined {
  if (xs !== undefined && xs.length !== ys.length) return undefined;
  return ys.flatMap((y, index) => {
    const x = xs === undefined ? index + 1 : (xs[index] ?? MISSING);
    return isNumber(x) && isNumber(y) ? [{ x, y }] : [];
  });
}

/** Mean in two passes: the second adds what rounding took from the first. */
function mean(numbers: readonly number[]): number {
  const first = numbers.reduce((total, one) => total + one, 0) / numbers.length;
  return first + numbers.reduce((left, one) => left + (one - first), 0) / numbers.length;
}

/** Least squares around the means, so that years as x cost no digits; a lone x has no slope. */
function lineThrough(points: readonly Point[]): { slope: number | undefined; curve: Curve } {
  const [meanX, meanY] = [mean(points.map(({ x }) => x)), mean(points.map(({ y }) => y))];
  let [across, along] = [0, 0];
  for (const { x, y } of points) {
    across += (x - meanX) * (y - meanY);
    along += (x - meanX) ** 2;
  }
  const slope = points.every(({ x }) => x === points[0]?.x) ? undefined : across / along;
  return { slope, curve: (x) => meanY + (slope ?? 0) * (x - meanX) };
}

/** Least squares through the origin. */
function lineFromOrigin(points: readonly Point[]): Curve {
  let [across, along] = [0, 0];
  for (const { x, y } of points) {
    across += x * y;
    along += x * x;
  }
  return (x) => (along === 0 ? 0 : (across / along) * x);
}

/** Excel leaves out an x that never changes, which leaves the mean; of one point nothing can be continued. */
function fit(name: string, points: readonly Point[], isFree: boolean): Curve | Failure {
  if (!isFree) return lineFromOrigin(points);
  return points.length < 2 ? failure('#DIV/0!', 'too_few_points', { name }) : lineThrough(points).curve;
}

/** TREND and GROWTH: the same arguments, in y or in its logarithm. */
function extrapolation(name: string, isLogarithmic: boolean) {
  return (args: readonly (Argument | undefined)[]): Value => {
    const ys = listIn(args[0]) ?? [];
    const xs = listIn(args[1]);
    const points = pointsOf(ys, xs);
    if (points === undefined) return failure('#REF!', 'lists_differ', { name });
    if (points.length === 0) return MISSING;
    if (isLogarithmic && points.some(({ y }) => y <= 0)) return failure('#NUM!', 'log_of_nonpositive');
    // of Excel's row of results the first stands in the cell
    const x = numberIn(args[2]) ?? (xs === undefined ? 1 : xs[0]);
    if (!isNumber(x ?? MISSING)) return MISSING;
    const straight = isLogarithmic ? points.map((point) => ({ ...point, y: logarithm(point.y) })) : points;
    const curve = fit(name, straight, numberIn(args[3]) !== 0);
    if (typeof curve !== 'function') return curve;
    const y = curve(x as number);
    return finite(isLogarithmic ? exponential(y) : y);
  };
}

function forecast(x: number, ys: readonly Value[], xs: readonly Value[]): Value {
  const points = pointsOf(ys, xs);
  if (points === undefined) return failure('#N/A', 'lists_differ', { name: 'FORECAST' });
  if (points.length === 0) return MISSING;
  const { slope, curve } = lineThrough(points);
  return slope === undefined ? failure('#DIV/0!', 'too_few_points', { name: 'FORECAST' }) : finite(curve(x));
}

const COSTS =
  '{133890, 135000, 135790, 137300, 138130, 139100, 139900, 141120, 141890, 143230, 144000, 145290}';
const UNITS = {
  ...{ A2: 11, A3: 12, A4: 13, A5: 14, A6: 15, A7: 16 },
  ...{ B2: 33100, B3: 47300, B4: 69000, B5: 102000, B6: 150000, B7: 220000 },
};
const EXTRAPOLATION = [
  list('known_ys', 'a'),
  optional(list('known_xs', 'b')),
  optional(number('new_x', 'b')),
  optional(number('const', '1')),
];

/** TREND FORECAST GROWTH. */
export const trendFunctions: readonly FunctionSpec[] = [
  {
    ...plain,
    name: 'TREND',
    parameters: EXTRAPOLATION,
    result: 'a',
    compute: extrapolation('TREND', false),
    examples: [
      { text: `=TREND(${COSTS}, , 13)`, gives: 146172, decimals: 0, source: microsoft('TREND') },
      { text: `=TREND(${COSTS}, , 17)`, gives: 150244, decimals: 0, source: microsoft('TREND') },
      {
        text: '=TREND(A1:A4, , 5)',
        gives: 18,
        cells: { A1: 10, A2: null, A3: 14, A4: 16 },
        source: 'two a step: the missing second figure keeps its place',
      },
      { text: '=TREND({2, 4.5}, {1, 2}, 4, 0)', gives: 8.8, source: 'through the origin: slope 11 / 5' },
    ],
  },
  {
    ...plain,
    name: 'FORECAST',
    parameters: [number('x', 'b'), list('known_ys', 'a'), list('known_xs', 'b')],
    result: 'a',
    compute: ([x, ys, xs]) => forecast(numberIn(x) ?? 0, listIn(ys) ?? [], listIn(xs) ?? []),
    examples: [
      {
        text: '=FORECAST(30, {6, 7, 9, 15, 21}, {20, 28, 31, 38, 40})',
        gives: 10.607253,
        decimals: 6,
        source: microsoft('FORECAST'),
      },
      { text: '=FORECAST(2025, {100, 110}, {2019, 2020})', gives: 160, source: 'ten a year' },
      { text: '=FORECAST(3, {1, 2}, {5, 5})', gives: '#DIV/0!', source: microsoft('FORECAST') },
    ],
  },
  {
    ...plain,
    name: 'GROWTH',
    parameters: EXTRAPOLATION,
    result: 'a',
    compute: extrapolation('GROWTH', true),
    examples: [
      {
        text: '=GROWTH(B2:B7, A2:A7, 17)',
        gives: 320197,
        decimals: 0,
        cells: UNITS,
        source: microsoft('GROWTH'),
      },
      {
        text: '=GROWTH(B2:B7, A2:A7, 18)',
        gives: 468536,
        decimals: 0,
        cells: UNITS,
        source: microsoft('GROWTH'),
      },
      { text: '=GROWTH({100, 110, 121}, , 4)', gives: 133.1, source: 'ten per cent a step' },
      { text: '=GROWTH({1, -2, 3}, , 4)', gives: '#NUM!', source: microsoft('GROWTH') },
    ],
  },
];
