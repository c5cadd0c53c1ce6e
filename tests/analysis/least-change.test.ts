/** The smallest change that meets targets, on lines whose answer is known in closed form. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildEngine } from '#engine';
import type { Target } from '#plan';
import { aPlan, aScenario } from '#tests/builders';
import { findLeastChange, type Feasibility } from '../../src/analysis/reach/feasibility.ts';
import type { LeastChange } from '../../src/analysis/reach/least-change.ts';

interface Driver {
  readonly present: number;
  readonly min?: number;
  readonly max?: number;
  readonly weight?: number;
}

/** Asks for lines `y1`, `y2`, … over drivers `a`, `b`, … */
function ask(
  drivers: readonly Driver[],
  lines: readonly string[],
  wanted: readonly Partial<Target>[],
): Feasibility {
  const names = ['a', 'b', 'c', 'd'];
  const builder = aPlan();
  drivers.forEach(({ present }, index) => builder.driver(names[index] as string, String(present)));
  lines.forEach((formula, index) => builder.line(`y${index + 1}`, {}, formula));
  wanted.forEach((more) => builder.target(more.line ?? 'y1', more.value as number, more));
  const plan = builder.build();
  return findLeastChange(buildEngine(plan), {
    scenario: aScenario(),
    scenarios: plan.scenarios,
    targets: plan.targets.map((target) => ({ target })),
    drivers: drivers.map(({ min = 0, max = 5, weight }, index) => ({
      lever: { line: names[index] as string, min, max },
      ...(weight !== undefined && { weight }),
    })),
    bareFigures: 'equal',
  });
}

function met(result: Feasibility): LeastChange {
  if (result.kind !== 'met') throw new Error(result.kind);
  expect(result.solution.isSettled).toBe(true);
  return result.solution;
}

const levels = (solution: LeastChange) => solution.drivers.map(({ level }) => level);

describe('the smallest change', () => {
  it('splits a gap of 3 over drivers at 2 and 1 as the squares of their levels: 12/5 and 3/5', () => {
    // minimise (α/2)² + β² with α + β = 3: α/4 = β, so α = 2.4, β = 0.6; cost 1.44 + 0.36 = 9/5
    const solution = met(ask([{ present: 2 }, { present: 1 }], ['a + b'], [{ value: 6 }]));
    expect(levels(solution)).toEqual([expect.closeTo(4.4, 9), expect.closeTo(1.6, 9)]);
    expect(solution.cost).toBeCloseTo(1.8, 9);
    // cost = gap² / 5, so a target higher by one unit costs 2 · 3 / 5 more
    expect(solution.targets[0]?.shadowPrice).toBeCloseTo(1.2, 7);
    expect(solution.drivers.map(({ relativeChange }) => relativeChange)).toEqual([
      expect.closeTo(1.2, 9),
      expect.closeTo(0.6, 9),
    ]);
  });

  it('counts weights: with 4 on the driver at 2 both move by half of 3', () => {
    const solution = met(ask([{ present: 2, weight: 4 }, { present: 1 }], ['a + b'], [{ value: 6 }]));
    expect(levels(solution)).toEqual([expect.closeTo(3.5, 9), expect.closeTo(2.5, 9)]);
  });

  it('stops at a bound, names it and tells what it costs', () => {
    // a may rise by 1 only: b rises by 2; cost 1/4 + 4. With a bound at 2 + m: (m/2)² + (3 − m)², slope m/2 − 2(3 − m) = −3.5
    const solution = met(ask([{ present: 2, max: 3 }, { present: 1 }], ['a + b'], [{ value: 6 }]));
    expect(levels(solution)).toEqual([3, expect.closeTo(3, 9)]);
    expect(solution.cost).toBeCloseTo(4.25, 9);
    expect(solution.drivers[0]).toMatchObject({ bound: 'max', boundPrice: expect.closeTo(3.5, 6) as number });
    expect(solution.drivers[1]).toMatchObject({ bound: null, boundPrice: 0 });
  });

  it('measures a driver near zero against a tenth of its range', () => {
    // present 0 in 0…5 counts as 0.5, the other as 1: α/0.25 = β, α = 0.2 · gap, β = 0.8 · gap
    const solution = met(ask([{ present: 0 }, { present: 1 }], ['a + b'], [{ value: 2 }]));
    expect(levels(solution)).toEqual([expect.closeTo(0.2, 9), expect.closeTo(1.8, 9)]);
  });

  it('follows a bent condition: a · b = 4 from 1 and 1 is 2 and 2, at a price of 1', () => {
    // by symmetry a = b = √t; cost 2 (√t − 1)², slope 2 (√t − 1) / √t = 1 at t = 4
    const solution = met(ask([{ present: 1 }, { present: 1 }], ['a * b'], [{ value: 4 }]));
    expect(levels(solution)).toEqual([expect.closeTo(2, 8), expect.closeTo(2, 8)]);
    expect(solution.targets[0]?.shadowPrice).toBeCloseTo(1, 6);
  });

  it('leaves alone what is met already, at no cost and no price', () => {
    const solution = met(
      ask(
        [{ present: 2 }, { present: 1 }],
        ['a + b'],
        [
          { value: 3, comparator: '>=' },
          { value: 4, comparator: '<=' },
        ],
      ),
    );
    expect(levels(solution)).toEqual([2, 1]);
    expect(solution.cost).toBe(0);
    expect(solution.targets.map(({ shadowPrice }) => shadowPrice)).toEqual([0, 0]);
  });

  it('goes to the nearer end of a range, with a price of the right sign', () => {
    const range = { comparator: 'range', value: 4, upTo: 5 } as const;
    const up = met(ask([{ present: 1 }, { present: 1 }], ['a + b'], [range]));
    expect(up.targets[0]).toMatchObject({
      value: expect.closeTo(4, 9) as number,
      shadowPrice: expect.closeTo(2, 7) as number,
    });
    const down = met(ask([{ present: 4 }, { present: 4 }], ['a + b'], [range]));
    // from 8 down to 5: gap 3 over 16 + 16, slope 2 · (−3) / 32
    expect(down.targets[0]).toMatchObject({
      value: expect.closeTo(5, 9) as number,
      shadowPrice: expect.closeTo(-6 / 32, 7) as number,
    });
  });

  it('meets targets that repeat each other', () => {
    const solution = met(
      ask(
        [{ present: 1 }, { present: 1 }],
        ['a * b', '2 * a * b', 'a * b / 3'],
        [
          { line: 'y1', value: 4 },
          { line: 'y2', value: 8 },
          { line: 'y3', value: 4 / 3 },
        ],
      ),
    );
    expect(levels(solution)).toEqual([expect.closeTo(2, 7), expect.closeTo(2, 7)]);
  });

  it('is that of the closed form for any weights and coefficients of a sum', () => {
    const part = fc.record({
      present: fc.integer({ min: 6, max: 20 }),
      weight: fc.integer({ min: 1, max: 9 }),
      factor: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 2, maxLength: 4 }),
        fc.integer({ min: -5, max: 5 }),
        (parts, gap) => {
          const formula = parts
            .map(({ factor }, index) => `${factor} * ${['a', 'b', 'c', 'd'][index]}`)
            .join(' + ');
          const now = parts.reduce((sum, { present, factor }) => sum + present * factor, 0);
          const solution = met(
            ask(
              parts.map(({ present, weight }) => ({ present, weight, min: 0, max: 50 })),
              [formula],
              [{ value: now + gap }],
            ),
          );
          // minimise Σ w (δ/p)² with Σ f δ = gap: δ = gap · (f p²/w) / Σ (f² p²/w)
          const whole = parts.reduce(
            (sum, { present, weight, factor }) => sum + (factor * present) ** 2 / weight,
            0,
          );
          solution.drivers.forEach(({ shift }, index) => {
            const { present, weight, factor } = parts[index] as (typeof parts)[number];
            expect(shift).toBeCloseTo((gap * factor * present ** 2) / weight / whole, 7);
          });
          expect(solution.cost).toBeCloseTo(gap ** 2 / whole, 9);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('what cannot be met', () => {
  it('ends in the compromise that misses least, weighted by nothing else', () => {
    // a = 1 and a = 3 as relative misses: (a − 1)² + ((a − 3)/3)² is smallest where 9 (a − 1) + (a − 3) = 0, a = 1.2
    const result = ask(
      [{ present: 2 }],
      ['a', 'a'],
      [
        { line: 'y1', value: 1 },
        { line: 'y2', value: 3 },
      ],
    );
    expect(result).toMatchObject({
      kind: 'contradiction',
      conflicts: [[0, 1]],
      isComplete: true,
      bareFigures: 'equal',
    });
    if (result.kind !== 'contradiction') throw new Error(result.kind);
    expect(result.compromise.drivers[0]?.level).toBeCloseTo(1.2, 7);
    expect(result.compromise.targets.map(({ miss }) => miss)).toEqual([
      expect.closeTo(0.2, 7),
      expect.closeTo(-1.8, 7),
    ]);
  });

  it('is a target alone where the drivers do not reach it', () => {
    const result = ask(
      [{ present: 2 }],
      ['a', '7'],
      [
        { line: 'y1', value: 3 },
        { line: 'y2', value: 8 },
      ],
    );
    expect(result).toMatchObject({ kind: 'contradiction', conflicts: [[1]] });
    if (result.kind !== 'contradiction') throw new Error(result.kind);
    expect(result.repairs).toMatchObject([
      {
        kind: 'dropTargets',
        targets: [1],
        dropped: [{ value: 7, lowest: { value: 7 }, highest: { value: 7 } }],
      },
    ]);
  });

  it('is each of two separate contradictions, with a repair for both at once', () => {
    const result = ask(
      [{ present: 2 }, { present: 2 }],
      ['a', 'a', 'b', 'b'],
      [
        { line: 'y1', value: 1 },
        { line: 'y2', value: 3 },
        { line: 'y3', value: 1 },
        { line: 'y4', value: 3 },
      ],
    );
    if (result.kind !== 'contradiction') throw new Error(result.kind);
    expect(result.conflicts).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(result.repairs.map((repair) => repair.kind === 'dropTargets' && repair.targets)).toEqual([
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
    ]);
  });

  it('is told with its reason where a target has no number', () => {
    expect(ask([{ present: 2 }], ['LN(-a)'], [{ value: 3 }])).toMatchObject({
      kind: 'failed',
      fault: { code: '#NUM!', reason: 'log_of_nonpositive' },
      cell: { line: 'y1', period: 2025 },
    });
  });

  it('is no contradiction where slopes end the search, but a failure', () => {
    // at a = 1 the slope of √(a − 1) is infinite, and the way to 2 begins there
    const result = ask([{ present: 1, min: 1, max: 1.00001 }], ['SQRT(a - 1)'], [{ value: 2 }]);
    expect(result.kind).toBe('contradiction');
    const stuck = ask([{ present: 1, min: 1, max: 1 }], ['SQRT(a - 1)'], [{ value: 2 }]);
    expect(stuck).toMatchObject({
      kind: 'failed',
      fault: { code: '#NUM!' },
      cell: { line: 'y1', period: 2025 },
    });
  });

  it('is what stands there where nothing may move', () => {
    expect(ask([], ['7'], [{ value: 7 }])).toMatchObject({ kind: 'met', solution: { cost: 0, drivers: [] } });
    expect(ask([], ['7'], [{ value: 8 }])).toMatchObject({ kind: 'contradiction', conflicts: [[0]] });
  });

  it('starts at the bound that a driver stands beyond', () => {
    const solution = met(ask([{ present: 9, max: 5 }], ['a'], [{ value: 4 }]));
    expect(levels(solution)).toEqual([expect.closeTo(4, 9)]);
  });

  it('is out of reach by a bound: the compromise stands there', () => {
    const result = ask([{ present: 2, max: 3 }], ['2 * a'], [{ value: 8 }]);
    if (result.kind !== 'contradiction') throw new Error(result.kind);
    expect(result.conflicts).toEqual([[0]]);
    expect(result.compromise.drivers[0]).toMatchObject({ level: 3, bound: 'max' });
    expect(result.compromise.targets[0]).toMatchObject({
      value: expect.closeTo(6, 9) as number,
      miss: expect.closeTo(-2, 9) as number,
    });
  });

  it('may lie beyond a region without values, which is not entered', () => {
    // √(a − 1) = 2 at a = 5; below a = 1 there is no value
    const solution = met(ask([{ present: 1.5, min: -10, max: 10 }], ['SQRT(a - 1)'], [{ value: 2 }]));
    expect(levels(solution)).toEqual([expect.closeTo(5, 8)]);
  });
});
