/**
 * What a driver may be worth when nobody knows it: the schema of a distribution and the one rule of what makes it possible.
 * The mathematics (quantiles, means) belongs to analysis.
 */
import * as v from 'valibot';

const number = v.pipe(v.number(), v.finite());

/**
 * How the draws of one sample go together over the periods after the base.
 *
 * once: one draw for all periods · each: a draw of its own a period · walk: starts with one draw and then adds the deviation
 * of another from the mean every period (a lognormal one multiplies, so that it stays above zero).
 */
const course = v.optional(v.picklist(['once', 'each', 'walk']));

const shape = v.variant('kind', [
  /** The 90 % interval of a normal or lognormal distribution. */
  v.strictObject({
    kind: v.literal('interval'),
    low: number,
    high: number,
    curve: v.picklist(['normal', 'lognormal']),
    course,
  }),
  v.strictObject({ kind: v.literal('normal'), mean: number, sd: number, course }),
  /** Mean and standard deviation of the quantity itself, not of its logarithm. */
  v.strictObject({ kind: v.literal('lognormal'), mean: number, sd: number, course }),
  v.strictObject({ kind: v.literal('triangular'), low: number, mode: number, high: number, course }),
  v.strictObject({ kind: v.literal('pert'), low: number, mode: number, high: number, course }),
  v.strictObject({ kind: v.literal('uniform'), low: number, high: number, course }),
  v.strictObject({
    kind: v.literal('discrete'),
    outcomes: v.pipe(
      v.array(v.strictObject({ value: number, probability: number })),
      v.minLength(1),
      v.maxLength(100),
    ),
    course,
  }),
  /** The growth of the driven line as it was observed: its mean and standard deviation. */
  v.strictObject({ kind: v.literal('history'), course }),
]);

/** What can be wrong with the numbers of a distribution. */
export type DistributionFault =
  'distribution_order' | 'distribution_spread' | 'distribution_positive' | 'distribution_probabilities';

/** How far probabilities may be from adding up to 1: three thirds written with nine digits still pass. */
const PROBABILITY_SLACK = 1e-8;

/** Says why there is no distribution with these numbers; undefined when there is one. */
export function findDistributionFault(
  distribution: v.InferOutput<typeof shape>,
): DistributionFault | undefined {
  switch (distribution.kind) {
    case 'interval': {
      if (distribution.low >= distribution.high) return 'distribution_order';
      return distribution.curve === 'lognormal' && distribution.low <= 0
        ? 'distribution_positive'
        : undefined;
    }
    case 'normal':
      return distribution.sd > 0 ? undefined : 'distribution_spread';
    case 'lognormal':
      if (distribution.mean <= 0) return 'distribution_positive';
      return distribution.sd > 0 ? undefined : 'distribution_spread';
    case 'triangular':
    case 'pert': {
      const { low, mode, high } = distribution;
      return low <= mode && mode <= high && low < high ? undefined : 'distribution_order';
    }
    case 'uniform':
      return distribution.low < distribution.high ? undefined : 'distribution_order';
    case 'discrete': {
      const total = distribution.outcomes.reduce((sum, { probability }) => sum + probability, 0);
      const isPossible = distribution.outcomes.every(
        ({ probability }) => probability > 0 && probability <= 1,
      );
      return isPossible && Math.abs(total - 1) <= PROBABILITY_SLACK
        ? undefined
        : 'distribution_probabilities';
    }
    case 'history':
      return undefined;
  }
}

export const distributionSchema = v.pipe(
  shape,
  v.check(
    (one) => findDistributionFault(one) === undefined,
    'low below high, a mode between them, a spread above zero, probabilities that add up to 1',
  ),
);
