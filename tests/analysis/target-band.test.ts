/** Printed comparators as bands. */
import { expect, it } from 'vitest';
import { parseUnit, PLAIN, type Unit } from '#quantity';
import type { Target } from '#plan';
import { targetBand } from '../../src/analysis/targets/target-band.ts';

const percent = parseUnit('%') as Unit;
const target = (more: Partial<Target>): Target => ({
  line: 'x',
  period: 2025,
  comparator: '=',
  value: 10,
  asPrinted: '10',
  source: { section: 'test' },
  direction: 'atLeast',
  ...more,
});

it.each([
  [{ comparator: '>=' }, { low: 10 }],
  [{ comparator: '>' }, { low: 10 }],
  [{ comparator: '<=' }, { high: 10 }],
  [{ comparator: '<' }, { high: 10 }],
  [
    { comparator: 'range', upTo: 12 },
    { low: 10, high: 12 },
  ],
  [
    { comparator: 'about', tolerance: 2 },
    { low: 8, high: 12 },
  ],
  // 10 as printed stands for 9.5 up to 10.5
  [{ comparator: 'about' }, { low: 9.5, high: 10.5 }],
  [
    { comparator: 'about', precision: 10 },
    { low: 5, high: 15 },
  ],
] as [Partial<Target>, object][])('%o', (more, band) => {
  expect(targetBand(target(more), PLAIN, 'equal')).toEqual(band);
  expect(targetBand(target(more), PLAIN, 'atLeast')).toEqual(band);
});

it('reads 1.5左右 in a percent line as 1.45 % to 1.55 %', () => {
  const band = targetBand(
    target({ comparator: 'about', value: 0.015, asPrinted: '1.5左右' }),
    percent,
    'equal',
  );
  expect(band.low).toBeCloseTo(0.0145, 15);
  expect(band.high).toBeCloseTo(0.0155, 15);
});

it('reads a bare figure as exact, or as its direction says', () => {
  expect(targetBand(target({}), PLAIN, 'equal')).toEqual({ low: 10, high: 10 });
  expect(targetBand(target({}), PLAIN, 'atLeast')).toEqual({ low: 10 });
  expect(targetBand(target({ direction: 'atMost' }), PLAIN, 'atLeast')).toEqual({ high: 10 });
  expect(targetBand(target({ direction: 'near' }), PLAIN, 'atLeast')).toEqual({ low: 10, high: 10 });
});
