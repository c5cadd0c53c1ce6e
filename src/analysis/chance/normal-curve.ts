/** The standard normal curve: share below a score, and the score below which a share lies. */

import { exponential, normalInverse } from '#formula';

type Coefficients = readonly number[];

/** The score that leaves 5 % above it: half the width of a 90 % interval in standard deviations. */
export const SCORE_95 = 1.6448536269514722;

/** Smallest share that is told from none; keeps scores finite. */
const SMALLEST_SHARE = 1e-300;

/**
 * Gives the score below which a share of the standard normal curve lies.
 *
 * Fails: shares of 0 and 1 are taken as 1e-300 and the largest number below 1, so that every score is finite.
 */
export function normalScore(share: number): number {
  return normalInverse(Math.min(1 - Number.EPSILON / 2, Math.max(SMALLEST_SHARE, share)));
}

function polynomial(coefficients: Coefficients, at: number): number {
  let sum = 0;
  for (let power = coefficients.length - 1; power >= 0; power -= 1)
    sum = sum * at + (coefficients[power] as number);
  return sum;
}

const NEAR_ERF: readonly [Coefficients, Coefficients] = [
  [3209.3775891384694, 377.485237685302, 113.86415415105016, 3.1611237438705655, 0.18577770618460315],
  [2844.236833439171, 1282.6165260773723, 244.02463793444417, 23.601290952344122, 1],
];
const MIDDLE_ERFC: readonly [Coefficients, Coefficients] = [
  [
    1230.3393547979972, 2051.0783778260716, 1712.0476126340707, 881.952221241769, 298.6351381974001,
    66.11919063714163, 8.883149794388377, 0.5641884969886701, 2.1531153547440383e-8,
  ],
  [
    1230.3393548037495, 3439.3676741437216, 4362.619090143247, 3290.7992357334597, 1621.3895745666903,
    537.1811018620099, 117.6939508913125, 15.744926110709835, 1,
  ],
];
const FAR_ERFC: readonly [Coefficients, Coefficients] = [
  [
    0.0006587491615298378, 0.016083785148742275, 0.12578172611122926, 0.36034489994980445,
    0.30532663496123236, 0.016315387137302097,
  ],
  [0.0023352049762686918, 0.06051834131244132, 0.5279051029514285, 1.8729528499234604, 2.568520192289822, 1],
];

/**
 * Gives the share of the standard normal curve below a score.
 *
 * Source: W. J. Cody, Rational Chebyshev approximations for the error function, Math. Comp. 23 (1969) 631–637; relative
 * error below 1e-14 down to a score of −37.
 */
export function normalShare(score: number): number {
  const x = Math.abs(score) * Math.SQRT1_2;
  if (x <= 0.46875)
    return (
      0.5 + (0.5 * score * Math.SQRT1_2 * polynomial(NEAR_ERF[0], x * x)) / polynomial(NEAR_ERF[1], x * x)
    );
  // the square is split, so that the exponential of a large one keeps its digits
  const rough = Math.trunc(Math.abs(score) * 16) / 16;
  const rest = (Math.abs(score) - rough) * (Math.abs(score) + rough);
  const decline = exponential((-rough * rough) / 2) * exponential(-rest / 2);
  const tail =
    0.5 * decline * (x <= 4 ? polynomial(MIDDLE_ERFC[0], x) / polynomial(MIDDLE_ERFC[1], x) : farTail(x));
  return score < 0 ? tail : 1 - tail;
}

function farTail(x: number): number {
  const inverse = 1 / (x * x);
  const correction = (inverse * polynomial(FAR_ERFC[0], inverse)) / polynomial(FAR_ERFC[1], inverse);
  return (1 / Math.sqrt(Math.PI) - correction) / x;
}
