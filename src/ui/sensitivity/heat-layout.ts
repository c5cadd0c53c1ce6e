/** Where things stand on a heat map, in pixels, and where on it the sides of the target lie. */
import { SIDES, type HeatSheet } from '#session';

/** The map inside its frame, and its key beside it or below. */
export interface HeatLayout {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly hasKeyBeside: boolean;
}

/** An entry of the map. */
export interface HeatPlace {
  readonly column: number;
  readonly row: number;
}

const KEY_BESIDE_FROM_PX = 520;
const KEY_BESIDE_PX = 108;
const TOP_PX = 24;
const AXIS_PX = 44;
const KEY_BELOW_PX = 44;
const DIGIT_PX = 7;
const KEY_PX = 12;
const KEY_GAP_PX = 24;
const KEY_WORDS_PX = 20;

/** Between hatching lines, across. */
const HATCH_PX = 9;
/** How finely a hatching line looks for its ends. */
const HATCH_STEP_PX = 2;

/** How many places a side is probed at, across and up, to find room for its name. */
const PROBES = 13;
/** A side narrower than this many probes has no room for its name. */
const ROOM = 1.5;

/** Lays the map out; labels of the vertical axis have up to `digits` characters. */
export function heatLayout(
  size: { readonly width: number; readonly height: number },
  digits: number,
): HeatLayout {
  const hasKeyBeside = size.width >= KEY_BESIDE_FROM_PX;
  const left = digits * DIGIT_PX + 12;
  return {
    left,
    top: TOP_PX,
    width: Math.max(1, size.width - left - (hasKeyBeside ? KEY_BESIDE_PX : 8)),
    height: Math.max(1, size.height - TOP_PX - AXIS_PX - (hasKeyBeside ? 0 : KEY_BELOW_PX)),
    hasKeyBeside,
  };
}

/** Where the scale stands: beside the map, or along the lower edge. */
export function keyBox(layout: HeatLayout, height: number) {
  const { left, top, width } = layout;
  return layout.hasKeyBeside
    ? { left: left + width + KEY_GAP_PX, top, width: KEY_PX, height: layout.height }
    : { left, top: height - KEY_PX - KEY_WORDS_PX, width, height: KEY_PX };
}

/** The entry under a point of the map, kept inside it. Rows count upwards, as levels do. */
export function placeAt(x: number, y: number, heat: HeatSheet, layout: HeatLayout): HeatPlace {
  const inside = (share: number, count: number) =>
    Math.min(count - 1, Math.max(0, Math.floor(share * count)));
  return {
    column: inside((x - layout.left) / layout.width, heat.across.levels.length),
    row: inside(1 - (y - layout.top) / layout.height, heat.up.levels.length),
  };
}

/** The middle of an entry, in pixels. */
export function middleOf({ column, row }: HeatPlace, heat: HeatSheet, layout: HeatLayout) {
  return {
    x: layout.left + ((column + 0.5) / heat.across.levels.length) * layout.width,
    y: layout.top + (1 - (row + 0.5) / heat.up.levels.length) * layout.height,
  };
}

/** From where to where an axis goes: half a step beyond its first and last level, whose entries are drawn whole. */
export function edgesOf(levels: readonly number[]): { readonly min: number; readonly max: number } {
  const [first = 0, second = first] = levels;
  const last = levels.at(-1) ?? first;
  const half = (second - first) / 2;
  return { min: first - half, max: last + half };
}

/** Hatching of the side that is missed: stretches from point to point, in shares of the map from its lower left corner. */
export function hatching(heat: HeatSheet, layout: HeatLayout): [number, number, number, number][] {
  const { width, height } = layout;
  const [columns, rows] = [heat.across.levels.length, heat.up.levels.length];
  const isMissed = (x: number, y: number) => {
    const column = Math.min(columns - 1, Math.floor((x / width) * columns));
    const row = Math.min(rows - 1, Math.floor((y / height) * rows));
    return heat.sides[row * columns + column] === SIDES.missed;
  };
  const found: [number, number, number, number][] = [];
  for (let start = -height + HATCH_PX; start < width; start += HATCH_PX) {
    const [low, high] = [Math.max(0, start), Math.min(width, start + height)];
    let from: number | undefined;
    for (let x = low; x <= high; x += HATCH_STEP_PX) {
      const isHere = x < width && x - start < height && isMissed(x, x - start);
      if (isHere) from ??= x;
      if (from !== undefined && (!isHere || x + HATCH_STEP_PX > high)) {
        found.push([from / width, (from - start) / height, x / width, (x - start) / height]);
        from = undefined;
      }
    }
  }
  return found;
}

/** The place of a side that is farthest from all that is not of it; undefined where there is no room for a name. */
export function roomOf(heat: HeatSheet, side: number): HeatPlace | undefined {
  const [columns, rows] = [heat.across.levels.length, heat.up.levels.length];
  const place = (index: number, count: number) =>
    Math.min(count - 1, Math.floor(((index + 0.5) / PROBES) * count));
  const probes = Array.from({ length: PROBES * PROBES }, (_, index) => {
    const [x, y] = [index % PROBES, Math.floor(index / PROBES)];
    const [column, row] = [place(x, columns), place(y, rows)];
    return { x, y, column, row, isOfSide: heat.sides[row * columns + column] === side };
  });
  const others = probes.filter(({ isOfSide }) => !isOfSide);
  let best: (typeof probes)[number] | undefined;
  let most = ROOM;
  for (const probe of probes) {
    if (!probe.isOfSide) continue;
    // names are wide: room to the left and right counts for less than above and below
    const toEdge = Math.min(probe.y + 1, PROBES - probe.y, (probe.x + 1) / 1.5, (PROBES - probe.x) / 1.5);
    let room = toEdge;
    // as squares: roots of thousands of pairs would cost more than all the rest of a picture
    for (const other of others) {
      const [x, y] = [(other.x - probe.x) / 1.5, other.y - probe.y];
      const square = x * x + y * y;
      if (square < room * room) room = Math.sqrt(square);
      if (room <= most) break;
    }
    if (room > most) [best, most] = [probe, room];
  }
  return best && { column: best.column, row: best.row };
}
