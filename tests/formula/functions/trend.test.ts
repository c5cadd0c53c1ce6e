import { describe, expect, it } from 'vitest';
import { callFunction, numberOf } from '#tests/call-function';

const YEARS = [2015, 2016, 2017, 2018, 2019, 2020];

describe('TREND and FORECAST', () => {
  it('continue a line exactly, whatever its level', () => {
    for (const level of [0, 1e6, 1e12]) {
      const figures = YEARS.map((year) => level + 2.5 * (year - 2015));
      expect(numberOf('TREND', [figures, YEARS, 2025, undefined])).toBeCloseTo(level + 25, 3);
      expect(numberOf('FORECAST', [2025, figures, YEARS])).toBeCloseTo(level + 25, 3);
    }
  });

  it('count the places of missing figures', () => {
    expect(numberOf('TREND', [[10, null, 14, 16], undefined, 5, undefined])).toBeCloseTo(18, 12);
    expect(numberOf('FORECAST', [2021, [null, 2, null, 4, null, 6], YEARS])).toBeCloseTo(7, 9);
  });

  it('leave out a pair with a missing part', () => {
    expect(numberOf('TREND', [[2, 100, 6], [1, null, 3], 4, undefined])).toBeCloseTo(8, 12);
  });

  it('give the first fitted value where no x is named', () => {
    expect(numberOf('TREND', [[3, 5, 8], undefined, undefined, undefined])).toBeCloseTo(17 / 6, 12);
    expect(callFunction('TREND', [[3, 5], [null, 2], undefined, undefined])).toBeNull();
  });

  it('pass through the origin on request', () => {
    expect(numberOf('TREND', [[2, 4.5], [1, 2], 4, 0])).toBeCloseTo(8.8, 12);
  });
});

describe('GROWTH', () => {
  it('continues a constant growth rate exactly', () => {
    const figures = YEARS.map((year) => 100 * 1.08 ** (year - 2015));
    expect(numberOf('GROWTH', [figures, YEARS, 2025, undefined])).toBeCloseTo(100 * 1.08 ** 10, 8);
  });

  it('needs positive figures', () => {
    expect(callFunction('GROWTH', [[1, 0, 4], undefined, 4, undefined])).toMatchObject({
      code: '#NUM!',
      reason: 'log_of_nonpositive',
    });
  });
});

describe('too little to continue', () => {
  it('is missing where nothing is there', () => {
    expect(callFunction('TREND', [[null, null], undefined, 3, undefined])).toBeNull();
    expect(callFunction('GROWTH', [[null], undefined, 3, undefined])).toBeNull();
    expect(callFunction('FORECAST', [3, [null, 1], [1, null]])).toBeNull();
  });

  it('fails for one point, and for FORECAST where x does not change', () => {
    for (const name of ['TREND', 'GROWTH']) {
      expect(callFunction(name, [[5], [1], 2, undefined])).toMatchObject({
        code: '#DIV/0!',
        reason: 'too_few_points',
      });
    }
    expect(callFunction('FORECAST', [3, [1, 2], [5, 5]])).toMatchObject({ code: '#DIV/0!' });
    expect(numberOf('TREND', [[10, 20, 30], [5, 5, 5], 9, undefined])).toBe(20);
  });

  it('fails for lists of different length, each as Excel does', () => {
    expect(callFunction('TREND', [[1, 2, 3], [1, 2], 4, undefined])).toMatchObject({ code: '#REF!' });
    expect(callFunction('GROWTH', [[1, 2, 3], [1, 2], 4, undefined])).toMatchObject({ code: '#REF!' });
    expect(callFunction('FORECAST', [4, [1, 2, 3], [1, 2]])).toMatchObject({ code: '#N/A' });
  });
});
