import { describe, expect, it } from 'vitest';
import { callFunction, numberOf } from '#tests/call-function';

describe('LOOKUP', () => {
  const keys = [1, 2, 2, null, 5];
  const results = [10, 20, 25, 99, null];

  it('takes the largest key that is not above, and of equal ones the last', () => {
    expect(numberOf('LOOKUP', [1.9, keys, results])).toBe(10);
    expect(numberOf('LOOKUP', [4, keys, results])).toBe(25);
  });

  it('reads no row without a key, and a missing result as missing', () => {
    expect(callFunction('LOOKUP', [7, keys, results])).toBeNull();
    expect(callFunction('LOOKUP', [3, [null, null], [1, 2]])).toMatchObject({ code: '#N/A' });
  });

  it('gives the key itself without results', () => {
    expect(numberOf('LOOKUP', [2.5, [1, 2, 3], undefined])).toBe(2);
  });

  it('finds nothing below the first key', () => {
    expect(callFunction('LOOKUP', [0, keys, results])).toMatchObject({ code: '#N/A', reason: 'no_match' });
  });

  it('wants a result for each key', () => {
    expect(callFunction('LOOKUP', [2, [1, 2], [5]])).toMatchObject({ code: '#N/A', reason: 'lists_differ' });
  });
});

describe('INTERPOLATE', () => {
  const xs = [2015, 2018, null, 2020];
  const ys = [10, 16, 100, 10];

  it('goes straight from point to point and meets each', () => {
    expect(numberOf('INTERPOLATE', [2016, xs, ys])).toBeCloseTo(12, 12);
    expect(numberOf('INTERPOLATE', [2019, xs, ys])).toBe(13);
    for (const [index, x] of xs.entries()) {
      if (x !== null) expect(numberOf('INTERPOLATE', [x, xs, ys])).toBe(ys[index]);
    }
  });

  it('holds the ends', () => {
    expect(numberOf('INTERPOLATE', [1900, xs, ys])).toBe(10);
    expect(numberOf('INTERPOLATE', [2100, xs, [10, 16, 100, 11]])).toBe(11);
    expect(numberOf('INTERPOLATE', [5, [3], [7]])).toBe(7);
  });

  it('is missing without a point, and fails for points that do not ascend', () => {
    expect(callFunction('INTERPOLATE', [1, [null], [5]])).toBeNull();
    for (const wrong of [
      [2, 1],
      [1, 1],
    ]) {
      expect(callFunction('INTERPOLATE', [1, wrong, [5, 6]])).toMatchObject({ reason: 'not_ascending' });
    }
    expect(callFunction('INTERPOLATE', [1, [1, 2], [5]])).toMatchObject({ reason: 'lists_differ' });
  });
});
