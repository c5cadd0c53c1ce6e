/** Turns a picture into what ECharts is told. Holds no markup: every text is drawn as SVG text. */
import type { ChartOption } from './echarts-adapter.ts';
import { heightOf, SIDE_PERIODS, spread, type Layout } from './chart-layout.ts';
import { ticksOf, type Scale } from './chart-scale.ts';
import type { ChartPicture, PicturePoint } from './chart-picture.ts';

/** Everything beside the picture that decides how it looks. */
export interface ChartLook {
  readonly layout: Layout;
  readonly scale: Scale;
  /** The period that is being read. */
  readonly cursor: number;
  /** Reads a token's colour. */
  readonly colour: (token: string) => string;
  readonly font: string;
  /** Writes a number of the vertical axis. */
  readonly show: (value: number) => string;
}

type Series = Extract<NonNullable<ChartOption['series']>, readonly unknown[]>[number];

const LINE_PX = 2;
const THIN_PX = 1.25;
const LABEL_PX = 12;
const LABEL_GAP_PX = 16;
const END_LABEL_ROOM_PX = 100;

/** What every series shares: it is looked at, not touched. */
const STILL = { silent: true, animation: false, clip: false } as const;

/** Neighbouring points joined; a year without a number breaks the line. */
function unbroken(points: readonly PicturePoint[]): (number | null)[][] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    const gap = before && point.x - before.x > 1 ? [[before.x + 1, null]] : [];
    return [...gap, [point.x, point.y]];
  });
}

/** The ways over years without a number, each between the two points that bound it. */
function bridges(points: readonly PicturePoint[]): (number | null)[][] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    if (!before || point.x - before.x <= 1) return [];
    return [
      [before.x, before.y],
      [point.x, point.y],
      [point.x, null],
    ];
  });
}

/** Builds the option of a chart. */
export function optionFor(picture: ChartPicture, look: ChartLook): ChartOption {
  const { layout, scale, colour, font } = look;
  const text = { color: colour('--muted'), fontFamily: font, fontSize: LABEL_PX };
  const projection = colour(picture.colours.projection);
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: font },
    grid: {
      left: layout.left,
      right: layout.right,
      top: layout.top,
      bottom: layout.bottom,
      outerBoundsMode: 'none',
      containLabel: false,
    },
    xAxis: {
      type: 'value',
      min: layout.first - SIDE_PERIODS,
      max: layout.last + SIDE_PERIODS,
      axisLine: { onZero: false, lineStyle: { color: colour('--hairline-firm') } },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: { ...text, customValues: [...layout.labelled], formatter: String, margin: 6 },
    },
    yAxis: {
      type: 'value',
      min: scale.min,
      max: scale.max,
      interval: scale.step,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: colour('--hairline') } },
      axisLabel: { ...text, customValues: ticksOf(scale), formatter: look.show, margin: 8 },
    },
    series: [
      ground(picture, look),
      ...bridgeSeries(picture, look),
      line(picture.plan, colour(picture.colours.plan), THIN_PX),
      line(picture.projection, projection, LINE_PX),
      line(picture.history, colour('--ink'), LINE_PX),
      dots(
        picture.history.filter((point) => point.isObserved),
        colour('--ink'),
        colour('--surface'),
        5,
      ),
      dots(picture.projection.slice(-1), projection, projection, 5),
      ...whiskers(picture, look),
      {
        ...STILL,
        type: 'scatter',
        symbol: 'diamond',
        symbolSize: [11, 13],
        z: 6,
        itemStyle: { color: colour('--surface'), borderColor: colour('--ink'), borderWidth: 1.5, opacity: 1 },
        data: picture.targets.map((target) => [target.x, (target.low + target.high) / 2]),
      },
      dots(atCursor(picture, look.cursor), colour('--ink'), colour('--surface'), 8),
      ...endLabels(picture, look),
    ],
  };
}

/** The faint ground of history, the firm line after the base, and the cursor. */
function ground(picture: ChartPicture, { layout, cursor, colour }: ChartLook): Series {
  const firm = {
    xAxis: picture.base,
    lineStyle: { color: colour('--hairline-firm'), width: 1.5, type: 'solid' as const },
  };
  const reading = {
    xAxis: cursor,
    lineStyle: { color: colour('--input'), width: 1, type: 'solid' as const },
  };
  return {
    ...STILL,
    type: 'line',
    data: [],
    markArea: {
      silent: true,
      itemStyle: { color: colour('--sunken') },
      data: [[{ xAxis: layout.first - SIDE_PERIODS }, { xAxis: picture.base }]],
    },
    markLine: {
      silent: true,
      symbol: 'none',
      animation: false,
      label: { show: false },
      data: [firm, reading],
    },
  };
}

function line(points: readonly PicturePoint[], colour: string, width: number): Series {
  return {
    ...STILL,
    type: 'line',
    showSymbol: false,
    connectNulls: false,
    lineStyle: { color: colour, width, cap: 'round', join: 'round' },
    data: unbroken(points),
  };
}

function bridgeSeries(picture: ChartPicture, { colour }: ChartLook): Series[] {
  return [
    { points: picture.history, token: '--muted' },
    { points: picture.projection, token: picture.colours.projection },
  ].map(({ points, token }) => ({
    ...STILL,
    type: 'line',
    showSymbol: false,
    connectNulls: false,
    lineStyle: { color: colour(token), width: 1.5, type: [1, 4], cap: 'round' },
    data: bridges(points),
  }));
}

function dots(points: readonly PicturePoint[], colour: string, inside: string, size: number): Series {
  return {
    ...STILL,
    type: 'scatter',
    symbol: 'circle',
    symbolSize: size,
    z: 5,
    itemStyle: { color: inside, borderColor: colour, borderWidth: 1.5, opacity: 1 },
    data: points.map((point) => [point.x, point.y]),
  };
}

function atCursor(picture: ChartPicture, cursor: number): PicturePoint[] {
  return [...picture.history, ...picture.projection.slice(picture.history.length > 0 ? 1 : 0)].filter(
    (point) => point.x === cursor,
  );
}

function whiskers(picture: ChartPicture, { colour }: ChartLook): Series[] {
  return picture.targets
    .filter((target) => target.low !== target.high)
    .map((target) => ({
      ...STILL,
      type: 'line',
      symbol: 'rect',
      symbolSize: [10, 1.5],
      showSymbol: true,
      z: 5,
      itemStyle: { color: colour('--ink') },
      lineStyle: { color: colour('--ink'), width: 1.5 },
      data: [
        [target.x, target.low],
        [target.x, target.high],
      ],
    }));
}

/** The names at the ends of the lines, moved apart where they would stand on each other. */
function endLabels(picture: ChartPicture, { layout, scale, colour, font }: ChartLook): Series[] {
  if (!layout.hasEndLabels) return [];
  const ends = [
    { point: picture.projection.at(-1), name: picture.names.projection, token: picture.colours.projection },
    { point: picture.plan.at(-1), name: picture.names.plan, token: picture.colours.plan },
    ...picture.targets
      .filter((target) => target.x === layout.last)
      .map((target) => ({
        point: { x: target.x, y: (target.low + target.high) / 2 },
        name: picture.names.target,
        token: '--ink',
      })),
  ].flatMap(({ point, ...rest }) => (point ? [{ ...rest, point }] : []));
  const moves = spread(
    ends.map(({ point }) => heightOf(point.y, layout, scale)),
    LABEL_GAP_PX,
  );
  return ends.map(({ point, name, token }, index) => ({
    ...STILL,
    type: 'scatter',
    symbolSize: 0,
    z: 7,
    itemStyle: { opacity: 1 },
    data: [[layout.last + SIDE_PERIODS, point.y]],
    label: {
      show: true,
      position: 'right',
      distance: 4,
      offset: [0, moves[index] ?? 0],
      formatter: () => name,
      color: colour(token),
      fontFamily: font,
      fontSize: LABEL_PX,
      width: END_LABEL_ROOM_PX,
      overflow: 'truncate',
      align: 'left',
    },
  }));
}
