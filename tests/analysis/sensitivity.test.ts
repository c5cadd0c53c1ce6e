/** Slopes, elasticities, tornados and distances to targets against arithmetic by hand. */
import { describe, expect, it } from 'vitest';
import { isNumber } from '#quantity';
import { buildEngine } from '#engine';
import { findRanges, findSensitivity, findTargetDistance, findTornados, type DriverRange } from '#analysis';
import { aPlan, aScenario } from '#tests/builders';
import { loadPlan, planIds } from '#tests/plans';

const plan = aPlan()
  .driver('growth', '10%')
  .driver('share', '25%')
  .driver('idle', '1')
  .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)')
  .line('green', {}, 'loans * share')
  .line('gap', {}, 'loans - 161.051')
  .line('root', {}, 'SQRT(0.5 - share)')
  .line('hill', {}, '1 - growth ^ 2')
  .target('green', 50)
  .build();
const engine = buildEngine(plan);
const last = (line: string) => ({ line, period: 2025 });

describe('sensitivity', () => {
  const sensitivity = findSensitivity(engine, aScenario(), [last('green'), last('root')]);
  const [green, root] = sensitivity.cells;
  const of = (line: string) => green?.drivers.find((one) => one.line === line);

  it('is the slope of the formulas', () => {
    // 100 · 1.1⁵ · 0.25: by growth 5 · 100 · 1.1⁴ · 0.25, by share 100 · 1.1⁵
    expect(of('growth')?.slope).toBeCloseTo(183.0125, 10);
    expect(of('share')?.slope).toBeCloseTo(161.051, 10);
    expect(of('growth')?.perStep).toBeCloseTo(1.830125, 12);
    expect(of('idle')?.slope).toBe(0);
  });

  it('is elastic by one for a factor, by n g / (1 + g) for a growth', () => {
    expect(of('share')?.elasticity).toBeCloseTo(1, 12);
    expect(of('growth')?.elasticity).toBeCloseTo((5 * 0.1) / 1.1, 12);
  });

  it('takes the course of a driver as it is: one percent of each of its periods', () => {
    // growth of 10 %, in 2025 20 %: Σ gᵢ / (1 + gᵢ) = 4 · 0.1/1.1 + 0.2/1.2
    const { cells } = findSensitivity(engine, aScenario({ values: { growth: { 2025: 0.2 } } }), [
      last('green'),
    ]);
    const growth = cells[0]?.drivers.find(({ line }) => line === 'growth');
    expect(growth?.elasticity).toBeCloseTo(0.4 / 1.1 + 0.2 / 1.2, 12);
  });

  it('puts the strongest step first', () => {
    expect(green?.drivers.map(({ line }) => line)).toEqual(['growth', 'share', 'idle']);
    expect(root?.drivers[0]?.line).toBe('share');
  });

  it('has no percent of zero, and fails where the cell fails', () => {
    const zero = findSensitivity(engine, aScenario({ changes: [{ line: 'loans', set: 0 }] }), [
      last('green'),
    ]);
    expect(zero.cells[0]?.drivers.map(({ elasticity }) => elasticity)).toEqual([null, null, null]);
    const failed = findSensitivity(engine, aScenario({ changes: [{ line: 'share', set: 0.6 }] }), [
      last('root'),
    ]);
    expect(failed.cells[0]?.drivers[0]).toMatchObject({
      slope: { code: '#NUM!' },
      elasticity: { code: '#NUM!' },
    });
  });
});

describe('a tornado', () => {
  const given = (line: string, low: number, high: number): DriverRange => ({
    line,
    low,
    high,
    from: 'given',
  });

  it('has the widest bar first, with the values at both ends', () => {
    const [green] = findTornados(
      engine,
      aScenario(),
      [last('green')],
      [given('share', 0.2, 0.3), given('growth', 0, 0.2), given('idle', 0, 9)],
    );
    expect(green?.bars.map(({ line }) => line)).toEqual(['growth', 'share', 'idle']);
    // 25 and 25 · 1.2⁵
    expect(green?.bars[0]?.atLow).toBeCloseTo(25, 10);
    expect(green?.bars[0]?.atHigh).toBeCloseTo(62.208, 10);
    expect(green?.bars[1]?.atLow).toBeCloseTo(32.2102, 10);
    expect(green?.bars[2]).toMatchObject({ isMonotone: true, unknown: 0 });
    expect(green?.present).toBeCloseTo(40.26275, 10);
  });

  it('sees a hill between ends that are alike', () => {
    const [hill] = findTornados(engine, aScenario(), [last('hill')], [given('growth', -0.4, 0.4)]);
    expect(hill?.bars[0]?.atLow).toBeCloseTo(0.84, 12);
    expect(hill?.bars[0]?.atHigh).toBeCloseTo(0.84, 12);
    expect(hill?.bars[0]).toMatchObject({ isMonotone: false, most: 1 });
  });

  it('counts where there is no number', () => {
    // nine levels from 10 % to 90 %: at five of them there is still a root
    const [root] = findTornados(engine, aScenario(), [last('root')], [given('share', 0.1, 0.9)]);
    expect(root?.bars[0]).toMatchObject({ atHigh: { code: '#NUM!', line: 'root' }, unknown: 4 / 9 });
    expect(root?.bars[0]?.least).toBeCloseTo(0, 7);
  });

  it('takes the interval of a distribution, else the lever', () => {
    const scenario = aScenario({
      distributions: { growth: { kind: 'interval', low: 0.02, high: 0.06, curve: 'normal' } },
    });
    const [growth, share] = findRanges(engine, scenario);
    expect(growth?.low).toBeCloseTo(0.02, 14);
    expect(growth?.high).toBeCloseTo(0.06, 14);
    expect(growth?.from).toBe('distribution');
    expect(share).toEqual({ line: 'share', low: -1, high: 1, from: 'lever' });
  });

  it('moves what a scenario with the same change moves, on every shipped plan', () => {
    for (const id of planIds) {
      const shipped = loadPlan(id);
      const own = buildEngine(shipped);
      const scenario = shipped.scenarios[0];
      if (!scenario) throw new Error(`${id} has no scenario`);
      const cells = shipped.targets.map(({ line, period }) => ({ line, period }));
      const ranges = findRanges(own, scenario);
      const tornados = findTornados(own, scenario, cells, ranges);
      const range = ranges[0] as DriverRange;
      const level = own.calculate(scenario).value(range.line, shipped.periods.last);
      if (!isNumber(level)) throw new Error(`${range.line} has no level`);
      const moved = {
        id: 'moved',
        name: scenario.name,
        basedOn: scenario.id,
        changes: [{ line: range.line, add: range.high - level }],
      };
      const calculation = own.calculate(moved);
      for (const { line, period, bars } of tornados) {
        expect(bars.find((bar) => bar.line === range.line)?.atHigh).toEqual(calculation.value(line, period));
      }
    }
  });
});

describe('the distance to a target', () => {
  it('ranks drivers by how far each alone must move', () => {
    const { drivers, isMet, limits } = findTargetDistance(
      engine,
      aScenario(),
      plan.targets[0] as (typeof plan.targets)[0],
    );
    expect([isMet, limits]).toEqual([false, [50]]);
    // 50 = 161.051 s needs s = 31.046 %; 50 = 25 (1 + g)⁵ needs g = 2^(1/5) − 1 = 14.870 %
    expect(drivers.map(({ line }) => line)).toEqual(['growth', 'share', 'idle']);
    expect(drivers[0]?.steps).toBeCloseTo((2 ** 0.2 - 1.1) / 0.01, 6);
    expect(drivers[0]?.share).toBeCloseTo((2 ** 0.2 - 1.1) / 2, 8);
    expect(drivers[1]?.steps).toBeCloseTo((50 / 161.051 - 0.25) / 0.01, 6);
    expect(drivers[2]).toMatchObject({ answer: { kind: 'independent' }, share: null, steps: null });
  });

  it('of a target that is met tells how far a driver may go', () => {
    const target = { ...(plan.targets[0] as (typeof plan.targets)[0]), value: 30 };
    const { drivers, isMet } = findTargetDistance(engine, aScenario(), target);
    expect(isMet).toBe(true);
    expect(drivers.find(({ line }) => line === 'share')?.steps).toBeCloseTo((30 / 161.051 - 0.25) / 0.01, 6);
  });

  it('puts what falls short after what reaches, the nearer first', () => {
    const short = aPlan()
      .driver('weak', '0', { lever: { min: 0, max: 1, step: 0.1 } })
      .driver('weaker', '0', { lever: { min: 0, max: 0.5, step: 0.1 } })
      .driver('strong', '0', { lever: { min: 0, max: 100, step: 1 } })
      .line('sum', {}, 'weak + weaker + strong')
      .target('sum', 2)
      .build();
    const { drivers } = findTargetDistance(
      buildEngine(short),
      aScenario(),
      short.targets[0] as (typeof short.targets)[0],
    );
    expect(drivers.map(({ line, answer }) => `${line} ${answer.kind}`)).toEqual([
      'strong found',
      'weak unreachable',
      'weaker unreachable',
    ]);
  });

  it('of a range is to the end that each driver comes to first, however near the projection is to the other', () => {
    // in the middle of 9 to 11: x reaches 9 by −1 and 11 by +1/2, z only falls
    const ranged = aPlan()
      .driver('x', '0', { lever: { min: -10, max: 10, step: 1 } })
      .driver('z', '0', { lever: { min: 0, max: 10, step: 1 } })
      .line('y', {}, '10 + MAX(x, 2 * x) - z')
      .target('y', 9, { direction: 'near', comparator: 'range', upTo: 11 })
      .build();
    const { drivers } = findTargetDistance(
      buildEngine(ranged),
      aScenario(),
      ranged.targets[0] as (typeof ranged.targets)[0],
    );
    expect(drivers.map(({ line, limit }) => [line, limit])).toEqual([
      ['x', 11],
      ['z', 9],
    ]);
    expect(drivers.map(({ steps }) => steps)).toEqual([expect.closeTo(0.5, 9), expect.closeTo(1, 9)]);
  });

  it.each([
    [8, 9],
    [16, 11],
  ])('of a range is to its nearer end: from %s to %s', (level, limit) => {
    const ranged = aPlan()
      .driver('x', String(level), { lever: { min: 0, max: 100, step: 1 } })
      .line('y', {}, 'x')
      .target('y', 9, { direction: 'near', comparator: 'range', upTo: 11 })
      .build();
    const found = findTargetDistance(
      buildEngine(ranged),
      aScenario(),
      ranged.targets[0] as (typeof ranged.targets)[0],
    );
    expect(found.limits).toEqual([9, 11]);
    expect(found.drivers[0]?.limit).toBe(limit);
    expect(found.drivers[0]?.steps).toBeCloseTo(limit - level, 9);
  });
});
