/** Why a cell differs between two scenarios. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildEngine } from '#engine';
import type { Scenario } from '#plan';
import { aPlan, aScenario } from '#tests/builders';
import { loadPlan } from '#tests/plans';
import { bridge, type Bridge } from '../../src/analysis/difference/bridge.ts';
import { seededRandom } from '../../src/analysis/chance/random-source.ts';

const plan = aPlan()
  .driver('customers', '1')
  .driver('price', '1')
  .driver('visits', '1')
  .driver('idle', '1')
  .line('sales', {}, 'customers * price * visits')
  .line('margin', {}, '1 / (customers - price)')
  .build();
const engine = buildEngine(plan);
const sales = { line: 'sales', period: 2025 };

function answer(
  from: Scenario,
  to: Scenario,
  cell = sales,
  scenarios: readonly Scenario[] = plan.scenarios,
): Bridge {
  return bridge(engine, { scenario: from, scenarios }, { scenario: to, scenarios }, cell, seededRandom(1));
}

function contributions(result: Bridge): Record<string, number> {
  if (result.kind !== 'bridge') throw new Error(result.kind);
  return Object.fromEntries(result.items.map((item) => [item.difference.line, item.contribution]));
}

const changes = [
  { line: 'visits', set: 4 },
  { line: 'customers', set: 2 },
  { line: 'price', set: 3 },
];

describe('a bridge', () => {
  it('shares out three drivers of a product as worked out by hand', () => {
    // from 1 to 24; shares 5.5, 8 and 9.5 as in shapley.test.ts
    const result = answer(aScenario(), aScenario({ changes }));
    expect(result).toMatchObject({ kind: 'bridge', from: 1, to: 24, difference: 23 });
    const shares = contributions(result);
    expect(shares['customers']).toBeCloseTo(5.5, 12);
    expect(shares['price']).toBeCloseTo(8, 12);
    expect(shares['visits']).toBeCloseTo(9.5, 12);
  });

  it('says by which rule', () => {
    const result = answer(aScenario(), aScenario({ changes }));
    expect(result.kind === 'bridge' && result.rule).toEqual({
      kind: 'shapley',
      method: 'exact',
      orders: 6,
      evaluations: 8,
      remainder: 'largest',
    });
  });

  it('gives the same to the last bit in whatever order the edits were made', () => {
    const expected = answer(aScenario(), aScenario({ changes }));
    fc.assert(
      fc.property(fc.shuffledSubarray(changes, { minLength: 3 }), (shuffled) => {
        expect(answer(aScenario(), aScenario({ changes: shuffled }))).toEqual(expected);
      }),
      // three edits have six orders
      { numRuns: 20 },
    );
  });

  it('is the opposite the other way round', () => {
    const [there, back] = [
      answer(aScenario(), aScenario({ changes })),
      answer(aScenario({ changes }), aScenario()),
    ];
    const [a, b] = [contributions(there), contributions(back)];
    for (const line of Object.keys(a)) expect(b[line]).toBeCloseTo(-(a[line] as number), 12);
  });

  it('gives nothing to an assumption that cannot reach the cell, and does not try it', () => {
    const result = answer(aScenario(), aScenario({ changes: [...changes, { line: 'idle', set: 9 }] }));
    if (result.kind !== 'bridge') throw new Error(result.kind);
    const idle = result.items.find((item) => item.difference.line === 'idle');
    expect(idle).toMatchObject({ contribution: 0, reaches: false });
    expect(result.rule.evaluations).toBe(8);
  });

  it('counts formulas, values, actuals, factors and what bases say as assumptions', () => {
    const base: Scenario = { ...aScenario({ changes: [{ line: 'price', scale: 3 }] }), id: 'base' };
    const to = aScenario({
      basedOn: 'base',
      values: { visits: { 2025: 2 } },
      changes: [{ line: 'customers', formula: 'visits + 1' }],
    });
    // from 1·1·1 to 3·3·2 = 18. With p: price ×3, v: visits 2, c: customers = visits + 1
    // worth: none 1 · p 3 · v 2 · c (1+1)·1·1 = 2 · pv 6 · pc 6 · vc (2+1)·1·2 = 6 · pvc 18
    // p: (3−1)/3 + (6−2)/6 + (6−2)/6 + (18−6)/3 = 2/3 + 2/3 + 2/3 + 4 = 6
    // v: (2−1)/3 + (6−3)/6 + (6−2)/6 + (18−6)/3 = 1/3 + 1/2 + 2/3 + 4 = 5.5
    // c: (2−1)/3 + (6−3)/6 + (6−2)/6 + (18−6)/3 = 5.5
    const shares = contributions(answer(aScenario(), to, sales, [...plan.scenarios, base]));
    expect(shares['price']).toBeCloseTo(6, 12);
    expect(shares['visits']).toBeCloseTo(5.5, 12);
    expect(shares['customers']).toBeCloseTo(5.5, 12);
  });

  it('is undefined where a mixture has no number, and names the mixture', () => {
    const from = aScenario({ changes: [{ line: 'customers', set: 2 }] });
    const to = aScenario({
      changes: [
        { line: 'customers', set: 5 },
        { line: 'price', set: 2 },
      ],
    });
    // customers 2 as in the first scenario with price 2 as in the second: 1 / 0
    expect(answer(from, to, { line: 'margin', period: 2025 })).toMatchObject({
      kind: 'undefined',
      changed: ['price'],
      value: { code: '#DIV/0!', line: 'margin', period: 2025 },
    });
  });

  it('samples above twelve assumptions: a sum keeps its parts, with no error', () => {
    const ids = Array.from({ length: 13 }, (_, index) => `driver_${index}`);
    const wide = ids
      .reduce((built, id) => built.driver(id, '0'), aPlan())
      .line('total', {}, ids.join(' + '))
      .build();
    const to = aScenario({ changes: ids.map((line, index) => ({ line, set: index + 1 })) });
    const result = bridge(
      buildEngine(wide),
      { scenario: aScenario() },
      { scenario: to },
      { line: 'total', period: 2025 },
      seededRandom(5),
    );
    if (result.kind !== 'bridge') throw new Error(result.kind);
    // 4,096 evaluations over 2 · 13 a pair: 157 pairs of orders
    expect(result.rule).toMatchObject({ method: 'sampled', orders: 314, evaluations: 4083 });
    result.items.forEach((item, index) => {
      expect(item.contribution).toBeCloseTo(index + 1, 9);
      expect(item.standardError).toBeCloseTo(0, 9);
    });
  });
});

describe('whatever is changed', () => {
  const rich = aPlan()
    .driver('growth', '10%')
    .driver('share', '0.3 + loans[base] / 1000')
    .driver('margin', 'growth / 2')
    .driver('path', 'PERIODYEAR(t) / 1000')
    .line('loans', { 2019: 90, 2020: 100 }, 'loans[t-1] * (1 + growth)')
    .line('green', {}, 'loans * share')
    .line('result', {}, 'SUM(green[2021:t]) * (1 + margin) + path * loans')
    .build();
  const richEngine = buildEngine(rich);
  const cell = { line: 'result', period: 2025 };
  const amount = fc.integer({ min: 1, max: 9 }).map((one) => one / 20);
  const change = (line: string) =>
    fc.tuple(fc.nat(5), amount, fc.constantFrom(2021, 2023)).map(([kind, by, from]) => {
      const span = { line, from, to: 2025 };
      return [
        { line, set: by },
        { ...span, add: by },
        { ...span, scale: 1 + by },
        { line, growth: by / 10, from: 2022, to: 2025 },
        { line, formula: `${by} + loans[2020] / 1000` },
        { line, formula: `${by} + COUNT(green[2021:t]) / 1000 + loans[t-1] / 1e5` },
      ][kind] as NonNullable<Scenario['changes']>[number];
    });

  it('the shares are those of plain calculations of every combination', () => {
    const edits = fc.tuple(change('growth'), change('share'), change('margin'), change('path'));
    const kinds = new Set<string>();
    fc.assert(
      fc.property(edits, fc.boolean(), (changes, isBack) => {
        const [plain, edited] = [aScenario(), aScenario({ id: 'edited', changes: [...changes] })];
        const [from, to] = isBack ? [edited, plain] : [plain, edited];
        const result = bridge(richEngine, { scenario: from }, { scenario: to }, cell, seededRandom(1));
        const worth = (mask: number) => {
          const made = changes.filter((_, index) => Boolean(mask & (1 << index)) !== isBack);
          return richEngine.calculate(aScenario({ changes: made })).value(cell.line, cell.period);
        };
        const all = Array.from({ length: 16 }, (_, mask) => worth(mask));
        kinds.add(result.kind);
        if (!all.every((value) => typeof value === 'number')) {
          expect(result.kind).toBe('undefined');
          return;
        }
        const shares = contributions(result);
        changes.forEach(({ line }, index) => {
          // weights of 0, 1, 2 and 3 others among four: 1/4, 1/12, 1/12, 1/4
          const share = all.reduce((sum, value, mask) => {
            if (mask & (1 << index)) return sum;
            const others = [0, 1, 2, 3].filter((one) => mask & (1 << one)).length;
            const weight = others === 0 || others === 3 ? 1 / 4 : 1 / 12;
            return sum + weight * ((all[mask | (1 << index)] as number) - value);
          }, 0);
          expect(Math.abs((shares[line] ?? 0) - share)).toBeLessThanOrEqual(1e-9);
        });
      }),
      { numRuns: 60 },
    );
    expect(kinds).toContain('bridge');
  });
});

describe.each([
  'fuzhou-2021-2025',
  'huzhou-2021-2025',
  'jian-2021-2025',
  'lishui-2021-2025',
  'zhoushan-2021-2025',
])('%s', (id) => {
  const shipped = loadPlan(id);
  const shippedEngine = buildEngine(shipped);
  const scenarioOf = (name: string) => shipped.scenarios.find((one) => one.id === name) as Scenario;
  const lines = [...new Set(shipped.targets.map((target) => target.line))].filter(
    (line) => shipped.lines.find((one) => one.id === line)?.kind === 'result',
  );

  it.each(['trend', 'stress'])('explains every target from plan to %s to 1e-9', (name) => {
    for (const line of lines) {
      const cell = { line, period: shipped.periods.last };
      const result = bridge(
        shippedEngine,
        { scenario: scenarioOf('plan') },
        { scenario: scenarioOf(name) },
        cell,
        seededRandom(1),
      );
      if (result.kind !== 'bridge') throw new Error(`${line} ${result.kind}`);
      const sum = result.items.reduce((total, item) => total + item.contribution, 0);
      expect(Math.abs(sum - result.difference)).toBeLessThanOrEqual(1e-9);
      expect(result.from).toBe(shippedEngine.calculate(scenarioOf('plan')).value(line, cell.period));
      expect(result.to).toBe(shippedEngine.calculate(scenarioOf(name)).value(line, cell.period));
    }
  });
});
