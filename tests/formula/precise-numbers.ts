/**
 * Numbers with 192 binary digits after the point (57 decimals), for judging the kernels: whole numbers of JavaScript and
 * series, nothing that the kernels use.
 */

const DIGITS = 192n;
export const ONE = 1n << DIGITS;

/** mantissa · 2^exponent, with the mantissa in the fixed point and its size in [1/2, 4). */
export interface Precise {
  readonly mantissa: bigint;
  readonly exponent: number;
}

export function times(a: bigint, b: bigint): bigint {
  return (a * b) >> DIGITS;
}

export function over(a: bigint, b: bigint): bigint {
  return (a << DIGITS) / b;
}

const view = new DataView(new ArrayBuffer(8));

/** A finite number as whole · 2^exponent, exactly. */
function partsOf(value: number): { whole: bigint; exponent: number } {
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const field = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & ((1n << 52n) - 1n);
  const whole = field === 0 ? fraction : fraction | (1n << 52n);
  return { whole: value < 0 ? -whole : whole, exponent: Math.max(field, 1) - 1075 };
}

/** The next number up. */
export function after(value: number, steps = 1n): number {
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + steps);
  return view.getFloat64(0);
}

/** Moves the point of a whole number by a power of two. */
function shifted(whole: bigint, exponent: number): bigint {
  return exponent >= 0 ? whole << BigInt(exponent) : whole >> BigInt(-exponent);
}

/** A number of moderate size in the fixed point. */
export function fixed(value: number): bigint {
  const { whole, exponent } = partsOf(value);
  return shifted(whole << DIGITS, exponent);
}

/** The inverse hyperbolic tangent: Σ x^(2k+1) / (2k+1). */
function inverseTangent(x: bigint): bigint {
  const square = times(x, x);
  let [sum, power] = [0n, x];
  // what is left of a number below 0 stays at -1
  for (let odd = 1n; power > 1n || power < -1n; odd += 2n) {
    sum += power / odd;
    power = times(power, square);
  }
  return sum;
}

export const LN2 = 2n * inverseTangent(ONE / 3n);

/** ln of a positive number. */
export function logarithmOf(value: number): bigint {
  const { whole, exponent } = partsOf(value);
  const length = whole.toString(2).length;
  // in [1/2, 1), or in [1, 2) where that is nearer to 1
  const isLow = shifted(whole, 60 - length) < 815238614083298888n;
  const bits = isLow ? length - 1 : length;
  const mantissa = shifted(whole << DIGITS, -bits);
  const of = 2n * inverseTangent(over(mantissa - ONE, mantissa + ONE));
  return of + BigInt(exponent + bits) * LN2;
}

/** ln of a positive number in the fixed point. */
export function logarithmOfFixed(value: bigint): bigint {
  const bits = value.toString(2).length - Number(DIGITS);
  // in [1/2, 1), or in [1, 2) where that is nearer to 1
  const exponent = shifted(value, -bits) * 4n < 3n * ONE ? bits - 1 : bits;
  const mantissa = exponent === bits - 1 ? shifted(value, 1 - bits) : shifted(value, -bits);
  return 2n * inverseTangent(over(mantissa - ONE, mantissa + ONE)) + BigInt(exponent) * LN2;
}

/** What a precise number is more than 1. */
export function lessOne({ mantissa, exponent }: Precise): Precise {
  return preciseOf(shifted(mantissa, exponent) - ONE);
}

/** e^x of a number in the fixed point. */
export function exponentialOf(x: bigint): Precise {
  const exponent = Number((x + (LN2 >> 1n)) / LN2) - (x < 0n ? 1 : 0);
  // eight halvings, then the series, then eight squarings
  const rest = (x - BigInt(exponent) * LN2) >> 8n;
  let [sum, term] = [ONE, ONE];
  for (let k = 1n; term !== 0n && term !== -1n; k += 1n) {
    term = times(term, rest) / k;
    sum += term;
  }
  for (let squaring = 0; squaring < 8; squaring += 1) sum = times(sum, sum);
  return { mantissa: sum, exponent };
}

/** π by Machin's sum. */
const PI = ((): bigint => {
  const of = (n: bigint): bigint => {
    let [sum, power] = [0n, ONE / n];
    for (let odd = 1n; power !== 0n; odd += 2n) {
      sum += odd % 4n === 1n ? power / odd : -(power / odd);
      power /= n * n;
    }
    return sum;
  };
  return 16n * of(5n) - 4n * of(239n);
})();

/** How far a number lies from a precise one, in units of its last place. */
export function ulpsOff(value: number, { mantissa, exponent }: Precise): number {
  const got = partsOf(value);
  // both with the unit of the number's last place as 2^60
  const [is, shouldBe] = [got.whole << 60n, shifted(mantissa, exponent - Number(DIGITS) - got.exponent + 60)];
  return Number(is - shouldBe) / 2 ** 60;
}

/** A precise number of the fixed point. */
export function preciseOf(value: bigint): Precise {
  return { mantissa: value, exponent: 0 };
}

/** Below this score the series of the curve's middle is summed, above it the fraction of its tail. */
const MIDDLE = 2.5;

/**
 * How far the share below −score (score > 0) lies from a share, as a distance in score.
 *
 * The middle: Σ x^(2k+1) / (2k+1)!!; the tail: Laplace's continued fraction of Mills' ratio, from the far end.
 */
export function scoreDistance(score: number, share: number): number {
  const x = fixed(score);
  const { mantissa, exponent } = exponentialOf(-times(x, x) / 2n);
  const root = squareRoot(2n * PI);
  const { whole, exponent: place } = partsOf(share);
  // the share over the density at the score
  const wanted = over(times(shifted(whole << DIGITS, place - exponent), root), mantissa);
  if (score > MIDDLE) {
    let ratio = x;
    for (let k = BigInt(Math.ceil(40 + 2500 / score ** 2)); k > 0n; k -= 1n)
      ratio = x + (k << (2n * DIGITS)) / ratio;
    return Number(wanted - over(ONE, ratio)) / Number(ONE);
  }
  const square = times(x, x);
  let [sum, term] = [0n, x];
  for (let odd = 3n; term !== 0n; odd += 2n) {
    sum += term;
    term = times(term, square) / odd;
  }
  const half = over(times(shifted(ONE, -1 - exponent), root), mantissa);
  return Number(wanted - (half - sum)) / Number(ONE);
}

function squareRoot(value: bigint): bigint {
  const wide = value << DIGITS;
  let root = BigInt(Math.floor(Math.sqrt(Number(value) / Number(ONE)) * 2 ** 40)) << (DIGITS - 40n);
  for (let step = 0; step < 6; step += 1) root = (root + wide / root) >> 1n;
  return root;
}
