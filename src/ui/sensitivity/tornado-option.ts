/** The bars of a tornado as ECharts is told: from the present value to what each end of a driver's range gives. */
import type { ChartOption } from '../chart/echarts-adapter.ts';
import { scaleFor, ticksOf } from '../chart/chart-scale.ts';
import type { PlotLook } from '../chart/plot.svelte.ts';

/** One bar, in numbers as shown; missing where there is no number. */
export interface TornadoPictureBar {
  readonly name: string;
  readonly atLow: number | null;
  readonly atHigh: number | null;
  readonly least: number | null;
  readonly most: number | null;
  readonly isMonotone: boolean;
}

/** A tornado as plain data. */
export interface TornadoPicture {
  readonly bars: readonly TornadoPictureBar[];
  readonly present: number;
  /** What the plan wants: one value, the ends of a range, or nothing. */
  readonly targets: readonly number[];
  /** Writes a number with its digits. */
  readonly show: (value: number, decimals?: number) => string;
  readonly words: {
    readonly low: string;
    readonly high: string;
    readonly present: string;
    readonly target: string;
  };
}

type Series = Extract<NonNullable<ChartOption['series']>, readonly unknown[]>[number];
type BarItem = NonNullable<Extract<Series, { type?: 'bar' }>['data']>[number];

const TEXT_PX = 12;
const LATIN_PX = 6.6;
/** Under this width the names stand above their bars. */
const NAMES_BESIDE_FROM_PX = 520;
const NAMES_SHARE = 0.3;
const NAMES_MOST_PX = 240;
const BAR_PX = 12;
const LINE_PX = 1.5;
const HEAD_PX = 40;
const FOOT_PX = 24;
const ROW_PX = 32;
const NARROW_ROW_PX = 40;
/** A target farther away than this many widths of all bars would squeeze them: it is said, not drawn. */
const TARGET_REACH = 1.5;
const TARGET_PX = [11, 13];

/** How high a tornado of so many bars is at a width. */
export function tornadoHeight(bars: number, width: number): number {
  return HEAD_PX + FOOT_PX + bars * (width < NAMES_BESIDE_FROM_PX ? NARROW_ROW_PX : ROW_PX);
}

/** Whether the target is near enough to the bars to be drawn with them. */
export function isTargetDrawn({ bars, present, targets }: TornadoPicture): boolean {
  if (targets.length === 0) return false;
  const numbers = [present, ...bars.flatMap(endsOf)];
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const reach = TARGET_REACH * (high - low);
  return targets.every((target) => target >= low - reach && target <= high + reach);
}

function endsOf({ least, most }: TornadoPictureBar): number[] {
  return least === null || most === null ? [] : [least, most];
}

/** Builds the option. */
export function tornadoOption(picture: TornadoPicture, look: PlotLook): ChartOption {
  const { bars, present, show } = picture;
  const { colour, font, width } = look;
  const targets = isTargetDrawn(picture) ? picture.targets : [];
  const numbers = [present, ...bars.flatMap(endsOf), ...targets];
  const labelPx = 12 + Math.max(...numbers.map((one) => show(one).length)) * LATIN_PX;
  const isBeside = width >= NAMES_BESIDE_FROM_PX;
  const namesPx = isBeside ? Math.min(NAMES_MOST_PX, width * NAMES_SHARE) : 0;
  const left = namesPx + labelPx + (isBeside ? 8 : 0);
  const steps = Math.max(2, Math.floor((width - left - labelPx) / (labelPx + 24)));
  const scale = scaleFor(numbers, false, steps);
  const text = { color: colour('--muted'), fontFamily: font, fontSize: TEXT_PX };
  const still = { silent: true, animation: false } as const;
  const bar = (data: BarItem[], isSolid: boolean): Series => ({
    ...still,
    type: 'bar',
    barWidth: BAR_PX,
    barGap: '-100%',
    itemStyle: {
      color: isSolid ? colour('--ink') : colour('--surface'),
      borderColor: colour('--ink'),
      borderWidth: LINE_PX,
    },
    data,
    ...(isSolid && { markLine: marks(present, targets, look) }),
  });
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: font },
    grid: { left, right: labelPx, top: HEAD_PX, bottom: FOOT_PX, outerBoundsMode: 'none' },
    xAxis: {
      type: 'value',
      min: scale.min - present,
      max: scale.max - present,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: {
        ...text,
        customValues: ticksOf(scale).map((tick) => tick - present),
        formatter: (value: number) => show(value + present, scale.decimals),
        hideOverlap: true,
      },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ name }) => name),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: {
        ...text,
        show: isBeside,
        color: colour('--ink'),
        margin: labelPx + 8,
        interval: 0,
        lineHeight: 15,
        formatter: (name: string) => twoLines(name, namesPx),
      },
    },
    series: [
      bar(
        bars.map((one) => barItem(one.atLow, one.atHigh, picture, text)),
        false,
      ),
      bar(
        bars.map((one) => barItem(one.atHigh, one.atLow, picture, text)),
        true,
      ),
      ...turns(picture, colour('--ink')),
      ...targets.map((target) => diamond(target - present, isBeside ? ROW_PX : NARROW_ROW_PX, look)),
      ...(isBeside ? [] : [namesAbove(picture, scale.min - present, labelPx, look)]),
    ],
    graphic: legend(picture, look, targets.length > 0),
  };
}

/** One end of a bar; its number is written where the other end does not reach farther to the same side. */
function barItem(
  end: number | null,
  other: number | null,
  { present, show }: TornadoPicture,
  text: object,
): BarItem {
  if (end === null) return { value: '-' };
  const way = end - present;
  const otherWay = other === null ? 0 : other - present;
  const isHidden = way === 0 || (way * otherWay > 0 && Math.abs(otherWay) >= Math.abs(way));
  return {
    value: way,
    label: {
      ...text,
      show: !isHidden,
      position: way < 0 ? 'left' : 'right',
      distance: 4,
      formatter: () => show(end),
    },
  };
}

/** The present value as a firm line, the target as a thin one. */
function marks(present: number, targets: readonly number[], { colour }: PlotLook) {
  const line = (xAxis: number, width: number) => ({
    xAxis,
    lineStyle: { color: colour('--ink'), width, type: 'solid' as const },
    label: { show: false },
  });
  return {
    silent: true,
    animation: false,
    symbol: ['none', 'none'],
    data: [line(0, LINE_PX), ...targets.map((target) => line(target - present, LINE_PX / 2))],
  };
}

/** The target's diamond on top of its line. */
function diamond(target: number, rowPx: number, { colour }: PlotLook): Series {
  return {
    silent: true,
    animation: false,
    type: 'scatter',
    z: 6,
    clip: false,
    symbol: 'diamond',
    symbolSize: TARGET_PX,
    symbolOffset: [0, -rowPx / 2],
    itemStyle: { color: colour('--surface'), borderColor: colour('--ink'), borderWidth: LINE_PX, opacity: 1 },
    data: [[target, 0]],
  };
}

/** Where a figure turns round inside a range: how far it goes anywhere in it. */
function turns({ bars, present }: TornadoPicture, ink: string): Series[] {
  const data = bars.flatMap(({ isMonotone, least, most }, index) =>
    isMonotone || least === null || most === null
      ? []
      : [
          [least - present, index],
          [most - present, index],
          [null, index],
        ],
  );
  if (data.length === 0) return [];
  return [
    {
      silent: true,
      animation: false,
      type: 'line',
      symbol: 'rect',
      symbolSize: [LINE_PX, BAR_PX + 8],
      connectNulls: false,
      itemStyle: { color: ink },
      lineStyle: { color: ink, width: LINE_PX, type: [1, 3] },
      z: 4,
      data: data,
    },
  ];
}

function namesAbove(
  { bars }: TornadoPicture,
  edge: number,
  labelPx: number,
  { colour, font, width }: PlotLook,
): Series {
  return {
    silent: true,
    animation: false,
    type: 'scatter',
    symbolSize: 0,
    clip: false,
    data: bars.map(({ name }, index) => ({
      value: [edge, index],
      label: {
        show: true,
        position: 'right',
        distance: 0,
        offset: [-labelPx, -15],
        color: colour('--ink'),
        fontFamily: font,
        fontSize: TEXT_PX,
        width: width - 8,
        overflow: 'truncate',
        textBorderColor: colour('--surface'),
        textBorderWidth: 3,
        formatter: () => name,
      },
    })),
  };
}

/** What the marks mean, above the bars. */
function legend(picture: TornadoPicture, look: PlotLook, isTargetShown: boolean) {
  const { words, present, targets, show } = picture;
  const { colour, font } = look;
  const ink = colour('--ink');
  const boxed = (x: number, fill: string) => ({
    type: 'rect' as const,
    shape: { x, y: 5, width: 10, height: 10 },
    style: { fill, stroke: ink, lineWidth: LINE_PX },
  });
  const items = [
    { text: words.low, mark: (x: number) => boxed(x, colour('--surface')) },
    { text: words.high, mark: (x: number) => boxed(x, ink) },
    {
      text: `${words.present} ${show(present)}`,
      mark: (x: number) => ({
        type: 'line' as const,
        shape: { x1: x + 5, y1: 3, x2: x + 5, y2: 17 },
        style: { stroke: ink, lineWidth: LINE_PX },
      }),
    },
    ...(isTargetShown
      ? [
          {
            text: `${words.target} ${targets.map((target) => show(target)).join('–')}`,
            mark: (x: number) => ({
              type: 'polygon' as const,
              shape: {
                points: [
                  [x + 5, 4],
                  [x + 10, 10],
                  [x + 5, 16],
                  [x, 10],
                ],
              },
              style: { fill: colour('--surface'), stroke: ink, lineWidth: LINE_PX },
            }),
          },
        ]
      : []),
  ];
  let x = 1;
  return items.flatMap(({ text, mark }) => {
    const at = x;
    x += 16 + textPx(text) + 16;
    return [
      { ...mark(at), silent: true },
      {
        type: 'text' as const,
        silent: true,
        x: at + 16,
        y: 4,
        style: { text, fill: colour('--muted'), font: `${TEXT_PX}px ${font}` },
      },
    ];
  });
}

/** About how wide a text is drawn: Chinese characters are as wide as they are high. */
function textPx(text: string): number {
  return Array.from(text).reduce((sum, one) => sum + (isWide(one) ? TEXT_PX : LATIN_PX), 0);
}

function isWide(character: string): boolean {
  return /[\u2e80-\uffef]/.test(character);
}

/** Breaks a name into two lines of a width, between words where it has them; what is longer ends in an ellipsis. */
function twoLines(name: string, widthPx: number): string {
  const pieces = name.match(/[\u2e80-\uffef]|[^\u2e80-\uffef\s]+\s*|\s+/g) ?? [];
  const lines = [''];
  for (const piece of pieces) {
    const line = lines.at(-1) ?? '';
    if (textPx(line + piece.trimEnd()) <= widthPx || line === '') lines[lines.length - 1] = line + piece;
    else lines.push(piece);
  }
  if (lines.length <= 2) return lines.join('\n');
  let second = lines[1] ?? '';
  while (textPx(`${second}…`) > widthPx) second = second.slice(0, -1);
  return `${lines[0] ?? ''}\n${second.trimEnd()}…`;
}
