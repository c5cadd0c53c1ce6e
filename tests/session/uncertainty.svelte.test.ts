/** Uncertainty: probabilities and spreads against closed forms, typed distributions, the first guess, and nothing of older inputs. */
import { flushSync } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import type { Distribution } from '#plan';
import {
  applyFirstGuess,
  chooseCourse,
  typedDistribution,
  endPair,
  enterDistribution,
  findFirstGuess,
  listPairs,
} from '#session';
import { aPlan } from '#tests/builders';
import { loadPlan, planIds } from '#tests/plans';
import { openSession } from '#tests/sessions';

const lever = { min: 0, max: 100, step: 1 };

/** `sum` and `product` of two drivers; the probability that the sum reaches 33 and the product 250. */
const plan = aPlan()
  .driver('a', '10', { lever })
  .driver('b', '20', { lever })
  .line('sum', {}, 'a + b', { decimals: 1 })
  .line('product', {}, 'a * b', { decimals: 1 })
  .target('sum', 33)
  .target('product', 250)
  .build();

async function opened(said: Readonly<Record<string, Distribution>> = {}) {
  const { session, time } = await openSession(plan);
  for (const [line, distribution] of Object.entries(said)) session.setDistribution(line, distribution);
  session.select('sum', 2025);
  const { uncertainty } = session;
  const stop = $effect.root(() => {
    $effect(() => uncertainty.spreads.follow());
    $effect(() => uncertainty.indices.follow());
  });
  flushSync();
  return { session, uncertainty, time, stop };
}

const normals = {
  a: { kind: 'normal', mean: 10, sd: 3 },
  b: { kind: 'normal', mean: 20, sd: 4 },
} as const;

describe('probabilities', () => {
  it('are those of a sum of normals', async () => {
    const { uncertainty, stop } = await opened(normals);
    await vi.waitFor(() => expect(uncertainty.chanceRun).toBeDefined());
    const met = uncertainty.chanceRun?.targets[0]?.met;
    // a + b is normal with mean 30 and deviation 5: P(a + b ≥ 33) = 1 − Φ(0.6) = 0.274253. A target is met at its printed
    // precision, 33 from 32.5 on: 1 − Φ(0.5) = 0.308538
    expect(Math.abs((met?.share ?? 0) - 0.308538)).toBeLessThan(4 * (met?.standardError ?? 0));
    expect(met?.standardError).toBeLessThan(0.005);
    stop();
  });

  it('are those of a product of lognormals', async () => {
    const { uncertainty, stop } = await opened({
      a: { kind: 'lognormal', mean: 10, sd: 3 },
      b: { kind: 'lognormal', mean: 20, sd: 4 },
    });
    await vi.waitFor(() => expect(uncertainty.chanceRun).toBeDefined());
    const met = uncertainty.chanceRun?.targets[1]?.met;
    // log a: variance ln(1 + 0.09) = 0.0861777, mean ln 10 − 0.0430888; log b: ln(1 + 0.04) = 0.0392207, ln 20 − 0.0196104;
    // log(ab): mean 5.2983174 − 0.0626992 = 5.2356182, deviation √0.1253984 = 0.3541164;
    // ln 249.5 = 5.5194590, z = 0.2838408 / 0.3541164 = 0.8015466, 1 − Φ(z) = 0.211407
    expect(Math.abs((met?.share ?? 0) - 0.211407)).toBeLessThan(4 * (met?.standardError ?? 0));
    stop();
  });

  it('put a target at risk between 20 % and 80 %, met or missed by the projection', async () => {
    const { session, uncertainty, stop } = await opened();
    expect(session.targets.map(({ status }) => status)).toEqual(['missed', 'missed']);
    session.setDistribution('a', normals.a);
    session.setDistribution('b', normals.b);
    flushSync();
    await vi.waitFor(() => expect(uncertainty.chanceRun).toBeDefined());
    // 31 % and, by hand above for lognormals, about 20 %: the first is surely inside
    expect(session.targets[0]?.status).toBe('atRisk');
    session.setDistribution('a', { kind: 'normal', mean: 10, sd: 0.1 });
    session.setDistribution('b', { kind: 'normal', mean: 20, sd: 0.1 });
    flushSync();
    await vi.waitFor(() => expect(uncertainty.chanceRun?.targets[0]?.met.share).toBe(0));
    expect(session.targets[0]?.status).toBe('missed');
    stop();
  });

  it('belong to the inputs of now: none while a lever moves, none where nothing is uncertain', async () => {
    const { session, uncertainty, stop } = await opened({ a: normals.a });
    await vi.waitFor(() => expect(uncertainty.chanceRun).toBeDefined());
    session.moveLever('b', 25, true);
    expect(uncertainty.chanceRun).toBeUndefined();
    expect(uncertainty.isUncertain).toBe(true);
    session.moveLever('b', 25);
    flushSync();
    await vi.waitFor(() => expect(uncertainty.chanceRun).toBeDefined());
    // a + 25 ≥ 32.5: 1 − Φ(−2.5 / 3) = 0.797672
    expect(uncertainty.chanceRun?.targets[0]?.met.share).toBeCloseTo(0.7977, 2);
    session.setDistribution('a', null);
    expect([uncertainty.isUncertain, uncertainty.chanceRun, uncertainty.knownChances]).toEqual([
      false,
      undefined,
      undefined,
    ]);
    stop();
  });
});

describe('the spread of the subject', () => {
  it('has the mean, the deviation and the percentiles of the closed form', async () => {
    const { uncertainty, stop } = await opened(normals);
    await vi.waitFor(() => expect(uncertainty.spreads.answer).toBeDefined());
    const cell = uncertainty.spreads.answer?.cells.find(({ period }) => period === 2025);
    const figures = cell?.spread.figures;
    expect(figures?.meanError).toBeLessThan(0.1);
    expect(Math.abs((figures?.mean ?? 0) - 30)).toBeLessThan(4 * (figures?.meanError ?? 0) + 1e-9);
    expect(figures?.sd).toBeCloseTo(5, 0);
    // 30 ± 5 · 1.644854
    expect(figures?.percentiles[0]).toBeCloseTo(21.776, 0);
    expect(figures?.percentiles.at(-1)).toBeCloseTo(38.224, 0);
    stop();
  });

  it('comes from its drivers as their variances say', async () => {
    const { uncertainty, stop } = await opened(normals);
    await vi.waitFor(() => expect(uncertainty.indices.answer).toBeDefined());
    const groups = uncertainty.indices.answer?.[0]?.groups ?? [];
    // 9 and 16 of 25
    const shareOf = (line: string) => groups.find(({ lines }) => lines[0] === line)?.first.share ?? NaN;
    expect(shareOf('a')).toBeCloseTo(0.36, 1);
    expect(shareOf('b')).toBeCloseTo(0.64, 1);
    stop();
  });

  it('is run with a million samples only when that is asked for', async () => {
    const { session, uncertainty, stop } = await opened(normals);
    uncertainty.chooseSamples(1_000_000);
    flushSync();
    await vi.waitFor(() => expect(uncertainty.spreads.answer?.samples).toBe(100_000));
    expect(uncertainty.isWholeRunOffered).toBe(true);
    uncertainty.runAll();
    flushSync();
    expect(uncertainty.spreads.isRunning).toBe(true);
    uncertainty.spreads.cancel();
    expect([uncertainty.spreads.isCancelled, uncertainty.spreads.answer]).toEqual([true, undefined]);
    // other inputs begin with what is run at once
    session.moveLever('b', 30);
    flushSync();
    expect(uncertainty.isWholeRunOffered).toBe(true);
    stop();
  });

  it('has another draw with another seed, and refuses what is no seed', async () => {
    const { uncertainty, stop } = await opened(normals);
    await vi.waitFor(() => expect(uncertainty.spreads.answer).toBeDefined());
    const meanOf = () => uncertainty.spreads.answer?.cells[0]?.spread.figures?.sd;
    const before = meanOf();
    expect([uncertainty.setSeed('7.5'), uncertainty.setSeed('4294967296'), uncertainty.seed]).toEqual([
      false,
      false,
      2021,
    ]);
    expect(uncertainty.setSeed(' 7 ')).toBe(true);
    flushSync();
    await vi.waitFor(() => expect([undefined, before]).not.toContain(meanOf()));
    stop();
  });
});

describe('a typed distribution', () => {
  it('is read, shown without its course, and taken back by an empty text', async () => {
    const { session, uncertainty, stop } = await opened();
    expect(enterDistribution(session, 'a', '8 to 12 each year')).toBeUndefined();
    expect(session.distributionOf('a')?.distribution).toEqual({
      kind: 'interval',
      low: 8,
      high: 12,
      curve: 'normal',
      course: 'each',
    });
    expect(typedDistribution(session, 'a', 'en')).toBe('8 to 12');
    // another text keeps the course that was chosen
    enterDistribution(session, 'a', 'uniform(8, 12)');
    expect(session.distributionOf('a')?.distribution).toMatchObject({ kind: 'uniform', course: 'each' });
    chooseCourse(session, 'a', 'walk');
    expect(session.distributionOf('a')?.distribution).toMatchObject({ kind: 'uniform', course: 'walk' });
    // uniform from 8 to 12: 5 % and 95 % at 8.2 and 11.8
    expect(uncertainty.drawn('a')?.low).toBeCloseTo(8.2, 12);
    expect(uncertainty.drawn('a')?.high).toBeCloseTo(11.8, 12);
    enterDistribution(session, 'a', '  ');
    expect([session.distributionOf('a'), uncertainty.drawn('a')]).toEqual([undefined, undefined]);
    stop();
  });

  it('is refused with its reason, and nothing changes', async () => {
    const { session, stop } = await opened();
    expect(enterDistribution(session, 'a', '12 to 8')?.code).toBe('distribution_order');
    expect(enterDistribution(session, 'a', 'perhaps')?.code).toBe('distribution_expected');
    expect(session.canUndo).toBe(false);
    stop();
  });
});

describe('a first guess', () => {
  const grown = aPlan()
    .periods(2015, 2020, 2025)
    .driver('growth', '10%', { unit: '%', lever: { min: 0, max: 0.2, step: 0.005 }, drives: 'loans' })
    .driver('share', '50%', { unit: '%', lever: { min: 0.2, max: 0.8, step: 0.01 } })
    .driver('rising', '1% * (PERIODYEAR(t) - 2020)', { unit: '%' })
    // growth of 10 %, 20 %, 30 %: mean 20 %, deviation 10 %
    .line('loans', { 2017: 100, 2018: 110, 2019: 132, 2020: 171.6 }, 'loans[t-1] * (1 + growth)')
    .build();

  it('lies around the present levels: as history varied, else a tenth of the range; one step of undo', async () => {
    const { session } = await openSession(grown);
    const guess = findFirstGuess(session);
    expect(
      [guess.fromHistory, guess.fromRange, guess.varying].map((lines) => lines.map(({ id }) => id)),
    ).toEqual([['growth'], ['share'], ['rising']]);
    applyFirstGuess(session);
    expect(session.distributionOf('growth')?.distribution).toEqual({ kind: 'normal', mean: 0.1, sd: 0.1 });
    expect(session.distributionOf('share')?.distribution).toMatchObject({ low: 0.44, high: 0.56 });
    expect(session.distributionOf('rising')).toBeUndefined();
    session.undo();
    expect([session.distributionOf('growth'), session.canUndo]).toEqual([undefined, false]);
  });
});

it.each(planIds)('a first guess is taken whole and reads back in the plan %s', async (id) => {
  const { session } = await openSession(loadPlan(id));
  const { fromHistory, fromRange } = findFirstGuess(session);
  applyFirstGuess(session);
  for (const { id: line } of [...fromHistory, ...fromRange]) {
    const text = typedDistribution(session, line, 'zh');
    const before = session.distributionOf(line)?.distribution;
    expect(text).not.toMatch(/\d{9}/);
    expect(enterDistribution(session, line, text)).toBeUndefined();
    expect(session.distributionOf(line)?.distribution).toEqual(before);
  }
  session.undo();
  expect([session.uncertainty.isUncertain, session.canUndo]).toEqual([false, false]);
});

describe('drivers that move together', () => {
  it('are listed once, and end as their origin asks for', async () => {
    const { session, stop } = await opened(normals);
    session.setCorrelation('b', 'a', 0.6);
    expect(listPairs(session)).toEqual([{ lines: ['a', 'b'], rank: 0.6 }]);
    endPair(session, ['a', 'b']);
    expect([listPairs(session), session.scenario.correlations]).toEqual([[], undefined]);
    session.setCorrelation('a', 'b', 0.5);
    session.addScenario();
    endPair(session, ['a', 'b']);
    expect([listPairs(session), session.scenario.correlations?.[0]?.rank]).toEqual([[], 0]);
    stop();
  });
});
