/** Turns a picture into what ECharts is told. Holds no markup: every text is drawn as SVG text. */
import { endName, groundOf, levelAxis, periodAxis } from './chart-axes.ts';
import type { ChartOption } from './echarts-adapter.ts';
import { heightOf, SIDE_PERIODS, spread, type Layout } from './chart-layout.ts';
import type { Scale } from './chart-scale.ts';
import type { ChartPicture, PicturePoint } from './chart-picture.ts';

/** Everything beside the picture that decides how it looks. */
export interface ChartLook {
  readonly layout: Layout;
  readonly scale: Scale;
  /** Reads a token's colour. */
  readonly colour: (token: string) => string;
  readonly font: string;
  readonly letters?: number;
  /** Writes a number of the vertical axis. */
  readonly show: (value: number) => string;
}

type Series = Extract<NonNullable<ChartOption['series']>, readonly unknown[]>[number];
type Mark = NonNullable<Extract<Series, { type?: 'scatter' }>['data']>[number];
type Spot = (number | null)[];

const LINE_PX = 2;
const THIN_PX = 1.25;
const EDGE_PX = 1.5;
const DOT_PX = 5;
const DIAMOND_PX = [11, 13];
const CAP_PX = [10, EDGE_PX];
const DOTS = [1, 4];
const LABEL_GAP_PX = 16;

/** What every series shares: it is looked at, not touched. */
const STILL = { silent: true, animation: false, clip: false } as const;

/** Neighbouring points joined; a year without a number breaks the line. */
function unbroken(points: readonly PicturePoint[]): Spot[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    const gap = before && point.x - before.x > 1 ? [[before.x + 1, null]] : [];
    return [...gap, [point.x, point.y]];
  });
}

/** The ways over years without a number, each between the two points that bound it. */
function bridges(points: readonly PicturePoint[]): Spot[] {
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

/** Builds the option of a chart: as few series as can be, for it is drawn anew with every movement of a lever. */
export function optionFor(picture: ChartPicture, look: ChartLook): ChartOption {
  const { layout, scale, colour } = look;
  const lines: { data: Spot[]; token: string; width: number; dots?: true }[] = [
    {
      data: [...bridges(picture.history), ...bridges(picture.projection)],
      token: '--muted',
      width: EDGE_PX,
      dots: true,
    },
    { data: unbroken(picture.plan), token: picture.colours.plan, width: THIN_PX },
    { data: unbroken(picture.projection), token: picture.colours.projection, width: LINE_PX },
    { data: unbroken(picture.history), token: '--ink', width: LINE_PX },
  ];
  return {
    ...groundOf(look),
    grid: {
      left: layout.left,
      right: layout.right,
      top: layout.top,
      bottom: layout.bottom,
      outerBoundsMode: 'none',
    },
    xAxis: periodAxis(look, layout),
    yAxis: levelAxis(look, scale, look.show),
    series: [
      ...lines
        .filter(({ data }) => data.length > 1)
        .map(({ data, token, width, dots }): Series => ({
          ...STILL,
          type: 'line',
          showSymbol: false,
          connectNulls: false,
          lineStyle: {
            color: colour(token),
            width,
            cap: 'round',
            join: 'round',
            type: dots ? DOTS : 'solid',
          },
          data,
        })),
      ...whiskers(picture, colour('--ink')),
      { ...STILL, type: 'scatter', z: 5, data: [...marks(picture, look), ...endLabels(picture, look)] },
    ],
  };
}

/** The points that stand by themselves: what was observed, the end of the projection, the targets. */
function marks(picture: ChartPicture, { colour }: ChartLook): Mark[] {
  const edge = (color: string, inside: string) => ({
    color: inside,
    borderColor: color,
    borderWidth: EDGE_PX,
    opacity: 1,
  });
  const projection = colour(picture.colours.projection);
  const observed = new Set([...picture.history, ...picture.projection].filter((point) => point.isObserved));
  return [
    ...[...observed].map((point) => ({
      value: [point.x, point.y],
      symbolSize: DOT_PX,
      itemStyle: edge(colour('--ink'), colour('--surface')),
    })),
    ...picture.projection.slice(-1).map((point) => ({
      value: [point.x, point.y],
      symbolSize: DOT_PX,
      itemStyle: edge(projection, projection),
    })),
    ...picture.targets.map((target) => ({
      value: [target.x, (target.low + target.high) / 2],
      symbol: 'diamond',
      symbolSize: DIAMOND_PX,
      itemStyle: edge(colour('--ink'), colour('--surface')),
    })),
  ];
}

/** Ranges from end to end. */
function whiskers({ targets }: ChartPicture, ink: string): Series[] {
  const ranges = targets.filter((target) => target.low !== target.high);
  if (ranges.length === 0) return [];
  return [
    {
      ...STILL,
      type: 'line',
      symbol: 'rect',
      symbolSize: CAP_PX,
      showSymbol: true,
      connectNulls: false,
      itemStyle: { color: ink },
      lineStyle: { color: ink, width: EDGE_PX },
      data: ranges.flatMap(({ x, low, high }): Spot[] => [
        [x, low],
        [x, high],
        [x, null],
      ]),
    },
  ];
}

/** The names at the ends of the lines, moved apart where they would stand on each other. */
function endLabels(picture: ChartPicture, look: ChartLook): Mark[] {
  const { layout, scale } = look;
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
    LABEL_GAP_PX * layout.enlarged,
  );
  return ends.map(({ point, name, token }, index) =>
    endName(look, { name, token, x: layout.last + SIDE_PERIODS, y: point.y }, moves[index]),
  );
}
