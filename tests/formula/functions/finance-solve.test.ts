import { describe, expect, it } from 'vitest';
import { findRate } from '../../../src/formula/functions/finance-solve.ts';

describe('findRate', () => {
  it('finds the only zero from far away', () => {
    for (const zero of [-0.999999, -0.5, 0, 1e-7, 0.03, 2, 1e4, 1e9]) {
      const found = findRate((rate) => Math.log1p(rate) - Math.log1p(zero), 0.1);
      expect(found).toBeDefined();
      expect(Math.abs((found as number) - zero)).toBeLessThanOrEqual(1e-12 * (1 + zero));
    }
  });

  it('finds a zero that does not change the sign', () => {
    expect(findRate((rate) => (rate - 0.3) ** 2, 0.1)).toBeCloseTo(0.3, 8);
  });

  it('takes the zero next to the guess where steps lead nowhere', () => {
    const steep = (rate: number) => Math.tanh(1e6 * (rate - 0.2));
    expect(findRate(steep, 0.1)).toBeCloseTo(0.2, 12);
  });

  it('finds nothing where there is nothing', () => {
    expect(findRate(() => 1, 0.1)).toBeUndefined();
    expect(findRate((rate) => 1 + rate * rate, 0.1)).toBeUndefined();
    expect(findRate(() => Number.NaN, 0.1)).toBeUndefined();
  });

  it('stops at the guess when it is a zero', () => {
    expect(findRate((rate) => rate - 0.1, 0.1)).toBe(0.1);
  });
});
