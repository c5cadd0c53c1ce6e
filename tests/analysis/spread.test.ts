/** Exact percentiles against a sort, sketches against their stated error, ranges of targets against the targets themselves. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PLAIN, parseUnit } from '#quantity';
import type { Target } from '#plan';
import { isMet, PERCENTILES } from '#analysis';
import { metRange } from '../../src/analysis/targets/met-range.ts';
import { quantilesOf } from '../../src/analysis/uncertainty/order-statistics.ts';
import { QuantileSketch } from '../../src/analysis/uncertainty/quantile-sketch.ts';
import { SpreadCounter } from '../../src/analysis/uncertainty/spread.ts';

function sortedQuantile(sorted: readonly number[], share: number): number {
  const rank = share * (sorted.length - 1);
  const below = sorted[Math.floor(rank)] as number;
  return below + (rank - Math.floor(rank)) * ((sorted[Math.ceil(rank)] as number) - below);
}

const numbers = fc.oneof(
  fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 300 }),
  fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 300 }),
  // crowded at one end, with one far away
  fc
    .array(fc.double({ min: 0, max: 1e-9, noNaN: true }), { minLength: 1, maxLength: 100 })
    .map((all) => [...all, 1e12]),
);

describe('quantiles', () => {
  it('are those of the sorted numbers', () => {
    fc.assert(
      fc.property(numbers, (all) => {
        const sorted = all.toSorted((a, b) => a - b);
        const found = quantilesOf(Float64Array.from(all), sorted[0] ?? 0, sorted.at(-1) ?? 0, PERCENTILES);
        expect(found.map((one) => one + 0)).toEqual(
          PERCENTILES.map((share) => sortedQuantile(sorted, share) + 0),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('are Excel’s', () => {
    // PERCENTILE.INC({1,2,3,4}, 0.3) = 1.9, as Microsoft prints it
    expect(quantilesOf(Float64Array.of(3, 1, 4, 2), 1, 4, [0.3])[0]).toBeCloseTo(1.9, 14);
  });
});

it('a sketch is never farther off than it says', () => {
  const thousandths = fc.integer({ min: -1e9, max: 1e9 }).map((one) => one / 1000);
  const stream = fc.array(thousandths, { minLength: 20, maxLength: 400 });
  fc.assert(
    fc.property(stream, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (all, stretch) => {
      // the first values see only a part of what comes
      const values = all.map((one, index) => (index < 10 ? one / stretch : one));
      const sketch = new QuantileSketch(Float64Array.from(values.slice(0, 10)).toSorted());
      sketch.add(Float64Array.from(values.slice(10)), values.length - 10);
      const sorted = values.toSorted((a, b) => a - b);
      const estimates = sketch.quantiles(PERCENTILES);
      for (const [index, share] of PERCENTILES.entries()) {
        const { value, error } = estimates[index] ?? { value: NaN, error: NaN };
        const rank = Math.floor(share * (sorted.length - 1));
        const [low, high] = [sorted[rank] as number, sorted[Math.min(rank + 1, sorted.length - 1)] as number];
        const slack = 1e-9 * Math.max(Math.abs(low), Math.abs(high));
        expect(value).toBeGreaterThanOrEqual(low - error - slack);
        expect(value).toBeLessThanOrEqual(high + error + slack);
      }
      const total = sketch.histogram(sketch.least, sketch.most, 7).reduce((sum, count) => sum + count, 0);
      expect(total).toBeCloseTo(sorted.length, 6);
    }),
  );
});

describe('a spread', () => {
  const count = (values: number[], status: number[] = [], keepsAll = true) => {
    const counter = new SpreadCounter(values.length, keepsAll);
    const half = values.length >> 1;
    const lanes = Float64Array.from(values);
    const states = Uint16Array.from({ length: values.length }, (_, index) => status[index] ?? 0);
    counter.take(lanes, states, 0, half, 0);
    counter.take(lanes, states, half, values.length, 1);
    return counter.result();
  };

  it('has the mean, deviation and error between batches of its numbers', () => {
    // 1 2 3 | 4 5 9: mean 4, squares 9 + 4 + 1 + 0 + 1 + 25 = 40 over 5; batch means 2 and 6, deviation √8 over √2
    const { figures, ...counts } = count([1, 2, 3, 4, 5, 9]);
    expect(counts).toEqual({ numbers: 6, missing: 0, failed: 0 });
    expect(figures?.mean).toBe(4);
    expect(figures?.sd).toBeCloseTo(Math.sqrt(8), 14);
    expect(figures?.meanError).toBeCloseTo(2, 14);
    expect(figures).toMatchObject({ least: 1, most: 9, percentileError: 0 });
  });

  it('keeps the digits of numbers that are large and close together', () => {
    const { figures } = count([1e12 + 1, 1e12 + 2, 1e12 + 3, 1e12 + 4]);
    expect(figures?.mean).toBe(1e12 + 2.5);
    expect(figures?.sd).toBeCloseTo(Math.sqrt(5 / 3), 12);
  });

  it('tells missing from failed, and has no figures without numbers', () => {
    expect(count([0, 0, 0, 0], [1, 2, 3, 1])).toEqual({ numbers: 0, missing: 2, failed: 2 });
    expect(count([0, 7, 0, 9], [1, 0, 5, 0])).toMatchObject({
      numbers: 2,
      missing: 1,
      failed: 1,
      figures: { mean: 8 },
    });
  });

  it('counts every number in one bar or beyond the bars', () => {
    fc.assert(
      fc.property(numbers, (all) => {
        const histogram = count(all).figures?.histogram;
        expect(histogram?.counts.reduce((sum, one) => sum + one, histogram.below + histogram.above)).toBe(
          all.length,
        );
      }),
    );
  });
});

describe('the range that meets a target', () => {
  const percent = parseUnit('%') ?? PLAIN;
  const target = fc.record({
    value: fc.oneof(fc.double({ min: -1e4, max: 1e4, noNaN: true }), fc.integer({ min: -50, max: 50 })),
    decimals: fc.integer({ min: 0, max: 3 }),
    direction: fc.constantFrom('atLeast' as const, 'atMost' as const, 'near' as const),
    width: fc.option(fc.double({ min: 0, max: 50, noNaN: true })),
    tolerance: fc.option(fc.double({ min: 0.001, max: 5, noNaN: true })),
    isPercent: fc.boolean(),
  });

  it('is exact to the last bit', () => {
    fc.assert(
      fc.property(
        target,
        fc.double({ min: -1e4, max: 1e4, noNaN: true }),
        ({ value, decimals, direction, width, tolerance, isPercent }, probe) => {
          const unit = isPercent ? percent : PLAIN;
          const one: Target = {
            line: 'x',
            period: 2025,
            comparator: width === null ? '=' : 'range',
            value,
            ...(width !== null && { upTo: value + width }),
            ...(tolerance !== null && { tolerance }),
            asPrinted: (0).toFixed(decimals),
            source: { section: 'test' },
            direction,
          };
          const range = metRange(one, unit);
          const isIn = (number: number) => number >= range.from && number <= range.to;
          const near = [range.from, range.to].filter(Number.isFinite);
          const beside = near.flatMap((end) => [
            end,
            end + 1e-9,
            end - 1e-9,
            end * (1 + 2 ** -52),
            end * (1 - 2 ** -52),
          ]);
          for (const number of [probe, value, ...beside])
            expect([number, isIn(number)]).toEqual([number, isMet(one, number, unit)]);
        },
      ),
      { numRuns: 300 },
    );
  });
});
