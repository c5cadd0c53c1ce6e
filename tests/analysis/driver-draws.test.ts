/** What is drawn: achieved rank correlations, courses over the periods, and which cells a distribution decides. */
import { describe, expect, it } from 'vitest';
import { buildEngine } from '#engine';
import type { Correlation, Distribution, Scenario } from '#plan';
import { findUncertainDrivers, seededRandom } from '#analysis';
import { aPlan, aScenario } from '#tests/builders';
import { buildDraws } from '../../src/analysis/chance/driver-draws.ts';
import { buildPoints } from '../../src/analysis/chance/sampling.ts';

const COUNT = 10_000;

const plan = aPlan()
  .driver('a', '1')
  .driver('b', '1')
  .driver('c', '1')
  .driver('d', '1')
  .line('x', {}, 'a + b')
  .build();
const engine = buildEngine(plan);

function draw(distributions: Record<string, Distribution>, correlations: Correlation[] = []) {
  const found = findUncertainDrivers(engine, aScenario({ distributions, correlations }));
  const draws = buildDraws(found.drivers, found.correlations);
  const points = Array.from({ length: draws.dimensions }, () => new Float64Array(COUNT));
  buildPoints({ method: 'latin', dimensions: draws.dimensions, count: COUNT, random: seededRandom(11) }).fill(
    0,
    points,
  );
  const values = draws.moves.map(() => new Float64Array(COUNT));
  draws.fill(points, values);
  /** The draws of a line in a period; the move that covers it. */
  const of = (line: string, period = 2021) => {
    const move = draws.moves.findIndex(
      (one) => one.line === line && (one.from ?? 0) <= period && period <= (one.to ?? 0),
    );
    return values[move] as Float64Array;
  };
  return { draws, of };
}

function ranksOf(values: Float64Array): Float64Array {
  const ranks = new Float64Array(values.length);
  Array.from(values.keys())
    .sort((a, b) => (values[a] as number) - (values[b] as number))
    .forEach((index, rank) => (ranks[index] = rank));
  return ranks;
}

function correlate(a: Float64Array, b: Float64Array): number {
  const mean = (values: Float64Array) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [both, onlyA, onlyB] = [0, 0, 0];
  a.forEach((one, index) => {
    const [x, y] = [one - meanA, (b[index] as number) - meanB];
    both += x * y;
    onlyA += x * x;
    onlyB += y * y;
  });
  return both / Math.sqrt(onlyA * onlyB);
}

const rankCorrelate = (a: Float64Array, b: Float64Array) => correlate(ranksOf(a), ranksOf(b));
/** The standard error of a rank correlation is about (1 − ρ²) / √n; the largest, without correlation, is 1 / √n. */
const ERROR = 4 / Math.sqrt(COUNT);

const curves: Record<string, Distribution> = {
  a: { kind: 'normal', mean: 0, sd: 1 },
  b: { kind: 'interval', low: 1, high: 10, curve: 'lognormal' },
  c: { kind: 'uniform', low: 0, high: 1 },
  d: { kind: 'pert', low: 0, mode: 1, high: 9 },
};
const yearly = Object.fromEntries(
  Object.entries(curves).map(([line, one]) => [line, { ...one, course: 'each' as const }]),
);

describe('correlations', () => {
  const asked: Correlation[] = [
    { lines: ['a', 'b'], rank: 0.8 },
    { lines: ['c', 'a'], rank: -0.5 },
    { lines: ['d', 'c'], rank: 0.3 },
  ];
  it.each([
    ['of drivers drawn once', curves],
    ['of drivers drawn each period', yearly],
  ])('%s are achieved in ranks, whatever the curves', (_, distributions) => {
    const { of, draws } = draw(distributions, asked);
    expect(draws.repair).toBeUndefined();
    for (const period of [2021, 2025]) {
      for (const { lines, rank } of asked) {
        const found = rankCorrelate(of(lines[0], period), of(lines[1], period));
        expect(Math.abs(found - rank)).toBeLessThan(ERROR);
      }
      expect(Math.abs(rankCorrelate(of('b', period), of('d', period)))).toBeLessThan(ERROR);
    }
  });

  it('between periods are none where each is drawn by itself', () => {
    const { of } = draw(yearly, asked);
    expect(Math.abs(rankCorrelate(of('a', 2021), of('a', 2022)))).toBeLessThan(ERROR);
    expect(Math.abs(rankCorrelate(of('a', 2021), of('b', 2022)))).toBeLessThan(ERROR);
  });

  it('of one drawn once with one drawn each period are with its mean, and the same in every period', () => {
    const { of } = draw(
      { a: curves['a'] as Distribution, b: { kind: 'normal', mean: 0, sd: 1, course: 'each' } },
      [{ lines: ['a', 'b'], rank: 0.8 }],
    );
    const periods = [2021, 2022, 2023, 2024, 2025];
    const mean = new Float64Array(COUNT).map((_, index) =>
      periods.reduce((sum, period) => sum + (of('b', period)[index] as number), 0),
    );
    expect(Math.abs(rankCorrelate(of('a'), mean) - 0.8)).toBeLessThan(ERROR);
    // normal scores: r = 2 sin(π 0.8 / 6), over the root of five periods
    const score = (2 * Math.sin((Math.PI * 0.8) / 6)) / Math.sqrt(5);
    for (const period of periods)
      expect(Math.abs(correlate(of('a'), of('b', period)) - score)).toBeLessThan(ERROR);
    expect(Math.abs(correlate(of('b', 2021), of('b', 2023)))).toBeLessThan(ERROR);
  });

  it('that contradict each other are drawn as the nearest possible ones, and that is said', () => {
    const against: Correlation[] = [
      { lines: ['a', 'b'], rank: -0.9 },
      { lines: ['b', 'c'], rank: -0.9 },
      { lines: ['a', 'c'], rank: -0.9 },
    ];
    const { draws, of } = draw(curves, against);
    // three alike can go no lower than −1/2 in scores, (6/π) asin(1/4) = 0.4826 in ranks
    const lowest = -(6 / Math.PI) * Math.asin(0.25);
    expect(draws.repair?.used).toBeCloseTo(lowest, 6);
    expect(draws.repair?.largestChange).toBeCloseTo(0.9 + lowest, 6);
    expect(draws.repair?.asked).toBe(-0.9);
    expect(Math.abs(rankCorrelate(of('a'), of('b')) - lowest)).toBeLessThan(ERROR);
  });
});

it('a group uses no more coordinates than it has draws', () => {
  expect(draw(curves).draws.dimensions).toBe(4);
  expect(draw(yearly).draws.dimensions).toBe(20);
  expect(draw(curves, [{ lines: ['a', 'b'], rank: 0.1 }]).draws.dimensions).toBe(4);
  expect(
    draw({ ...curves, b: yearly['b'] as Distribution }, [{ lines: ['a', 'b'], rank: 0.1 }]).draws.dimensions,
  ).toBe(3 + 5);
});

describe('a distribution decides', () => {
  const known = aPlan()
    .driver('growth', '5%', { distribution: { kind: 'uniform', low: 0, high: 0.1 }, drives: 'loans' })
    .line('loans', { 2018: 80, 2019: 90, 2020: 100 }, 'loans[t-1] * (1 + growth)')
    .build();
  const knownEngine = buildEngine(known);
  const far: Scenario = { id: 'far', name: { zh: '远', en: 'far' } };
  const find = (near: Partial<Scenario>, base: Partial<Scenario> = {}) =>
    findUncertainDrivers(knownEngine, aScenario({ basedOn: 'far', ...near }), [{ ...far, ...base }]);
  const periodsOf = (...args: Parameters<typeof find>) => find(...args).drivers[0]?.periods;

  it.each<[string, Partial<Scenario>, Partial<Scenario>, number[] | undefined]>([
    ['all periods after the base', {}, {}, [2021, 2022, 2023, 2024, 2025]],
    ['not what has happened since', { actuals: { growth: { 2021: 0.03 } } }, {}, [2022, 2023, 2024, 2025]],
    [
      'not what happened, in a farther scenario either',
      {},
      { actuals: { growth: { 2021: 0.03 } } },
      [2022, 2023, 2024, 2025],
    ],
    [
      'not what a nearer scenario sets',
      { changes: [{ line: 'growth', from: 2023, set: 0.02 }] },
      {},
      [2021, 2022],
    ],
    ['nothing where a nearer lever is set', { changes: [{ line: 'growth', set: 0.02 }] }, {}, undefined],
    [
      'nothing where a nearer formula stands',
      { changes: [{ line: 'growth', formula: '4%' }] },
      {},
      undefined,
    ],
    [
      'more than a farther lever',
      { distributions: { growth: { kind: 'normal', mean: 0, sd: 1 } } },
      { changes: [{ line: 'growth', set: 0.02 }] },
      [2021, 2022, 2023, 2024, 2025],
    ],
    [
      'not a single period of its own scenario',
      { distributions: { growth: { kind: 'normal', mean: 0, sd: 1 } }, values: { growth: { 2022: 0.5 } } },
      {},
      [2021, 2023, 2024, 2025],
    ],
    [
      'not where a nearer growth goes on from before',
      { changes: [{ line: 'growth', from: 2024, growth: 0.1 }] },
      {},
      [2021, 2022, 2023],
    ],
  ])('%s', (_, near, base, periods) => expect(periodsOf(near, base)).toEqual(periods));

  it('what a nearer scenario then adds to or scales', () => {
    const { drivers } = find({
      changes: [
        { line: 'growth', from: 2025, add: 1 },
        { line: 'growth', from: 2025, scale: 10 },
      ],
    });
    const draws = buildDraws(drivers, []);
    const values = draws.moves.map(() => new Float64Array(1));
    draws.fill([Float64Array.of(0.5)], values);
    expect(draws.moves).toHaveLength(5);
    expect(values.map((one) => one[0])).toEqual([0.05, 0.05, 0.05, 0.05, 10.5]);
  });

  it('from the nearest scenario that gives one', () => {
    const near = find(
      { distributions: { growth: { kind: 'normal', mean: 1, sd: 2 } } },
      { distributions: { growth: { kind: 'normal', mean: 3, sd: 4 } } },
    );
    expect(near.drivers[0]?.distribution).toEqual({ kind: 'normal', mean: 1, sd: 2 });
  });

  it('by what was observed, where history is asked for', () => {
    // 80 → 90 → 100: growth of 12.5 % and 11.1 %: two rates say nothing about a spread
    expect(find({ distributions: { growth: { kind: 'history' } } }).problems).toMatchObject([
      { code: 'history_too_short', args: { found: 2, needed: 3 } },
    ]);
    const longer = aPlan()
      .periods(2015, 2020, 2025)
      .driver('growth', '5%', { drives: 'loans' })
      .driver('other', '5%', { drives: 'loans' })
      .driver('alone', '5%')
      .line(
        'loans',
        { 2016: 100, 2017: 110, 2018: 132, 2019: 171.6, 2020: 180.18 },
        'loans[t-1] * (1 + growth)',
      )
      .line('later', {}, 'loans')
      .build();
    const scenario = aScenario({
      distributions: { growth: { kind: 'history', course: 'each' }, alone: { kind: 'history' } },
      changes: [{ line: 'other', set: 0.06 }],
    });
    const found = findUncertainDrivers(buildEngine(longer), scenario);
    // rates 10 %, 20 %, 30 %, 5 %: mean 16.25 %, squares 39.0625 + 14.0625 + 189.0625 + 126.5625 = 368.75 over 3
    expect(found.drivers[0]?.curve.mean).toBeCloseTo(0.1625, 12);
    expect(found.drivers[0]?.curve.variance).toBeCloseTo(368.75e-4 / 3, 12);
    expect(found.problems.map(({ code }) => code)).toEqual(['history_nothing_driven']);
    const elsewhere = findUncertainDrivers(
      buildEngine(longer),
      aScenario({ distributions: { other: { kind: 'history' } }, changes: [{ line: 'other', set: 0.06 }] }),
    );
    expect(elsewhere.problems.map(({ code }) => code)).toEqual(['history_not_growth']);
  });

  it('or a problem says why not', () => {
    const scenario = aScenario({
      distributions: {
        nowhere: { kind: 'uniform', low: 0, high: 1 },
        x: { kind: 'uniform', low: 0, high: 1 },
        a: { kind: 'uniform', low: 0, high: 1 },
      },
      correlations: [
        { lines: ['a', 'b'], rank: 0.5 },
        { lines: ['a', 'a'], rank: 1 },
      ],
    });
    const { problems, drivers, correlations } = findUncertainDrivers(engine, scenario);
    expect(problems.map(({ code }) => code).toSorted()).toEqual([
      'uncertain_correlation_self',
      'uncertain_correlation_unused',
      'uncertain_not_driver',
      'uncertain_unknown_line',
    ]);
    expect(drivers.map(({ line }) => line)).toEqual(['a']);
    expect(correlations).toEqual([]);
  });
});
