/** The kernels against whole-number arithmetic with 57 decimals; the worst errors are measured and held. */
import { describe, expect, it } from 'vitest';
import { buildExponential, buildExponentialMinusOne } from '../../src/formula/kernels/exponential.ts';
import { buildEquivalentRate, buildGrowth } from '../../src/formula/kernels/growth.ts';
import {
  buildDecimalLogarithm,
  buildLogarithm,
  buildLogarithmOfMore,
} from '../../src/formula/kernels/logarithm.ts';
import { equivalentGrowthRate, growthFactor, growthGain } from '../../src/formula/kernels/growth-numbers.ts';
import { exponentialMinusOne, logarithmOfMore } from '../../src/formula/kernels/near-one-numbers.ts';
import { buildNormalInverse } from '../../src/formula/kernels/normal-inverse.ts';
import {
  decimalLogarithm,
  exponential,
  logarithm,
  normalInverse,
  power,
} from '../../src/formula/kernels/numbers.ts';
import { buildPower } from '../../src/formula/kernels/power.ts';
import { numberArithmetic } from './number-arithmetic.ts';
import {
  after,
  exponentialOf,
  fixed,
  lessOne,
  LN2,
  logarithmOf,
  logarithmOfFixed,
  ONE,
  over,
  preciseOf,
  scoreDistance,
  times,
  ulpsOff,
} from './precise-numbers.ts';

const POINTS = 20_000;
const SMALLEST_NORMAL = 2 ** -1022;

/** Numbers in [0, 1) from a seed: the 32-bit generator of Marsaglia's xorshift family. */
function seeded(seed: number): () => number {
  let state = seed;
  const word = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  return () => (word() * 2 ** 21 + (word() >>> 11)) / 2 ** 53;
}

/** Measures the largest error and says where it is. */
function worst(
  name: string,
  points: Iterable<readonly number[]>,
  error: (point: readonly number[]) => number,
  unit: 'ulp' | 'of it' = 'ulp',
): number {
  let [largest, place, count] = [0, '', 0];
  for (const point of points) {
    const size = Math.abs(error(point));
    count += 1;
    if (!(size <= largest)) [largest, place] = [size, point.join(', ')];
  }
  console.log(`${name}: ${largest.toPrecision(4)} ${unit} at ${place} (${count} points)`);
  expect(count).toBeGreaterThanOrEqual(name.includes('below') ? 500 : POINTS);
  return largest;
}

/** x of every size between two powers of two. */
function between(random: () => number, low: number, high: number): number {
  return 2 ** (low + (high - low) * random());
}

function* positives(): Generator<[number]> {
  const random = seeded(11);
  for (let point = 0; point < 8000; point += 1) yield [0.5 + 2 * random()];
  for (let point = 0; point < 6000; point += 1) yield [between(random, -1074, 1023.9)];
  for (let point = 0; point < 4000; point += 1) yield [1 + (random() - 0.5) * between(random, -52, 0)];
  for (let step = 1n; step <= 2000n; step += 1n) yield [after(1, step % 2n ? step : -step)];
  for (const border of [1.189207115002721, 1.681792830507429, Math.SQRT2, 2, 0.5, SMALLEST_NORMAL])
    for (let step = -20n; step <= 20n; step += 1n) yield [after(border, step)];
}

function* exponents(): Generator<[number]> {
  const random = seeded(12);
  for (let point = 0; point < 9000; point += 1) yield [(random() - 0.5) * 20];
  for (let point = 0; point < 6000; point += 1) yield [(random() - 0.5) * 1416];
  for (let point = 0; point < 4000; point += 1) yield [(random() - 0.5) * between(random, -60, 1)];
  // where the halves between two whole powers of two lie
  for (let half = -2040; half <= 2040; half += 2) yield [(half / 2 + 0.5) * Math.LN2];
}

function* powers(): Generator<[number, number]> {
  const random = seeded(13);
  for (let point = 0; point < 8000; point += 1) yield [0.5 + 2 * random(), (random() - 0.5) * 20];
  for (let point = 0; point < 4000; point += 1)
    yield [0.9 + 0.3 * random(), Math.round((random() - 0.5) * 60)];
  for (let point = 0; point < 6000; point += 1) {
    const base = between(random, -1074, 1023.9);
    yield [base, ((random() - 0.5) * 2043) / Math.log2(base)];
  }
  for (let point = 0; point < 4000; point += 1) {
    const base = 1 + (random() - 0.5) * between(random, -50, -1);
    if (base !== 1) yield [base, ((random() - 0.5) * 2043) / Math.log2(base)];
  }
  // results that lie in the middle between two powers of two, and bases with few digits
  for (let base = 3; base < 60; base += 2)
    for (let half = -20; half < 20; half += 1) yield [base, (half + 0.5) / Math.log2(base)];
}

/** Results below the smallest normal number. */
function* faintPowers(): Generator<[number, number]> {
  const random = seeded(14);
  for (let point = 0; point < 1000; point += 1) {
    const base = 0.01 + 100 * random();
    yield [base, -(1022 + 52 * random()) / Math.log2(base)];
  }
}

function* shares(): Generator<[number]> {
  const random = seeded(15);
  for (let point = 0; point < 12_000; point += 1) yield [random()];
  for (let point = 0; point < 3000; point += 1) yield [between(random, -1074, -1)];
  for (let point = 0; point < 3000; point += 1) yield [1 - between(random, -53, -1)];
  for (let point = 0; point < 2000; point += 1) yield [0.5 + (random() - 0.5) * between(random, -50, -2)];
  for (const border of [0.08, 0.92, 0.5, 0.25])
    for (let step = -50n; step <= 50n; step += 1n) yield [after(border, step)];
}

/** Numbers above −1, of every size. */
function* gains(): Generator<[number]> {
  const random = seeded(17);
  for (let point = 0; point < 8000; point += 1) yield [(random() - 0.5) * between(random, -60, 1)];
  for (let point = 0; point < 8000; point += 1) yield [3 * random() - 1];
  for (let point = 0; point < 4000; point += 1) yield [between(random, -100, 100)];
}

/** Exponents whose e^x is not all there is. */
function* smallExponents(): Generator<[number]> {
  const random = seeded(18);
  for (let point = 0; point < 12_000; point += 1) yield [(random() - 0.5) * between(random, -60, 3)];
  for (let point = 0; point < 8000; point += 1) yield [(random() - 0.5) * 130];
  for (const border of [2 ** -9, Math.LN2 / 2, 64.5 * Math.LN2])
    for (let step = -20n; step <= 20n; step += 1n) yield [after(border, step)];
}

/** Rates and periods. */
function* growths(): Generator<[rate: number, nper: number]> {
  const random = seeded(19);
  for (let point = 0; point < 8000; point += 1) yield [random() * 0.4 - 0.1, Math.round(random() * 80) - 40];
  for (let point = 0; point < 8000; point += 1)
    yield [(random() - 0.5) * between(random, -50, 0), (random() - 0.5) * 200];
  for (let point = 0; point < 4000; point += 1) yield [2.9 * random() - 0.9, (random() - 0.5) * 100];
}

/** Periods and amounts. */
function* changes(): Generator<[nper: number, pv: number, fv: number]> {
  const random = seeded(20);
  for (let point = 0; point < 10_000; point += 1) {
    const pv = between(random, -20, 40);
    yield [1 + Math.floor(30 * random()), pv, pv * (0.4 + 2 * random())];
  }
  for (let point = 0; point < 6000; point += 1) {
    const pv = between(random, -20, 40);
    yield [0.1 + 30 * random(), pv, pv * (1 + (random() - 0.5) * between(random, -40, 0))];
  }
  for (let point = 0; point < 4000; point += 1)
    yield [1 + 9 * random(), between(random, -20, 20), between(random, -20, 20)];
}

const logarithmOfSum = (x: number) => logarithmOfFixed(ONE + fixed(x));

const powerError = ([x = 1, y = 1]: readonly number[]) =>
  ulpsOff(power(x, y), exponentialOf(times(fixed(y), logarithmOf(x))));

describe('error', () => {
  it('of ln is at most 0.51 ulp', () => {
    const error = ([x = 1]: readonly number[]) => ulpsOff(logarithm(x), preciseOf(logarithmOf(x)));
    expect(worst('ln', positives(), error)).toBeLessThanOrEqual(0.51);
  });

  it('of log10 is at most 0.51 ulp', () => {
    const ln10 = logarithmOf(10);
    const error = ([x = 1]: readonly number[]) =>
      ulpsOff(decimalLogarithm(x), preciseOf(over(logarithmOf(x), ln10)));
    expect(worst('log10', positives(), error)).toBeLessThanOrEqual(0.51);
  });

  it('of e^x is at most 0.52 ulp', () => {
    const error = ([x = 1]: readonly number[]) => ulpsOff(exponential(x), exponentialOf(fixed(x)));
    expect(worst('e^x', exponents(), error)).toBeLessThanOrEqual(0.52);
  });

  it('of e^x − 1 is at most 0.53 ulp', () => {
    const error = ([x = 1]: readonly number[]) =>
      ulpsOff(exponentialMinusOne(x), lessOne(exponentialOf(fixed(x))));
    expect(worst('e^x - 1', smallExponents(), error)).toBeLessThanOrEqual(0.53);
  });

  it('of ln(1 + x) is at most 0.67 ulp', () => {
    const error = ([x = 1]: readonly number[]) => ulpsOff(logarithmOfMore(x), preciseOf(logarithmOfSum(x)));
    expect(worst('ln(1 + x)', gains(), error)).toBeLessThanOrEqual(0.67);
  });

  it('of growth is at most 0.53 ulp, of what it adds 3 ulp', () => {
    const exact = (rate: number, nper: number) => exponentialOf(times(fixed(nper), logarithmOfSum(rate)));
    const factorError = ([rate = 0, nper = 0]: readonly number[]) =>
      ulpsOff(growthFactor(rate, nper), exact(rate, nper));
    expect(worst('(1 + r)^n', growths(), factorError)).toBeLessThanOrEqual(0.53);
    const gainError = ([rate = 0, nper = 0]: readonly number[]) =>
      nper === 0 ? growthGain(rate, 0) : ulpsOff(growthGain(rate, nper), lessOne(exact(rate, nper)));
    expect(worst('(1 + r)^n - 1', growths(), gainError)).toBeLessThanOrEqual(3);
  });

  it('of an equivalent rate is at most 3 ulp, and as many more as its logarithm is large', () => {
    const error = ([nper = 1, pv = 1, fv = 1]: readonly number[]) => {
      const rate = equivalentGrowthRate(nper, pv, fv);
      if (pv === fv) return rate;
      const logarithmOfRate = over(logarithmOf(fv) - logarithmOf(pv), fixed(nper));
      return ulpsOff(rate, lessOne(exponentialOf(logarithmOfRate))) / (1 + Math.abs(Math.log1p(rate)));
    };
    expect(worst('rate of growth', changes(), error)).toBeLessThanOrEqual(3);
  });

  it('of x^y is at most 0.52 ulp', () => {
    expect(worst('x^y', powers(), powerError)).toBeLessThanOrEqual(0.52);
  });

  it('of x^y below the smallest normal number is at most 0.8 ulp', () => {
    expect(worst('x^y below 2^-1022', faintPowers(), powerError)).toBeLessThanOrEqual(0.8);
  });

  it('of the normal inverse is at most 8e-16 of the score', () => {
    const error = ([share = 0.5]: readonly number[]) => {
      const score = normalInverse(share);
      if (score === 0) return share === 0.5 ? 0 : Infinity;
      return scoreDistance(Math.abs(score), score < 0 ? share : 1 - share) / score;
    };
    expect(worst('normal inverse', shares(), error, 'of it')).toBeLessThanOrEqual(8e-16);
  }, 60_000);
});

describe('exact', () => {
  it('powers are exact where they are numbers', () => {
    for (let base = 1; base <= 40; base += 1)
      for (let whole = -3; whole <= 12; whole += 1) {
        const product = Number(BigInt(base) ** BigInt(Math.abs(whole)));
        if (product > 2 ** 53) continue;
        if (whole >= 0) expect(power(base, whole)).toBe(product);
        expect(power(base * base, 0.5)).toBe(base);
      }
    expect(power(4, -1)).toBe(0.25);
    expect(power(1.5, 2)).toBe(2.25);
    expect(power(0.125, 1 / 3)).toBe(0.5);
    for (let whole = -1074; whole < 1024; whole += 1) expect(power(2, whole)).toBe(2 ** whole);
  });

  it('x^1 is x, x^0 is 1, and 1^y is 1', () => {
    const isOff = (x: number) => power(x, 1) !== x || power(x, 0) !== 1 || power(1, x) !== 1;
    expect([...positives()].flat().filter(isOff)).toEqual([]);
  });

  it('logarithms of powers of ten and e^0 are whole', () => {
    for (let whole = 0; whole <= 22; whole += 1) expect(decimalLogarithm(Number(`1e${whole}`))).toBe(whole);
    expect([logarithm(1), exponential(0), normalInverse(0.5)]).toEqual([0, 1, 0]);
    expect(exponential(1)).toBe(Math.E);
    expect(logarithm(2)).toBe(Number(LN2 >> 128n) / 2 ** 64);
  });
});

describe('order', () => {
  const isRising = (kernel: (x: number) => number, from: number) => {
    const values = Array.from({ length: 81 }, (_, step) => kernel(after(from, BigInt(step - 40))));
    expect(values).toEqual(values.toSorted((a, b) => a - b));
  };

  it('neighbouring numbers keep their order', () => {
    const random = seeded(16);
    for (let sample = 0; sample < 300; sample += 1) {
      isRising(logarithm, between(random, -20, 20));
      isRising(exponential, random() * 30);
      const exponent = 0.2 + 5 * random();
      isRising((x) => power(x, exponent), between(random, -10, 10));
      isRising((y) => power(1.08, y), 0.1 + 30 * random());
    }
    for (const border of [1, 2, 1.189207115002721, 1.681792830507429]) isRising(logarithm, border);
    for (const half of [0.5, 1.5, 2.5]) isRising(exponential, half * Math.LN2);
  });
});

describe('special values', () => {
  it('e^x', () => {
    expect([NaN, Infinity, 710, -Infinity, -746].map(exponential)).toEqual([NaN, Infinity, Infinity, 0, 0]);
    expect(exponential(-745)).toBe(5e-324);
    expect(exponential(709.782712893384)).toBeLessThan(Infinity);
  });

  it('logarithms', () => {
    const values = [NaN, -1, -0, 0, Infinity, -Infinity];
    expect(values.map(logarithm)).toEqual([NaN, NaN, -Infinity, -Infinity, Infinity, NaN]);
    expect(values.map(decimalLogarithm)).toEqual([NaN, NaN, -Infinity, -Infinity, Infinity, NaN]);
  });

  it('e^x − 1 and ln(1 + x)', () => {
    expect([NaN, Infinity, 710, -Infinity, 0].map(exponentialMinusOne)).toEqual([
      NaN,
      Infinity,
      Infinity,
      -1,
      0,
    ]);
    expect([NaN, -2, -1, 0, Infinity].map(logarithmOfMore)).toEqual([NaN, NaN, -Infinity, 0, Infinity]);
  });

  it('growth and its rate', () => {
    expect([growthFactor(0, 5), growthGain(0, 5), growthFactor(0.5, 0)]).toEqual([1, 0, 1]);
    expect([growthFactor(1, 10), growthFactor(1, 1024), growthGain(1, -1100)]).toEqual([1024, Infinity, -1]);
    expect([equivalentGrowthRate(2, 100, 0), equivalentGrowthRate(3, 1, 8)]).toEqual([-1, 1]);
    expect(equivalentGrowthRate(2, 1, -1)).toBeNaN();
  });

  it('x^y', () => {
    const cases: [x: number, y: number, result: number][] = [
      [0, 0, 1],
      [0, 2.5, 0],
      [0, 1e-300, 0],
      [0, -0.5, Infinity],
      [Infinity, 0.5, Infinity],
      [Infinity, -0.5, 0],
      [Infinity, 0, 1],
      [1, Infinity, 1],
      [1.0000000000000002, Infinity, Infinity],
      [1.0000000000000002, 1e300, Infinity],
      [1.0000000000000002, -1e300, 0],
      [0.5, Infinity, 0],
      [0.5, -Infinity, Infinity],
      [2, 1024, Infinity],
      [2, -1075, 0],
      [-1, 2, NaN],
      [-1, 0, NaN],
      [NaN, 1, NaN],
      [2, NaN, NaN],
      [5e-324, 0.5, Math.sqrt(5e-324)],
      [Number.MAX_VALUE, 1, Number.MAX_VALUE],
    ];
    for (const [x, y, result] of cases) expect([x, y, power(x, y)]).toEqual([x, y, result]);
  });

  it('normal inverse', () => {
    expect([NaN, 0, 1, -0.1, 1.1].map(normalInverse)).toEqual([NaN, -Infinity, Infinity, NaN, NaN]);
    const upper = [...shares()].flat().filter((share) => share >= 0.5);
    expect(upper.filter((share) => normalInverse(1 - share) !== 0 - normalInverse(share))).toEqual([]);
  });
});

it('the printed kernels have the bits of the kernels operation by operation', () => {
  const plain = {
    exponential: buildExponential(numberArithmetic),
    logarithm: buildLogarithm(numberArithmetic),
    decimalLogarithm: buildDecimalLogarithm(numberArithmetic),
    normalInverse: buildNormalInverse(numberArithmetic),
    exponentialMinusOne: buildExponentialMinusOne(numberArithmetic),
    logarithmOfMore: buildLogarithmOfMore(numberArithmetic),
    growth: buildGrowth(numberArithmetic),
    equivalentRate: buildEquivalentRate(numberArithmetic),
    power: buildPower(numberArithmetic),
  };
  const odd: number[] = [NaN, 0, -0, 1, -1, Infinity, -Infinity, 5e-324, Number.MAX_VALUE];
  const numbers = [...odd, ...exponents(), ...positives(), ...shares()].flat();
  const isOff = (x: number) =>
    !Object.is(exponential(x), plain.exponential(x)) ||
    !Object.is(logarithm(x), plain.logarithm(x)) ||
    !Object.is(exponentialMinusOne(x), plain.exponentialMinusOne(x)) ||
    !Object.is(logarithmOfMore(x), plain.logarithmOfMore(x)) ||
    !Object.is(decimalLogarithm(x), plain.decimalLogarithm(x)) ||
    !Object.is(normalInverse(x), plain.normalInverse(x));
  expect(numbers.filter(isOff)).toEqual([]);
  const pairs = [...powers(), ...odd.flatMap((x) => odd.map((y): [number, number] => [x, y]))];
  expect(pairs.filter(([x, y]) => !Object.is(power(x, y), plain.power(x, y)))).toEqual([]);
  const isGrowthOff = ([rate, nper]: readonly [number, number]) => {
    const { factor, gain } = plain.growth(rate, nper);
    return !Object.is(growthFactor(rate, nper), factor) || !Object.is(growthGain(rate, nper), gain);
  };
  expect([...growths()].filter(isGrowthOff)).toEqual([]);
  const isRateOff = (given: readonly [number, number, number]) =>
    !Object.is(equivalentGrowthRate(...given), plain.equivalentRate(...given));
  expect([...changes()].filter(isRateOff)).toEqual([]);
});
