/**
 * log2 x in two parts: what the logarithm and the power are made of.
 *
 * x = 2^k · m with m in [1, 2). Of the centres 1, √2 (as 181/128) and 2 the one c next to m is taken, so that
 * s = (m − c) / (m + c) lies within ±0.0865. Then log2 x = k + log2 c + A · (s + s³/3 + s⁵/5 + …) with A = 2 / ln 2:
 * the series of the inverse hyperbolic tangent. s, the first two terms and the sum are carried in two parts.
 */
import type { Arithmetic, Pair } from './arithmetic.ts';
import { buildGrid, buildPolynomial } from './polynomial.ts';

const SMALLEST_NORMAL = 2 ** -1022;
/** Lifts numbers below the smallest normal one to where the exponent can be read. */
const LIFT_BITS = 54;

/** 2^(1/4) and 2^(3/4), where the next centre begins. */
const [FIRST_BORDER, SECOND_BORDER] = [1.189207115002721, 1.681792830507429];
const MIDDLE = 181 / 128;
/** log2(181/128): 36 bits, and the rest. */
const [MIDDLE_HIGH, MIDDLE_LOW] = [0.499845887083211, -5.621848729602859e-15];

/** 2 / ln 2 and a third of it: 26 bits, and the rest. */
const [FIRST_HIGH, FIRST_LOW] = [2.8853901028633118, -2.1085384952858276e-8];
const [THIRD, THIRD_HIGH, THIRD_LOW] = [0.9617966939259756, 0.9617967009544373, -7.028461650952758e-9];

/**
 * A · (1/5 + z/7 + z²/9 + …) for z = s² up to 0.00753: interpolated at the six Chebyshev points with 60 digits.
 * What it is off by is 2^-71 of the logarithm.
 */
const REST = [
  0.5770780163555853, 0.4121985831112798, 0.32059889774706224, 0.26230831846191577, 0.22192005362956843,
  0.19624245173737928,
];

/**
 * Builds log2 x as a pair, `high` with 26 significant bits; the pair is off by about 2^-67 of itself.
 *
 * Missing: a number below 0 and NaN give NaN in `low`. Of 0 and Infinity some finite number comes: callers decide those.
 */
export function buildBinaryLogarithm<V, M>(a: Arithmetic<V, M>): (x: V) => Pair<V> {
  const { add, subtract, multiply, select, less } = a;
  const [zero, one, two, notANumber] = [a.constant(0), a.constant(1), a.constant(2), a.constant(NaN)];
  const smallest = a.constant(SMALLEST_NORMAL);
  const [lift, lifted] = [a.constant(2 ** LIFT_BITS), a.constant(-LIFT_BITS)];
  const [firstBorder, secondBorder] = [a.constant(FIRST_BORDER), a.constant(SECOND_BORDER)];
  const [middle, middleHigh, middleLow] = [MIDDLE, MIDDLE_HIGH, MIDDLE_LOW].map(a.constant) as [V, V, V];
  const [firstHigh, firstLow] = [a.constant(FIRST_HIGH), a.constant(FIRST_LOW)];
  const [third, thirdHigh, thirdLow] = [THIRD, THIRD_HIGH, THIRD_LOW].map(a.constant) as [V, V, V];
  const rest = buildPolynomial(a, REST);
  // 26 bits of a number in [2, 4), and of one below 2^-7
  const [gridOfSums, gridOfSquares] = [buildGrid(a, -24), buildGrid(a, -33)];

  return (x) => {
    const isTiny = less(x, smallest);
    const normal = select(isTiny, multiply(x, lift), x);
    const exponent = add(a.exponentOf(normal), select(isTiny, lifted, zero));
    const m = a.mantissaOf(normal);
    const [isLow, isHigh] = [less(m, firstBorder), less(secondBorder, m)];
    const centre = select(isLow, one, select(isHigh, two, middle));
    const whole = add(exponent, select(isLow, zero, select(isHigh, one, middleHigh)));
    const wholeLow = select(a.either(isLow, isHigh), zero, middleLow);

    // s = sHigh + sLow: the remainder of the division gives the second part
    const [above, below] = [subtract(m, centre), add(m, centre)];
    const inverse = a.divide(one, below);
    const s = multiply(above, inverse);
    const sHigh = a.upperHalf(s);
    const belowHigh = gridOfSums(below);
    const belowLow = subtract(m, subtract(belowHigh, centre));
    const left = subtract(subtract(above, multiply(sHigh, belowHigh)), multiply(sHigh, belowLow));
    const sLow = multiply(left, inverse);

    // z = s²
    const square = multiply(sHigh, sHigh);
    const zHigh = gridOfSquares(square);
    const zLow = add(subtract(square, zHigh), multiply(sLow, add(sHigh, s)));
    const z = add(zHigh, zLow);

    // the series over s: A + z · (A/3) + z² · rest
    const zz = multiply(z, z);
    const termHigh = multiply(zHigh, thirdHigh);
    const termLow = add(add(multiply(zHigh, thirdLow), multiply(zLow, third)), multiply(zz, rest(z, zz)));
    const seriesHigh = gridOfSums(add(firstHigh, termHigh));
    const seriesLow = add(add(subtract(firstHigh, seriesHigh), termHigh), add(termLow, firstLow));

    const partHigh = multiply(sHigh, seriesHigh);
    const partLow = add(multiply(s, seriesLow), multiply(sLow, seriesHigh));
    const high = a.upperHalf(add(whole, partHigh));
    const low = add(add(subtract(whole, high), partHigh), add(wholeLow, partLow));
    return { high, low: select(a.lessOrEqual(zero, x), low, notANumber) };
  };
}
