/**
 * From points of the unit cube to the values of drivers: each driver by its own curve, drivers that move together through a
 * Gaussian copula, periods as the course of the driver says.
 */
import { exponential } from '#formula';
import type { Correlation } from '#plan';
import type { Move } from '#engine';
import {
  correlationFactor,
  nearestCorrelation,
  rankCorrelation,
  scoreCorrelation,
  type Matrix,
} from './correlation.ts';
import { normalScore } from './normal-curve.ts';
import type { UncertainDriver } from './uncertain-drivers.ts';

/** Correlations that could not be drawn as they were typed. */
export interface CorrelationRepair {
  /** The pair that had to change most, as rank correlations. */
  readonly lines: readonly [string, string];
  readonly asked: number;
  readonly used: number;
  readonly largestChange: number;
}

/** Drivers that move together, or one alone, with the coordinates that decide them. */
export interface DrawGroup {
  readonly lines: readonly string[];
  /** Numbers of their moves. */
  readonly moves: readonly number[];
}

/** How points become moves. */
export interface Draws {
  readonly dimensions: number;
  readonly moves: readonly Move[];
  readonly groups: readonly DrawGroup[];
  readonly repair?: CorrelationRepair;
  /**
   * Writes the values of all moves at some points; the points are used up.
   *
   * Shape: `points` one array a dimension, `into` one a move, all of one length.
   */
  fill(points: readonly Float64Array[], into: readonly Float64Array[]): void;
}

/** Where the draws of one driver go: for each of its periods the move that takes them, and how many share one. */
interface Outlet {
  readonly driver: UncertainDriver;
  readonly moves: readonly number[];
}

/** Prepares the draws of drivers. */
export function buildDraws(drivers: readonly UncertainDriver[], correlations: readonly Correlation[]): Draws {
  const moves: Move[] = [];
  const outlets = drivers.map((driver): Outlet => {
    const first = moves.length;
    moves.push(...movesOf(driver));
    return { driver, moves: driver.periods.map((_, place) => Math.min(first + place, moves.length - 1)) };
  });
  let dimensions = 0;
  const repairs: CorrelationRepair[] = [];
  const groups = connected(drivers.length, (a, b) => rankOf(correlations, drivers, a, b) !== 0).map(
    (members) => {
      const own = members.map((member) => outlets[member] as Outlet);
      const { matrix, repair } = possibleMatrix(own, members, drivers, correlations);
      if (repair) repairs.push(repair);
      const group = own.length === 1 ? aloneGroup(own[0] as Outlet) : copulaGroup(own, matrix);
      const from = dimensions;
      dimensions += group.dimensions;
      const lines = own.map(({ driver }) => driver.line);
      return { lines, moves: [...new Set(own.flatMap((one) => one.moves))], from, ...group };
    },
  );
  const repair = repairs.toSorted((a, b) => b.largestChange - a.largestChange)[0];
  return {
    dimensions,
    moves,
    groups,
    ...(repair && { repair }),
    fill: (points, into) => {
      for (const { from, dimensions: width, fill } of groups) fill(points.slice(from, from + width), into);
    },
  };
}

/** One move for all periods where they share a draw and nothing changes it; else one for each. */
function movesOf({ line, course, periods, changes }: UncertainDriver): Move[] {
  const [first = 0, last = 0] = [periods[0], periods.at(-1)];
  const isOne =
    course === 'once' && last - first === periods.length - 1 && changes.every((all) => all.length === 0);
  return isOne
    ? [{ line, effect: 'set', from: first, to: last }]
    : periods.map((period) => ({ line, effect: 'set', from: period, to: period }));
}

function rankOf(
  correlations: readonly Correlation[],
  drivers: readonly UncertainDriver[],
  a: number,
  b: number,
): number {
  const [first, second] = [drivers[a]?.line, drivers[b]?.line];
  const found = correlations.find(
    ({ lines: [x, y] }) => (x === first && y === second) || (x === second && y === first),
  );
  return found?.rank ?? 0;
}

/** Splits numbers into groups within which each reaches each other. */
function connected(count: number, isLinked: (a: number, b: number) => boolean): number[][] {
  const groupOf = Array.from({ length: count }, (_, index) => index);
  for (let a = 0; a < count; a += 1) {
    for (let b = a + 1; b < count; b += 1) {
      const [keep, give] = [groupOf[a], groupOf[b]];
      if (keep !== give && isLinked(a, b))
        groupOf.forEach((group, index) => group === give && (groupOf[index] = keep as number));
    }
  }
  return [...new Set(groupOf)].map((group) =>
    groupOf.flatMap((one, index) => (one === group ? [index] : [])),
  );
}

function possibleMatrix(
  own: readonly Outlet[],
  members: readonly number[],
  drivers: readonly UncertainDriver[],
  correlations: readonly Correlation[],
): { matrix: Matrix; repair?: CorrelationRepair } {
  const size = own.length;
  const asked = Float64Array.from({ length: size * size }, (_, index) => {
    const [row, column] = [Math.floor(index / size), index % size];
    return row === column
      ? 1
      : rankOf(correlations, drivers, members[row] as number, members[column] as number);
  });
  const { matrix, rounds } = nearestCorrelation(
    asked.map((rank, index) => (index % (size + 1) === 0 ? 1 : scoreCorrelation(rank))),
    size,
  );
  if (rounds === 0) return { matrix };
  const used = matrix.map(rankCorrelation);
  const change = (index: number) => Math.abs((used[index] as number) - (asked[index] as number));
  const most = asked.reduce((best, _, index) => (change(index) > change(best) ? index : best), 0);
  const lineAt = (member: number) => own[member]?.driver.line ?? '';
  const pair = [lineAt(Math.floor(most / size)), lineAt(most % size)] as const;
  return {
    matrix,
    repair: {
      lines: pair,
      asked: asked[most] as number,
      used: used[most] as number,
      largestChange: change(most),
    },
  };
}

/** What one driver draws in one of its periods, before its course and its changes. */
type DrawAt = (place: number, point: number) => number;

/** A driver that nothing moves with: its curve takes the coordinates as they are. */
function aloneGroup(outlet: Outlet): { dimensions: number; fill: Draws['fill'] } {
  const { curve, course, periods } = outlet.driver;
  const isOnce = course === 'once';
  return {
    dimensions: isOnce ? 1 : periods.length,
    fill: (points, into) => {
      for (const coordinates of points)
        for (let point = 0; point < coordinates.length; point += 1)
          coordinates[point] = curve.quantile(coordinates[point] as number);
      writeCourse(
        outlet,
        (place, point) => (points[isOnce ? 0 : place] as Float64Array)[point] as number,
        points[0]?.length ?? 0,
        into,
      );
    },
  };
}

/**
 * Drivers that move together. Every row of scores is mixed by a factor of the matrix; a row is a period where all are drawn
 * period by period. Where one is drawn once and another each period, the rows are turned (Helmert) so that the first is the
 * mean over the periods: it is the mean that the driver drawn once moves with, and no period more than another.
 */
function copulaGroup(
  outlets: readonly Outlet[],
  matrix: Matrix,
): { dimensions: number; fill: Draws['fill'] } {
  const size = outlets.length;
  const isOnce = outlets.map(({ driver }) => driver.course === 'once');
  const yearly = outlets.flatMap((_, member) => (isOnce[member] ? [] : [member]));
  const periods = [...new Set(yearly.flatMap((member) => outlets[member]?.driver.periods ?? []))].toSorted(
    (a, b) => a - b,
  );
  const rows = Math.max(1, periods.length);
  const turn = yearly.length === size ? undefined : helmert(rows);
  const everyone = outlets.map((_, member) => member);
  const membersOf = (row: number) => (row === 0 ? everyone : yearly);
  const factors = [everyone, yearly].map((members) =>
    correlationFactor(partOf(matrix, size, members), members.length),
  );
  const offsets = Array.from({ length: rows }, (_, row) =>
    row === 0 ? 0 : size + (row - 1) * yearly.length,
  );

  return {
    dimensions: size + (rows - 1) * yearly.length,
    fill: (points, into) => {
      const count = points[0]?.length ?? 0;
      for (const coordinates of points)
        for (let point = 0; point < coordinates.length; point += 1)
          coordinates[point] = normalScore(coordinates[point] as number);
      for (let row = 0; row < rows; row += 1) {
        mix(
          points.slice(offsets[row], (offsets[row] as number) + membersOf(row).length),
          factors[row === 0 ? 0 : 1] as Matrix,
          count,
        );
      }
      const scoreAt = (member: number, row: number) =>
        points[(offsets[row] as number) + membersOf(row).indexOf(member)] as Float64Array;
      outlets.forEach((outlet, member) => {
        const { curve, periods: own } = outlet.driver;
        const scores = own.map((period) =>
          isOnce[member]
            ? scoreAt(member, 0)
            : turned(periods.indexOf(period), rows, turn, (row) => scoreAt(member, row), count),
        );
        writeCourse(
          outlet,
          (place, point) => curve.atScore((scores[place] as Float64Array)[point] as number),
          count,
          into,
        );
      });
    },
  };
}

/** Mixes independent scores in place, the last first: a lower triangular factor reads only what stands before. */
function mix(scores: readonly Float64Array[], factor: Matrix, count: number): void {
  const size = scores.length;
  for (let row = size - 1; row >= 0; row -= 1) {
    const mixed = scores[row] as Float64Array;
    for (let point = 0; point < count; point += 1) {
      let sum = 0;
      for (let column = 0; column <= row; column += 1) {
        sum += (factor[row * size + column] as number) * ((scores[column] as Float64Array)[point] as number);
      }
      mixed[point] = sum;
    }
  }
}

function turned(
  period: number,
  rows: number,
  turn: Matrix | undefined,
  scoresOf: (row: number) => Float64Array,
  count: number,
): Float64Array {
  if (!turn) return scoresOf(period);
  const sum = new Float64Array(count);
  for (let row = 0; row < rows; row += 1) {
    const weight = turn[period * rows + row] as number;
    const scores = scoresOf(row);
    for (let point = 0; point < count; point += 1)
      sum[point] = (sum[point] as number) + weight * (scores[point] as number);
  }
  return sum;
}

/** An orthogonal matrix whose first column is the mean. Shape: period-major. */
function helmert(size: number): Matrix {
  return Float64Array.from({ length: size * size }, (_, index) => {
    const [period, row] = [Math.floor(index / size), index % size];
    if (row === 0) return 1 / Math.sqrt(size);
    if (period > row) return 0;
    return (period === row ? -row : 1) / Math.sqrt(row * (row + 1));
  });
}

function partOf(matrix: Matrix, size: number, members: readonly number[]): Matrix {
  return Float64Array.from(
    members.flatMap((row) => members.map((column) => matrix[row * size + column] as number)),
  );
}

/** Writes the draws of a driver over its periods: as they are, or as the steps of a walk; then what nearer scenarios change. */
function writeCourse(
  { driver, moves }: Outlet,
  drawAt: DrawAt,
  count: number,
  into: readonly Float64Array[],
): void {
  const { course, curve, changes } = driver;
  // a single move takes the draw that all periods share, as it is
  if (new Set(moves).size === 1 && changes[0]?.length === 0) {
    const values = into[moves[0] as number] as Float64Array;
    for (let point = 0; point < count; point += 1) values[point] = drawAt(0, point);
    return;
  }
  for (let point = 0; point < count; point += 1) {
    let level = 0;
    for (let place = 0; place < moves.length; place += 1) {
      // a single move takes the draw that all periods share
      if (place > 0 && moves[place] === moves[place - 1]) break;
      const draw = drawAt(place, point);
      if (course !== 'walk' || place === 0) level = draw;
      else if (curve.normal?.isLog) level *= draw / exponential(curve.normal.mean);
      else level += draw - curve.mean;
      let value = level;
      for (const { kind, by } of changes[place] ?? []) value = kind === 'add' ? value + by : value * by;
      (into[moves[place] as number] as Float64Array)[point] = value;
    }
  }
}
