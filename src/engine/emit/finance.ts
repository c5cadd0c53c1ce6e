/** Annuities with equal payments and equivalent rates as arithmetic: each gives the bits of its definition, or NaN. */
import { buildEquivalentRate, buildGrowth, buildLogarithmOfMore, FAINT_RATE } from '#formula';
import type { FormulaArithmetic } from './arithmetic.ts';
import type { Guards } from './functions.ts';
import { ALWAYS, type Operand } from './operand.ts';

/** Emits a function of finance; undefined where there is no fast form. What is left out is undefined. */
export function emitFinance<V, M>(
  name: string,
  args: readonly (Operand<V> | undefined)[],
  to: FormulaArithmetic<V, M>,
  guards: Guards<V>,
): Operand<V> | undefined {
  const compute = fastForm(name, args, to);
  if (!compute) return undefined;
  const zero: Operand<V> = { value: to.constant(0), care: ALWAYS, constant: 0 };
  const values = Array.from({ length: MOST_ARGUMENTS }, (_, at) =>
    guards.careful(args[at] ?? zero),
  ) as Five<V>;
  const given = args.flatMap((one) => one ?? []);
  return guards.result(to.add(guards.keep(compute(...values), given), to.constant(0)));
}

const MOST_ARGUMENTS = 5;
type Five<V> = [V, V, V, V, V];

function fastForm<V, M>(
  name: string,
  args: readonly unknown[],
  to: FormulaArithmetic<V, M>,
): ((...values: Five<V>) => V) | undefined {
  // of payment and lump sum one may be left out, not both
  const isAnnuity = args[2] !== undefined || args[3] !== undefined;
  switch (name) {
    case 'FV':
      return isAnnuity ? futureValue(to) : undefined;
    case 'PV':
      return isAnnuity ? presentValue(to) : undefined;
    case 'PMT':
      return isAnnuity ? payment(to) : undefined;
    case 'NPER':
      return args[2] === undefined ? undefined : periodCount(to);
    case 'RRI':
      return equivalentRate(to);
    case 'CAGR': {
      const rate = equivalentRate(to);
      return (from, until, years) => rate(years, from, until);
    }
    default:
      return undefined;
  }
}

function equivalentRate<V, M>(to: FormulaArithmetic<V, M>): (nper: V, pv: V, fv: V) => V {
  const rate = buildEquivalentRate(to);
  return (nper, pv, fv) => to.select(to.less(to.constant(0), nper), rate(nper, pv, fv), to.constant(NaN));
}

/** A payment's worth at the end of its period. */
function dueFactor<V, M>(to: FormulaArithmetic<V, M>, rate: V, type: V): V {
  return to.select(to.equal(type, to.constant(0)), to.constant(1), to.add(to.constant(1), rate));
}

/** Growth over periods, and what payments of 1 come to; NaN where nothing is left in a period. */
function annuity<V, M>(to: FormulaArithmetic<V, M>, rate: V, nper: V): { growth: V; accumulation: V } {
  const { factor, gain } = buildGrowth(to)(rate, nper);
  const isFaint = to.less(to.absolute(rate), to.constant(FAINT_RATE));
  return {
    growth: aboveAll(to, rate, factor),
    accumulation: to.select(isFaint, nper, to.divide(gain, rate)),
  };
}

/** The value, but NaN where a rate takes everything or more. */
function aboveAll<V, M>(to: FormulaArithmetic<V, M>, rate: V, value: V): V {
  return to.select(to.less(to.constant(-1), rate), value, to.constant(NaN));
}

function negated<V, M>(to: FormulaArithmetic<V, M>, value: V): V {
  return to.subtract(to.constant(0), value);
}

function futureValue<V, M>(to: FormulaArithmetic<V, M>) {
  return (rate: V, nper: V, pmt: V, pv: V, type: V): V => {
    const { growth, accumulation } = annuity(to, rate, nper);
    const paid = to.multiply(to.multiply(pmt, dueFactor(to, rate, type)), accumulation);
    return negated(to, to.add(to.multiply(pv, growth), paid));
  };
}

function presentValue<V, M>(to: FormulaArithmetic<V, M>) {
  return (rate: V, nper: V, pmt: V, fv: V, type: V): V => {
    const { growth, accumulation } = annuity(to, rate, negated(to, nper));
    const paid = to.multiply(to.multiply(pmt, dueFactor(to, rate, type)), accumulation);
    return negated(to, to.subtract(to.multiply(fv, growth), paid));
  };
}

function payment<V, M>(to: FormulaArithmetic<V, M>) {
  return (rate: V, nper: V, pv: V, fv: V, type: V): V => {
    // from the end that does not overflow
    const isBack = to.less(to.constant(0), to.multiply(rate, nper));
    const { growth, accumulation } = annuity(to, rate, to.select(isBack, negated(to, nper), nper));
    const worth = to.select(
      isBack,
      to.add(pv, to.multiply(fv, growth)),
      negated(to, to.add(to.multiply(pv, growth), fv)),
    );
    const result = to.divide(worth, to.multiply(dueFactor(to, rate, type), accumulation));
    return to.select(to.equal(nper, to.constant(0)), to.constant(NaN), result);
  };
}

function periodCount<V, M>(to: FormulaArithmetic<V, M>) {
  const logarithm = buildLogarithmOfMore(to);
  return (rate: V, pmt: V, pv: V, fv: V, type: V): V => {
    const owed = negated(to, to.add(pv, fv));
    const paid = to.multiply(pmt, dueFactor(to, rate, type));
    const ratio = to.divide(to.multiply(owed, rate), to.add(paid, to.multiply(pv, rate)));
    const count = to.divide(logarithm(ratio), logarithm(rate));
    const isFree = to.equal(rate, to.constant(0));
    return aboveAll(to, rate, to.select(isFree, to.divide(owed, pmt), count));
  };
}
