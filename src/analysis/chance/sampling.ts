/**
 * Points of the unit cube at which a plan is sampled: Latin hypercube, Sobol' or plain chance.
 *
 * Points come in batches that are independent of each other, each a whole hypercube or net of its own: the spread between
 * the batches is an honest standard error, which a single evenly spread set of points has not.
 */
import type { Random } from './random-source.ts';
import { batchesOf } from './point-batches.ts';
import { SOBOL_DIMENSIONS } from './sobol-directions.ts';
import { scrambledNet, sobolDirections } from './sobol-points.ts';

/** latin: every driver by itself evenly spread · sobol: also all of them together · random: by chance alone. */
export type SamplingMethod = 'latin' | 'sobol' | 'random';

/** What is to be drawn. */
export interface PointRequest {
  readonly method: SamplingMethod;
  readonly dimensions: number;
  readonly count: number;
  readonly random: Random;
}

/** Points in the order of the samples. */
export interface Points {
  /** First sample of every batch, and the count of all samples at the end. */
  readonly starts: readonly number[];
  /**
   * Writes the points from `start` on, which is where the last call ended.
   *
   * Shape: one array a dimension, all of one length. Coordinates lie between 0 and 1, ends excluded.
   */
  fill(start: number, into: readonly Float64Array[]): void;
}

/** Prepares points. */
export function buildPoints({ method, dimensions, count, random }: PointRequest): Points {
  const batches = batchesOf(method, count);
  const starts = Array.from({ length: batches + 1 }, (_, batch) => Math.floor((batch * count) / batches));
  const begin = writerOf(method, dimensions, random);
  let batch = -1;
  let expected = 0;
  let write: Writer = () => undefined;
  return {
    starts,
    fill(start, into) {
      if (start !== expected) throw new Error(`points are drawn in order: ${start} instead of ${expected}`);
      const end = start + (into[0]?.length ?? 0);
      for (let from = start; from < end;) {
        if (from === starts[batch + 1]) {
          batch += 1;
          write = begin((starts[batch + 1] as number) - from);
        }
        const to = Math.min(end, starts[batch + 1] as number);
        write(into.map((coordinates) => coordinates.subarray(from - start, to - start)));
        from = to;
      }
      expected = end;
    },
  };
}

type Writer = (into: readonly Float64Array[]) => void;

/** Gives, for the size of a batch, what writes its points one stretch after the other. */
function writerOf(method: SamplingMethod, dimensions: number, random: Random): (size: number) => Writer {
  // point by point, so that the numbers do not depend on how long the stretches are
  const byChance: Writer = (into) => {
    const count = into[0]?.length ?? 0;
    for (let point = 0; point < count; point += 1)
      for (const coordinates of into) coordinates[point] = inside(random());
  };
  if (method === 'random') return () => byChance;
  if (method === 'sobol') {
    const even = Math.min(dimensions, SOBOL_DIMENSIONS);
    const directions = sobolDirections(even);
    return () => {
      const net = scrambledNet(directions, random);
      return (into) => {
        net.next(into.slice(0, even));
        // there are no direction numbers beyond; the last dimensions are left to chance
        byChance(into.slice(even));
      };
    };
  }
  return (size) => {
    const cube = Array.from({ length: dimensions }, () => stratified(size, random));
    let done = 0;
    return (into) => {
      into.forEach((coordinates, dimension) =>
        coordinates.set((cube[dimension] as Float64Array).subarray(done, done + coordinates.length)),
      );
      done += into[0]?.length ?? 0;
    };
  };
}

/** One coordinate of a hypercube: a point by chance in each of `size` equal strata, in an order by chance. */
function stratified(size: number, random: Random): Float64Array {
  const coordinates = new Float64Array(size);
  // the shuffle that builds as it goes: each stratum takes a place at random, whose holder moves to the end
  for (let stratum = 0; stratum < size; stratum += 1) {
    const at = Math.floor(random() * (stratum + 1));
    coordinates[stratum] = coordinates[at] as number;
    coordinates[at] = inside((stratum + random()) / size);
  }
  return coordinates;
}

/** Keeps a coordinate off the ends, where unbounded distributions have no value. */
function inside(coordinate: number): number {
  return Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, coordinate));
}
