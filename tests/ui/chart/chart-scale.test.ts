/** The vertical axis of a chart, and where labels stand. */
import { describe, expect, it } from 'vitest';
import { layoutFor, periodAt, spread } from '../../../src/ui/chart/chart-layout.ts';
import { scaleFor, ticksOf } from '../../../src/ui/chart/chart-scale.ts';

describe('an axis', () => {
  it('begins at zero for amounts', () => {
    expect(ticksOf(scaleFor([77, 118, 173], true, 4))).toEqual([0, 50, 100, 150, 200]);
  });

  it('is free for rates, with as many digits as its steps need', () => {
    const scale = scaleFor([6.1, 6.9, 7.05], false, 4);
    expect(scale.isFromZero).toBe(false);
    expect(scale.decimals).toBe(1);
    expect(scale.min).toBeLessThan(6.1);
    expect(scale.max).toBeGreaterThan(7.05);
    expect(scaleFor([0.1, 0.9], true, 4).decimals).toBe(2);
  });

  it('leaves no room below zero for a share that begins at nothing, nor above it for what is never positive', () => {
    expect(ticksOf(scaleFor([0, 20, 100], false, 4))[0]).toBe(0);
    expect(ticksOf(scaleFor([0.2, 20, 100], false, 4))[0]).toBe(0);
    expect(ticksOf(scaleFor([-30, -1], false, 4)).at(-1)).toBe(0);
    expect(scaleFor([-1, 20, 100], false, 4).min).toBeLessThan(-1);
  });

  it('spans what is below zero, and a line that does not move', () => {
    expect(scaleFor([-3, 8], true, 4).min).toBeLessThanOrEqual(-3);
    const flat = scaleFor([5, 5], false, 4);
    expect(flat.max).toBeGreaterThan(flat.min);
    const zero = scaleFor([0], true, 4);
    expect(zero.max).toBeGreaterThan(zero.min);
  });
});

describe('a layout', () => {
  const span = { first: 2015, last: 2025, base: 2020 };

  it('labels every year where there is room, and every fifth from the base where there is not', () => {
    expect(layoutFor({ width: 800, height: 300 }, span, 3).labelled).toHaveLength(11);
    expect(layoutFor({ width: 320, height: 200 }, span, 3).labelled).toEqual([2015, 2020, 2025]);
  });

  it('finds the year under the pointer and stays inside the span', () => {
    const layout = layoutFor({ width: 800, height: 300 }, span, 3);
    expect(periodAt(0, layout)).toBe(2015);
    expect(periodAt(800, layout)).toBe(2025);
    expect(periodAt(layout.left + (800 - layout.left - layout.right) / 2, layout)).toBe(2020);
  });

  it('moves labels apart that would stand on each other, and leaves the others', () => {
    const moves = spread([100, 102, 200], 16);
    expect(102 + (moves[1] ?? 0) - (100 + (moves[0] ?? 0))).toBeCloseTo(16, 6);
    expect(moves[2]).toBeCloseTo(0, 6);
  });

  it('has steps where all numbers are the same but for what arithmetic leaves', () => {
    const same = scaleFor([173, 173 + 3e-14, 173 - 3e-14], false, 4);
    expect(same).toEqual(scaleFor([173], false, 4));
    expect(ticksOf(same).length).toBeGreaterThan(2);
    expect(ticksOf(scaleFor([-2, -2 + 1e-16], false, 4)).every(Number.isFinite)).toBe(true);
  });
});
