/** Figures over the levels of one driver as ECharts is told: a line each, the present level, the target. */
import { axisText, endName, footLine, groundOf, levelAxis } from '../chart/chart-axes.ts';
import type { ChartOption } from '../chart/echarts-adapter.ts';
import { spread } from '../chart/chart-layout.ts';
import { scaleFor, ticksOf } from '../chart/chart-scale.ts';
import { ticksWithin, type LevelWords } from './level-ticks.ts';
import type { PlotLook } from '../chart/plot.svelte.ts';

/** One line, in numbers as shown; missing where there is no number. */
export interface PictureCurve {
  readonly name: string;
  readonly points: readonly (number | null)[];
  readonly token: string;
}

/** The lines as plain data. */
export interface CurvesPicture {
  readonly levels: readonly number[];
  readonly present: number;
  readonly curves: readonly PictureCurve[];
  readonly target: number | undefined;
  readonly targetName: string;
  readonly across: string;
  readonly levelWords: LevelWords;
  readonly showValue: (value: number, decimals?: number) => string;
}

type Series = Extract<NonNullable<ChartOption['series']>, readonly unknown[]>[number];

const TEXT_PX = 12;
const DIGIT_PX = 7;
const TOP_PX = 12;
const FOOT_PX = 44;
const NAMES_BESIDE_FROM_PX = 480;
const NAMES_PX = 148;
const NAME_GAP_PX = 16;
const TICK_Y_PX = 48;
const TICK_X_PX = 72;
const LINE_PX = 2;

/** Where the lines stand in their frame. */
export function curvesLayout(size: { readonly width: number; readonly height: number }, digits: number) {
  const left = digits * DIGIT_PX + 16;
  const right = size.width >= NAMES_BESIDE_FROM_PX ? NAMES_PX : 12;
  return {
    left,
    right,
    top: TOP_PX,
    width: Math.max(1, size.width - left - right),
    height: Math.max(1, size.height - TOP_PX - FOOT_PX),
  };
}

/** The numbers that the vertical axis has to span. */
function numbersOf({ curves, target }: CurvesPicture): number[] {
  const all = curves.flatMap(({ points }) => points.filter((one) => one !== null));
  return target === undefined ? all : [...all, target];
}

/** How many characters the labels of the vertical axis have at most. */
export function curveDigits(picture: CurvesPicture): number {
  const numbers = numbersOf(picture);
  if (numbers.length === 0) return 1;
  const scale = scaleFor(numbers, false, 4);
  return Math.max(...ticksOf(scale).map((tick) => picture.showValue(tick, scale.decimals).length));
}

/** Builds the option; undefined where no line has a number. */
export function curvesOption(picture: CurvesPicture, look: PlotLook): ChartOption | undefined {
  const { levels, curves } = picture;
  const numbers = numbersOf(picture);
  if (numbers.length === 0) return undefined;
  const { colour, height } = look;
  const layout = curvesLayout(look, curveDigits(picture));
  const scale = scaleFor(numbers, false, height / TICK_Y_PX);
  const text = axisText(look);
  const [first = 0, last = 1] = [levels[0], levels.at(-1)];
  const still = { silent: true, animation: false } as const;
  return {
    ...groundOf(look),
    grid: {
      left: layout.left,
      right: layout.right,
      top: layout.top,
      bottom: FOOT_PX,
      outerBoundsMode: 'none',
    },
    xAxis: {
      type: 'value',
      min: first,
      max: last,
      name: picture.across,
      nameLocation: 'middle',
      nameGap: 26,
      nameTextStyle: text,
      ...footLine(look),
      axisLabel: {
        ...text,
        ...ticksWithin(
          { min: first, max: last },
          picture.levelWords.shown,
          picture.levelWords.show,
          layout.width / TICK_X_PX,
        ),
        hideOverlap: true,
      },
    },
    yAxis: levelAxis(look, scale, (value) => picture.showValue(value, scale.decimals)),
    series: [
      ...curves.map(({ points, token }, index): Series => ({
        ...still,
        type: 'line',
        showSymbol: false,
        connectNulls: false,
        lineStyle: { color: colour(token), width: LINE_PX },
        data: points.map((one, at) => [levels[at] ?? 0, one]),
        ...(index === 0 && { markLine: marks(picture, look) }),
      })),
      {
        ...still,
        type: 'scatter',
        clip: false,
        data: look.width >= NAMES_BESIDE_FROM_PX ? ends(picture, scale, layout, look) : [],
      },
    ],
  };
}

/** The present level upright, the target across. */
function marks({ present, target, targetName }: CurvesPicture, { colour, font }: PlotLook) {
  const line = { color: colour('--ink'), width: 1, type: 'solid' as const };
  return {
    silent: true,
    animation: false,
    symbol: ['none', 'none'],
    data: [
      { xAxis: present, lineStyle: line, label: { show: false } },
      ...(target === undefined
        ? []
        : [
            {
              yAxis: target,
              lineStyle: { ...line, type: [6, 4] },
              label: {
                show: true,
                formatter: () => `◇ ${targetName}`,
                position: 'insideStartTop' as const,
                color: colour('--muted'),
                fontFamily: font,
                fontSize: TEXT_PX,
              },
            },
          ]),
    ],
  };
}

/** The names at the ends of the lines, moved apart where they would stand on each other. */
function ends(
  { curves, levels }: CurvesPicture,
  scale: { readonly min: number; readonly max: number },
  layout: { readonly top: number; readonly height: number },
  look: PlotLook,
) {
  const known = curves.flatMap(({ name, points, token }) => {
    const at = points.findLastIndex((one) => one !== null);
    return at < 0 ? [] : [{ name, token, x: levels[at] ?? 0, y: points[at] as number }];
  });
  const moves = spread(
    known.map(({ y }) => layout.top + ((scale.max - y) / (scale.max - scale.min)) * layout.height),
    NAME_GAP_PX,
  );
  return known.map((end, index) => endName(look, end, moves[index], { distance: 6, width: NAMES_PX - 12 }));
}
