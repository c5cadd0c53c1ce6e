/** Slopes of whole plans: against differences of the engine itself, against closed forms, and by every kind of move. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derivativesOf, buildEngine, type Engine, type Move, type Slopes } from '#engine';
import { listPeriods, type Plan, type Scenario } from '#plan';
import { isNumber } from '#quantity';
import { aPlan, aScenario } from '#tests/builders';
import { loadPlan, planIds } from '#tests/plans';
import { amount, moves as anyMoves, plans } from './random-plans.ts';

const SHRINK = 1.6;
const STEPS = 14;

/**
 * Differences of all outputs over shrinking steps, extrapolated to a step of zero, each with the error that it estimates
 * for itself. `sides` 2 is the central difference, 1 the one to the right.
 */
function differences(
  at: (step: number) => number[],
  first: number,
  sides: 1 | 2,
): { slope: number; error: number }[] {
  const start = at(0);
  const best = start.map(() => ({ slope: NaN, error: Infinity }));
  let before: number[][] = start.map(() => []);
  for (let round = 0, step = first; round < STEPS; round += 1, step /= SHRINK) {
    const [above, below] = [at(step), sides === 2 ? at(-step) : start];
    before = before.map((coarse, output) => {
      const now = [((above[output] as number) - (below[output] as number)) / (sides * step)];
      coarse.forEach((old, order) => {
        const factor = SHRINK ** (sides * (order + 1));
        const fine = now[order] as number;
        const better = (fine * factor - old) / (factor - 1);
        const error = Math.max(Math.abs(better - fine), Math.abs(better - old));
        if (error <= (best[output]?.error ?? 0)) best[output] = { slope: better, error };
        now.push(better);
      });
      return now;
    });
  }
  return best;
}

/** Targets as a function of an added level of one driver, by the calculation of a whole scenario. */
function targetsByLevel(engine: Engine, scenario: Scenario, driver: string) {
  const trial = { id: 'trial', name: scenario.name, basedOn: scenario.id };
  const calculation = engine.calculate(trial);
  return (add: number) => {
    engine.revise(calculation, { ...trial, changes: [{ line: driver, add }] });
    return engine.plan.targets.map(({ line, period }) => {
      const value = calculation.value(line, period);
      return isNumber(value) ? value : NaN;
    });
  };
}

const driversOf = (plan: Plan) => plan.lines.filter(({ kind }) => kind === 'driver');

describe.each(planIds)('every target of %s by the level of every driver', (id) => {
  const plan = loadPlan(id);
  const engine = buildEngine(plan);
  const drivers = driversOf(plan);
  const moves = drivers.map(({ id: line }): Move => ({ line, effect: 'add' }));
  const scenario = plan.scenarios[0] as Scenario;
  const outputs = plan.targets.map(({ line, period }) => ({ line, period }));
  const found = derivativesOf(engine, scenario, { moves, outputs }).at();

  it('has the value of the scenario', () => {
    const calculation = engine.calculate(scenario);
    expect(found.values).toEqual(outputs.map(({ line, period }) => calculation.value(line, period)));
  });

  it('has the slope of differences, to 1e-8', () => {
    const oneSided: string[] = [];
    const stepped: string[] = [];
    drivers.forEach((driver, move) => {
      const at = targetsByLevel(engine, scenario, driver.id);
      const central = differences(at, 4 * (driver.lever?.step ?? 0.01), 2);
      const right = differences(at, 1e-3 * (driver.lever?.step ?? 0.01), 1);
      outputs.forEach(({ line, period }, output) => {
        const slope = found.slopes[output]?.[move] ?? null;
        if (!isNumber(found.values[output] ?? null)) return expect(slope).toEqual(found.values[output]);
        const isNear = (wanted: number | undefined) =>
          // 1e-13: what rounding leaves of slopes that cancel
          Math.abs((slope as number) - (wanted ?? NaN)) <= 1e-8 * Math.abs(wanted ?? NaN) + 1e-13;
        if (isNear(central[output]?.slope)) return;
        const place = `${line} ${period} by ${driver.id}`;
        if (slope === 0 && at(1e-10)[output] === at(-1e-10)[output]) stepped.push(place);
        else if (isNear(right[output]?.slope)) oneSided.push(place);
        else expect.fail(`${place}: ${JSON.stringify(slope)}, differences ${central[output]?.slope}`);
      });
    });
    // kinks and steps of the plans as they are; each is announced
    expect({ oneSided: oneSided.length, stepped: stepped.length }).toEqual(
      AT_KINKS[id] ?? { oneSided: 0, stepped: 0 },
    );
    if (oneSided.length > 0) expect(found.kinks).not.toEqual([]);
    if (stepped.length > 0) expect(found.steps).not.toEqual([]);
  });
});

/** Targets that stand just on a kink (progress that has just reached its end) or that are rounded. */
const AT_KINKS: Readonly<Record<string, { oneSided: number; stepped: number }>> = {
  'fuzhou-2021-2025': { oneSided: 0, stepped: 1 },
  'jian-2021-2025': { oneSided: 9, stepped: 0 },
};

describe('by hand', () => {
  // loans(t) = 100 (1 + g)^(t − 2020), deposits grow with what is lent
  const plan = aPlan()
    .driver('g', '10%')
    .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + g)')
    .line('deposits', {}, 'SUM(loans[2021:t]) / 2')
    .line('share', {}, 'loans / (loans + deposits)')
    .build();
  const engine = buildEngine(plan);
  const slopeBy = (moves: Move[], line: string, period: number, numbers?: number[]) =>
    derivativesOf(engine, aScenario(), { moves, outputs: [{ line, period }] }).at(numbers).slopes[0] ?? [];

  it('a level that grows through the years', () => {
    // 3 · 100 · 1.1²
    expect(slopeBy([{ line: 'g', effect: 'add' }], 'loans', 2023)[0]).toBeCloseTo(363, 10);
    // (100 · 1 + 100 · 2 · 1.1 + 100 · 3 · 1.1²) / 2
    expect(slopeBy([{ line: 'g', effect: 'add' }], 'deposits', 2023)[0]).toBeCloseTo(341.5, 10);
  });

  it('one year of it, and a year that comes too late', () => {
    const [early, late] = slopeBy(
      [
        { line: 'g', effect: 'add', from: 2022, to: 2022 },
        { line: 'g', effect: 'add', from: 2024, to: 2024 },
      ],
      'loans',
      2023,
    );
    expect(early).toBeCloseTo(121, 10);
    expect(late).toBe(0);
  });

  it('a quotient', () => {
    // 2021: l / (l + l / 2) is two thirds whatever the growth
    expect(slopeBy([{ line: 'g', effect: 'add' }], 'share', 2021)[0]).toBeCloseTo(0, 14);
  });

  it('every kind of move, where its number is', () => {
    // set: 3 · 100 · 1.2²; scale: g 0.1 s, at s = 2 the same times 0.1; growth of the loans: 100 · 3 · 1.05²
    expect(slopeBy([{ line: 'g', effect: 'set' }], 'loans', 2023, [0.2])[0]).toBeCloseTo(432, 10);
    expect(slopeBy([{ line: 'g', effect: 'scale' }], 'loans', 2023, [2])[0]).toBeCloseTo(43.2, 11);
    expect(slopeBy([{ line: 'loans', effect: 'growth' }], 'loans', 2023, [0.05])[0]).toBeCloseTo(330.75, 10);
  });

  it('two moves of one line add up as they are stacked', () => {
    // (0.1 · s + a): by s 0.1, by a 1, times 100 in the first year
    const [byScale, byAdd] = slopeBy(
      [
        { line: 'g', effect: 'scale' },
        { line: 'g', effect: 'add' },
      ],
      'loans',
      2021,
    );
    expect(byScale).toBeCloseTo(10, 11);
    expect(byAdd).toBeCloseTo(100, 11);
  });

  it('a move that replaces must have a number', () => {
    expect(() => slopeBy([{ line: 'g', effect: 'set' }], 'loans', 2023)).toThrow('needs a number');
  });

  it('a cycle that settles', () => {
    // x = a + x / 4 + y / 4, y = x: x = 2 a, z = 4 a²
    const looped = aPlan()
      .iteration(100, 1e-13)
      .driver('a', '1')
      .line('x', {}, 'a + x / 4 + y / 4')
      .line('y', {}, 'x')
      .line('z', {}, 'y ^ 2')
      .build();
    const { values, slopes } = derivativesOf(buildEngine(looped), aScenario(), {
      moves: [{ line: 'a', effect: 'add' }],
      outputs: ['x', 'y', 'z'].map((line) => ({ line, period: 2021 })),
    }).at();
    expect(values.map((value) => Math.round((value as number) * 1e9) / 1e9)).toEqual([2, 2, 4]);
    [2, 2, 8].forEach((slope, output) => expect(slopes[output]?.[0]).toBeCloseTo(slope, 9));
  });

  it('more moves than are carried at once', () => {
    const moves = Array.from({ length: 70 }, (_, index): Move => ({
      line: 'g',
      effect: 'add',
      from: 2021 + (index % 3),
      to: 2021 + (index % 3),
    }));
    expect(slopeBy(moves, 'loans', 2023).map((slope) => Math.round(slope as number))).toEqual(
      moves.map(() => 121),
    );
  });
});

/** Any plan with every cell asked for, and any moves with their numbers. */
const asked = fc.tuple(
  plans,
  anyMoves.chain((moves) =>
    fc.tuple(fc.constant(moves), fc.array(amount, { minLength: moves.length, maxLength: moves.length })),
  ),
);
const cellsOf = (plan: Plan) =>
  plan.lines.flatMap(({ id }) => listPeriods(plan.periods).map((period) => ({ line: id, period })));

it('has the values of the scenario for any plan and any moves', () => {
  fc.assert(
    fc.property(asked, ([plan, [moves, numbers]]) => {
      const engine = buildEngine(plan);
      const outputs = cellsOf(plan);
      const { values } = derivativesOf(engine, aScenario(), { moves, outputs }).at(numbers);
      const changes = moves.map(({ effect, ...span }, index) => ({ ...span, [effect]: numbers[index] }));
      const single = engine.calculate(aScenario({ changes } as unknown as Partial<Scenario>));
      expect(values).toEqual(outputs.map(({ line, period }) => single.value(line, period)));
    }),
    { numRuns: Number(process.env['RUNS'] ?? 200) },
  );
});

/** Where products of slopes leave the range of numbers, the order of multiplying tells which of them are failures. */
function isEveryday(plan: Plan, numbers: readonly number[]): boolean {
  const isSized = (one: number) => one === 0 || (Math.abs(one) > 1e-6 && Math.abs(one) < 1e6);
  return numbers.every(isSized) && !plan.lines.some(({ formula }) => formula?.includes('1E200'));
}

it('has the same slopes, kinks and steps for many periods at once as cell by cell, for any plan and any moves', () => {
  const places = (cells: readonly { line: string; period: number }[]) =>
    cells.map(({ line, period }) => `${line} ${period}`).sort();
  fc.assert(
    fc.property(asked, ([plan, [moves, numbers]]) => {
      fc.pre(isEveryday(plan, numbers));
      const engine = buildEngine(plan);
      const outputs = cellsOf(plan);
      const [atOnce, oneByOne] = ([undefined, 'interpreted'] as const).map((evaluator) =>
        derivativesOf(engine, aScenario(), {
          moves,
          outputs,
          ...(evaluator && { evaluator }),
        }).at(numbers),
      ) as [Slopes, Slopes];
      atOnce.slopes.forEach((row, output) => {
        row.forEach((slope, move) => {
          const wanted = oneByOne.slopes[output]?.[move] ?? null;
          if (!isNumber(slope) || !isNumber(wanted)) return expect(slope).toEqual(wanted);
          // what rounding leaves of terms that cancel is measured against the largest slope of the output
          const size = Math.max(
            ...oneByOne.slopes[output]!.map((one) => (isNumber(one) ? Math.abs(one) : 0)),
          );
          expect(Math.abs(slope - wanted)).toBeLessThanOrEqual(1e-10 * size);
        });
      });
      expect(places(atOnce.kinks)).toEqual(places(oneByOne.kinks));
      expect(places(atOnce.steps)).toEqual(places(oneByOne.steps));
    }),
    { numRuns: Number(process.env['RUNS'] ?? 200) },
  );
});
