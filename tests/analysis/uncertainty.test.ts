/** Spreads and probabilities against closed forms, within four standard errors; nothing that fails is lost. */
import { describe, expect, it } from 'vitest';
import { buildEngine, finish } from '#engine';
import type { Plan, Scenario } from '#plan';
import {
  PERCENTILES,
  runUncertainty,
  seededRandom,
  type SamplingMethod,
  type UncertaintyQuestion,
} from '#analysis';
import { aPlan, aScenario } from '#tests/builders';
import { normalScore, normalShare } from '../../src/analysis/chance/normal-curve.ts';
import { scoreCorrelation } from '../../src/analysis/chance/correlation.ts';

const SAMPLES = 20_000;

function ask(plan: Plan, overlay: Partial<Scenario>, question: Partial<UncertaintyQuestion> = {}) {
  return finish(
    runUncertainty(buildEngine(plan), aScenario(overlay), {
      random: seededRandom(7),
      samples: SAMPLES,
      ...question,
    }),
  );
}

function figuresOf(result: ReturnType<typeof ask>, line: string, period: number) {
  const found = result.cells.find((cell) => cell.line === line && cell.period === period)?.spread.figures;
  if (!found) throw new Error(`no figures for ${line} ${period}`);
  return found;
}

interface Expected {
  readonly mean: number;
  readonly sd: number;
  readonly quantile: (share: number) => number;
  /** Of the values, for the standard error of a quantile. */
  readonly density: (value: number) => number;
  /** Fourth central moment over the squared variance. */
  readonly kurtosis: number;
}

/** Holds figures to a closed form within four standard errors of plain chance, which no method of ours exceeds. */
function expectNear(
  found: ReturnType<typeof figuresOf>,
  { mean, sd, quantile, density, kurtosis }: Expected,
): void {
  expect(Math.abs(found.mean - mean)).toBeLessThan((4 * sd) / Math.sqrt(SAMPLES));
  // the standard error of a variance is σ² √((κ − 1) / n), of the deviation half of it over σ
  expect(Math.abs(found.sd - sd)).toBeLessThan(2 * sd * Math.sqrt((kurtosis - 1) / SAMPLES));
  PERCENTILES.forEach((share, index) => {
    const error = Math.sqrt((share * (1 - share)) / SAMPLES) / density(quantile(share));
    expect(Math.abs((found.percentiles[index] ?? NaN) - quantile(share))).toBeLessThan(4 * error);
  });
}

function normal(mean: number, sd: number): Expected {
  return {
    mean,
    sd,
    quantile: (share) => mean + sd * normalScore(share),
    density: (value) => Math.exp(-(((value - mean) / sd) ** 2) / 2) / (sd * Math.sqrt(2 * Math.PI)),
    kurtosis: 3,
  };
}

/** Takes mean and deviation of the logarithm. */
function lognormal(mu: number, sigma: number): Expected {
  const growth = Math.exp(sigma ** 2);
  return {
    mean: Math.exp(mu + sigma ** 2 / 2),
    sd: Math.sqrt(growth - 1) * Math.exp(mu + sigma ** 2 / 2),
    quantile: (share) => Math.exp(mu + sigma * normalScore(share)),
    density: (value) =>
      Math.exp(-(((Math.log(value) - mu) / sigma) ** 2) / 2) / (value * sigma * Math.sqrt(2 * Math.PI)),
    kurtosis: growth ** 4 + 2 * growth ** 3 + 3 * growth ** 2 - 3,
  };
}

const two = aPlan()
  .driver('a', '10')
  .driver('b', '20')
  .line('sum', {}, 'a + b')
  .line('product', {}, 'a * b')
  .line('fixed', {}, '5')
  .target('sum', 28, { direction: 'atMost' })
  .target('product', 150)
  .build();

describe.each<SamplingMethod>(['latin', 'sobol', 'random'])('by %s points', (method) => {
  it('the sum of two normals is normal', () => {
    const result = ask(
      two,
      { distributions: { a: { kind: 'normal', mean: 10, sd: 2 }, b: { kind: 'normal', mean: 20, sd: 3 } } },
      { method },
    );
    expectNear(figuresOf(result, 'sum', 2025), normal(30, Math.sqrt(13)));
  });

  it('the product of two lognormals is lognormal', () => {
    // 90 % intervals: the logarithms have the mean of the logarithms of the ends, and their distance over 2 · 1.645 as deviation
    const result = ask(
      two,
      {
        distributions: {
          a: { kind: 'interval', low: 5, high: 20, curve: 'lognormal' },
          b: { kind: 'interval', low: 10, high: 20, curve: 'lognormal' },
        },
      },
      { method },
    );
    const [first, second] = [Math.log(4), Math.log(2)].map((width) => width / (2 * 1.6448536269514722)) as [
      number,
      number,
    ];
    expectNear(
      figuresOf(result, 'product', 2025),
      lognormal(Math.log(10) + Math.log(200) / 2, Math.hypot(first, second)),
    );
  });

  it('correlated normals have the variance that the copula gives them', () => {
    const result = ask(
      two,
      {
        distributions: { a: { kind: 'normal', mean: 10, sd: 2 }, b: { kind: 'normal', mean: 20, sd: 3 } },
        correlations: [{ lines: ['a', 'b'], rank: -0.7 }],
      },
      { method },
    );
    expect(result.repair).toBeUndefined();
    expectNear(figuresOf(result, 'sum', 2025), normal(30, Math.sqrt(13 + 2 * scoreCorrelation(-0.7) * 6)));
  });

  it('a target’s probability is that of the closed form, within four of its standard errors', () => {
    const result = ask(
      two,
      { distributions: { a: { kind: 'normal', mean: 10, sd: 2 }, b: { kind: 'normal', mean: 20, sd: 3 } } },
      { method },
    );
    // the target is printed without decimals: 28.5 still shows as 28 rounded down, so the limit lies at 28.5
    const expected = normalShare((28.5 - 30) / Math.sqrt(13));
    const { share, standardError = NaN } = result.targets[0]?.met ?? { share: NaN };
    expect(Math.abs(share - expected)).toBeLessThan(4 * standardError);
    expect(standardError).toBeGreaterThan(0);
    // never much worse than chance alone; 16 batches know their error to about a fifth
    expect(standardError).toBeLessThan(2 * Math.sqrt((expected * (1 - expected)) / SAMPLES));
  });

  it('is the same for a seed, and another for another', () => {
    const overlay: Partial<Scenario> = { distributions: { a: { kind: 'normal', mean: 10, sd: 2 } } };
    const [first, second, other] = [1, 1, 2].map((seed) =>
      ask(two, overlay, { method, samples: 500, random: seededRandom(seed) }),
    );
    expect(second).toEqual(first);
    expect(other?.cells).not.toEqual(first?.cells);
  });
});

describe('over the periods', () => {
  const plan = aPlan()
    .driver('growth', '5%')
    .line('total', {}, 'SUM(growth[2021:t])')
    .line('log', {}, 'LN(growth)')
    .build();
  const distribution = { kind: 'normal', mean: 5, sd: 1 } as const;
  const run = (course: 'once' | 'each' | 'walk') =>
    ask(plan, { distributions: { growth: { ...distribution, course } } }, { method: 'sobol' });

  it('one draw for all periods adds up with itself', () => {
    expectNear(figuresOf(run('once'), 'total', 2025), normal(25, 5));
  });
  it('a draw of its own each period adds up in squares', () => {
    expectNear(figuresOf(run('each'), 'total', 2025), normal(25, Math.sqrt(5)));
  });
  it('a walk widens with the root of time', () => {
    const result = run('walk');
    expectNear(figuresOf(result, 'growth', 2021), normal(5, 1));
    expectNear(figuresOf(result, 'growth', 2025), normal(5, Math.sqrt(5)));
    // its sum: (5² + 4² + 3² + 2² + 1²) σ² = 55 σ²
    expectNear(figuresOf(result, 'total', 2025), normal(25, Math.sqrt(55)));
  });
  it('a lognormal walk multiplies', () => {
    const result = ask(plan, {
      distributions: { growth: { kind: 'interval', low: 1, high: 4, curve: 'lognormal', course: 'walk' } },
    });
    expectNear(
      figuresOf(result, 'log', 2025),
      normal(Math.log(2), (Math.log(4) / (2 * 1.6448536269514722)) * Math.sqrt(5)),
    );
  });
});

describe('what gives no number', () => {
  const plan = aPlan()
    .driver('x', '1')
    .line('root', {}, 'SQRT(x)')
    .line('after', {}, 'root + 1')
    .line('blank', {}, 'x > 0 ? nothing_yet : 1')
    .line('nothing_yet', {}, 'x[2018]')
    .target('root', -1, { direction: 'atLeast' })
    .build();
  const result = ask(plan, { distributions: { x: { kind: 'normal', mean: 0, sd: 1 } } });
  const spreadOf = (line: string) =>
    result.cells.find((cell) => cell.line === line && cell.period === 2025)?.spread;

  it('is counted: half of the roots fail, and everything after them', () => {
    const error = 4 * Math.sqrt(0.25 / SAMPLES);
    expect(Math.abs((spreadOf('root')?.failed ?? 0) / SAMPLES - 0.5)).toBeLessThan(error);
    expect(spreadOf('after')?.failed).toBe(spreadOf('root')?.failed);
    expect(result.failedSamples).toBe(spreadOf('root')?.failed);
    expect(result.failures).toContainEqual(
      expect.objectContaining({ code: '#NUM!', line: 'root', period: 2025 }),
    );
  });
  it('is counted where it is missing', () => {
    const blank = spreadOf('blank');
    expect((blank?.missing ?? 0) + (blank?.numbers ?? 0)).toBe(SAMPLES);
    expect(blank?.missing).toBe(SAMPLES - (spreadOf('root')?.failed ?? 0));
  });
  it('misses a target that every number would meet', () => {
    expect(result.targets[0]?.unknown).toBe(spreadOf('root')?.failed);
    expect(result.targets[0]?.met.share).toBe(1 - (spreadOf('root')?.failed ?? 0) / SAMPLES);
  });
  it('leaves the mean to the numbers: of √|x| given x > 0', () => {
    // E√Z for half a normal: 2^(1/4) Γ(3/4) / √π, Γ(3/4) = 1.2254167024651776
    const expected = (2 ** 0.25 * 1.2254167024651776) / Math.sqrt(Math.PI);
    expect(Math.abs((spreadOf('root')?.figures?.mean ?? NaN) - expected)).toBeLessThan(
      4 * (0.35 / Math.sqrt(SAMPLES / 2)),
    );
  });
});

describe('certainty', () => {
  it('without a distribution is the scenario itself, for all samples', () => {
    const result = ask(two, {});
    expect(figuresOf(result, 'sum', 2025)).toMatchObject({
      mean: 30,
      sd: 0,
      meanError: 0,
      percentiles: PERCENTILES.map(() => 30),
    });
    expect(result.cells.every(({ isFixed, spread }) => isFixed && spread.numbers === SAMPLES)).toBe(true);
    expect(result.targets.map(({ met }) => met)).toEqual([
      { share: 0, standardError: 0 },
      { share: 1, standardError: 0 },
    ]);
    expect(result.allMet).toEqual({ share: 0, standardError: 0 });
  });

  it('is not claimed where all samples merely agree', () => {
    const result = ask(
      two,
      { distributions: { a: { kind: 'normal', mean: 10, sd: 0.001 } } },
      { samples: 1000 },
    );
    // (1000 + 1) / (1000 + 2) by Laplace's rule
    const smoothed = 1001 / 1002;
    expect(result.targets[1]?.met).toEqual({
      share: 1,
      standardError: Math.sqrt((smoothed * (1 - smoothed)) / 1000),
    });
    expect(result.cells.find(({ line }) => line === 'fixed')?.isFixed).toBe(true);
  });

  it('of all targets together is that of their weakest where one decides both', () => {
    // sum = 20 + a at most 28.5 and product = 20 a at least 149.5: 7.475 ≤ a ≤ 8.5
    const result = ask(
      two,
      { distributions: { a: { kind: 'uniform', low: 0, high: 10 } } },
      { method: 'sobol' },
    );
    const { share, standardError = NaN } = result.allMet ?? { share: NaN };
    expect(Math.abs(share - 0.1025)).toBeLessThan(Math.max(4 * standardError, 1e-3));
  });
});

describe('how much', () => {
  it.each([0, 1.5, 1_000_001, 10_000_000])('%s samples are refused', (samples) => {
    expect(() => ask(two, {}, { samples })).toThrow('samples');
  });
  it.each([1, 2, 3, 33])('%s samples are answered', (samples) => {
    const result = ask(two, { distributions: { a: { kind: 'normal', mean: 10, sd: 2 } } }, { samples });
    expect(result.cells[0]?.spread.numbers).toBe(samples);
    expect(JSON.stringify(result)).not.toContain('null');
  });
  it('progress rises to 1, and a caller may stop', () => {
    const steps = runUncertainty(
      buildEngine(two),
      aScenario({ distributions: { a: { kind: 'normal', mean: 10, sd: 2 } } }),
      { random: seededRandom(1), samples: 5000 },
    );
    const shares: number[] = [];
    for (let step = steps.next(); !step.done; step = steps.next()) shares.push(step.value);
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.length).toBeGreaterThan(5);
  });
  it('percentiles of many samples come from sketches, within the error that is stated', () => {
    // 40 moving cells and more of 1,000,000 samples are more than are kept
    const lines = Array.from({ length: 8 }, (_, index) => index);
    const plan = lines
      .reduce((built, index) => built.line(`l${index}`, {}, `a * ${index + 1}`), aPlan().driver('a', '1'))
      .build();
    const result = ask(
      plan,
      { distributions: { a: { kind: 'normal', mean: 10, sd: 2 } } },
      { samples: 1_000_000, method: 'sobol' },
    );
    const figures = figuresOf(result, 'l2', 2025);
    expect(figures.percentileError).toBeGreaterThan(0);
    expect(figures.percentileError).toBeLessThan(0.05);
    PERCENTILES.forEach((share, index) => {
      expect(Math.abs((figures.percentiles[index] ?? NaN) - (30 + 6 * normalScore(share)))).toBeLessThan(
        figures.percentileError + 0.02,
      );
    });
    const { counts, below, above } = figures.histogram;
    expect(counts.reduce((sum, count) => sum + count, below + above)).toBeCloseTo(1_000_000, 3);
  });
});
