/**
 * Looks for all places in an interval where a function is zero: scans, looks closer where a pair of zeros could hide
 * between two points, and closes in on each change of sign. The function may fail in parts, jump, be flat or have poles.
 *
 * Not a proof: zeros closer together than a scan step, without a bend or a dip that the scan can see, are found as one or
 * not at all.
 */
import { isNumber, type Value } from '#quantity';

/** A zero; `to` differs from `from` where the function is zero all the way between. */
export interface Root {
  readonly from: number;
  readonly to: number;
}

/** A point at which the function was evaluated. */
export interface Sample {
  readonly at: number;
  readonly value: Value;
}

/** What a search found. */
export interface RootSearch {
  /** In ascending order. */
  readonly roots: readonly Root[];
  /** All points, in ascending order. */
  readonly samples: readonly Sample[];
}

/** Steps of the scan: narrow enough for what a plan's formulas do within a lever's bounds. */
const SCAN_STEPS = 64;

/** How often a step is halved where the function bends: up to a sixteenth of a step. */
const FINEST = 4;

/** A middle that lies off the straight line by more than this part of the ends' difference shows a bend. */
const BEND = 0.05;

/** How near to zero counts as zero, in parts of the values around it: a tenth of what printed figures can show. */
const RELATIVE_ZERO = 1e-10;

/** Halvings that find the edge of a stretch to the last bit of a double. */
const HALVINGS = 80;

const GOLDEN = (3 - Math.sqrt(5)) / 2;

interface Point {
  readonly at: number;
  readonly value: number;
}

/**
 * Finds the zeros of `f` from `low` to `high`; `also` are further points to scan, as where one stands now. Yields the share that
 * is done: every point of the scan is one part of the work, and so is a look between two of them.
 */
export function* searchRoots(
  f: (at: number) => Value,
  low: number,
  high: number,
  scale: number,
  also: readonly number[] = [],
): Generator<number, RootSearch> {
  const known = new Map<number, Value>();
  const read = (at: number): Value => {
    const held = known.get(at);
    if (held !== undefined) return held;
    const value = f(at);
    known.set(at, value);
    return value;
  };
  const scan = Array.from({ length: SCAN_STEPS + 1 }, (_, step) =>
    step === SCAN_STEPS ? high : low + ((high - low) * step) / SCAN_STEPS,
  );
  const grid = [...new Set([...scan, ...also.filter((at) => at >= low && at <= high)])].toSorted(
    (a, b) => a - b,
  );
  const parts = 2 * grid.length;
  let done = 0;
  for (const at of grid) {
    read(at);
    done += 1;
    yield done / parts;
  }
  // the last points with a number before a region without
  grid.slice(1).forEach((at, index) => findEdge(read, grid[index] as number, at));

  const zero = RELATIVE_ZERO * scale;
  for (const region of numericRegions(known)) {
    for (const [index, point] of region.slice(1).entries()) {
      lookCloser(read, region[index] as Point, point, zero, FINEST);
      done += 1;
      yield Math.min(1, done / parts);
    }
  }
  const regions = numericRegions(known);
  for (const region of regions) findDips(read, region, zero);
  const roots = numericRegions(known).flatMap((region) => rootsIn(read, region, zero));
  return { roots: merged(roots, (high - low) * 1e-9), samples: sorted(known) };
}

function sorted(known: ReadonlyMap<number, Value>): Sample[] {
  return [...known].map(([at, value]) => ({ at, value })).toSorted((a, b) => a.at - b.at);
}

/** Neighbouring points with numbers; a point without one ends a region. */
function numericRegions(known: ReadonlyMap<number, Value>): Point[][] {
  const regions: Point[][] = [[]];
  for (const { at, value } of sorted(known)) {
    if (isNumber(value)) regions.at(-1)?.push({ at, value });
    else regions.push([]);
  }
  return regions.filter((region) => region.length > 0);
}

/** Between a point with a number and one without, halves until the two are neighbours. */
function findEdge(read: (at: number) => Value, a: number, b: number): void {
  if (isNumber(read(a)) === isNumber(read(b))) return;
  let [inside, outside] = isNumber(read(a)) ? [a, b] : [b, a];
  for (let round = 0; round < HALVINGS; round += 1) {
    const middle = (inside + outside) / 2;
    if (middle === inside || middle === outside) return;
    if (isNumber(read(middle))) inside = middle;
    else outside = middle;
  }
}

/** Reads the middle between two points, and more where it shows that the function bends there. */
function lookCloser(read: (at: number) => Value, a: Point, b: Point, zero: number, halvings: number): void {
  const at = (a.at + b.at) / 2;
  if (halvings === 0 || at === a.at || at === b.at) return;
  const value = read(at);
  if (!isNumber(value)) return;
  const off = Math.abs(value - (a.value + b.value) / 2);
  if (off <= BEND * Math.abs(a.value - b.value) || off <= zero) return;
  lookCloser(read, a, { at, value }, zero, halvings - 1);
  lookCloser(read, { at, value }, b, zero, halvings - 1);
}

/** Where three points dip towards zero, goes down the dip until it changes sign, touches zero or turns. */
function findDips(read: (at: number) => Value, region: readonly Point[], zero: number): void {
  for (let index = 1; index + 1 < region.length; index += 1) {
    const [a, b, c] = region.slice(index - 1, index + 2) as [Point, Point, Point];
    const sign = Math.sign(b.value);
    const [left, middle, right] = [a.value * sign, b.value * sign, c.value * sign];
    const isDip = middle > zero && middle <= left && middle <= right && (middle < left || middle < right);
    if (isDip) descend((at) => numberOr(read(at), Infinity) * sign, a.at, b.at, c.at);
  }
}

/** Golden section on a dip; ends early where the function is negative. All points that it reads stay known. */
function descend(height: (at: number) => number, a: number, b: number, c: number): void {
  let [left, lowest, right] = [a, b, c];
  let depth = height(lowest);
  for (let round = 0; round < HALVINGS && right - left > 1e-9 * (c - a); round += 1) {
    const isRight = right - lowest > lowest - left;
    const at = isRight ? lowest + GOLDEN * (right - lowest) : lowest - GOLDEN * (lowest - left);
    const value = height(at);
    if (value <= 0) return;
    if (value < depth) {
      if (isRight) left = lowest;
      else right = lowest;
      [lowest, depth] = [at, value];
    } else if (isRight) right = at;
    else left = at;
  }
}

function numberOr(value: Value, otherwise: number): number {
  return isNumber(value) ? value : otherwise;
}

/** The zeros among neighbouring points: crossed, touched, or kept over a stretch. */
function rootsIn(read: (at: number) => Value, region: readonly Point[], zero: number): Root[] {
  const roots: Root[] = [];
  for (let index = 0; index < region.length; index += 1) {
    const point = region[index] as Point;
    const isNear = Math.abs(point.value) <= zero;
    const first = index;
    while (isNear && isFlat(read, point, region[index + 1])) index += 1;
    if (index > first) {
      const [before, last, after] = [region[first - 1], region[index] as Point, region[index + 1]];
      roots.push({ from: edgeOf(read, point, before), to: edgeOf(read, last, after) });
      continue;
    }
    const next = region[index + 1];
    if (point.value === 0 || (isNear && isLowest(region, index))) {
      roots.push({ from: point.at, to: point.at });
    } else if (next && Math.sign(next.value) === -Math.sign(point.value)) {
      const root = closeIn(read, point, next);
      const small = Math.max(zero, RELATIVE_ZERO * Math.min(Math.abs(point.value), Math.abs(next.value)));
      // at a pole or a jump the sign changes without a zero
      if (root && Math.abs(root.value) <= small) roots.push({ from: root.at, to: root.at });
    }
  }
  return roots;
}

/** Tells whether the function keeps its value up to the next point. */
function isFlat(read: (at: number) => Value, point: Point, next: Point | undefined): boolean {
  return next?.value === point.value && read((point.at + next.at) / 2) === point.value;
}

/** Tells whether a point near zero touches it: no neighbour is nearer, and none lies on the other side. */
function isLowest(region: readonly Point[], index: number): boolean {
  const { value } = region[index] as Point;
  return [region[index - 1], region[index + 1]].every(
    (other) =>
      !other || (Math.sign(other.value) === Math.sign(value) && Math.abs(other.value) >= Math.abs(value)),
  );
}

/** How far a flat stretch goes on from a point of it towards one beyond. */
function edgeOf(read: (at: number) => Value, inside: Point, beyond: Point | undefined): number {
  let [near, far] = [inside.at, beyond?.at ?? inside.at];
  for (let round = 0; round < HALVINGS; round += 1) {
    const middle = (near + far) / 2;
    if (middle === near || middle === far) break;
    if (read(middle) === inside.value) near = middle;
    else far = middle;
  }
  return near;
}

/**
 * Closes in on a change of sign between two points (Chandrupatla 1997: inverse quadratic where it is safe, else halving);
 * undefined where the function has no number on the way.
 */
function closeIn(read: (at: number) => Value, a: Point, b: Point): Point | undefined {
  let [newest, opposite] = [b, a];
  let share = 0.5;
  for (let round = 0; round < 2 * HALVINGS; round += 1) {
    const at = newest.at + share * (opposite.at - newest.at);
    if (at === newest.at || at === opposite.at) break;
    const value = read(at);
    if (!isNumber(value)) return undefined;
    if (value === 0) return { at, value };
    const isSameSide = Math.sign(value) === Math.sign(newest.value);
    const oldest = isSameSide ? newest : opposite;
    if (!isSameSide) opposite = newest;
    newest = { at, value };

    const best = Math.abs(newest.value) < Math.abs(opposite.value) ? newest : opposite;
    const tolerance = 2 * Number.EPSILON * Math.abs(best.at) + Number.MIN_VALUE;
    const width = Math.abs(opposite.at - newest.at);
    if (width <= 2 * tolerance) break;
    share = nextShare(newest, opposite, oldest, tolerance / width);
  }
  return Math.abs(newest.value) < Math.abs(opposite.value) ? newest : opposite;
}

function nextShare(a: Point, b: Point, c: Point, least: number): number {
  const x = (a.at - b.at) / (c.at - b.at);
  const y = (a.value - b.value) / (c.value - b.value);
  const isSafe = y * y < x && (1 - y) * (1 - y) < 1 - x;
  const share = isSafe
    ? (a.value / (b.value - a.value)) * (c.value / (b.value - c.value)) +
      (((c.at - a.at) / (b.at - a.at)) * a.value * b.value) / ((c.value - a.value) * (c.value - b.value))
    : 0.5;
  return Math.min(1 - least, Math.max(least, share));
}

function merged(roots: readonly Root[], apart: number): Root[] {
  const result: Root[] = [];
  for (const root of roots.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && root.from - last.to <= apart)
      result[result.length - 1] = { from: last.from, to: Math.max(last.to, root.to) };
    else result.push(root);
  }
  return result;
}
