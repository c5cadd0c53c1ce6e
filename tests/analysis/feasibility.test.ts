/** What must be true on the shipped plans, against what the printed figures imply by hand. */
import { describe, expect, it } from 'vitest';
import { buildEngine, type Engine } from '#engine';
import type { Plan, Scenario, Target } from '#plan';
import { loadPlan } from '#tests/plans';
import {
  findLeastChange,
  searchLeastChange,
  type Feasibility,
  type Repair,
} from '../../src/analysis/reach/feasibility.ts';
import { findLever } from '../../src/analysis/lever.ts';
import type { Wish } from '../../src/analysis/reach/wish.ts';

const lishui = loadPlan('lishui-2021-2025');
const lishuiEngine = buildEngine(lishui);

function scenarioOf(plan: Plan, id: string): Scenario {
  const found = plan.scenarios.find((one) => one.id === id);
  if (!found) throw new Error(`no scenario ${id}`);
  return found;
}

function free(plan: Plan, line: string) {
  const lever = findLever(plan, line);
  if (!lever) throw new Error(`no lever ${line}`);
  return { lever };
}

function target(plan: Plan, line: string): Target {
  const found = plan.targets.find((one) => one.line === line);
  if (!found) throw new Error(`no target of ${line}`);
  return found;
}

function ask(
  engine: Engine,
  scenario: string,
  wish: { targets: Target[]; drivers: string[]; held?: string[]; watch?: string[] } & Partial<
    Pick<Wish, 'bareFigures'>
  >,
): Feasibility {
  const { plan } = engine;
  return findLeastChange(engine, {
    scenario: scenarioOf(plan, scenario),
    scenarios: plan.scenarios,
    targets: wish.targets.map((one) => ({ target: one })),
    drivers: wish.drivers.map((line) => free(plan, line)),
    held: (wish.held ?? []).map((line) => free(plan, line)),
    watch: (wish.watch ?? []).map((line) => ({ line, period: 2025 })),
    bareFigures: wish.bareFigures ?? 'equal',
  });
}

describe('Lishui, bare figures as equal, the loan share held at 166 / 6 % of 6,237.9', () => {
  const [GREEN_LOANS, GREEN_SHARE, TOTAL] = [0, 1, 2];
  const share = 166 / 0.06 / 6237.9;
  const answer = ask(lishuiEngine, 'plan', {
    targets: ['green_loans', 'green_share', 'deposits_loans'].map((line) => target(lishui, line)),
    drivers: ['deposits_loans_growth', 'green_share'],
    held: ['loan_share'],
    watch: ['loans', 'deposits', 'loan_deposit_ratio'],
  });
  const repairs = answer.kind === 'contradiction' ? answer.repairs : [];
  const dropping = (index: number) =>
    repairs.find((one) => one.kind === 'dropTargets' && one.targets.join() === String(index)) as Extract<
      Repair,
      { kind: 'dropTargets' }
    >;

  it('contradicts itself in green loans 332, green share at least 10 % and total 10,000, and in nothing less', () => {
    expect(answer).toMatchObject({
      kind: 'contradiction',
      bareFigures: 'equal',
      conflicts: [[GREEN_LOANS, GREEN_SHARE, TOTAL]],
      isComplete: true,
    });
  });

  it('is repaired by freeing the loan share: loans at most 3,320, deposits at least 6,680, loan-deposit ratio at most 49.7 %', () => {
    const freed = repairs.find((one) => one.kind === 'freeDriver');
    expect(freed).toMatchObject({ driver: { lever: { line: 'loan_share' } } });
    const [loans, deposits, ratio] = freed?.solution.watched ?? [];
    // 332 / 10 % and what is left of 10,000; a higher green share leaves fewer loans
    expect(loans?.highest).toMatchObject({ value: expect.closeTo(3320, 6) as number, bounds: [] });
    expect(deposits?.lowest).toMatchObject({ value: expect.closeTo(6680, 6) as number, bounds: [] });
    expect(ratio?.highest).toMatchObject({ value: expect.closeTo(3320 / 6680, 10) as number, bounds: [] });
    // what the lever allows is not what the targets ask: a share of 30 % is its bound
    expect(loans?.lowest).toMatchObject({
      value: expect.closeTo(3000, 6) as number,
      bounds: [{ lever: { line: 'loan_share' }, bound: 'min' }],
    });
    expect(freed?.solution.drivers.map(({ lever, level }) => [lever.line, level])).toEqual([
      ['deposits_loans_growth', expect.closeTo((10000 / 6237.9) ** 0.2 - 1, 9)],
      ['green_share', expect.closeTo(0.1, 9)],
      ['loan_share', expect.closeTo(0.332, 9)],
    ]);
  });

  it('is repaired by freeing the 332: green loans at least 443.5', () => {
    const [green] = dropping(GREEN_LOANS).dropped;
    // 10 % of what loans are then; the lever's 20 % allows twice that
    const least = 0.1 * share * 10000;
    expect(least).toBeCloseTo(443.5, 1);
    expect(green?.cell).toEqual({ line: 'green_loans', period: 2025 });
    // the plan writes the loans of 2020 as 2766.67
    expect(green?.lowest).toMatchObject({
      value: expect.closeTo(((0.1 * 2766.67) / 6237.9) * 10000, 6) as number,
      bounds: [],
    });
    expect(green?.lowest.value).toBeCloseTo(least, 2);
    expect(green?.highest).toMatchObject({ bounds: [{ lever: { line: 'green_share' }, bound: 'max' }] });
    expect(green?.highest.value).toBeCloseTo(2 * least, 2);
  });

  it('is repaired by freeing the share or the total as well, with what they come to', () => {
    expect(repairs.map((one) => (one.kind === 'dropTargets' ? one.targets : one.driver.lever.line))).toEqual([
      'loan_share',
      [GREEN_LOANS],
      [GREEN_SHARE],
      [TOTAL],
    ]);
    const loans = 2766.67 / 6237.9;
    expect(dropping(GREEN_SHARE).dropped[0]?.value).toBeCloseTo(332 / (loans * 10000), 9);
    expect(dropping(TOTAL).dropped[0]?.highest.value).toBeCloseTo(332 / (loans * 0.1), 5);
  });

  it('has a compromise that misses every one of the three, none by chance', () => {
    if (answer.kind !== 'contradiction') throw new Error(answer.kind);
    const { targets, drivers } = answer.compromise;
    // with total 10,000 T, share 10 % s and green loans 332 k T s, k = 443.526 / 332: minimise (kTs − 1)² + (s − 1)² + (T − 1)²;
    // by symmetry T = s, and s solves k (k s² − 1) s + s − 1 = 0
    const k = ((2766.67 / 6237.9) * 10000 * 0.1) / 332;
    const s = targets.find(({ index }) => index === GREEN_SHARE)?.value ?? 0;
    const T = targets.find(({ index }) => index === TOTAL)?.value ?? 0;
    expect(T / 10000).toBeCloseTo(s / 0.1, 5);
    const at = s / 0.1;
    expect(k * (k * at * at - 1) * at + at - 1).toBeCloseTo(0, 5);
    expect(targets.map(({ miss }) => Math.sign(miss))).toEqual([1, -1, -1]);
    expect(drivers.map(({ bound }) => bound)).toEqual([null, null]);
  });

  it('is no contradiction where bare figures are read as at least, and says so', () => {
    const loose = ask(lishuiEngine, 'plan', {
      targets: ['green_loans', 'green_share', 'deposits_loans'].map((line) => target(lishui, line)),
      drivers: ['deposits_loans_growth', 'green_share'],
      bareFigures: 'atLeast',
    });
    expect(loose).toMatchObject({
      kind: 'met',
      bareFigures: 'atLeast',
      solution: { cost: expect.closeTo(0, 12) as number },
    });
  });
});

describe('Lishui under stress', () => {
  it('needs a GDP of 2,000 and its growth for premiums of 100 at a depth of 5 %', () => {
    const answer = ask(lishuiEngine, 'stress', {
      targets: ['premiums', 'insurance_depth'].map((line) => target(lishui, line)),
      drivers: ['gdp_growth', 'insurance_depth'],
      watch: ['gdp'],
    });
    if (answer.kind !== 'met') throw new Error(answer.kind);
    const [gdp] = answer.solution.watched;
    for (const value of [gdp?.value, gdp?.lowest.value, gdp?.highest.value])
      expect(value).toBeCloseTo(2000, 6);
    const [growth, depth] = answer.solution.drivers;
    expect(growth?.level).toBeCloseTo((2000 / 1539.16) ** (1 / 5) - 1, 10);
    expect(depth?.level).toBeCloseTo(0.05, 10);
  });

  const wanted = (line: string) => target(lishui, line);
  const many = {
    targets: [
      'fin_va',
      'green_loans',
      'tech_loans',
      'credit_loans',
      'listed_companies',
      'insured_amount',
    ].map(wanted),
    drivers: [
      'gdp_growth',
      'fin_va_margin',
      'deposits_loans_growth',
      'loan_share',
      'green_share',
      'enterprise_margin',
      'credit_share',
      'cover_per_premium',
    ],
    bareFigures: 'atLeast' as const,
  };

  it('gives shadow prices that are the slopes of the cost', () => {
    const answer = ask(lishuiEngine, 'stress', many);
    if (answer.kind !== 'met') throw new Error(answer.kind);
    expect(answer.solution.isSettled).toBe(true);
    const costWith = (index: number, change: number) => {
      const targets = many.targets.map((one, at) =>
        at === index ? { ...one, value: one.value + change } : one,
      );
      const moved = ask(lishuiEngine, 'stress', { ...many, targets });
      if (moved.kind !== 'met') throw new Error(moved.kind);
      return moved.solution.cost;
    };
    answer.solution.targets.forEach(({ index, shadowPrice }) => {
      const step = (many.targets[index]?.value ?? 0) * 1e-4;
      const slope = (costWith(index, step) - costWith(index, -step)) / (2 * step);
      // central differences of a smooth cost: good to the square of 1e-4, and to what a search that rests at 1e-10 rounds
      expect(Math.abs(slope - shadowPrice)).toBeLessThan(1e-5 * Math.max(1e-3, Math.abs(shadowPrice)));
    });
  });

  it('meets every target when its change is put back into the scenario', () => {
    const answer = ask(lishuiEngine, 'stress', many);
    if (answer.kind !== 'met') throw new Error(answer.kind);
    const changes = answer.solution.drivers.map(({ lever, shift }) => ({ line: lever.line, add: shift }));
    const calculation = lishuiEngine.calculate({
      id: 'check',
      name: { zh: '—', en: '—' },
      basedOn: 'stress',
      changes,
    });
    for (const { line, period, value } of many.targets) {
      expect(calculation.value(line, period)).toBeGreaterThanOrEqual(value * (1 - 1e-9));
    }
  });
});

describe('Fuzhou', () => {
  const fuzhou = loadPlan('fuzhou-2021-2025');
  const engine = buildEngine(fuzhou);
  const lines = ['premiums', 'insurance_depth', 'insurance_density'];
  const drivers = ['gdp_growth', 'insurance_depth', 'population_growth'];

  it('needs 10,000,000 people for premiums of 550 at a density of 5,500, and their growth', () => {
    const exact = { premiums: 550, insurance_depth: 0.035, insurance_density: 5500 } as Record<
      string,
      number
    >;
    const answer = ask(engine, 'trend', {
      targets: lines.map((line) => {
        const { upTo: _, ...one } = target(fuzhou, line);
        return { ...one, comparator: '=', value: exact[line] as number };
      }),
      drivers,
      watch: ['population', 'gdp'],
    });
    if (answer.kind !== 'met') throw new Error(answer.kind);
    const [population, gdp] = answer.solution.watched;
    // 550 亿 / 5,500 = 1,000 万; 550 / 3.5 % = 15,714 亿
    expect(population?.value).toBeCloseTo(1000, 6);
    expect(gdp?.value).toBeCloseTo(550 / 0.035, 4);
    const growth = answer.solution.drivers.find(({ lever }) => lever.line === 'population_growth');
    expect(growth?.level).toBeCloseTo((1000 / 828.87) ** (1 / 5) - 1, 10);
  });

  it('needs at least 8,333,000 people within its printed ranges; above, the lever ends before the targets do', () => {
    const answer = ask(engine, 'plan', {
      targets: lines.map((line) => target(fuzhou, line)),
      drivers,
      watch: ['population'],
    });
    if (answer.kind !== 'met') throw new Error(answer.kind);
    const [population] = answer.solution.watched;
    // 500 亿 / 6,000 = 833.3 万; the targets would allow 600 亿 / 5,000 = 1,200 万, growth of 5 % gives 1,057.9 万
    expect(population?.lowest).toMatchObject({
      value: expect.closeTo(500e4 / 6000, 5) as number,
      bounds: [],
    });
    expect(population?.highest).toMatchObject({
      value: expect.closeTo(828.87 * 1.05 ** 5, 5) as number,
      bounds: [{ lever: { line: 'population_growth' }, bound: 'max' }],
    });
  });
});

describe('a contradiction with ways out', () => {
  const wish: Wish = {
    scenario: scenarioOf(lishui, 'plan'),
    scenarios: lishui.scenarios,
    targets: ['green_loans', 'green_share', 'deposits_loans'].map((line) => ({
      target: target(lishui, line),
    })),
    drivers: ['deposits_loans_growth', 'green_share'].map((line) => free(lishui, line)),
    held: [free(lishui, 'loan_share')],
    bareFigures: 'equal',
  };

  it('is made ready once for all sets and all ways out: the formulas are read as often as for one landscape', () => {
    const checksOf = (asked: Wish) => {
      let checks = 0;
      const counted: Engine = {
        ...lishuiEngine,
        check: (line, text) => ((checks += 1), lishuiEngine.check(line, text)),
      };
      const answer = findLeastChange(counted, asked);
      return { checks, kind: answer.kind };
    };
    // with the loan share free the targets can be met: one landscape, no ways out to look at
    const whole = checksOf({ ...wish, drivers: [...wish.drivers, ...(wish.held ?? [])], held: [] });
    expect(whole.kind).toBe('met');
    expect(checksOf(wish)).toEqual({ kind: 'contradiction', checks: whole.checks });
  });

  it('yields rising shares, so that it can be stopped between two sets and between two ways out', () => {
    const steps = searchLeastChange(lishuiEngine, wish);
    const shares: number[] = [];
    for (let step = steps.next(); !step.done; step = steps.next()) shares.push(step.value);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBeLessThan(1);
    // three targets that contradict each other: three repairs and one driver to free are looked at in the second half
    expect(shares.filter((share) => share >= 0.5)).toHaveLength(4);
    expect(shares.filter((share) => share < 0.5).length).toBeGreaterThan(0);
  });
});
