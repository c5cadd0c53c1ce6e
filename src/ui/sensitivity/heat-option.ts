/**
 * A heat map as ECharts is told: the contour of the target, the missed side hatched, the present point, what is written. The
 * colours lie under the chart on the page (`heat-picture.svelte`); a file has them in the chart, as images.
 */
import { SIDES, type HeatSheet } from '#session';
import type { ChartOption } from '../chart/echarts-adapter.ts';
import type { PlotLook } from '../chart/plot.svelte.ts';
import { ticksWithin, type LevelWords } from './level-ticks.ts';
import { enlarged, heatColours, paintHeat, paintKey, KEY_STEPS } from './heat-image.ts';
import { edgesOf, hatching, keyBox, middleOf, roomOf, type HeatLayout } from './heat-layout.ts';

/** What is written on a heat map. */
export interface HeatWords {
  readonly across: string;
  readonly up: string;
  readonly met: string;
  readonly missed: string;
  readonly acrossLevels: LevelWords;
  readonly upLevels: LevelWords;
  /** Writes a value of the figure. */
  readonly showValue: (value: number) => string;
}

type Series = Extract<NonNullable<ChartOption['series']>, readonly unknown[]>[number];
type Spot = (number | null)[];
type Box = ReturnType<typeof keyBox>;

const TEXT_PX = 12;
const CONTOUR_PX = 2;
const HATCH_PX = 1;
const HATCH_OPACITY = 0.3;
const POINT_PX = 11;
const HALO_PX = 3;
const TICK_PX = 56;
/** A file's image has at least as many pixels as this along a side, so that its entries keep their edges. */
const FILE_PX = 1200;
const UNDER_ALL = -10;

/** Builds the option. */
export function heatOption(
  heat: HeatSheet,
  words: HeatWords,
  layout: HeatLayout,
  look: PlotLook,
): ChartOption | undefined {
  const { across, up } = heat;
  if (heat.least === null) return undefined;
  const { colour, font, width, height } = look;
  const text = { color: colour('--muted'), fontFamily: font, fontSize: TEXT_PX };
  const [x, y] = [edgesOf(across.levels), edgesOf(up.levels)];
  const axis = (edges: typeof x, room: number, { shown, show }: LevelWords) => ({
    type: 'value' as const,
    ...edges,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: false },
    axisLabel: {
      ...text,
      ...ticksWithin(edges, shown, show, room / TICK_PX),
      margin: 8,
      hideOverlap: true,
    },
  });
  const still = { silent: true, animation: false } as const;
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: font },
    grid: {
      left: layout.left,
      top: layout.top,
      right: width - layout.left - layout.width,
      bottom: height - layout.top - layout.height,
      outerBoundsMode: 'none',
    },
    xAxis: axis(x, layout.width, words.acrossLevels),
    yAxis: axis(y, layout.height, words.upLevels),
    series: [
      lines(
        hatching(heat, layout).map(([ax, ay, bx, by]) => [
          x.min + ax * (x.max - x.min),
          y.min + ay * (y.max - y.min),
          x.min + bx * (x.max - x.min),
          y.min + by * (y.max - y.min),
        ]),
        { color: colour('--ink'), width: HATCH_PX, opacity: HATCH_OPACITY },
      ),
      // one contour on another, so that it is seen on dark and light entries alike
      lines(joined(heat), { color: colour('--surface'), width: CONTOUR_PX + HALO_PX }),
      lines(joined(heat), { color: colour('--ink'), width: CONTOUR_PX }),
      {
        ...still,
        type: 'scatter',
        z: 5,
        clip: true,
        symbol: 'circle',
        symbolSize: POINT_PX,
        itemStyle: { color: colour('--surface'), borderColor: colour('--ink'), borderWidth: 2, opacity: 1 },
        data: [[heat.present.across, heat.present.up]],
      },
    ],
    graphic: [
      ...(look.isForFile ? images(heat, layout, look) : []),
      ...names(heat, words, layout, look),
      ...key(heat, words, layout, look),
    ],
  };
}

/** The map and its scale as images. */
function images(heat: HeatSheet, layout: HeatLayout, look: PlotLook) {
  const colours = heatColours(heat, look.colour);
  if (!colours) return [];
  const [columns, rows] = [heat.across.levels.length, heat.up.levels.length];
  const [across, up] = layout.hasKeyBeside ? [1, KEY_STEPS] : [KEY_STEPS, 1];
  const image = (box: Box, width: number, height: number, drawn: HTMLCanvasElement) => ({
    type: 'image' as const,
    silent: true,
    z: UNDER_ALL,
    ...stretched(box, width, height),
    style: { image: drawn, width, height },
  });
  return [
    image(
      layout,
      columns,
      rows,
      enlarged((canvas) => paintHeat(canvas, heat, colours), Math.ceil(FILE_PX / columns)),
    ),
    image(
      keyBox(layout, look.height),
      across,
      up,
      enlarged((canvas) => paintKey(canvas, heat, colours, layout.hasKeyBeside), 1),
    ),
  ];
}

/** An image of so many pixels over a rectangle: stretched by a transform, since a picture alone would keep its proportions. */
function stretched({ left, top, width, height }: Box, columns: number, rows: number) {
  return { x: left, y: top, scaleX: width / columns, scaleY: height / rows };
}

/** The contour as the axes have it: across first. */
function joined({ contour }: HeatSheet): [number, number, number, number][] {
  return contour.map(([fromUp, fromAcross, toUp, toAcross]) => [fromAcross, fromUp, toAcross, toUp]);
}

/** Stretches as one series, each apart from the next. */
function lines(
  stretches: readonly [number, number, number, number][],
  style: { color: string; width: number; opacity?: number },
): Series {
  const data = stretches.flatMap(([ax, ay, bx, by]): Spot[] => [
    [ax, ay],
    [bx, by],
    [bx, null],
  ]);
  return {
    silent: true,
    animation: false,
    type: 'line',
    showSymbol: false,
    connectNulls: false,
    clip: true,
    lineStyle: { cap: 'round', ...style },
    data,
  };
}

/** The names of the axes, and of both sides of the target where there is room for them. */
function names(heat: HeatSheet, words: HeatWords, layout: HeatLayout, look: PlotLook) {
  const { colour, font } = look;
  const label = (x: number, y: number, text: string, align: 'left' | 'right' | 'center') => ({
    type: 'text' as const,
    silent: true,
    x,
    y,
    style: { text, fill: colour('--muted'), font: `${TEXT_PX}px ${font}`, align },
  });
  const side = (kind: number, text: string) => {
    const place = roomOf(heat, kind);
    if (!place) return [];
    const { x, y } = middleOf(place, heat, layout);
    return [
      {
        type: 'text' as const,
        silent: true,
        x,
        y,
        z: 6,
        style: {
          text,
          fill: colour('--ink'),
          stroke: colour('--surface'),
          lineWidth: HALO_PX,
          font: `600 ${TEXT_PX}px ${font}`,
          align: 'center' as const,
          verticalAlign: 'middle' as const,
        },
      },
    ];
  };
  return [
    label(0, 2, words.up, 'left'),
    label(layout.left + layout.width, layout.top + layout.height + 26, words.across, 'right'),
    ...side(SIDES.met, words.met),
    ...side(SIDES.missed, words.missed),
  ];
}

/** What is written at the scale: its ends, and the limit of what is wanted where it lies between them. */
function key({ least, most, wanted }: HeatSheet, words: HeatWords, layout: HeatLayout, look: PlotLook) {
  if (least === null || most === null) return [];
  const { colour, font, height } = look;
  const isUpright = layout.hasKeyBeside;
  const box = keyBox(layout, height);
  const thick = isUpright ? box.width : box.height;
  const limits = [wanted.from, wanted.to].filter((one) => one > least && one < most);
  const written = (value: number, share: number, isLimit: boolean) => ({
    type: 'text' as const,
    silent: true,
    x: isUpright ? box.left + thick + 8 : box.left + share * box.width,
    y: isUpright ? box.top + (1 - share) * box.height : box.top + thick + 4,
    style: {
      text: words.showValue(value),
      fill: colour(isLimit ? '--ink' : '--muted'),
      font: `${isLimit ? '600 ' : ''}${TEXT_PX}px ${font}`,
      align: isUpright
        ? ('left' as const)
        : share < 0.1
          ? ('left' as const)
          : share > 0.9
            ? ('right' as const)
            : ('center' as const),
      verticalAlign: isUpright ? ('middle' as const) : ('top' as const),
    },
  });
  const shareOf = (value: number) => (most === least ? 0.5 : (value - least) / (most - least));
  // an end is not written where the limit beside it says almost the same
  const nearest = isUpright ? 0.06 : 0.25;
  const isFree = (share: number) => limits.every((limit) => Math.abs(shareOf(limit) - share) > nearest);
  return [
    ...limits.map((limit) => ({
      type: 'rect' as const,
      silent: true,
      shape: isUpright
        ? { x: box.left - 3, y: box.top + (1 - shareOf(limit)) * box.height - 1, width: thick + 6, height: 2 }
        : { x: box.left + shareOf(limit) * box.width - 1, y: box.top - 3, width: 2, height: thick + 6 },
      style: { fill: colour('--ink') },
    })),
    ...limits.map((limit) => written(limit, shareOf(limit), true)),
    ...(isFree(0) ? [written(least, 0, false)] : []),
    ...(most > least && isFree(1) ? [written(most, 1, false)] : []),
  ];
}
