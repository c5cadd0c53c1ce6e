/** Growth by a rate over periods, and the rate of a growth: what the functions of finance are made of. */
import type { Arithmetic } from './arithmetic.ts';
import { buildGain, buildRaising, buildScaling } from './binary-exponential.ts';
import { buildBinaryLogarithm } from './binary-logarithm.ts';
import { buildExponentialMinusOne } from './exponential.ts';
import { buildLogarithmOfPair, buildSumWithOne } from './logarithm.ts';

/** 1 / ln 2. */
const LOG2E = 1.4426950408889634;

/** (1 + rate)^nper, and how much that is more than 1. */
export interface Growth<V> {
  readonly factor: V;
  readonly gain: V;
}

/**
 * Builds growth, with the digits that 1 + rate loses: the factor at most 0.53 ulp off, the gain 3 ulp.
 *
 * Shape: a rate above −1, a finite number of periods. Missing: of NaN, NaN. Too large is Infinity.
 */
export function buildGrowth<V, M>(a: Arithmetic<V, M>): (rate: V, nper: V) => Growth<V> {
  const { add, multiply, divide } = a;
  const log2e = a.constant(LOG2E);
  const [sum, logarithm] = [buildSumWithOne(a), buildBinaryLogarithm(a)];
  const [raise, scale, gain] = [buildRaising(a), buildScaling(a), buildGain(a)];
  return (rate, nper) => {
    const of = sum(rate);
    const { high, low } = logarithm(of.high);
    const raised = raise({ high, low: add(low, multiply(divide(of.low, of.high), log2e)) }, nper);
    return { factor: scale(raised), gain: gain(raised) };
  };
}

/**
 * Builds the rate at which one amount grows to another in so many periods: at most 3 ulp off, and as many
 * more as ln(1 + rate) is large.
 *
 * Shape: amounts of one sign, the first not 0, more than no periods. Missing: NaN where the logarithm of their quotient is.
 */
export function buildEquivalentRate<V, M>(a: Arithmetic<V, M>): (nper: V, pv: V, fv: V) => V {
  const { subtract, select } = a;
  const [zero, half] = [a.constant(0), a.constant(0.5)];
  const [sum, logarithm, minusOne] = [
    buildSumWithOne(a),
    buildLogarithmOfPair(a),
    buildExponentialMinusOne(a),
  ];
  return (nper, pv, fv) => {
    // close amounts differ in digits that their quotient loses
    const difference = subtract(fv, pv);
    const isNear = a.less(a.absolute(difference), a.multiply(a.absolute(pv), half));
    const quotient = a.divide(select(isNear, difference, fv), pv);
    const { high, low } = sum(quotient);
    const ratio = { high: select(isNear, high, quotient), low: select(isNear, low, zero) };
    return minusOne(a.divide(logarithm(ratio), nper));
  };
}
