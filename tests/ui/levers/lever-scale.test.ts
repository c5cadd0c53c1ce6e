/** Between a lever's level and its place on the track. */
import { describe, expect, it } from 'vitest';
import { levelAt, placeOf, stepDecimals, stepped } from '../../../src/ui/levers/lever-scale.ts';

const growth = { min: -0.02, max: 0.12, step: 0.005, notches: [{ kind: 'plan' as const, value: 0.0538 }] };

describe('the place of a level', () => {
  it('is a share of the track', () => {
    expect(placeOf(-0.02, growth)).toBe(0);
    expect(placeOf(0.05, growth)).toBeCloseTo(0.5, 12);
    expect(placeOf(0.12, growth)).toBe(1);
  });

  it('is the nearer end for a level outside of the bounds', () => {
    expect(placeOf(0.3, growth)).toBe(1);
    expect(placeOf(-1, growth)).toBe(0);
  });
});

describe('the level at a place', () => {
  it('is on a step, without the dust of binary fractions', () => {
    expect(levelAt(0.66, growth)).toBe(0.07);
    expect(levelAt(0, growth)).toBe(-0.02);
    expect(levelAt(1.7, growth)).toBe(0.12);
  });

  it('is exactly that of a notch within reach', () => {
    expect(levelAt(placeOf(0.0545, growth), growth, 0.02)).toBe(0.0538);
    expect(levelAt(placeOf(0.0545, growth), growth, 0.001)).toBe(0.055);
  });
});

describe('a step', () => {
  it('keeps the distance to where it began', () => {
    expect(stepped(0.0538, 2, growth)).toBe(0.0638);
    expect(stepped(0.07, 1, growth)).toBe(0.075);
  });

  it('ends at the bounds, from outside too', () => {
    expect(stepped(0.118, 10, growth)).toBe(0.12);
    expect(stepped(0.3, -1, growth)).toBe(0.12);
  });

  it('needs as many digits as it has', () => {
    expect(stepDecimals(0.005, 100)).toBe(1);
    expect(stepDecimals(0.0005, 100)).toBe(2);
    expect(stepDecimals(25, 1)).toBe(0);
  });
});
