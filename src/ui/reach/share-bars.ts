/** Bars of signed shares, one below the other, as ECharts is told. Pure. */
import type { ChartOption } from '../chart/echarts-adapter.ts';
import { scaleFor, ticksOf } from '../chart/chart-scale.ts';
import type { PlotLook } from '../chart/plot.svelte.ts';

/** One bar. */
export interface ShareBar {
  readonly name: string;
  /** A fraction: 0.1 is 10 %. */
  readonly share: number;
  /** What is written at its end. */
  readonly text: string;
}

const ROW_PX = 28;
const AXIS_PX = 24;
const BAR_PX = 12;
const LABEL_PX = 12;
/** Names take this part of the width, up to so many pixels. */
const NAMES = { share: 0.4, most: 220 };
const PIXELS_A_STEP = 110;
/** Room at both ends for what is written there, in pixels. */
const TEXT_PX = 64;

/** The height that bars need, in CSS pixels. */
export function shareBarsHeight(count: number): number {
  return count * ROW_PX + AXIS_PX;
}

/** Builds the option; `token` is the colour of the bars. A bar to the left is hollow. */
export function shareBars(bars: readonly ShareBar[], look: PlotLook, token: string): ChartOption {
  const { colour, font, width } = look;
  const left = Math.min(NAMES.most, width * NAMES.share);
  const scale = scaleFor(
    bars.map(({ share }) => share * 100),
    true,
    Math.floor((width - left - 2 * TEXT_PX) / PIXELS_A_STEP),
  );
  const text = { color: colour('--muted'), fontFamily: font, fontSize: LABEL_PX };
  const isLeftOnly = bars.every(({ share }) => share <= 0);
  const isRightOnly = bars.every(({ share }) => share >= 0);
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: font },
    grid: {
      left: left + (isRightOnly ? 8 : TEXT_PX),
      right: isLeftOnly ? 8 : TEXT_PX,
      top: 0,
      bottom: AXIS_PX,
      outerBoundsMode: 'none',
    },
    xAxis: {
      type: 'value',
      min: scale.min,
      max: scale.max,
      interval: scale.step,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: colour('--hairline') } },
      axisLabel: {
        ...text,
        customValues: ticksOf(scale),
        formatter: (value: number) => `${value.toFixed(scale.decimals).replace('-', '−')}%`,
      },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ name }) => name),
      axisLine: { onZero: true, lineStyle: { color: colour('--hairline-firm') } },
      axisTick: { show: false },
      axisLabel: {
        ...text,
        color: colour('--ink'),
        width: left - 8,
        overflow: 'truncate',
        margin: 8,
        ...(isRightOnly ? {} : { margin: TEXT_PX }),
      },
    },
    series: [
      {
        type: 'bar',
        silent: true,
        animation: false,
        barWidth: BAR_PX,
        data: bars.map(({ share, text: written }) => ({
          value: share * 100,
          itemStyle:
            share < 0
              ? { color: colour('--surface'), borderColor: colour(token), borderWidth: 1.5 }
              : { color: colour(token) },
          label: {
            show: true,
            position: share < 0 ? ('left' as const) : ('right' as const),
            formatter: () => written,
            color: colour('--ink'),
            fontFamily: font,
            fontSize: LABEL_PX,
          },
        })),
      },
    ],
  };
}
