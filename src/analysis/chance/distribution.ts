/** The mathematics of distributions: mean, variance, and the value below which a share of the draws lies. */
import { exponential, exponentialMinusOne, logarithm, logarithmOfMore } from '#formula';
import type { Distribution } from '#plan';
import { buildBetaPlace } from './beta-curve.ts';
import { SCORE_95, normalScore, normalShare } from './normal-curve.ts';

/** A distribution whose numbers are known: what *from history* means has been looked up. */
export type KnownDistribution = Exclude<Distribution, { kind: 'history' }>;

/**
 * A distribution ready to draw from.
 *
 * Unit: of the line, percent as fraction; variance in its square.
 */
export interface Curve {
  readonly mean: number;
  readonly variance: number;
  /** The value below which a share (0 to 1, ends excluded) of the draws lies. */
  quantile(share: number): number;
  /** The value at a standard normal score: what a copula draws. */
  atScore(score: number): number;
  /** Centre and scale of a curve that is a straight or exponential image of the normal one. */
  readonly normal?: { readonly mean: number; readonly sd: number; readonly isLog: boolean };
}

/** Builds the curve of a distribution that has been checked. */
export function buildCurve(distribution: KnownDistribution): Curve {
  switch (distribution.kind) {
    case 'interval': {
      const { low, high, curve } = distribution;
      return curve === 'normal'
        ? normalCurve((low + high) / 2, (high - low) / (2 * SCORE_95))
        : lognormalCurve((logarithm(low) + logarithm(high)) / 2, logarithm(high / low) / (2 * SCORE_95));
    }
    case 'normal':
      return normalCurve(distribution.mean, distribution.sd);
    case 'lognormal': {
      const logVariance = logarithmOfMore(square(distribution.sd / distribution.mean));
      return lognormalCurve(logarithm(distribution.mean) - logVariance / 2, Math.sqrt(logVariance));
    }
    case 'triangular':
      return triangularCurve(distribution.low, distribution.mode, distribution.high);
    case 'pert':
      return pertCurve(distribution.low, distribution.mode, distribution.high);
    case 'uniform': {
      const { low, high } = distribution;
      return fromShares((low + high) / 2, square(high - low) / 12, (share) => low + share * (high - low));
    }
    case 'discrete':
      return discreteCurve(distribution.outcomes);
  }
}

/** A product has the same digits everywhere, which `**` is not bound to. */
function square(value: number): number {
  return value * value;
}

function fromShares(mean: number, variance: number, quantile: Curve['quantile']): Curve {
  return { mean, variance, quantile, atScore: (score) => quantile(normalShare(score)) };
}

function normalCurve(mean: number, sd: number): Curve {
  const atScore = (score: number) => mean + sd * score;
  const quantile = (share: number) => atScore(normalScore(share));
  return { mean, variance: square(sd), quantile, atScore, normal: { mean, sd, isLog: false } };
}

/** Takes mean and standard deviation of the logarithm. */
function lognormalCurve(mean: number, sd: number): Curve {
  const atScore = (score: number) => exponential(mean + sd * score);
  return {
    mean: exponential(mean + square(sd) / 2),
    variance: exponentialMinusOne(square(sd)) * exponential(2 * mean + square(sd)),
    quantile: (share) => atScore(normalScore(share)),
    atScore,
    normal: { mean, sd, isLog: true },
  };
}

function triangularCurve(low: number, mode: number, high: number): Curve {
  const width = high - low;
  const shareToMode = (mode - low) / width;
  const variance = (square(low) + square(mode) + square(high) - low * mode - low * high - mode * high) / 18;
  return fromShares((low + mode + high) / 3, variance, (share) =>
    share < shareToMode
      ? low + Math.sqrt(share * width * (mode - low))
      : high - Math.sqrt((1 - share) * width * (high - mode)),
  );
}

/** The beta distribution of project planning: the mode weighs four times as much as each end. */
function pertCurve(low: number, mode: number, high: number): Curve {
  const width = high - low;
  const mean = (low + 4 * mode + high) / 6;
  const place = buildBetaPlace(1 + (4 * (mode - low)) / width, 1 + (4 * (high - mode)) / width);
  return fromShares(mean, ((mean - low) * (high - mean)) / 7, (share) => low + width * place(share));
}

function discreteCurve(outcomes: readonly { readonly value: number; readonly probability: number }[]): Curve {
  const rising = outcomes.toSorted((a, b) => a.value - b.value);
  const mean = rising.reduce((sum, { value, probability }) => sum + value * probability, 0);
  const variance = rising.reduce(
    (sum, { value, probability }) => sum + probability * square(value - mean),
    0,
  );
  let total = 0;
  const upTo = rising.map(({ probability }) => (total += probability));
  return fromShares(mean, variance, (share) => {
    const at = upTo.findIndex((sum) => share < sum);
    // probabilities may add up to a little less than 1
    return (rising.at(at) as { value: number }).value;
  });
}
