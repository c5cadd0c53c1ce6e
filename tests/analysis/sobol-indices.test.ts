/** Sobol' indices against functions whose indices are known in closed form. */
import { describe, expect, it } from 'vitest';
import { buildEngine, finish } from '#engine';
import type { Plan, Scenario } from '#plan';
import { findSobolIndices, seededRandom, type CellIndices, type VarianceShare } from '#analysis';
import { aPlan, aScenario } from '#tests/builders';

function ask(plan: Plan, overlay: Partial<Scenario>, points = 4096): CellIndices {
  const cells = [{ line: 'y', period: 2025 }];
  const [found] = finish(
    findSobolIndices(buildEngine(plan), aScenario(overlay), { random: seededRandom(5), cells, points }),
  );
  if (!found) throw new Error('no answer');
  return found;
}

/** Within four of its standard errors, and that error small enough to say something. */
function expectShare({ share, standardError = NaN }: VarianceShare, expected: number): void {
  expect(Math.abs(share - expected)).toBeLessThan(4 * standardError + 1e-9);
  expect(standardError).toBeLessThan(0.02);
}

function byLine({ groups = [] }: CellIndices) {
  return new Map(groups.map((group) => [group.lines.join(' '), group]));
}

/** The sine as its series to x¹⁹: off by less than 3e-9 between −π and π. */
function sine(x: string): string {
  const terms = Array.from({ length: 10 }, (_, k) => {
    const power = 2 * k + 1;
    const factorial = Array.from({ length: power }, (_, index) => index + 1).reduce(
      (product, one) => product * one,
      1,
    );
    return `${k % 2 === 0 ? '+' : '-'} ${x} ^ ${power} / ${factorial}`;
  });
  return `(0 ${terms.join(' ')})`;
}

it('are those of Ishigami’s function', () => {
  // sin x₁ + 7 sin² x₂ + 0.1 x₃⁴ sin x₁, each uniform between −π and π
  const plan = aPlan()
    .driver('x1', '0')
    .driver('x2', '0')
    .driver('x3', '0')
    .line('y', {}, `${sine('x1')} + 7 * ${sine('x2')} ^ 2 + 0.1 * x3 ^ 4 * ${sine('x1')}`)
    .build();
  const angle = { kind: 'uniform', low: -Math.PI, high: Math.PI } as const;
  const found = ask(plan, { distributions: { x1: angle, x2: angle, x3: angle } });
  // Ishigami and Homma 1990: V = a²/8 + bπ⁴/5 + b²π⁸/18 + 1/2 with a = 7, b = 0.1
  const [a, b] = [7, 0.1];
  const first1 = 0.5 * (1 + (b * Math.PI ** 4) / 5) ** 2;
  const first2 = a ** 2 / 8;
  const both13 = b ** 2 * Math.PI ** 8 * (1 / 18 - 1 / 50);
  const variance = first1 + first2 + both13;
  expect(variance).toBeCloseTo(13.8446, 4);
  expect(Math.abs(found.variance / variance - 1)).toBeLessThan(0.01);
  const indices = byLine(found);
  const [x1, x2, x3] = ['x1', 'x2', 'x3'].map((line) => indices.get(line));
  if (!x1 || !x2 || !x3) throw new Error('a driver is not there');
  expectShare(x1.first, first1 / variance);
  expectShare(x1.total, (first1 + both13) / variance);
  expectShare(x2.first, first2 / variance);
  expectShare(x2.total, first2 / variance);
  expectShare(x3.first, 0);
  expectShare(x3.total, both13 / variance);
});

describe('of simple plans', () => {
  const sum = aPlan()
    .driver('a', '1')
    .driver('b', '1')
    .driver('c', '1')
    .line('y', {}, '3 * a + 4 * b')
    .build();
  const unit = { kind: 'normal', mean: 1, sd: 1 } as const;

  it('are shares of variance where effects add up, and zero for what has none', () => {
    const found = ask(sum, { distributions: { a: unit, b: unit, c: unit } });
    const indices = byLine(found);
    expect(Math.abs(found.variance / 25 - 1)).toBeLessThan(0.01);
    for (const kind of ['first', 'total'] as const) {
      expectShare(indices.get('a')?.[kind] ?? { share: NaN }, 9 / 25);
      expectShare(indices.get('b')?.[kind] ?? { share: NaN }, 16 / 25);
      expect(indices.get('c')?.[kind]).toEqual({ share: 0, standardError: 0 });
    }
  });

  it('are whole for what alone has an effect, however few the points', () => {
    const alone = aPlan().driver('a', '1').driver('b', '1').line('y', {}, 'a ^ 2').build();
    const indices = byLine(ask(alone, { distributions: { a: unit, b: unit } }, 64));
    for (const kind of ['first', 'total'] as const) {
      expect(indices.get('a')?.[kind]).toEqual({ share: 1, standardError: 0 });
      expect(indices.get('b')?.[kind]).toEqual({ share: 0, standardError: 0 });
    }
  });

  it('tell what drivers do alone from what they do together', () => {
    // y = a b with means 2 and 3 and deviations 1: V = 2² + 3² + 1 = 14; a alone 9, b alone 4, together 1
    const product = aPlan().driver('a', '1').driver('b', '1').line('y', {}, 'a * b').build();
    const indices = byLine(
      ask(product, { distributions: { a: { ...unit, mean: 2 }, b: { ...unit, mean: 3 } } }),
    );
    expectShare(indices.get('a')?.first ?? { share: NaN }, 9 / 14);
    expectShare(indices.get('a')?.total ?? { share: NaN }, 10 / 14);
    expectShare(indices.get('b')?.first ?? { share: NaN }, 4 / 14);
    expectShare(indices.get('b')?.total ?? { share: NaN }, 5 / 14);
  });

  it('belong to a driver over all its periods', () => {
    const plan = aPlan().driver('a', '1').driver('b', '1').line('y', {}, 'SUM(a[2021:t]) + b').build();
    // five draws of a, one of b: 5 and 1 of 6
    const indices = byLine(ask(plan, { distributions: { a: { ...unit, course: 'each' }, b: unit } }));
    expectShare(indices.get('a')?.total ?? { share: NaN }, 5 / 6);
    expectShare(indices.get('b')?.first ?? { share: NaN }, 1 / 6);
  });

  it('are one for drivers that move together', () => {
    const found = ask(sum, {
      distributions: { a: unit, b: unit, c: unit },
      correlations: [{ lines: ['c', 'a'], rank: 0.9 }],
    });
    expect(found.groups?.map(({ lines }) => lines)).toEqual([['a', 'c'], ['b']]);
    expectShare(byLine(found).get('a c')?.first ?? { share: NaN }, 9 / 25);
  });
});

it('are absent where nothing varies, and points that fail are counted', () => {
  const plan = aPlan().driver('a', '1').driver('b', '2').line('y', {}, 'SQRT(a)').build();
  expect(ask(plan, { distributions: { b: { kind: 'uniform', low: 0, high: 1 } } })).toEqual({
    line: 'y',
    period: 2025,
    variance: 0,
    leftOut: 0,
  });
  expect(ask(plan, {})).toEqual({ line: 'y', period: 2025, variance: 0, leftOut: 0 });
  // a point needs both draws and both mixtures of them: all above zero in one of four
  const half = ask(plan, { distributions: { a: { kind: 'uniform', low: -1, high: 1 } } });
  expect(Math.abs(half.leftOut - 0.75)).toBeLessThan(0.01);
  expect(half.groups?.[0]?.total.share).toBe(1);
});
