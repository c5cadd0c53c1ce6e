import { describe, expect, it } from 'vitest';
import { callFunction, numberOf } from '#tests/call-function';

describe('rounding on the digits seen', () => {
  it.each([
    ['ROUND', 1.005, 2, 1.01],
    ['ROUND', 2.675, 2, 2.68],
    ['ROUND', -1.475, 2, -1.48],
    ['ROUND', 0.1 + 0.7, 15, 0.8],
    ['ROUND', 0.5, 0, 1],
    ['ROUND', 0.49999999999999, 0, 0],
    ['ROUND', 1234567890123456, 0, 1234567890123456],
    ['ROUND', 1e15 + 0.5, 0, 1e15 + 1],
    ['ROUND', 5e-324, 400, 5e-324],
    ['ROUNDUP', 1.1 * 1.1, 2, 1.21],
    ['ROUNDUP', 0.07, 2, 0.07],
    ['ROUNDUP', 1.5, -3, 1000],
    ['ROUNDUP', -1e-9, 0, -1],
    ['ROUNDDOWN', 4.35 * 100, 0, 435],
    ['ROUNDDOWN', -99.999, 2, -99.99],
    ['TRUNC', -8.9, undefined, -8],
    ['TRUNC', 99.999, 1, 99.9],
  ] as const)('%s(%f, %s) is %f', (name, value, digits, expected) => {
    expect(numberOf(name, [value, digits])).toBe(expected);
  });

  it('fails where the rounded number is too large to be one', () => {
    expect(callFunction('ROUND', [1.7e308, -308])).toMatchObject({ code: '#NUM!', reason: 'not_finite' });
  });

  it('gives a zero without a sign', () => {
    for (const name of ['ROUND', 'ROUNDDOWN', 'TRUNC']) {
      expect(Object.is(numberOf(name, [-0.4, 0]), 0)).toBe(true);
    }
    expect(Object.is(numberOf('CEILING', [-0.4, 1]), 0)).toBe(true);
  });

  it('puts each number between its two roundings', () => {
    for (let index = 1; index <= 2000; index += 1) {
      const value = ((index * 7919) % 10007) / 1000 - 5;
      const [down, near, up] = ['ROUNDDOWN', 'ROUND', 'ROUNDUP'].map((name) => numberOf(name, [value, 1]));
      expect([down, up]).toContain(near);
      expect(Math.abs(down as number)).toBeLessThanOrEqual(Math.abs(value) + 1e-12);
      expect(Math.abs(up as number)).toBeGreaterThanOrEqual(Math.abs(value) - 1e-12);
    }
  });
});

describe('INT', () => {
  it.each([
    [8.9, 8],
    [-8.9, -9],
    [(0.1 + 0.7) * 10, 8],
    [123456789 - 0.0000005, 123456788],
    [-1e-20, -1],
    [1e300, 1e300],
  ])('of %f is %f', (value, expected) => {
    expect(numberOf('INT', [value])).toBe(expected);
  });
});

describe('MOD', () => {
  it('bears the sign of the divisor and completes the whole multiple', () => {
    for (const value of [-7.5, -7, -3, 0, 3, 7, 7.5, 100.25]) {
      for (const divisor of [-3, -0.5, 2, 7]) {
        const rest = numberOf('MOD', [value, divisor]);
        expect(rest === 0 || Math.sign(rest) === Math.sign(divisor)).toBe(true);
        expect(divisor * numberOf('INT', [value / divisor]) + rest).toBeCloseTo(value, 12);
      }
    }
  });

  it('leaves nothing of a multiple that is one in decimals', () => {
    expect(numberOf('MOD', [5.1, 0.1])).toBe(0);
    expect(numberOf('MOD', [0.1 + 0.2, 0.1])).toBe(0);
    expect(numberOf('MOD', [2 ** 53 - 1, 2])).toBe(1);
  });

  it('cannot divide by zero', () => {
    expect(callFunction('MOD', [3, 0])).toMatchObject({ code: '#DIV/0!' });
  });
});

describe('CEILING and FLOOR', () => {
  it.each([
    [2.5, 1, 3, 2],
    [-2.5, 2, -2, -4],
    [-2.5, -2, -4, -2],
    [0.7, 0.1, 0.7, 0.7],
    [-26.75, -0.1, -26.8, -26.7],
    [0, -5, 0, 0],
    [1, 1 / 3, 1, 1],
  ])('of %f in steps of %f are %f and %f', (value, step, above, below) => {
    expect(numberOf('CEILING', [value, step])).toBe(above);
    expect(numberOf('FLOOR', [value, step])).toBe(below);
  });

  it('refuse a negative step for a positive number', () => {
    for (const name of ['CEILING', 'FLOOR']) {
      expect(callFunction(name, [2.5, -2])).toMatchObject({
        code: '#NUM!',
        reason: 'argument_range',
        args: { name, argument: 'significance' },
      });
    }
  });

  it('differ in a step of zero', () => {
    expect(numberOf('CEILING', [4.1, 0])).toBe(0);
    expect(callFunction('FLOOR', [4.1, 0])).toMatchObject({ code: '#DIV/0!' });
  });
});

describe('powers and logarithms', () => {
  it('takes odd roots of negative numbers and no others', () => {
    expect(numberOf('POWER', [-8, 1 / 3])).toBeCloseTo(-2, 14);
    expect(numberOf('POWER', [-8, -1 / 3])).toBeCloseTo(-0.5, 14);
    for (const exponent of [2 / 3, 1 / 6, 1.5, 0.333, 1 / 3 + 1e-12]) {
      expect(callFunction('POWER', [-8, exponent])).toMatchObject({
        code: '#NUM!',
        reason: 'root_of_negative',
      });
    }
  });

  it('knows where a power of zero is none', () => {
    expect(callFunction('POWER', [0, 0])).toMatchObject({ code: '#NUM!', reason: 'power_undefined' });
    expect(callFunction('POWER', [0, -2])).toMatchObject({ code: '#DIV/0!' });
    expect(numberOf('POWER', [0, 0.5])).toBe(0);
  });

  it('finds whole logarithms whole', () => {
    for (const base of [3, 5, 6, 7, 10, 12]) {
      for (let power = 1; base ** power < 2 ** 53; power += 1) {
        expect(numberOf('LOG', [base ** power, base])).toBe(power);
      }
    }
  });

  it('has base ten where none is given', () => {
    expect(numberOf('LOG', [1000, undefined])).toBe(3);
    expect(callFunction('LOG', [8, 1])).toMatchObject({ code: '#DIV/0!' });
    expect(callFunction('LN', [0])).toMatchObject({ code: '#NUM!', reason: 'log_of_nonpositive' });
  });
});
