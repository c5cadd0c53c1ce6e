/**
 * Money over time: annuities with equal payments, cash flows, equivalent rates.
 *
 * Signs are Excel's: what is received is positive, what is paid is negative. `type` 0 pays at the end of a period, any
 * other number at its beginning.
 */
import { MISSING, failure, isNumber, type Failure, type Value } from '#quantity';
import type { FunctionSpec } from '../function-spec.ts';
import { equivalentGrowthRate, growthFactor, growthGain } from '../kernels/growth-numbers.ts';
import { logarithmOfMore } from '../kernels/near-one-numbers.ts';
import {
  finite,
  list,
  microsoft,
  number,
  numberIn,
  numbersIn,
  ofNumbers,
  optional,
  outside,
  plainIn,
  values,
} from './declare.ts';
import { findRate } from './finance-solve.ts';
import { powerOf } from './power-of.ts';

const plain = plainIn('finance');

const [RATE, NPER, PER] = [number('rate', '1'), number('nper', '1'), number('per', '1')];
const [PMT, PV, FV] = [number('pmt', 'a'), number('pv', 'a'), number('fv', 'a')];
const TYPE = optional(number('type', '1'));
const GUESS = optional(number('guess', '1'));

/** Where Excel’s search for a rate begins when it is not told. */
const DEFAULT_GUESS = 0.1;

/** (1 + rate)^nper, with the digits that 1 + rate loses for a small rate. */
function growth(rate: number, nper: number): number {
  return rate > -1 ? growthFactor(rate, nper) : powerOf(1 + rate, nper);
}

/** A rate nearer to 0 is none to any digit, and has too few of its own. */
export const FAINT_RATE = 2 ** -960;

/** What payments of 1 at the end of each period come to: the sum of (1 + rate)^k for k from 0 to nper − 1. */
function accumulation(rate: number, nper: number): number {
  if (Math.abs(rate) < FAINT_RATE) return nper;
  return (rate > -1 ? growthGain(rate, nper) : growth(rate, nper) - 1) / rate;
}

/** A payment’s worth at the end of its period: at the beginning it earns one period more. */
function dueFactor(rate: number, type: number): number {
  return type === 0 ? 1 : 1 + rate;
}

function futureValue(rate: number, nper: number, pmt: number, pv: number, type: number): Value {
  if (rate === -1) return failure('#DIV/0!', 'divide_by_zero');
  return finite(-(pv * growth(rate, nper) + pmt * dueFactor(rate, type) * accumulation(rate, nper)));
}

function presentValue(rate: number, nper: number, pmt: number, fv: number, type: number): Value {
  if (rate === -1) return failure('#DIV/0!', 'divide_by_zero');
  return finite(-(fv * growth(rate, -nper) - pmt * dueFactor(rate, type) * accumulation(rate, -nper)));
}

/** The equal payment; computed from the end that does not overflow. */
function payment(name: string, rate: number, nper: number, pv: number, fv: number, type: number): Value {
  if (rate <= -1) return outside(name, 'rate');
  if (nper === 0) return outside(name, 'nper');
  const due = dueFactor(rate, type);
  return rate * nper > 0
    ? finite((pv + fv * growth(rate, -nper)) / (due * accumulation(rate, -nper)))
    : finite(-(pv * growth(rate, nper) + fv) / (due * accumulation(rate, nper)));
}

/** Why there is no payment to divide, or nothing. */
function paymentFault(name: string, rate: number, per: number, nper: number): Failure | undefined {
  if (rate <= -1) return outside(name, 'rate');
  if (nper === 0) return outside(name, 'nper');
  return per < 1 || per >= nper + 1 ? outside(name, 'per') : undefined;
}

/**
 * The interest in the payment of one period: on what is owed when the period begins.
 *
 * What is owed is the worth of the payments to come (for a shrinking debt: of those made), so that nothing large
 * cancels late in a long life. Payment at the beginning divides it by one period's growth; the first bears none.
 */
function interestIn(rate: number, per: number, nper: number, pv: number, fv: number, type: number): Value {
  const fault = paymentFault('IPMT', rate, per, nper);
  if (fault) return fault;
  if (type !== 0 && per === 1) return 0;
  const whole = payment('IPMT', rate, nper, pv, fv, 0);
  if (!isNumber(whole)) return whole;
  const [toCome, made] = [nper - per + 1, per - 1];
  const owed =
    rate > 0 ? presentValue(rate, toCome, whole, fv, 0) : negated(futureValue(rate, made, whole, pv, 0));
  return isNumber(owed) ? finite((-owed * rate) / dueFactor(rate, type)) : owed;
}

function negated(value: Value): Value {
  return isNumber(value) ? -value : value;
}

/** What the payment of one period leaves for the debt itself: it grows by the rate, and all of it is the debt. */
function principalIn(rate: number, per: number, nper: number, pv: number, fv: number, type: number): Value {
  const fault = paymentFault('PPMT', rate, per, nper);
  if (fault) return fault;
  if (type !== 0 && per === 1) return payment('PPMT', rate, nper, pv, fv, type);
  const share =
    rate * nper > 0
      ? growth(rate, per - 1 - nper) / accumulation(rate, -nper)
      : -growth(rate, per - 1) / accumulation(rate, nper);
  return finite(((pv + fv) * share) / dueFactor(rate, type));
}

function periodCount(rate: number, pmt: number, pv: number, fv: number, type: number): Value {
  if (rate <= -1) return outside('NPER', 'rate');
  if (rate === 0) return pmt === 0 ? outside('NPER', 'pmt') : finite(-(pv + fv) / pmt);
  const paid = pmt * dueFactor(rate, type);
  const ratio = (-(pv + fv) * rate) / (paid + pv * rate);
  // payments that do not even cover the interest never come to an end
  if (!(ratio > -1) || !Number.isFinite(ratio)) return outside('NPER', 'pmt');
  return finite(logarithmOfMore(ratio) / logarithmOfMore(rate));
}

/** The rate of an annuity; the balance is taken today for growing money, at the end for shrinking money. */
function annuityRate(nper: number, pmt: number, pv: number, fv: number, type: number, guess: number): Value {
  if (nper <= 0) return outside('RATE', 'nper');
  if (guess <= -1) return outside('RATE', 'guess');
  const balance = (rate: number) =>
    rate >= 0
      ? pv + fv * growth(rate, -nper) - pmt * dueFactor(rate, type) * accumulation(rate, -nper)
      : pv * growth(rate, nper) + fv + pmt * dueFactor(rate, type) * accumulation(rate, nper);
  return finite(findRate(balance, guess) ?? failure('#NUM!', 'no_convergence', { name: 'RATE' }));
}

/** Present value of flows at the ends of periods 0, 1, 2 … by Horner’s rule. */
function discounted(flows: readonly number[], factor: number): number {
  return flows.reduceRight((later, flow) => later * factor + flow, 0);
}

function internalRate(flows: readonly number[], guess: number): Value {
  if (guess <= -1) return outside('IRR', 'guess');
  if (!flows.some((flow) => flow > 0) || !flows.some((flow) => flow < 0)) {
    return failure('#NUM!', 'no_sign_change', { name: 'IRR' });
  }
  // zeros at either end only move the flows in time
  const first = flows.findIndex((flow) => flow !== 0);
  const dense = flows.slice(first, flows.findLastIndex((flow) => flow !== 0) + 1);
  const reversed = [...dense].reverse();
  // today’s worth overflows near −100 %, the worth at the end does for large rates
  const balance = (rate: number) =>
    rate >= 0 ? discounted(dense, 1 / (1 + rate)) : discounted(reversed, 1 + rate);
  return finite(findRate(balance, guess) ?? failure('#NUM!', 'no_convergence', { name: 'IRR' }));
}

/**
 * The rate at which one amount grows to another in so many periods.
 *
 * Fails: `#NUM!` when there are no periods, nothing to grow from, or a change of sign. Source: Excel RRI.
 */
export function equivalentRate(name: string, nper: number, pv: number, fv: number): Value {
  if (nper <= 0) return outside(name, 'nper');
  if (pv === 0 || fv / pv < 0) return outside(name, 'pv');
  return finite(equivalentGrowthRate(nper, pv, fv));
}

/** Of payment and lump sum one may be left out, not both. */
function leftOut(name: string): Value {
  return failure('#VALUE!', 'argument_count', { name });
}

const CASH = { A2: -70000, A3: 12000, A4: 15000, A5: 18000, A6: 21000, A7: 26000 };
const SHOP = { A2: 0.08, A3: -40000, A4: 8000, A5: 9200, A6: 10000, A7: 12000, A8: 14500 };

/** NPV IRR PV FV PMT IPMT PPMT NPER RATE RRI. */
export const financeFunctions: readonly FunctionSpec[] = [
  {
    ...plain,
    name: 'NPV',
    parameters: [RATE, values('value', 'a')],
    repeats: 1,
    result: 'a',
    compute: ([rateArgument, series]) => {
      const rate = numberIn(rateArgument) ?? 0;
      const flows = numbersIn(series);
      if (flows.length === 0) return MISSING;
      if (rate === -1) return failure('#DIV/0!', 'divide_by_zero');
      return finite(discounted(flows, 1 / (1 + rate)) / (1 + rate));
    },
    examples: [
      {
        text: '=NPV(A2, A3, A4, A5, A6)',
        gives: 1188.44,
        decimals: 2,
        cells: { A2: 0.1, A3: -10000, A4: 3000, A5: 4200, A6: 6800 },
        source: microsoft('NPV'),
      },
      { text: '=NPV(A2, A4:A8)+A3', gives: 1922.06, decimals: 2, cells: SHOP, source: microsoft('NPV') },
      {
        text: '=NPV(A2, A4:A8, -9000)+A3',
        gives: -3749.47,
        decimals: 2,
        cells: SHOP,
        source: microsoft('NPV'),
      },
    ],
  },
  {
    ...plain,
    name: 'IRR',
    parameters: [list('values', 'a'), GUESS],
    result: '1',
    compute: ([series, guess]) => {
      const flows = numbersIn(series);
      return flows.length === 0 ? MISSING : internalRate(flows, numberIn(guess) ?? DEFAULT_GUESS);
    },
    examples: [
      { text: '=IRR(A2:A6)', gives: -0.021, decimals: 3, cells: CASH, source: microsoft('IRR') },
      { text: '=IRR(A2:A7)', gives: 0.087, decimals: 3, cells: CASH, source: microsoft('IRR') },
      { text: '=IRR(A2:A4, -10%)', gives: -0.444, decimals: 3, cells: CASH, source: microsoft('IRR') },
      { text: '=IRR({100, 200, 300})', gives: '#NUM!', source: 'nothing is paid in' },
    ],
  },
  {
    ...plain,
    name: 'PV',
    parameters: [RATE, NPER, optional(PMT), optional(FV), TYPE],
    result: 'a',
    compute: ofNumbers((rate = 0, nper = 0, pmt, fv, type = 0) =>
      pmt === undefined && fv === undefined
        ? leftOut('PV')
        : presentValue(rate, nper, pmt ?? 0, fv ?? 0, type),
    ),
    examples: [
      { text: '=PV(8%/12, 12*20, 500, , 0)', gives: -59777.15, decimals: 2, source: microsoft('PV') },
      { text: '=PV(10%, 2, , 121)', gives: -100, source: '121 / 1.1^2' },
      { text: '=PV(0, 60, 1000)', gives: -60000, source: 'without interest the payments add up' },
    ],
  },
  {
    ...plain,
    name: 'FV',
    parameters: [RATE, NPER, optional(PMT), optional(PV), TYPE],
    result: 'a',
    compute: ofNumbers((rate = 0, nper = 0, pmt, pv, type = 0) =>
      pmt === undefined && pv === undefined
        ? leftOut('FV')
        : futureValue(rate, nper, pmt ?? 0, pv ?? 0, type),
    ),
    examples: [
      { text: '=FV(6%/12, 10, -200, -500, 1)', gives: 2581.4, decimals: 2, source: microsoft('FV') },
      { text: '=FV(12%/12, 12, -1000)', gives: 12682.5, decimals: 2, source: microsoft('FV') },
      { text: '=FV(11%/12, 35, -2000, , 1)', gives: 82846.25, decimals: 2, source: microsoft('FV') },
    ],
  },
  {
    ...plain,
    name: 'PMT',
    parameters: [RATE, NPER, optional(PV), optional(FV), TYPE],
    result: 'a',
    compute: ofNumbers((rate = 0, nper = 0, pv, fv, type = 0) =>
      pv === undefined && fv === undefined
        ? leftOut('PMT')
        : payment('PMT', rate, nper, pv ?? 0, fv ?? 0, type),
    ),
    examples: [
      { text: '=PMT(8%/12, 10, 10000)', gives: -1037.03, decimals: 2, source: microsoft('PMT') },
      { text: '=PMT(8%/12, 10, 10000, , 1)', gives: -1030.16, decimals: 2, source: microsoft('PMT') },
      { text: '=PMT(6%/12, 18*12, 0, 50000)', gives: -129.08, decimals: 2, source: microsoft('PMT') },
    ],
  },
  {
    ...plain,
    name: 'IPMT',
    parameters: [RATE, PER, NPER, optional(PV), optional(FV), TYPE],
    result: 'a',
    compute: ofNumbers((rate = 0, per = 0, nper = 0, pv, fv, type = 0) =>
      pv === undefined && fv === undefined
        ? leftOut('IPMT')
        : interestIn(rate, per, nper, pv ?? 0, fv ?? 0, type),
    ),
    examples: [
      { text: '=IPMT(10%/12, 1, 3*12, 8000)', gives: -66.67, decimals: 2, source: microsoft('IPMT') },
      { text: '=IPMT(10%, 3, 3, 8000)', gives: -292.45, decimals: 2, source: microsoft('IPMT') },
      {
        text: '=IPMT(10%, 1, 3, 8000, 0, 1)',
        gives: 0,
        source: 'the first payment at the beginning bears no interest',
      },
    ],
  },
  {
    ...plain,
    name: 'PPMT',
    parameters: [RATE, PER, NPER, optional(PV), optional(FV), TYPE],
    result: 'a',
    compute: ofNumbers((rate = 0, per = 0, nper = 0, pv, fv, type = 0) =>
      pv === undefined && fv === undefined
        ? leftOut('PPMT')
        : principalIn(rate, per, nper, pv ?? 0, fv ?? 0, type),
    ),
    examples: [
      { text: '=PPMT(10%/12, 1, 2*12, 2000)', gives: -75.62, decimals: 2, source: microsoft('PPMT') },
      { text: '=PPMT(8%, 10, 10, 200000)', gives: -27598.05, decimals: 2, source: microsoft('PPMT') },
    ],
  },
  {
    ...plain,
    name: 'NPER',
    parameters: [RATE, optional(PMT), PV, optional(FV), TYPE],
    result: '1',
    compute: ofNumbers((rate = 0, pmt = 0, pv, fv = 0, type = 0) =>
      pv === undefined ? leftOut('NPER') : periodCount(rate, pmt, pv, fv, type),
    ),
    examples: [
      {
        text: '=NPER(12%/12, -100, -1000, 10000, 1)',
        gives: 59.6738657,
        decimals: 7,
        source: microsoft('NPER'),
      },
      {
        text: '=NPER(12%/12, -100, -1000, 10000)',
        gives: 60.0821229,
        decimals: 7,
        source: microsoft('NPER'),
      },
      { text: '=NPER(12%/12, -100, -1000)', gives: -9.57859404, decimals: 8, source: microsoft('NPER') },
      { text: '=NPER(0, -100, 1000)', gives: 10, source: 'without interest: 1000 / 100' },
    ],
  },
  {
    ...plain,
    name: 'RATE',
    parameters: [NPER, optional(PMT), PV, optional(FV), TYPE, GUESS],
    result: '1',
    compute: ofNumbers((nper = 0, pmt = 0, pv, fv = 0, type = 0, guess = DEFAULT_GUESS) =>
      pv === undefined ? leftOut('RATE') : annuityRate(nper, pmt, pv, fv, type, guess),
    ),
    examples: [
      { text: '=RATE(4*12, -200, 8000)', gives: 0.01, decimals: 2, source: microsoft('RATE') },
      { text: '=RATE(4*12, -200, 8000)*12', gives: 0.0924, decimals: 4, source: microsoft('RATE') },
      { text: '=RATE(5, , -100, 150)', gives: 0.08447177119769855, source: '1.5^(1/5) - 1' },
    ],
  },
  {
    ...plain,
    name: 'RRI',
    parameters: [NPER, PV, FV],
    result: '1',
    compute: ofNumbers((nper = 0, pv = 0, fv = 0) => equivalentRate('RRI', nper, pv, fv)),
    examples: [
      { text: '=RRI(96, 10000, 11000)', gives: 0.0009933, decimals: 7, source: microsoft('RRI') },
      { text: '=RRI(2, 100, 121)', gives: 0.1, source: 'sqrt(1.21) - 1' },
      { text: '=RRI(0, 100, 121)', gives: '#NUM!', source: microsoft('RRI') },
    ],
  },
];
