/** The fan of a line: what was, the bands of the samples, the course without chance, and the target. */
import type { ChartOption } from '../chart/echarts-adapter.ts';
import type { PlotLook } from '../chart/plot.svelte.ts';
import { scaleFor, ticksOf, type Scale } from '../chart/chart-scale.ts';

/** A fan in numbers as shown: percent, not its fraction. One entry a period. */
export interface FanPicture {
  readonly periods: readonly number[];
  readonly history: readonly (number | null)[];
  /** In the order of the percentiles 5, 10, 25, 50, 75, 90, 95; at the last observed period all are the same. */
  readonly percentiles: readonly (readonly number[] | null)[];
  /** What the scenario gives without chance; begins with the last observed period. */
  readonly projection: readonly (number | null)[];
  readonly target?: { readonly period: number; readonly low: number; readonly high: number };
  /** Rates have a free axis, amounts one from zero. */
  readonly isRate: boolean;
}

/** Tokens of the bands from the outermost in and out again; the first is the empty room below them. */
const BANDS = [
  undefined,
  '--uncertain-3',
  '--uncertain-2',
  '--uncertain-1',
  '--uncertain-1',
  '--uncertain-2',
  '--uncertain-3',
] as const;

const STEP_PX = 40;
const LABEL_PX = 12;
const DIGIT_PX = 7;
const EVERY_PX = 36;
const STILL = { silent: true, animation: false } as const;

/** The vertical axis for a plot of a height. */
function fanScale(picture: FanPicture, height: number): Scale {
  const { target } = picture;
  const numbers = [
    ...picture.history,
    ...picture.projection,
    ...picture.percentiles.flatMap((all) => (all ? [all[0], all.at(-1)] : [])),
    ...(target ? [target.low, target.high] : []),
  ].filter((one): one is number => typeof one === 'number');
  const steps = Math.min(6, Math.max(2, Math.floor((height - STEP_PX) / STEP_PX)));
  return scaleFor(numbers, !picture.isRate, steps);
}

/** Builds what ECharts is told. `show` writes a number of the vertical axis. */
export function fanOption(
  picture: FanPicture,
  look: PlotLook,
  show: (value: number, scale: Scale) => string,
): ChartOption {
  const { colour, font, width, height } = look;
  const scale = fanScale(picture, height);
  const text = { color: colour('--muted'), fontFamily: font, fontSize: LABEL_PX };
  const digits = Math.max(...ticksOf(scale).map((tick) => show(tick, scale).length));
  const left = 8 + digits * DIGIT_PX + 8;
  const perPeriod = (width - left - 12) / picture.periods.length;
  const every = Math.max(1, Math.ceil(EVERY_PX / Math.max(1, perPeriod)));
  const last = picture.periods.length - 1;
  const line = (data: readonly (number | null)[], token: string, lineWidth: number, dots?: number[]) => ({
    ...STILL,
    type: 'line' as const,
    showSymbol: false,
    connectNulls: true,
    z: 4,
    lineStyle: { color: colour(token), width: lineWidth, type: dots ?? ('solid' as const) },
    data: [...data],
  });
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: font },
    grid: { left, right: 12, top: 12, bottom: 24, outerBoundsMode: 'none' },
    xAxis: {
      type: 'category',
      data: picture.periods.map(String),
      axisLine: { onZero: false, lineStyle: { color: colour('--hairline-firm') } },
      axisTick: { show: false },
      axisLabel: { ...text, margin: 6, interval: (index: number) => (last - index) % every === 0 },
    },
    yAxis: {
      type: 'value',
      min: scale.min,
      max: scale.max,
      interval: scale.step,
      axisLabel: {
        ...text,
        margin: 8,
        customValues: ticksOf(scale),
        formatter: (tick: number) => show(tick, scale),
      },
      splitLine: { lineStyle: { color: colour('--hairline') } },
    },
    series: [
      ...BANDS.map((token, index) => ({
        ...STILL,
        type: 'line' as const,
        stack: 'fan',
        stackStrategy: 'all' as const,
        showSymbol: false,
        z: 1,
        lineStyle: { width: 0, opacity: 0 },
        ...(token && { areaStyle: { color: colour(token), opacity: 1 } }),
        data: picture.percentiles.map((all) =>
          all ? (all[index] as number) - (index === 0 ? 0 : (all[index - 1] as number)) : null,
        ),
      })),
      line(picture.projection, '--ink', 1.25, [4, 3]),
      line(
        picture.percentiles.map((all) => all?.[3] ?? null),
        '--uncertain',
        2,
      ),
      // the way over years without a number, and what was observed year by year
      line(picture.history, '--muted', 1.5, [1, 4]),
      { ...line(picture.history, '--ink', 2), connectNulls: false },
      ...marksOf(picture, look),
    ],
  };
}

/** What was observed as dots, the target as a diamond, a range with its whisker. */
function marksOf({ periods, history, target }: FanPicture, { colour }: PlotLook) {
  const edge = { color: colour('--surface'), borderColor: colour('--ink'), borderWidth: 1.5, opacity: 1 };
  const observed = history.flatMap((value, index) => (value === null ? [] : [[index, value]]));
  const at = target ? periods.indexOf(target.period) : -1;
  return [
    { ...STILL, type: 'scatter' as const, z: 5, symbolSize: 5, itemStyle: edge, data: observed },
    ...(target && at >= 0
      ? [
          {
            ...STILL,
            type: 'line' as const,
            z: 5,
            symbol: 'rect',
            symbolSize: [10, 1.5],
            itemStyle: { color: colour('--ink') },
            lineStyle: { color: colour('--ink'), width: 1.5 },
            data:
              target.low === target.high
                ? []
                : [
                    [at, target.low],
                    [at, target.high],
                  ],
          },
          {
            ...STILL,
            type: 'scatter' as const,
            z: 6,
            symbol: 'diamond',
            symbolSize: [11, 13],
            itemStyle: edge,
            data: [[at, (target.low + target.high) / 2]],
          },
        ]
      : []),
  ];
}
