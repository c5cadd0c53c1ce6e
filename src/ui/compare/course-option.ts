/** The chart of one line in several scenarios: what was, each scenario's way on from there, and the target. */
import { endName, groundOf, levelAxis, periodAxis } from '../chart/chart-axes.ts';
import type { ChartOption } from '../chart/echarts-adapter.ts';
import { SIDE_PERIODS, heightOf, layoutFor, spread } from '../chart/chart-layout.ts';
import { scaleFor, ticksOf, type Scale } from '../chart/chart-scale.ts';
import type { PlotLook } from '../chart/plot.svelte.ts';

/** A number as shown (percent, not its fraction) in a period; null for none. */
type Spot = readonly [period: number, shown: number | null];

/** What the chart shows. */
export interface CoursePicture {
  readonly first: number;
  readonly base: number;
  readonly last: number;
  /** Rates have a free axis, amounts one from zero. */
  readonly isRate: boolean;
  readonly history: readonly Spot[];
  readonly courses: readonly {
    readonly name: string;
    readonly token: string;
    readonly spots: readonly Spot[];
  }[];
  readonly targets: readonly { readonly period: number; readonly low: number; readonly high: number }[];
  readonly targetName: string;
}

type Series = Extract<NonNullable<ChartOption['series']>, readonly unknown[]>[number];

const STILL = { silent: true, animation: false, clip: false } as const;
const LINE_PX = 2;
const EDGE_PX = 1.5;
const DOT_PX = 5;
const DIAMOND_PX = [11, 13];
const LABEL_GAP_PX = 16;
const STEP_PX = 36;
const MAX_STEPS = 6;

/** All numbers that the vertical axis has to span. */
function numbersOf({ history, courses, targets }: CoursePicture): number[] {
  const spots = [history, ...courses.map((course) => course.spots)].flat();
  return [
    ...spots.flatMap(([, shown]) => (shown === null ? [] : [shown])),
    ...targets.flatMap(({ low, high }) => [low, high]),
  ];
}

/** Builds the option; undefined where there is no number. `tick` writes a number of the vertical axis. */
export function courseOption(
  picture: CoursePicture,
  look: PlotLook,
  tick: (value: number, decimals: number) => string,
): ChartOption | undefined {
  const numbers = numbersOf(picture);
  if (numbers.length === 0) return undefined;
  const { colour } = look;
  const steps = Math.min(MAX_STEPS, Math.max(2, Math.floor((look.height - STEP_PX) / STEP_PX)));
  const scale = scaleFor(numbers, !picture.isRate, steps);
  const ticks = ticksOf(scale);
  const show = (value: number) => tick(value, scale.decimals);
  const layout = layoutFor(look, picture, Math.max(...ticks.map((one) => show(one).length)));
  const { left, right, top, bottom } = layout;
  return {
    ...groundOf(look),
    grid: { left, right, top, bottom, outerBoundsMode: 'none' },
    xAxis: periodAxis(look, { ...picture, labelled: layout.labelled }),
    yAxis: levelAxis(look, scale, show),
    series: [
      ...picture.courses.map(({ spots, token }) => lineOf(spots, colour(token))),
      lineOf(picture.history, colour('--ink')),
      {
        ...STILL,
        type: 'scatter',
        z: 5,
        data: [...marks(picture, look), ...endLabels(picture, look, layout, scale)],
      },
    ],
  };
}

function lineOf(spots: readonly Spot[], color: string): Series {
  return {
    ...STILL,
    type: 'line',
    showSymbol: false,
    connectNulls: false,
    lineStyle: { color, width: LINE_PX, cap: 'round', join: 'round' },
    data: spots.map(([period, shown]) => [period, shown]),
  };
}

/** The last number of a course. */
function endOf(spots: readonly Spot[]): { readonly x: number; readonly y: number } | undefined {
  const end = spots.findLast(([, shown]) => shown !== null);
  return end && end[1] !== null ? { x: end[0], y: end[1] } : undefined;
}

function marks(picture: CoursePicture, { colour }: PlotLook) {
  const edge = (borderColor: string, color: string) => ({
    color,
    borderColor,
    borderWidth: EDGE_PX,
    opacity: 1,
  });
  return [
    ...picture.courses.flatMap(({ spots, token }) => {
      const end = endOf(spots);
      const own = colour(token);
      return end ? [{ value: [end.x, end.y], symbolSize: DOT_PX, itemStyle: edge(own, own) }] : [];
    }),
    ...picture.targets.map(({ period, low, high }) => ({
      value: [period, (low + high) / 2],
      symbol: 'diamond',
      symbolSize: DIAMOND_PX,
      itemStyle: edge(colour('--ink'), colour('--surface')),
    })),
  ];
}

/** The names at the ends of the lines, moved apart where they would stand on each other. */
function endLabels(
  picture: CoursePicture,
  look: PlotLook,
  layout: ReturnType<typeof layoutFor>,
  scale: Scale,
) {
  if (!layout.hasEndLabels) return [];
  const ends = [
    ...picture.courses.flatMap(({ name, token, spots }) => {
      const end = endOf(spots);
      return end ? [{ name, token, y: end.y }] : [];
    }),
    ...picture.targets
      .filter(({ period }) => period === layout.last)
      .map(({ low, high }) => ({ name: picture.targetName, token: '--ink', y: (low + high) / 2 })),
  ];
  const moves = spread(
    ends.map(({ y }) => heightOf(y, layout, scale)),
    LABEL_GAP_PX,
  );
  return ends.map((end, index) => endName(look, { ...end, x: layout.last + SIDE_PERIODS }, moves[index]));
}
