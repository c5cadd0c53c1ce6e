/** The way from one level to another as a waterfall, for a file: levels at both ends, one floating bar a step between. */
import type { ChartOption } from '../chart/echarts-adapter.ts';
import { scaleFor, ticksOf } from '../chart/chart-scale.ts';
import { pictureFile, type PictureKind, type PictureWords } from '../chart/picture-file.ts';
import { lookOf, type PlotLook } from '../chart/plot.svelte.ts';

/** What is drawn. Levels in the unit of the line. */
export interface Waterfall {
  readonly from: WaterfallEnd;
  readonly to: WaterfallEnd;
  readonly steps: readonly { readonly name: string; readonly change: number; readonly text: string }[];
  /** Writes a level. */
  readonly show: (level: number) => string;
  /** How many of what is written a stored 1 is: 100 for a percent. */
  readonly shown: number;
}

interface WaterfallEnd {
  readonly name: string;
  readonly level: number;
  /** The token of its scenario. */
  readonly colour: string;
}

const WIDTH_PX = 720;
const ROW_PX = 30;
const AXIS_PX = 28;
const NAMES_PX = 220;
const TEXT_PX = 88;
const BAR_PX = 14;
const TICK_PX = 4;
const FONT_PX = 12;
const STEPS = 4;

/** Builds the option. Pure. */
function waterfallOption({ from, to, steps, show, shown }: Waterfall, look: PlotLook): ChartOption {
  const { colour, font } = look;
  const text = { color: colour('--muted'), fontFamily: font, fontSize: FONT_PX };
  let level = from.level;
  const bars = steps.map(({ name, change, text: written }) => {
    const [before, after] = [level, level + change];
    level = after;
    return { name, low: Math.min(before, after), size: Math.abs(change), isLess: change < 0, written };
  });
  const levels = [from.level, to.level, ...bars.flatMap(({ low, size }) => [low, low + size])];
  const scale = scaleFor(
    levels.map((one) => one * shown),
    false,
    STEPS,
  );
  const span = scale.max - scale.min;
  const written = (content: string, isLess = false) => ({
    show: true,
    position: isLess ? ('left' as const) : ('right' as const),
    formatter: () => content,
    color: colour('--ink'),
    fontFamily: font,
    fontSize: FONT_PX,
  });
  const tick = (TICK_PX / (look.width - NAMES_PX - TEXT_PX)) * span;
  const end = ({ level: at, colour: token }: WaterfallEnd) => ({
    value: tick,
    itemStyle: { color: colour(token) },
    label: written(show(at)),
  });
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: font },
    grid: { left: NAMES_PX, right: TEXT_PX, top: 0, bottom: AXIS_PX, outerBoundsMode: 'none' },
    xAxis: {
      type: 'value',
      // counted from the axis's start, so that no bar lies on both sides of zero
      min: 0,
      max: span,
      interval: scale.step,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: colour('--hairline') } },
      axisLabel: {
        ...text,
        customValues: ticksOf(scale).map((one) => one - scale.min),
        formatter: (value: number) => show((value + scale.min) / shown),
      },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: [from.name, ...bars.map(({ name }) => name), to.name],
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { ...text, color: colour('--ink'), width: NAMES_PX - 24, overflow: 'truncate', margin: 12 },
    },
    series: [
      {
        type: 'bar',
        silent: true,
        animation: false,
        stack: 'way',
        itemStyle: { color: 'transparent' },
        data: [from.level * shown, ...bars.map(({ low }) => low * shown), to.level * shown].map(
          (start) => start - scale.min,
        ),
      },
      {
        type: 'bar',
        silent: true,
        animation: false,
        stack: 'way',
        barWidth: BAR_PX,
        data: [
          end(from),
          ...bars.map(({ size, isLess, written: change }) => ({
            value: size * shown,
            itemStyle: isLess
              ? { color: colour('--surface'), borderColor: colour('--ink'), borderWidth: 1.5 }
              : { color: colour('--ink') },
            label: written(change),
          })),
          end(to),
        ],
      },
    ],
  };
}

/** Draws the file in the look that an element has. */
export function waterfallPicture(
  kind: PictureKind,
  waterfall: Waterfall,
  element: HTMLElement,
  words: PictureWords,
): Promise<Blob | undefined> {
  const height = (waterfall.steps.length + 2) * ROW_PX + AXIS_PX;
  const look = lookOf(element, { width: WIDTH_PX, height }, true);
  return pictureFile(kind, waterfallOption(waterfall, look), look, words);
}
