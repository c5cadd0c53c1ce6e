/** Points of the unit cube: Sobol' against scipy's, hypercubes by their strata, and both by how fast their errors shrink. */
import { describe, expect, it } from 'vitest';
import { seededRandom } from '#analysis';
import { buildPoints, type SamplingMethod } from '../../src/analysis/chance/sampling.ts';
import { plainNet, scrambledNet, sobolDirections } from '../../src/analysis/chance/sobol-points.ts';

const draw = (method: SamplingMethod, dimensions: number, count: number, seed = 1, stretch = count) => {
  const points = buildPoints({ method, dimensions, count, random: seededRandom(seed) });
  const all = Array.from({ length: dimensions }, () => new Float64Array(count));
  for (let start = 0; start < count; start += stretch) {
    points.fill(
      start,
      all.map((coordinates) => coordinates.subarray(start, Math.min(count, start + stretch))),
    );
  }
  return { all, starts: points.starts };
};

describe('a Sobol’ net', () => {
  it('is scipy’s, unscrambled', () => {
    // scipy.stats.qmc.Sobol(256, scramble=False).random(64), rows 5 and 37; ours stand in the middle of the smallest cell
    const into = Array.from({ length: 256 }, () => new Float64Array(64));
    plainNet(sobolDirections(256)).next(into);
    const at = (point: number, dimensions: number[]) =>
      dimensions.map((one) => (into[one]?.[point] ?? 0) - 2 ** -33);
    expect(at(5, [0, 1, 2, 7, 50, 255])).toEqual([0.875, 0.875, 0.125, 0.375, 0.625, 0.875]);
    expect(at(37, [3, 100, 200, 255])).toEqual([0.921875, 0.359375, 0.828125, 0.453125]);
  });

  it('stays a net when it is scrambled: every stratum of every coordinate is met once', () => {
    const into = Array.from({ length: 256 }, () => new Float64Array(1024));
    scrambledNet(sobolDirections(256), seededRandom(3)).next(into);
    for (const coordinates of into) {
      const strata = new Set(Array.from(coordinates, (one) => Math.floor(one * 1024)));
      expect(strata.size).toBe(1024);
    }
  });

  it('keeps two dimensions even together: 4 × 4 boxes hold 64 of 1024 points each', () => {
    const into = Array.from({ length: 2 }, () => new Float64Array(1024));
    scrambledNet(sobolDirections(2), seededRandom(4)).next(into);
    const boxes = new Array<number>(16).fill(0);
    for (let point = 0; point < 1024; point += 1) {
      const box = Math.floor((into[0]?.[point] ?? 0) * 4) * 4 + Math.floor((into[1]?.[point] ?? 0) * 4);
      boxes[box] = (boxes[box] ?? 0) + 1;
    }
    expect(boxes).toEqual(new Array<number>(16).fill(64));
  });
});

it('a Latin hypercube meets every stratum of every driver once in each batch', () => {
  const { all, starts } = draw('latin', 5, 1600);
  expect(starts).toHaveLength(17);
  for (const coordinates of all) {
    for (let batch = 0; batch < 16; batch += 1) {
      const size = (starts[batch + 1] ?? 0) - (starts[batch] ?? 0);
      const strata = new Set(
        Array.from(coordinates.subarray(starts[batch], starts[batch + 1]), (one) => Math.floor(one * size)),
      );
      expect(strata.size).toBe(size);
    }
  }
});

it('a hypercube of a million points is drawn in pieces that fit in memory', () => {
  const { starts } = buildPoints({
    method: 'latin',
    dimensions: 3,
    count: 1_000_000,
    random: seededRandom(1),
  });
  expect(
    Math.max(...starts.slice(1).map((end, batch) => end - (starts[batch] as number))),
  ).toBeLessThanOrEqual(4096);
  expect(starts.at(-1)).toBe(1_000_000);
});

describe.each(['latin', 'sobol', 'random'] as const)('%s points', (method) => {
  it('are the same for a seed, however they are asked for, and others for another', () => {
    const whole = draw(method, 3, 1000);
    expect(draw(method, 3, 1000, 1, 37).all).toEqual(whole.all);
    expect(draw(method, 3, 1000).all).toEqual(whole.all);
    expect(draw(method, 3, 1000, 2).all[0]).not.toEqual(whole.all[0]);
  });

  it('lie inside the cube', () => {
    for (const coordinates of draw(method, 260, 200, 1, 33).all) {
      expect(coordinates.every((one) => one > 0 && one < 1)).toBe(true);
    }
  });

  it('have no holes and no overlaps between stretches', () => {
    const points = buildPoints({ method, dimensions: 1, count: 10, random: seededRandom(1) });
    points.fill(0, [new Float64Array(4)]);
    expect(() => points.fill(5, [new Float64Array(5)])).toThrow('in order');
  });
});

it('an even spread pays: the mean of a product is nearer by Sobol’ points than by chance', () => {
  // ∏ (1 + (uᵢ − ½)) over 5 coordinates has the mean 1 and, by chance, the variance (13/12)⁵ − 1 = 0.4923
  const errorOf = (method: SamplingMethod) => {
    const errors = Array.from({ length: 20 }, (_, seed) => {
      const { all } = draw(method, 5, 4096, seed + 1);
      let sum = 0;
      for (let point = 0; point < 4096; point += 1)
        sum += all.reduce((product, one) => product * (0.5 + (one[point] ?? 0)), 1);
      return sum / 4096 - 1;
    });
    return Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);
  };
  const chance = Math.sqrt(0.4923 / 4096);
  expect(errorOf('random') / chance).toBeGreaterThan(0.5);
  expect(errorOf('random') / chance).toBeLessThan(1.6);
  expect(errorOf('latin') / chance).toBeLessThan(0.6);
  expect(errorOf('sobol') / chance).toBeLessThan(0.1);
});
