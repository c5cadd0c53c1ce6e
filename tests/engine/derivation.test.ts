/** Every cell of every plan is explained: down to figures, scenarios' values and assumptions, and by arithmetic that holds. */
import { describe, expect, it } from 'vitest';
import { isFailure, isNumber, type Value } from '#quantity';
import { listPeriods, type Plan, type Scenario } from '#plan';
import { printExpression } from '#formula';
import {
  buildEngine,
  dependentsOf,
  explainCell,
  inNumbers,
  layersOf,
  type Derivation,
  type Engine,
} from '#engine';
import { aPlan, aScenario } from '#tests/builders';
import { loadPlan, planIds } from '#tests/plans';
import { evaluateWritten } from './written-arithmetic.ts';

/** Two ways of the same arithmetic differ by their roundings. */
const CLOSE = 1e-12;

function explainerOf(engine: Engine, scenario: Scenario) {
  const { plan } = engine;
  const explained = {
    plan,
    calculation: engine.calculate(scenario),
    layers: layersOf(scenario, plan.scenarios),
  };
  return {
    ...explained,
    explain: (line: string, period: number) => explainCell(explained, line, period),
  };
}

function written(value: Value): string {
  if (value === null) return 'missing';
  return isNumber(value) ? String(value) : value.code;
}

/** What a reader gets who works out what the derivation shows. */
function workedOut(
  plan: Plan,
  engine: Engine,
  one: Derivation,
  valueAt: (line: string, at: number) => Value,
) {
  const { base } = one.rule;
  let value = base.kind === 'formula' || base.kind === 'missing' ? null : base.value;
  if (one.expression) {
    const numbers = inNumbers(one.expression, one.period, plan.periods, (line, at) =>
      written(valueAt(line, at)),
    );
    const text = printExpression(numbers, { names: engine.names, language: 'id', signs: 'written' });
    const read = evaluateWritten(text);
    value = Array.isArray(read) ? NaN : read;
  }
  for (const { transform, before } of one.steps) {
    if (transform.kind === 'growth') value = isNumber(before) ? before * (1 + transform.by) : null;
    else if (value !== null) value = transform.kind === 'add' ? value + transform.by : value * transform.by;
  }
  return value;
}

function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= CLOSE * Math.max(1, Math.abs(a), Math.abs(b));
}

describe.each(planIds)('%s', (id) => {
  const plan = loadPlan(id);
  const engine = buildEngine(plan);
  const last = plan.lines.find(({ kind }) => kind === 'driver')?.id ?? '';
  const own: Scenario = {
    id: 'own',
    name: { zh: '试', en: 'Trial' },
    basedOn: 'stress',
    changes: plan.lines
      .filter(({ kind }) => kind === 'result')
      .slice(0, 12)
      .map(({ id: line }, index) =>
        index % 3 === 0
          ? { line, add: 1, from: 2022 }
          : index % 3 === 1
            ? { line, scale: 1.1 }
            : { line, growth: 0.05 },
      ),
    values: { [last]: { 2023: 0.031 } },
  };

  it.each([...plan.scenarios, own].map((scenario) => [scenario.id, scenario] as const))(
    'in %s: the arithmetic shown gives every cell, and every chain ends',
    (_, scenario) => {
      const { calculation, explain } = explainerOf(engine, scenario);
      const wrong: string[] = [];
      const ends = new Map<string, boolean>();
      /** Whether all that a cell is made of ends in what was printed, entered or assumed. */
      const endsWell = (line: string, period: number): boolean => {
        const key = `${line} ${period}`;
        const known = ends.get(key);
        if (known !== undefined) return known;
        // a chain that comes back to itself does not end
        ends.set(key, false);
        const { rule, inputs } = explain(line, period);
        const good =
          inputs.length === 0
            ? rule.base.kind !== 'missing' || calculation.value(line, period) === null
            : inputs.every((one) => one.isOutside || endsWell(one.line, one.period));
        ends.set(key, good);
        return good;
      };
      for (const { id: line } of plan.lines) {
        for (const period of listPeriods(plan.periods)) {
          const one = explain(line, period);
          const value = calculation.value(line, period);
          const found = workedOut(plan, engine, one, (other, at) => calculation.value(other, at));
          if (isFailure(value)) {
            if (!one.began && one.inputs.length === 0) wrong.push(`${line} ${period} fails for no reason`);
          } else if (value === null ? found !== null : found === null || !isClose(found, value))
            wrong.push(`${line} ${period}: ${String(found)} shown, ${String(value)} in the cell`);
          if (!endsWell(line, period)) wrong.push(`${line} ${period} does not end`);
        }
      }
      expect(wrong).toEqual([]);
    },
  );

  it('names as dependents exactly the cells that have a cell among their inputs', () => {
    const { calculation, explain } = explainerOf(engine, own);
    const readers = new Map<string, string[]>();
    for (const { id: line } of plan.lines)
      for (const period of listPeriods(plan.periods))
        for (const input of explain(line, period).inputs) {
          const key = `${input.line} ${input.period}`;
          readers.set(key, [...(readers.get(key) ?? []), `${line} ${period}`]);
        }
    for (const { id: line } of plan.lines) {
      const period = plan.periods.base;
      const found = dependentsOf(plan, calculation, line, period).map((one) => `${one.line} ${one.period}`);
      expect(found).toEqual(readers.get(`${line} ${period}`) ?? []);
    }
  });
});

describe('a derivation', () => {
  const plan = aPlan()
    .driver('growth', '10%')
    .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)', { unit: '亿元' })
    .line('people', { 2020: 50 }, 'people[t-1]', { unit: '万人' })
    .line('each', {}, 'loans / people', { unit: '元/人' })
    .line('half', {}, 'growth > 5% ? loans / 2 : people')
    .line('late', {}, 'gap + 1')
    .line('gap', {}, 'loans[t-9]')
    .line('broken', {}, '1 / (growth - growth)')
    .line('after', {}, 'broken + 1')
    .build();
  const engine = buildEngine(plan);
  const explain = (overlay: Partial<Scenario> = {}) => explainerOf(engine, aScenario(overlay)).explain;

  it('shows the factor between units, and which lines it brings together', () => {
    expect(explain()('each', 2021).factors).toEqual([
      { by: 10_000, lines: ['loans', 'people'], isWhole: true },
    ]);
  });

  it('tells which side of a condition took part', () => {
    const { inputs } = explain()('half', 2021);
    expect(inputs.map(({ line, isRead }) => [line, isRead])).toEqual([
      ['growth', true],
      ['loans', true],
      ['people', false],
    ]);
  });

  it('leads a failure and a gap to the cell where they began', () => {
    expect(explain()('after', 2022).began).toEqual({ line: 'broken', period: 2022 });
    expect(explain()('broken', 2022).began).toBeUndefined();
    expect(explain()('late', 2022).began).toEqual({ line: 'loans', period: 2013 });
  });

  it('says what a value stands in front of, one scenario behind the other', () => {
    const base: Scenario = {
      id: 'under',
      name: { zh: '下', en: 'Under' },
      basedOn: 'plan',
      values: { loans: { 2022: 130 } },
    };
    const withBase = buildEngine({ ...plan, scenarios: [...plan.scenarios, base] });
    const scenario = aScenario({
      basedOn: 'under',
      values: { loans: { 2022: 140 } },
      actuals: { loans: { 2022: 135 } },
    });
    const { replaced } = explainerOf(withBase, scenario).explain('loans', 2022);
    expect(replaced.map(({ base: { kind, ...rest } }) => [kind, 'value' in rest ? rest.value : 0])).toEqual([
      ['override', 130],
      ['actual', 135],
      ['formula', 0],
    ]);
  });

  it('goes through the changes of scenarios one by one; a growth begins again with the year before', () => {
    const changed = explain({
      changes: [
        { line: 'loans', scale: 2, from: 2022, to: 2022 },
        { line: 'loans', growth: 0.2, from: 2022, to: 2022 },
        { line: 'loans', add: 5, from: 2022, to: 2022 },
      ],
    })('loans', 2022);
    expect(changed.steps.map(({ transform: { kind }, before, after }) => [kind, before, after])).toEqual([
      ['growth', 110.00000000000001, 132],
      ['add', 132, 137],
    ]);
    expect(changed.expression).toBeUndefined();
    expect(changed.inputs.map(({ line, period }) => [line, period])).toEqual([['loans', 2021]]);
    expect(changed.value).toBe(137);
  });

  it('names the lines of a loop that is settled by iteration', () => {
    const loop = aPlan().iteration(100, 1e-9).line('a', {}, 'b / 2 + 1').line('b', {}, 'a / 2').build();
    expect(explainerOf(buildEngine(loop), aScenario()).explain('a', 2022).loop.toSorted()).toEqual([
      'a',
      'b',
    ]);
  });

  it('is plain data', () => {
    const one = explain()('half', 2021);
    expect(structuredClone(one)).toEqual(one);
  });
});
