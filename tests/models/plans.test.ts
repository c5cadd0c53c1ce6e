/** Every shipped plan: its document, its logic, and the sentences of its checks file. */
import { describe, expect, it } from 'vitest';
import { isNumber, roundTo } from '#quantity';
import type { Plan, Scenario } from '#plan';
import { buildEngine, type Calculation } from '#engine';
import { drivers, targetResults } from '#analysis';
import { loadChecks, loadPlan, planIds, type PlanCheck } from '#tests/plans';

/** Below this share of its size a difference is rounding noise of the last bits, not a move. */
const NOISE = 1e-9;

function scenarioOf(plan: Plan, id: string): Scenario {
  const found = plan.scenarios.find((scenario) => scenario.id === id);
  if (!found) throw new Error(`no scenario ${id}`);
  return found;
}

function scenarioFor(plan: Plan, check: PlanCheck): Scenario {
  return {
    id: 'check',
    name: { zh: '—', en: '—' },
    basedOn: check.scenario ?? 'plan',
    changes: [
      ...Object.entries(check.move ?? {}).map(([line, add]) => ({ line, add })),
      ...Object.entries(check.set ?? {}).map(([line, set]) => ({ line, set })),
    ],
  };
}

function movedLines(plan: Plan, before: Calculation, after: Calculation): string[] {
  const { last } = plan.periods;
  return plan.lines
    .filter(({ id }) => {
      const [a, b] = [before.value(id, last), after.value(id, last)];
      if (!isNumber(a) || !isNumber(b)) return a !== b;
      return Math.abs(a - b) > NOISE * Math.max(Math.abs(a), Math.abs(b));
    })
    .map(({ id }) => id);
}

it('ships the five plans', () => {
  expect(planIds).toEqual([
    'fuzhou-2021-2025',
    'huzhou-2021-2025',
    'jian-2021-2025',
    'lishui-2021-2025',
    'zhoushan-2021-2025',
  ]);
});

describe.each(planIds)('%s', (id) => {
  const plan = loadPlan(id);
  const engine = buildEngine(plan);
  const { checks, exceptions } = loadChecks(id);
  const forecast = Array.from({ length: plan.periods.last - plan.periods.base }, (_, year) => plan.periods.base + 1 + year);

  it('has formulas that are understood and whose units fit', () => {
    expect(engine.problems).toEqual([]);
  });

  it('ships the scenarios plan, trend and stress, each with its reason', () => {
    expect(plan.scenarios.map((scenario) => scenario.id)).toEqual(expect.arrayContaining(['plan', 'trend', 'stress']));
    for (const scenario of plan.scenarios) expect(scenario.note?.zh, scenario.id).toBeTruthy();
    expect(scenarioOf(plan, 'plan').changes ?? []).toEqual([]);
  });

  it.each(plan.scenarios.map((scenario) => scenario.id))('has a number for every driver and result in every forecast year in %s', (scenario) => {
    const calculation = engine.calculate(scenarioOf(plan, scenario));
    const without = plan.lines
      .filter((line) => line.kind !== 'figure')
      .flatMap((line) => forecast.map((period) => ({ line: line.id, period, value: calculation.value(line.id, period) })))
      .filter((cell) => !isNumber(cell.value));
    expect(without).toEqual([]);
  });

  it('shows nothing between its observed years that nobody observed', () => {
    const calculation = engine.calculate(scenarioOf(plan, 'plan'));
    const observed = new Set(plan.lines.flatMap((line) => (line.figures ?? []).map((figure) => figure.period)));
    const invented = plan.lines.flatMap((line) =>
      Array.from({ length: plan.periods.base - plan.periods.first }, (_, year) => plan.periods.first + year)
        // a line that is the same in every period says something about the plan as a whole
        .filter(() => new Set(calculation.series(line.id).filter(isNumber)).size > 1)
        .filter((period) => !observed.has(period) && isNumber(calculation.value(line.id, period)))
        .map((period) => `${line.id} ${period}`),
    );
    expect(invented).toEqual([]);
  });

  it('reproduces every numeric target in plan to its printed rounding, or says why it cannot', () => {
    const results = targetResults(engine, engine.calculate(scenarioOf(plan, 'plan')));
    const isException = (line: string, period: number) => exceptions.some((one) => one.line === line && one.period === period);
    const missed = results
      .filter((result) => isNumber(result.projected) && result.status !== 'met')
      .filter(({ target }) => !isException(target.line, target.period))
      .map(({ target, projected, gap }) => ({ line: target.line, value: target.value, projected, gap }));
    expect(missed).toEqual([]);
  });

  it('reaches every target line that has a figure in the base year through a driver', () => {
    const reached = new Set<string>();
    const before = engine.calculate(scenarioOf(plan, 'plan'));
    for (const driver of drivers(plan)) {
      const moved: PlanCheck = { it: '', line: '', period: 0, because: '', move: { [driver.id]: driver.lever.step } };
      for (const line of movedLines(plan, before, engine.calculate(scenarioFor(plan, moved)))) reached.add(line);
    }
    const islands = plan.targets
      .map((target) => plan.lines.find((line) => line.id === target.line))
      .filter((line) => line?.figures?.some((figure) => figure.period === plan.periods.base))
      .filter((line) => line && !reached.has(line.id))
      .map((line) => line?.id);
    expect(islands).toEqual([]);
  });

  it('has a check that moves each driver', () => {
    const moved = new Set(checks.flatMap((check) => Object.keys(check.move ?? {})));
    expect(drivers(plan).filter((driver) => !moved.has(driver.id)).map((driver) => driver.id)).toEqual([]);
  });

  it.each(checks)('$it', (check) => {
    const calculation = engine.calculate(scenarioFor(plan, check));
    const value = calculation.value(check.line, check.period);
    expect(check.because.length).toBeGreaterThan(0);
    if (check.missing) expect(value).toBeNull();
    if (check.equals !== undefined) {
      const decimals = check.decimals ?? 0;
      expect(isNumber(value) ? roundTo(value, decimals) : value, check.because).toBe(roundTo(check.equals, decimals) + 0);
    }
    if (check.atLeast !== undefined) expect(value).toBeGreaterThanOrEqual(check.atLeast);
    if (check.atMost !== undefined) expect(value).toBeLessThanOrEqual(check.atMost);
    if (check.moves) {
      const before = engine.calculate(scenarioOf(plan, check.scenario ?? 'plan'));
      const moved = movedLines(plan, before, calculation).filter((line) => !(line in (check.move ?? {})));
      const expected = check.moves.filter((line) => !(line in (check.move ?? {})));
      expect(moved.toSorted()).toEqual(expected.toSorted());
    }
  });

  it.each(exceptions)('cannot reproduce $line in $period: $because', (exception) => {
    const calculation = engine.calculate(scenarioOf(plan, 'plan'));
    const target = plan.targets.find((one) => one.line === exception.line && one.period === exception.period);
    expect(target?.value).toBeCloseTo(exception.printed, 10);
    const value = calculation.value(exception.line, exception.period);
    expect(isNumber(value) ? roundTo(value, exception.decimals) : value).toBe(roundTo(exception.projected, exception.decimals));
    expect(roundTo(exception.projected, exception.decimals)).not.toBe(roundTo(exception.printed, exception.decimals));
  });
});
