/** Means, variances and quantiles against closed forms and scipy 1.17 (`stats`), and the two ways to draw against each other. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPlan, readScenario, type Distribution } from '#plan';
import { buildCurve, type KnownDistribution } from '#analysis';
import { aPlan, aScenario } from '#tests/builders';
import { normalScore } from '../../src/analysis/chance/normal-curve.ts';

interface Known {
  readonly distribution: KnownDistribution;
  readonly mean: number;
  readonly variance: number;
  /** At 5 %, 50 % and 95 %. */
  readonly quantiles: readonly [number, number, number];
}

const known: readonly Known[] = [
  {
    distribution: { kind: 'interval', low: 0.02, high: 0.06, curve: 'normal' },
    mean: 0.04,
    variance: (0.02 / 1.6448536269514722) ** 2,
    quantiles: [0.02, 0.04, 0.06],
  },
  {
    // the median is the geometric mean of the ends
    distribution: { kind: 'interval', low: 100, high: 400, curve: 'lognormal' },
    mean: 218.5703320162492,
    variance: 9283.474390845442,
    quantiles: [100, 200, 400],
  },
  {
    distribution: { kind: 'normal', mean: 3, sd: 2 },
    mean: 3,
    variance: 4,
    quantiles: [3 - 2 * 1.6448536269514722, 3, 3 + 2 * 1.6448536269514722],
  },
  {
    distribution: { kind: 'lognormal', mean: 100, sd: 20 },
    mean: 100,
    variance: 400,
    quantiles: [70.79648819726276, 98.05806756909209, 135.81725393769452],
  },
  {
    distribution: { kind: 'triangular', low: 1, mode: 3, high: 8 },
    mean: 4,
    variance: 39 / 18,
    quantiles: [1.8366600265340756, 3.8166998673296226, 6.677124344467704],
  },
  {
    distribution: { kind: 'pert', low: 2, mode: 4, high: 7 },
    mean: 25 / 6,
    // (25/6 − 2)(7 − 25/6) / 7
    variance: 221 / 252,
    quantiles: [2.696402269413804, 4.127354010011499, 5.772257997195449],
  },
  {
    distribution: { kind: 'uniform', low: 1, high: 4 },
    mean: 2.5,
    variance: 0.75,
    quantiles: [1.15, 2.5, 3.85],
  },
  {
    // 0.2 · 1 + 0.5 · 2 + 0.3 · 5 = 2.7; 0.2 · 1.7² + 0.5 · 0.7² + 0.3 · 2.3²
    distribution: {
      kind: 'discrete',
      outcomes: [
        { value: 5, probability: 0.3 },
        { value: 1, probability: 0.2 },
        { value: 2, probability: 0.5 },
      ],
    },
    mean: 2.7,
    variance: 2.41,
    quantiles: [1, 2, 5],
  },
];

describe.each(known)('$distribution', ({ distribution, mean, variance, quantiles }) => {
  const curve = buildCurve(distribution);
  it('has its mean and variance', () => {
    expect(Math.abs(curve.mean / mean - 1)).toBeLessThan(1e-13);
    expect(Math.abs(curve.variance / variance - 1)).toBeLessThan(1e-13);
  });
  it('has its quantiles', () => {
    [0.05, 0.5, 0.95].forEach((share, index) => {
      expect(Math.abs(curve.quantile(share) / (quantiles[index] as number) - 1)).toBeLessThan(1e-9);
    });
  });
  it('has the mean and variance of its quantiles', () => {
    // midpoint rule over the shares: the integral of the quantile function is the mean, of its square the second moment
    const steps = 200_000;
    const values = Array.from({ length: steps }, (_, index) => curve.quantile((index + 0.5) / steps));
    const found = values.reduce((sum, value) => sum + value, 0) / steps;
    const spread = values.reduce((sum, value) => sum + (value - found) ** 2, 0) / steps;
    expect(Math.abs(found - mean) / Math.sqrt(variance)).toBeLessThan(1e-4);
    // the outermost steps of an unbounded curve miss about a thousandth of its square
    expect(Math.abs(spread / variance - 1)).toBeLessThan(2e-3);
  });
  it('draws the same from a share and from its score', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), (share) => {
        // a step of a discrete one may fall on either side
        fc.pre(distribution.kind !== 'discrete' || [0.2, 0.7].every((step) => Math.abs(share - step) > 1e-9));
        expect(curve.atScore(normalScore(share))).toBeCloseTo(curve.quantile(share), 8);
      }),
    );
  });
});

describe('in a document', () => {
  const plan = () =>
    aPlan().driver('growth', '10%').line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)').build();
  const withDistribution = (distribution: unknown) => ({
    ...plan(),
    lines: plan().lines.map((line) => (line.id === 'growth' ? { ...line, distribution } : line)),
  });

  it.each<[Distribution]>([
    [{ kind: 'interval', low: 0.02, high: 0.06, curve: 'normal', course: 'each' }],
    [{ kind: 'history' }],
    [
      {
        kind: 'discrete',
        outcomes: [
          { value: 0, probability: 1 / 3 },
          { value: 1, probability: 2 / 3 },
        ],
      },
    ],
  ])('%j is kept', (distribution) => {
    const read = readPlan(withDistribution(distribution));
    expect(read.ok && read.value.lines[0]?.distribution).toEqual(distribution);
  });

  it.each([
    [{ kind: 'interval', low: 6, high: 2, curve: 'normal' }],
    [{ kind: 'interval', low: 0, high: 2, curve: 'lognormal' }],
    [{ kind: 'normal', mean: 1, sd: 0 }],
    [{ kind: 'lognormal', mean: -1, sd: 1 }],
    [{ kind: 'pert', low: 1, mode: 0, high: 2 }],
    [{ kind: 'triangular', low: 1, mode: 1, high: 1 }],
    [{ kind: 'uniform', low: 1, high: 1 }],
    [{ kind: 'discrete', outcomes: [{ value: 1, probability: 0.5 }] }],
    [{ kind: 'discrete', outcomes: [] }],
    [{ kind: 'cauchy' }],
    [{ kind: 'history', course: 'sometimes' }],
  ])('%j is refused', (distribution) => {
    const read = readPlan(withDistribution(distribution));
    expect(read.ok ? [] : read.problems.map(({ code }) => code)).toContain('plan_shape');
  });

  it('a scenario carries its own, and correlations', () => {
    const scenario = aScenario({
      distributions: { growth: { kind: 'uniform', low: 0, high: 0.1 } },
      correlations: [{ lines: ['growth', 'loans'], rank: 0.5 }],
    });
    const read = readScenario(scenario, plan());
    expect(read.ok && read.value).toEqual(scenario);
  });
});
