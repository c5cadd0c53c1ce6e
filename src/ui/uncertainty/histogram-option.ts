/** The samples of one figure as bars, with the target and the percentiles where they stand. */
import type { Histogram } from '#analysis';
import type { ChartOption } from '../chart/echarts-adapter.ts';
import type { PlotLook } from '../chart/plot.svelte.ts';
import { scaleFor, ticksOf, type Scale } from '../chart/chart-scale.ts';

/** A histogram; levels in numbers as shown: percent, not its fraction. */
export interface HistogramPicture extends Histogram {
  /** The percentiles 5, 50 and 95. */
  readonly marks: readonly { readonly name: string; readonly level: number }[];
  /** Where the target stands, and between which levels it is met; an open side is infinite. */
  readonly target?: {
    readonly level: number;
    readonly from: number;
    readonly to: number;
  };
}

const LABEL_PX = 12;
const TICK_PX = 72;

/** Builds what ECharts is told. `show` writes a level of the horizontal axis. */
export function histogramOption(
  picture: HistogramPicture,
  { colour, font, width }: PlotLook,
  show: (value: number, scale: Scale) => string,
): ChartOption {
  const { counts, from, to, target, marks } = picture;
  const bar = (to - from) / counts.length;
  const [least, most] = [Math.min(from, target?.level ?? from), Math.max(to, target?.level ?? to)];
  const scale = scaleFor([least, most], false, Math.max(2, Math.floor(width / TICK_PX)));
  const text = { fontFamily: font, fontSize: LABEL_PX };
  const meets = (level: number) => !target || (level >= target.from && level <= target.to);
  const room = (most - least) * 0.02;
  const [min, max] = [least - room, most + room];
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: font },
    grid: { left: 12, right: 12, top: 24, bottom: 24, outerBoundsMode: 'none' },
    xAxis: {
      type: 'value',
      min,
      max,
      axisLine: { onZero: false, lineStyle: { color: colour('--hairline-firm') } },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: {
        ...text,
        color: colour('--muted'),
        margin: 6,
        customValues: ticksOf(scale).filter((tick) => tick >= min && tick <= max),
        formatter: (tick: number) => show(tick, scale),
      },
    },
    yAxis: { type: 'value', min: 0, show: false },
    series: [
      {
        type: 'bar',
        silent: true,
        animation: false,
        barWidth: Math.max(1, ((width - 24) * bar) / (max - min) - 1),
        data: counts.map((count, index) => {
          const middle = from + (index + 0.5) * bar;
          const token = target && meets(middle) ? '--uncertain' : '--uncertain-1';
          return { value: [middle, count], itemStyle: { color: colour(token) } };
        }),
        markLine: {
          silent: true,
          animation: false,
          symbol: ['none', 'none'],
          data: [
            ...marks.map(({ name, level }) => ({
              xAxis: level,
              lineStyle: { color: colour('--muted'), width: 1, type: [2, 3] },
              label: { ...text, color: colour('--muted'), formatter: name, distance: 4 },
            })),
            ...(target
              ? [
                  {
                    xAxis: target.level,
                    lineStyle: { color: colour('--ink'), width: 1.5, type: 'solid' as const },
                    label: { show: false },
                  },
                ]
              : []),
          ],
        },
      },
      ...(target
        ? [
            {
              type: 'scatter' as const,
              silent: true,
              animation: false,
              clip: false,
              z: 5,
              symbol: 'diamond',
              symbolSize: [11, 13],
              itemStyle: {
                color: colour('--surface'),
                borderColor: colour('--ink'),
                borderWidth: 1.5,
                opacity: 1,
              },
              data: [[target.level, 0]],
            },
          ]
        : []),
    ],
  };
}
