/**
 * Slopes of money over time. An annuity is differentiated as the formula that it is, by jets: numbers with their slopes by
 * each argument. What is searched for (RATE, IRR, NPER) follows from the balance that it makes zero.
 */
import { isNumber } from '#quantity';
import { exponential, exponentialMinusOne, logarithmOfMore, powerOf } from '#formula';
import { listAt, numberAt, spread, type DerivedCall, type Rule } from './call.ts';

/** A number with its slopes by the arguments of a call. */
interface Jet {
  readonly value: number;
  readonly slopes: readonly number[];
}

/** The rule of a function of this family. */
export function financeRule(name: string): Rule | undefined {
  switch (name) {
    case 'NPV':
      return npv;
    case 'IRR':
      return irr;
    case 'FV':
      return annuity([0, 1, 2, 3], 4, ([rate, nper, pmt, pv], type) =>
        futureValue(rate, nper, pmt, pv, type),
      );
    case 'PV':
      return annuity([0, 1, 2, 3], 4, ([rate, nper, pmt, fv], type) =>
        presentValue(rate, nper, pmt, fv, type),
      );
    case 'PMT':
      return annuity([0, 1, 2, 3], 4, ([rate, nper, pv, fv], type) => payment(rate, nper, pv, fv, type));
    case 'IPMT':
      return annuity([0, 1, 2, 3, 4], 5, ([rate, per, nper, pv, fv], type) =>
        interest(rate, per, nper, pv, fv as Jet, type),
      );
    case 'PPMT':
      return annuity([0, 1, 2, 3, 4], 5, ([rate, per, nper, pv, fv], type) =>
        principal(rate, per, nper, pv, fv as Jet, type),
      );
    case 'NPER':
      return nper;
    case 'RATE':
      return rate;
    case 'RRI':
      return ({ args, value }) => equivalent(numberAt(args, 0), numberAt(args, 1), numberAt(args, 2), value);
    case 'CAGR':
      return ({ args, value }) => {
        const [byYears, byFrom, byTo] = equivalent(
          numberAt(args, 2),
          numberAt(args, 0),
          numberAt(args, 1),
          value,
        );
        return [byFrom, byTo, byYears];
      };
    default:
      return undefined;
  }
}

function constant(value: number, count: number): Jet {
  return { value, slopes: new Array<number>(count).fill(0) };
}

/** A number computed from others, with its slope by each of them. */
function compose(value: number, ...parts: readonly (readonly [slope: number, of: Jet])[]): Jet {
  const count = parts[0]?.[1].slopes.length ?? 0;
  const slopes = Array.from({ length: count }, (_, index) =>
    parts.reduce((sum, [slope, { slopes: inner }]) => {
      const one = inner[index] as number;
      // a slope that is no number matters only where something moves
      return one === 0 ? sum : sum + slope * one;
    }, 0),
  );
  return { value, slopes };
}

const plus = (a: Jet, b: Jet) => compose(a.value + b.value, [1, a], [1, b]);
const times = (a: Jet, b: Jet) => compose(a.value * b.value, [b.value, a], [a.value, b]);
const negative = (a: Jet) => compose(-a.value, [-1, a]);
const over = (a: Jet, b: Jet) =>
  compose(a.value / b.value, [1 / b.value, a], [-a.value / b.value / b.value, b]);
const shifted = (a: Jet, by: number) => compose(a.value + by, [1, a]);

function growthOf(rate: number, nper: number): number {
  return rate > -1 ? exponential(nper * logarithmOfMore(rate)) : powerOf(1 + rate, nper);
}

/** (1 + rate)^nper. */
function growth(rate: Jet, nper: Jet): Jet {
  const value = growthOf(rate.value, nper.value);
  return compose(
    value,
    [(nper.value * value) / (1 + rate.value), rate],
    [value * logarithmOfMore(rate.value), nper],
  );
}

/** Below this rate × nper the closed form of the slope loses digits that the series keeps. */
const SERIES_BELOW = 0.05;

/** Terms of the series; each is at least twenty times smaller than the one before. */
const SERIES_TERMS = 16;

/** What payments of 1 at the end of each period come to. */
function accumulation(rate: Jet, nper: Jet): Jet {
  const [r, n] = [rate.value, nper.value];
  const grown = growthOf(r, n);
  if (Math.abs(r) * Math.max(1, Math.abs(n)) < SERIES_BELOW) {
    // Σ C(n, k + 1) r^k and its slope by r
    let [value, byRate, binomial, power] = [0, 0, n, 1];
    for (let k = 0; k < SERIES_TERMS; k += 1) {
      value += binomial * power;
      binomial *= (n - k - 1) / (k + 2);
      byRate += (k + 1) * binomial * power;
      power *= r;
    }
    return compose(value, [byRate, rate], [r === 0 ? 1 : (grown * logarithmOfMore(r)) / r, nper]);
  }
  const value = (r > -1 ? exponentialMinusOne(n * logarithmOfMore(r)) : grown - 1) / r;
  return compose(
    value,
    [((n * grown) / (1 + r) - value) / r, rate],
    [(grown * logarithmOfMore(r)) / r, nper],
  );
}

/** A payment at the beginning earns one period more. */
function due(amount: Jet, rate: Jet, type: number): Jet {
  return type === 0 ? amount : times(amount, shifted(rate, 1));
}

function futureValue(rate: Jet, nper: Jet, pmt: Jet, pv: Jet, type: number): Jet {
  return negative(plus(times(pv, growth(rate, nper)), times(due(pmt, rate, type), accumulation(rate, nper))));
}

function presentValue(rate: Jet, nper: Jet, pmt: Jet, fv: Jet, type: number): Jet {
  const back = negative(nper);
  return plus(times(due(pmt, rate, type), accumulation(rate, back)), negative(times(fv, growth(rate, back))));
}

function payment(rate: Jet, nper: Jet, pv: Jet, fv: Jet, type: number): Jet {
  const back = negative(nper);
  return rate.value * nper.value > 0
    ? over(plus(pv, times(fv, growth(rate, back))), due(accumulation(rate, back), rate, type))
    : negative(over(plus(times(pv, growth(rate, nper)), fv), due(accumulation(rate, nper), rate, type)));
}

function interest(rate: Jet, per: Jet, nper: Jet, pv: Jet, fv: Jet, type: number): Jet {
  if (type !== 0 && per.value === 1) return constant(0, rate.slopes.length);
  const whole = payment(rate, nper, pv, fv, 0);
  const toCome = shifted(plus(nper, negative(per)), 1);
  const owed =
    rate.value > 0
      ? presentValue(rate, toCome, whole, fv, 0)
      : negative(futureValue(rate, shifted(per, -1), whole, pv, 0));
  const borne = negative(times(owed, rate));
  return type === 0 ? borne : over(borne, shifted(rate, 1));
}

function principal(rate: Jet, per: Jet, nper: Jet, pv: Jet, fv: Jet, type: number): Jet {
  if (type !== 0 && per.value === 1) return payment(rate, nper, pv, fv, type);
  const before = shifted(per, -1);
  const share =
    rate.value * nper.value > 0
      ? over(growth(rate, plus(before, negative(nper))), accumulation(rate, negative(nper)))
      : negative(over(growth(rate, before), accumulation(rate, nper)));
  const paid = times(plus(pv, fv), share);
  return type === 0 ? paid : over(paid, shifted(rate, 1));
}

type Jets = readonly [Jet, Jet, Jet, Jet, Jet?];

/** The rule of a formula over the arguments at these places; the type decides and has no slope. */
function annuity(
  places: readonly number[],
  typeAt: number,
  formula: (jets: Jets, type: number) => Jet,
): Rule {
  return ({ args }) => {
    const jets = places.map((place, index) => jetAt(args, place, index, places.length));
    return formula(jets as unknown as Jets, numberAt(args, typeAt)).slopes;
  };
}

function jetAt(args: DerivedCall['args'], place: number, index: number, count: number): Jet {
  return {
    value: numberAt(args, place),
    slopes: Array.from({ length: count }, (_, at) => (at === index ? 1 : 0)),
  };
}

/** What an annuity leaves over: zero at the rate and the number of periods that belong together. */
function balance(rate: Jet, nper: Jet, pmt: Jet, pv: Jet, fv: Jet, type: number): Jet {
  return rate.value >= 0
    ? plus(pv, negative(presentValue(rate, nper, pmt, fv, type)))
    : plus(fv, negative(futureValue(rate, nper, pmt, pv, type)));
}

/** Slopes of what is searched for, the last of the jets, by the others. */
function implicit(left: Jet): number[] {
  const bySearched = left.slopes.at(-1) as number;
  return left.slopes.slice(0, -1).map((slope) => (slope === 0 ? 0 : -slope / bySearched));
}

const nper: Rule = ({ args, value }) => {
  const [rate, pmt, pv, fv] = [0, 1, 2, 3].map((place) => jetAt(args, place, place, 5)) as [
    Jet,
    Jet,
    Jet,
    Jet,
  ];
  return implicit(balance(rate, searched(value), pmt, pv, fv, numberAt(args, 4)));
};

const rate: Rule = ({ args, value }) => {
  const [periods, pmt, pv, fv] = [0, 1, 2, 3].map((place) => jetAt(args, place, place, 5)) as [
    Jet,
    Jet,
    Jet,
    Jet,
  ];
  return implicit(balance(searched(value), periods, pmt, pv, fv, numberAt(args, 4)));
};

function searched(value: number): Jet {
  return { value, slopes: [0, 0, 0, 0, 1] };
}

const npv: Rule = ({ args }) => {
  const growing = 1 + numberAt(args, 0);
  const items = listAt(args, 1);
  const flows = items.filter(isNumber);
  const byRate = flows.reduce(
    (sum, flow, order) => sum - (order + 1) * flow * powerOf(growing, -(order + 2)),
    0,
  );
  return [byRate, spread(items, (_, order) => powerOf(growing, -(order + 1)))];
};

const irr: Rule = ({ args, value }) => {
  const growing = 1 + value;
  const items = listAt(args, 0);
  // of the worth today by the rate; the flows stand at 0, 1, 2 …
  const byRate = items
    .filter(isNumber)
    .reduce((sum, flow, order) => sum - order * flow * powerOf(growing, -(order + 1)), 0);
  return [spread(items, (_, order) => -powerOf(growing, -order) / byRate)];
};

/** Slopes of (fv / pv)^(1 / nper) − 1. */
function equivalent(periods: number, pv: number, fv: number, value: number): [number, number, number] {
  const grown = 1 + value;
  if (fv === 0) return [0, 0, periods === 1 ? 1 / pv : periods < 1 ? 0 : Infinity];
  return [(-grown * logarithmOfMore(value)) / periods, -grown / (periods * pv), grown / (periods * fv)];
}
