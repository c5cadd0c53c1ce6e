/** Scenarios side by side, and which of their inputs differ. */
import { describe, expect, it } from 'vitest';
import { buildEngine } from '#engine';
import type { Scenario } from '#plan';
import { aPlan, aScenario } from '#tests/builders';
import { compareLevels } from '../../src/analysis/difference/comparison.ts';
import { findInputDifferences } from '../../src/analysis/difference/input-difference.ts';

const plan = aPlan()
  .periods(2019, 2020, 2023)
  .driver('growth', '10%')
  .line('loans', { 2019: 90, 2020: 100 }, 'loans[t-1] * (1 + growth)')
  .line('debt', { 2020: -10 })
  .line('share', {}, '1 / (loans - 100)')
  .build();
const engine = buildEngine(plan);

describe('levels', () => {
  const faster = aScenario({ id: 'faster', changes: [{ line: 'growth', set: 0.2 }] });
  const slower = aScenario({
    id: 'slower',
    changes: [{ line: 'growth', set: 0 }],
    values: { debt: { 2021: -15, 2022: 0 } },
  });
  const calculations = [aScenario(), faster, slower].map((one) => engine.calculate(one));

  it('differ in the unit of the line and in percent of the first', () => {
    const [loans] = compareLevels(calculations, 0, ['loans'], [2020, 2021]);
    expect(loans?.levels.map((row) => row.map((value) => Number(value).toFixed(9)))).toEqual([
      ['100.000000000', '110.000000000'],
      ['100.000000000', '120.000000000'],
      ['100.000000000', '100.000000000'],
    ]);
    expect(loans?.differences[1]?.[1]).toBeCloseTo(10, 10);
    expect(loans?.relative[1]?.[1]).toBeCloseTo(10 / 110, 12);
    expect(loans?.relative[2]?.[1]).toBeCloseTo(-10 / 110, 12);
    expect(loans?.differences[0]).toEqual([0, 0]);
  });

  it('of a negative reference fall where they are lower', () => {
    const [debt] = compareLevels(
      [engine.calculate(aScenario({ values: { debt: { 2021: -10 } } })), calculations[2]!],
      0,
      ['debt'],
      [2021],
    );
    // from −10 to −15: 5 less, which is −50 % of the size of 10
    expect(debt?.differences[1]).toEqual([-5]);
    expect(debt?.relative[1]).toEqual([-0.5]);
  });

  it('stay missing or failed where there is no number, and fail as percent of zero', () => {
    const [debt, share] = compareLevels(calculations, 2, ['debt', 'share'], [2021, 2022]);
    expect(debt?.differences[0]).toEqual([null, null]);
    expect(debt?.relative[2]?.[1]).toMatchObject({ code: '#DIV/0!' });
    // loans stay 100 in `slower`, so that 1 / (loans − 100) fails in the reference
    expect(share?.differences[0]?.[0]).toMatchObject({ code: '#DIV/0!', line: 'share', period: 2021 });
  });
});

describe('input differences', () => {
  const base: Scenario = { ...aScenario({ changes: [{ line: 'growth', add: 0.01 }] }), id: 'base' };
  const between = (before: Scenario, after: Scenario) =>
    findInputDifferences(
      plan,
      engine.calculate(before, [...plan.scenarios, base]),
      engine.calculate(after, [...plan.scenarios, base]),
    );

  it('are none between a scenario and itself under another name', () => {
    expect(between(base, { ...base, id: 'copy' })).toEqual([]);
  });

  it('name the change, the value, the formula and the actual, with the nearest scenario that says so', () => {
    const after = aScenario({
      basedOn: 'base',
      values: { loans: { 2022: 130 } },
      changes: [{ line: 'share', formula: 'loans / 2', from: 2022, to: 2023 }],
      actuals: { debt: { 2021: -12 } },
    });
    const found = between(aScenario(), after);
    expect(
      found.map(({ line, spans }) => [line, spans.map(({ from, to, kinds }) => [from, to, ...kinds])]),
    ).toEqual([
      ['growth', [[2021, 2023, 'change']]],
      ['loans', [[2022, 2022, 'value']]],
      ['debt', [[2021, 2021, 'actual']]],
      ['share', [[2022, 2023, 'formula']]],
    ]);
    expect(found[0]?.spans[0]?.after.transforms).toEqual([{ kind: 'add', by: 0.01, scenario: 'base' }]);
    expect(found[1]?.spans[0]?.after.base).toEqual({ kind: 'override', value: 130, scenario: 'trial' });
    expect(found[1]?.spans[0]?.before.base).toMatchObject({
      kind: 'formula',
      text: 'loans[t-1] * (1 + growth)',
    });
  });

  it('are what may be drawn and what moves together, where the layers of both are given', () => {
    const normal = { kind: 'normal', mean: 0.05, sd: 0.01 } as const;
    const sameTurned = { sd: 0.01, mean: 0.05, kind: 'normal' } as const;
    const before = aScenario({ distributions: { growth: normal } });
    const drawn = (overlay: Partial<Scenario>) => {
      const after = { ...aScenario(overlay), id: 'after' };
      const calculations = [engine.calculate(before), engine.calculate(after)] as const;
      return findInputDifferences(plan, ...calculations, { before: [before], after: [after] });
    };
    expect(drawn({ distributions: { growth: sameTurned } })).toEqual([]);
    expect(drawn({})).toEqual([{ line: 'growth', spans: [], distribution: { before: normal, after: null } }]);
    const correlations = [{ lines: ['share', 'growth'] as [string, string], rank: 0.3 }];
    expect(drawn({ distributions: { growth: normal }, correlations })).toEqual([
      { line: 'growth', spans: [], correlations: [{ with: 'share', before: null, after: 0.3 }] },
    ]);
  });

  it('split a span where what is assumed changes on the way', () => {
    const after = aScenario({
      changes: [
        { line: 'growth', set: 0.2, from: 2021, to: 2022 },
        { line: 'growth', set: 0.3, from: 2023, to: 2023 },
      ],
    });
    expect(between(aScenario(), after)[0]?.spans.map(({ from, to }) => [from, to])).toEqual([
      [2021, 2022],
      [2023, 2023],
    ]);
  });

  it('tell both where a value and an addition on top of it differ', () => {
    const deeper: Scenario = { ...aScenario({ changes: [{ line: 'growth', set: 0.2 }] }), id: 'base' };
    const after = aScenario({ basedOn: 'base', changes: [{ line: 'growth', add: 0.01 }] });
    const found = findInputDifferences(
      plan,
      engine.calculate(aScenario()),
      engine.calculate(after, [deeper]),
    );
    expect(found[0]?.spans[0]?.kinds).toEqual(['value', 'change']);
  });
});
