import { describe, expect, it } from 'vitest';
import { NOW, findFunction, type Expression } from '#formula';
import { callFunction, numberOf } from '#tests/call-function';

const span = { from: 0, to: 3 };
const gdp: Expression = { kind: 'reference', line: 'gdp', at: NOW, span };
const thisYear: Expression = { kind: 'period', at: NOW };
const two: Expression = { kind: 'number', value: 2, text: '2' };

function expand(name: string, argument: Expression | undefined) {
  const spec = findFunction(name);
  if (spec?.kind !== 'expanded') throw new Error(`${name} is not expanded`);
  return spec.expand([argument]);
}

/** The values of a shape from 2020 to 2026. */
function course(name: string, args: readonly number[]): number[] {
  return [2020, 2021, 2022, 2023, 2024, 2025, 2026].map((period) => numberOf(name, args, period));
}

describe('shapes', () => {
  it('step up and stay', () => {
    expect(course('STEP', [30, 2023])).toEqual([0, 0, 0, 30, 30, 30, 30]);
  });

  it('ramp up, on or to an end', () => {
    expect(course('RAMP', [5, 2022])).toEqual([0, 0, 0, 5, 10, 15, 20]);
    expect(course('RAMP', [5, 2022, 2024])).toEqual([0, 0, 0, 5, 10, 10, 10]);
    expect(course('RAMP', [-5, 2024, 2024])).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(callFunction('RAMP', [5, 2024, 2022])).toMatchObject({ reason: 'argument_range' });
  });

  it('pulse for so many years', () => {
    expect(course('PULSE', [8, 2021, 2])).toEqual([0, 8, 8, 0, 0, 0, 0]);
    expect(course('PULSE', [8, 2021, 0])).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(callFunction('PULSE', [8, 2021, -1])).toMatchObject({ reason: 'argument_range' });
  });
});

describe('CAGR', () => {
  it('is RRI with its arguments in the order of speech', () => {
    expect(numberOf('CAGR', [100, 121, 2])).toBe(numberOf('RRI', [2, 100, 121]));
    expect(numberOf('CAGR', [100, 0, 5])).toBe(-1);
    expect(callFunction('CAGR', [100, -50, 5])).toMatchObject({ code: '#NUM!', args: { name: 'CAGR' } });
  });
});

describe('functions that stand for an expression', () => {
  it('YOY is a quotient with the year before, minus one', () => {
    expect(expand('YOY', gdp)).toMatchObject({
      kind: 'binary',
      operator: '-',
      left: { operator: '/', left: gdp, right: { ...gdp, at: { kind: 'lag', by: -1 } } },
      right: { value: 1 },
    });
    const perHead: Expression = { kind: 'binary', operator: '/', left: gdp, right: two };
    expect(expand('YOY', perHead)).toMatchObject({
      left: { right: { left: { at: { by: -1 } }, right: two } },
    });
    expect(expand('YOY', two)).toBe('reference_expected');
    expect(expand('YOY', undefined)).toBe('reference_expected');
  });

  it('CUMSUM is a sum from the first period on', () => {
    expect(expand('CUMSUM', gdp)).toEqual({
      kind: 'call',
      name: 'SUM',
      args: [{ kind: 'range', line: 'gdp', from: { kind: 'first' }, to: NOW, span }],
      span,
    });
    const before: Expression = { ...gdp, at: { kind: 'lag', by: -1 } };
    expect(expand('CUMSUM', before)).toMatchObject({ args: [{ to: { by: -1 } }] });
    expect(expand('CUMSUM', { ...gdp, at: { kind: 'base' } })).toBe('reference_expected');
    expect(expand('CUMSUM', two)).toBe('reference_expected');
  });

  it('PERIODYEAR is its argument, which must be a year', () => {
    const later: Expression = { kind: 'binary', operator: '+', left: thisYear, right: two };
    expect(expand('PERIODYEAR', thisYear)).toBe(thisYear);
    expect(expand('PERIODYEAR', later)).toBe(later);
    expect(expand('PERIODYEAR', gdp)).toBe('period_expected');
    expect(expand('PERIODYEAR', two)).toBe('period_expected');
  });
});
