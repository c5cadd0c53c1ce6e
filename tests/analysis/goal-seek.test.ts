/** One driver for one target: on lines whose answers are known in closed form. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildEngine } from '#engine';
import { aPlan, aScenario } from '#tests/builders';
import { searchGoal, seekGoal, type GoalSeek } from '../../src/analysis/reach/goal-seek.ts';

const X = 'x';

/** Seeks on one line over a driver that stands at `present` and may go from −1 to 1. */
function seek(formula: string, value: number, { present = '0.1', min = -1, max = 1 } = {}): GoalSeek {
  const plan = aPlan().driver(X, present).line('y', {}, formula).build();
  return seekGoal(buildEngine(plan), {
    scenario: aScenario(),
    scenarios: plan.scenarios,
    lever: { line: X, min, max },
    cell: { line: 'y', period: 2025 },
    value,
  });
}

function levelsOf(result: GoalSeek): number[] {
  if (result.kind !== 'found') throw new Error(result.kind);
  return result.roots.map(({ from }) => from);
}

describe('a goal seek finds', () => {
  it('both roots of x² = 0.25 and takes the nearer one', () => {
    const result = seek('x ^ 2', 0.25);
    expect(levelsOf(result)).toEqual([expect.closeTo(-0.5, 12), expect.closeTo(0.5, 12)]);
    expect(result).toMatchObject({
      level: expect.closeTo(0.5, 12) as number,
      present: 0.1,
      shift: expect.closeTo(0.4, 12) as number,
    });
    expect(seek('x ^ 2', 0.25, { present: '-0.1' })).toMatchObject({
      level: expect.closeTo(-0.5, 12) as number,
    });
  });

  it('the growth that reaches 150 from 100 in five years: 1.5^(1/5) − 1', () => {
    const plan = aPlan()
      .driver('growth', '2%')
      .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)')
      .build();
    const result = seekGoal(buildEngine(plan), {
      scenario: aScenario(),
      scenarios: plan.scenarios,
      lever: { line: 'growth', min: -0.1, max: 0.2 },
      cell: { line: 'loans', period: 2025 },
      value: 150,
    });
    expect(result).toMatchObject({ kind: 'found', level: expect.closeTo(1.5 ** 0.2 - 1, 13) as number });
  });

  it('the shift of a course that varies, keeping its shape: shares 1…5 % plus 2 points sum to 25 %', () => {
    const plan = aPlan()
      .driver('share', '(PERIODYEAR(t) - 2020) / 100')
      .line('sum', {}, 'SUM(share[2021:t])')
      .build();
    const result = seekGoal(buildEngine(plan), {
      scenario: aScenario(),
      scenarios: plan.scenarios,
      lever: { line: 'share', min: 0, max: 0.2 },
      cell: { line: 'sum', period: 2025 },
      value: 0.25,
    });
    // the level is that of the last period: 5 % + 2 points
    expect(result).toMatchObject({
      kind: 'found',
      present: 0.05,
      level: expect.closeTo(0.07, 13) as number,
      shift: expect.closeTo(0.02, 13) as number,
    });
  });

  it('the level of one period alone', () => {
    const plan = aPlan().driver('add', '1').line('sum', {}, 'SUM(add[2021:t])').build();
    const result = seekGoal(buildEngine(plan), {
      scenario: aScenario(),
      scenarios: plan.scenarios,
      lever: { line: 'add', period: 2023, min: 0, max: 10 },
      cell: { line: 'sum', period: 2025 },
      value: 9,
    });
    // four periods stay at 1, the fifth makes up 9 − 4
    expect(result).toMatchObject({ kind: 'found', present: 1, level: expect.closeTo(5, 12) as number });
  });

  it('a root at either bound', () => {
    expect(levelsOf(seek('x ^ 2', 1))).toEqual([-1, 1]);
    expect(levelsOf(seek('2 * x', 2))).toEqual([1]);
  });

  it('two roots closer together than a step of the scan, and one that only touches', () => {
    expect(levelsOf(seek('(x - 0.1234) ^ 2', 1e-6, { present: '0.9' }))).toEqual([
      expect.closeTo(0.1224, 9),
      expect.closeTo(0.1244, 9),
    ]);
    const touching = levelsOf(seek('5 + (x - 0.1234) ^ 2', 5, { present: '0.9' }));
    expect(touching).toHaveLength(1);
    // within what 1e-10 of 5 allows: the square root of 5e-10
    expect(Math.abs((touching[0] as number) - 0.1234)).toBeLessThan(2.3e-5);
  });

  it('a whole stretch where a flat part has the value, and the level of it that is nearest', () => {
    const result = seek('MAX(x, 0.3) - MAX(x - 0.6, 0)', 0.6, { present: '0' });
    expect(result.kind === 'found' && result.roots).toEqual([
      { from: expect.closeTo(0.6, 12) as number, to: 1 },
    ]);
    expect(result).toMatchObject({ level: expect.closeTo(0.6, 12) as number });
    expect(seek('MAX(x, 0.3)', 0.3, { present: '0.2' })).toMatchObject({ level: 0.2, shift: 0 });
  });

  it('the one root beside a pole, and no root in the pole itself', () => {
    // 1/x = 4 at 0.25; the sign of 1/x − 4 changes at 0 as well, where there is no value
    const result = seek('1 / x', 4);
    expect(levelsOf(result)).toEqual([expect.closeTo(0.25, 12)]);
    expect(result.kind === 'found' && result.gaps).toEqual([
      {
        from: expect.closeTo(0, 15) as number,
        to: expect.closeTo(0, 15) as number,
        fault: expect.objectContaining({ code: '#DIV/0!' }) as unknown,
      },
    ]);
    // a pole that no point of the scan meets
    expect(levelsOf(seek('1 / (x - 0.1234)', 4, { present: '0.9' }))).toEqual([expect.closeTo(0.3734, 12)]);
  });

  it('roots beside a region without values, up to its edge', () => {
    const result = seek('SQRT(x)', 0.5);
    expect(levelsOf(result)).toEqual([expect.closeTo(0.25, 12)]);
    expect(result.kind === 'found' && result.gaps).toEqual([
      {
        from: -1,
        to: expect.closeTo(0, 12) as number,
        fault: expect.objectContaining({ code: '#NUM!' }) as unknown,
      },
    ]);
    expect(levelsOf(seek('SQRT(x)', 0))).toEqual([expect.closeTo(0, 15)]);
  });

  it('every root of a polynomial with three, wherever they lie', () => {
    const root = fc.integer({ min: -95, max: 95 }).map((one) => one / 100);
    fc.assert(
      fc.property(fc.uniqueArray(root, { minLength: 3, maxLength: 3 }), (roots) => {
        const [a, b, c] = roots.toSorted((one, other) => one - other) as [number, number, number];
        const found = levelsOf(seek(`(x - (${a})) * (x - (${b})) * (x - (${c})) + 7`, 7));
        expect(found).toEqual([expect.closeTo(a, 6), expect.closeTo(b, 6), expect.closeTo(c, 6)]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a goal seek says', () => {
  it('that the target does not depend on the driver', () => {
    expect(seek('42', 50)).toEqual({ kind: 'independent', value: 42, present: 0.1 });
    // by rounding alone it is not dependence either
    expect(seek('(1 + x) * 3 / (1 + x)', 50, { min: -0.5 })).toMatchObject({ kind: 'independent' });
  });

  it('where it ends when the target cannot be reached: at a bound', () => {
    expect(seek('2 * x', 3)).toEqual({
      kind: 'unreachable',
      present: 0.1,
      nearest: { level: 1, value: 2 },
      at: 'max',
      ends: { min: { level: -1, value: -2 }, max: { level: 1, value: 2 } },
      gaps: [],
    });
  });

  it('where it ends when the target cannot be reached: where the line turns round', () => {
    const result = seek('1 + (x - 0.1234) ^ 2', 0.5);
    expect(result).toMatchObject({ kind: 'unreachable', at: 'inside' });
    if (result.kind !== 'unreachable') throw new Error(result.kind);
    expect(result.nearest.value).toBeCloseTo(1, 12);
    expect(result.nearest.level).toBeCloseTo(0.1234, 6);
  });

  it('that a step jumps over the target', () => {
    const result = seek('x < 0.1234 ? 10 : 20', 16);
    expect(result).toMatchObject({ kind: 'unreachable', nearest: { value: 20 } });
  });

  it('that the ends have no number, with the gap', () => {
    const result = seek('LN(x)', 5);
    expect(result).toMatchObject({
      kind: 'unreachable',
      nearest: { level: 1, value: 0 },
      ends: { min: null, max: { level: 1, value: 0 } },
      gaps: [{ from: -1, fault: { code: '#NUM!', line: 'y', period: 2025 } }],
    });
  });

  it('why, when the target has no number at any level', () => {
    expect(seek('LN(-1 - x ^ 2)', 1)).toMatchObject({
      kind: 'failed',
      fault: { code: '#NUM!', reason: 'log_of_nonpositive', line: 'y' },
    });
  });

  it('that the driver or the target is empty', () => {
    const plan = aPlan()
      .line('empty')
      .driver(X, 'empty')
      .line('y', {}, 'x')
      .line('z', {}, 'empty')
      .driver('other', '1')
      .build();
    const from = (lever: string, line: string) =>
      seekGoal(buildEngine(plan), {
        scenario: aScenario(),
        scenarios: plan.scenarios,
        lever: { line: lever, min: 0, max: 1 },
        cell: { line, period: 2025 },
        value: 1,
      });
    expect(from(X, 'y')).toMatchObject({ kind: 'failed', fault: { code: '#N/A', line: X, period: 2025 } });
    expect(from('other', 'z')).toMatchObject({
      kind: 'failed',
      fault: { code: '#N/A', line: 'z', period: 2025 },
    });
  });
});

describe('a goal seek step by step', () => {
  it('tells a share that rises to the end, and answers the same', () => {
    // bends between points of the scan, so that it looks closer there
    const plan = aPlan().driver(X, '0.1').line('y', {}, '(x - 0.5) * (x + 0.5) * x').build();
    const goal = {
      scenario: aScenario(),
      scenarios: plan.scenarios,
      lever: { line: X, min: -1, max: 1 },
      cell: { line: 'y', period: 2025 },
      value: 0.01,
    };
    const steps = searchGoal(buildEngine(plan), goal);
    const shares: number[] = [];
    let step = steps.next();
    for (; !step.done; step = steps.next()) shares.push(step.value);
    expect(step.value).toEqual(seekGoal(buildEngine(plan), goal));
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    // a step of the scan at a time: none of them holds up a cancel for long
    expect(shares.length).toBeGreaterThan(100);
    expect(shares[0]).toBeLessThan(0.02);
    expect(shares.at(-1)).toBeGreaterThan(0.9);
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
  });
});
