import { describe, expect, it } from 'vitest';
import { arityOf, findFunction } from '#formula';
import { callFunction, numberOf } from '#tests/call-function';

describe('AND, OR and NOT', () => {
  it('are true for any number but zero', () => {
    expect(numberOf('AND', [[1, -0.5, 7]])).toBe(1);
    expect(numberOf('AND', [[1, 0]])).toBe(0);
    expect(numberOf('OR', [[0, 0, 0.1]])).toBe(1);
    expect(numberOf('OR', [[0, 0]])).toBe(0);
    expect(numberOf('NOT', [0])).toBe(1);
    expect(numberOf('NOT', [-3])).toBe(0);
  });

  it('ignore what is missing, and say nothing about nothing', () => {
    expect(callFunction('AND', [[1, null]])).toBe(1);
    expect(callFunction('OR', [[0, null]])).toBe(0);
    expect(callFunction('AND', [[null]])).toBeNull();
    expect(callFunction('OR', [[null, null]])).toBeNull();
  });
});

describe('functions that choose what is calculated', () => {
  it.each([
    ['IF', 2, 3],
    ['IFS', 2, 255],
    ['SWITCH', 3, 255],
    ['IFERROR', 2, 2],
    ['ISBLANK', 1, 1],
    ['CHOOSE', 2, 255],
  ])('%s is declared only, and takes %i to %i arguments', (name, least, most) => {
    const spec = findFunction(name);
    expect(spec?.kind).toBe('lazy');
    expect(spec && arityOf(spec)).toEqual({ least, most });
  });
});
