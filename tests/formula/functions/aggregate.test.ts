import { describe, expect, it } from 'vitest';
import { callFunction, numberOf } from '#tests/call-function';

const AGGREGATES = ['SUM', 'AVERAGE', 'MEDIAN', 'MIN', 'MAX', 'PRODUCT', 'STDEV', 'VAR'];

describe('what is missing', () => {
  it.each(AGGREGATES)('%s skips it', (name) => {
    expect(callFunction(name, [[null, 3, null, 8, 1]])).toEqual(callFunction(name, [[3, 8, 1]]));
  });

  it.each(AGGREGATES)('%s over nothing else is missing', (name) => {
    expect(callFunction(name, [[null, null]])).toBeNull();
    expect(callFunction(name, [[]])).toBeNull();
  });

  it('is not counted', () => {
    expect(callFunction('COUNT', [[null, 0, null, 5]])).toBe(2);
    expect(callFunction('COUNT', [[]])).toBe(0);
  });
});

describe('numbers at the edges', () => {
  it('adds from left to right, bit for bit as the plus sign does', () => {
    const numbers = [0.1, 0.2, 0.3, 1e16, 1, -1e16];
    expect(numberOf('SUM', [numbers])).toBe(0.1 + 0.2 + 0.3 + 1e16 + 1 - 1e16);
  });

  it('keeps the variance where a large level hides the differences', () => {
    for (const level of [0, 1e6, 1e9, 1e12]) {
      expect(numberOf('VAR', [[level + 4, level + 7, level + 13, level + 16]])).toBe(30);
    }
  });

  it('does not need a sorted list for the median, and leaves the list as it is', () => {
    const numbers = [100, 20, 3, 1000];
    expect(numberOf('MEDIAN', [numbers])).toBe(60);
    expect(numbers).toEqual([100, 20, 3, 1000]);
  });

  it('fails where no number is large enough', () => {
    for (const name of ['SUM', 'AVERAGE', 'PRODUCT', 'VAR']) {
      expect(callFunction(name, [[1e308, 1e308, -1e308]])).toMatchObject({
        code: '#NUM!',
        reason: 'not_finite',
      });
    }
  });

  it('has no spread for a sample of one', () => {
    for (const name of ['VAR', 'STDEV']) {
      expect(callFunction(name, [[5, null]])).toMatchObject({ code: '#DIV/0!', reason: 'too_few_points' });
    }
  });
});
