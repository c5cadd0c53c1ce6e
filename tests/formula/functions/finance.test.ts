import { describe, expect, it } from 'vitest';
import { callFunction, numberOf } from '#tests/call-function';

const RATES = [-0.3, -1e-9, 0, 1e-13, 1e-6, 0.005, 0.08, 0.5];
const LIVES = [1, 2, 12, 360];
const TYPES = [0, 1];

/** Calls with every combination of a rate, a life and a type. */
function forEachLoan(check: (rate: number, nper: number, type: number) => void): void {
  for (const rate of RATES) for (const nper of LIVES) for (const type of TYPES) check(rate, nper, type);
}

/** As many digits as the larger of two amounts carries. */
function expectNear(actual: number, expected: number, scale: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-11 * Math.abs(scale));
}

describe('an annuity', () => {
  it('comes back to what it began with: PV of FV', () => {
    forEachLoan((rate, nper, type) => {
      const later = numberOf('FV', [rate, nper, -100, 5000, type]);
      const back = numberOf('PV', [rate, nper, -100, later, type]);
      expectNear(back, 5000, Math.max(5000, Math.abs(later), Math.abs(later) * (1 + rate) ** -nper));
    });
  });

  it('is paid off by its own payment', () => {
    forEachLoan((rate, nper, type) => {
      const payment = numberOf('PMT', [rate, nper, 5000, -800, type]);
      expectNear(
        numberOf('PV', [rate, nper, payment, -800, type]),
        5000,
        800 * Math.max(7, (1 + rate) ** -nper),
      );
    });
  });

  it('splits each payment into interest and principal, and the principal is the whole debt', () => {
    forEachLoan((rate, nper, type) => {
      const payment = numberOf('PMT', [rate, nper, 5000, 0, type]);
      let repaid = 0;
      for (let per = 1; per <= nper; per += 1) {
        const interest = numberOf('IPMT', [rate, per, nper, 5000, 0, type]);
        const principal = numberOf('PPMT', [rate, per, nper, 5000, 0, type]);
        expectNear(interest + principal, payment, Math.abs(interest) + Math.abs(principal));
        repaid += principal;
      }
      expectNear(repaid, -5000, 5000 * Math.max(1, (1 + rate) ** -nper));
    });
  });

  it('tells its life and its rate from its payment', () => {
    forEachLoan((rate, nper, type) => {
      // a payment for ever is the same number as one for so long
      if (Math.abs(rate) * nper > 20) return;
      const payment = numberOf('PMT', [rate, nper, 5000, 1000, type]);
      expect(numberOf('NPER', [rate, payment, 5000, 1000, type])).toBeCloseTo(nper, 6);
      // without a last amount the flows change sign once, and there is one rate only
      const alone = numberOf('PMT', [rate, nper, 5000, 0, type]);
      if (nper > 1) expect(numberOf('RATE', [nper, alone, 5000, 0, type])).toBeCloseTo(rate, 9);
    });
  });

  it('nears the annuity without interest as the rate nears zero', () => {
    expect(numberOf('PMT', [1e-14, 12, 1200, undefined, undefined])).toBeCloseTo(-100, 9);
    expect(numberOf('FV', [5e-324, 12, -100, undefined, undefined])).toBe(1200);
    expect(numberOf('PV', [-1e-15, 12, -100, undefined, undefined])).toBeCloseTo(1200, 9);
  });

  it('keeps its interest late in a life in which everything has grown beyond measure', () => {
    // a payment of 50 a year at 50 %: the last one repays 50 / 1.5, the one before 50 / 1.5^2
    expect(numberOf('IPMT', [0.5, 1000, 1000, 100, 0, 0])).toBeCloseTo(-50 / 3, 9);
    expect(numberOf('PPMT', [0.5, 999, 1000, 100, 0, 0])).toBeCloseTo((-50 * 4) / 9, 9);
  });
});

describe('arguments left out', () => {
  it('let a lump sum stand for the payments, and the other way round', () => {
    expect(numberOf('PV', [0.1, 2, undefined, 121])).toBeCloseTo(-100, 12);
    expect(numberOf('FV', [1, 10, undefined, -1])).toBe(1024);
    expect(numberOf('RATE', [2, undefined, -100, 121])).toBeCloseTo(0.1, 14);
    expect(numberOf('NPER', [1, undefined, -1, 1024])).toBeCloseTo(10, 12);
  });

  it('may not both be left out', () => {
    for (const name of ['PV', 'FV', 'PMT']) {
      expect(callFunction(name, [0.1, 2])).toMatchObject({ code: '#VALUE!', reason: 'argument_count' });
    }
  });
});

describe('where there is no answer', () => {
  it.each([
    ['PV', [-1, 5, 100], '#DIV/0!'],
    ['FV', [-1, 5, 100], '#DIV/0!'],
    ['PMT', [-1, 5, 100], '#NUM!'],
    ['PMT', [0.1, 0, 100], '#NUM!'],
    ['IPMT', [0.1, 0, 5, 100], '#NUM!'],
    ['IPMT', [0.1, 6, 5, 100], '#NUM!'],
    ['PPMT', [0.1, 6, 5, 100], '#NUM!'],
    ['NPER', [0, 0, 100], '#NUM!'],
    ['NPER', [0.01, -100, 10000], '#NUM!'],
    ['RATE', [0, -10, 100], '#NUM!'],
    ['RATE', [10, 100, 1000], '#NUM!'],
    ['RRI', [0, 100, 121], '#NUM!'],
    ['RRI', [2, 0, 121], '#NUM!'],
    ['RRI', [2, 100, -121], '#NUM!'],
    ['FV', [0.5, 2000, -1], '#NUM!'],
  ] as const)('%s%j fails', (name, args, code) => {
    expect(callFunction(name, args)).toMatchObject({ kind: 'failure', code });
  });
});

describe('cash flows', () => {
  it('are worth nothing at their own rate', () => {
    for (const flows of [
      [-70000, 12000, 15000, 18000, 21000, 26000],
      [-4500, 3045, 2371],
      [-1000, 1],
      [-1, 1e6],
      [100, -110],
    ]) {
      const rate = numberOf('IRR', [flows, undefined]);
      const size = flows.reduce((sum, flow) => sum + Math.abs(flow), 0);
      expect(Math.abs(numberOf('NPV', [rate, flows]) * (1 + rate))).toBeLessThan(1e-9 * size);
    }
  });

  it('draw together where figures are missing, as in Excel', () => {
    expect(numberOf('IRR', [[-4500, null, 3045, null, 2371], undefined])).toBe(
      numberOf('IRR', [[-4500, 3045, 2371], undefined]),
    );
    expect(numberOf('NPV', [0.1, [null, 100, null, 121]])).toBe(numberOf('NPV', [0.1, [100, 121]]));
    expect(callFunction('IRR', [[null, null], undefined])).toBeNull();
    expect(callFunction('NPV', [0.1, [null]])).toBeNull();
  });

  it('have the rate that is near the guess where there are two', () => {
    expect(numberOf('IRR', [[-1600, 10000, -10000], undefined])).toBeCloseTo(0.25, 12);
    expect(numberOf('IRR', [[-1600, 10000, -10000], 3])).toBeCloseTo(4, 12);
  });

  it('have none without a change of sign, or without a zero', () => {
    expect(callFunction('IRR', [[100, 200], undefined])).toMatchObject({ reason: 'no_sign_change' });
    expect(callFunction('IRR', [[1, -1, 1], undefined])).toMatchObject({ reason: 'no_convergence' });
    expect(callFunction('NPV', [-1, [100]])).toMatchObject({ code: '#DIV/0!' });
  });
});
