/** Recalculation touches what an edit can reach and stops where a value did not change. */
import { describe, expect, it } from 'vitest';
import {
  batchOf,
  derivativesOf,
  buildEngine,
  finish,
  samplesOf,
  valueAt,
  type Move,
  type Question,
} from '#engine';
import { aPlan, aScenario } from '#tests/builders';

const plan = aPlan()
  .driver('loan_growth', '10%')
  .driver('gdp_growth', '5%')
  .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + loan_growth)')
  .line('gdp', { 2020: 200 }, 'gdp[t-1] * (1 + gdp_growth)')
  .line('green', {}, 'loans * 6%')
  .line('ratio', {}, 'loans / gdp')
  .line('capped', {}, 'MIN(loans, 50)')
  .line('after_cap', {}, 'capped * 2')
  .line('share_of_base', {}, 'loans[base] / gdp[base]')
  .build();
const engine = buildEngine(plan);

describe('a revision', () => {
  it('changes the lines that depend on the edit, and no other', () => {
    const calculation = engine.calculate(aScenario());
    const revision = engine.revise(calculation, aScenario({ changes: [{ line: 'loan_growth', set: 0.2 }] }));
    expect(revision.changed.toSorted()).toEqual(['green', 'loan_growth', 'loans', 'ratio']);
  });

  it('stops where a value stays the same', () => {
    const calculation = engine.calculate(aScenario());
    const revision = engine.revise(calculation, aScenario({ changes: [{ line: 'loan_growth', set: 0.2 }] }));
    // 5 forecast years each of loan_growth, loans, green, ratio and capped; after_cap is not reached
    expect(revision.evaluated).toBe(25);
    expect(revision.changed).not.toContain('after_cap');
  });

  it('begins at the first period that is touched', () => {
    const calculation = engine.calculate(aScenario());
    const revision = engine.revise(calculation, aScenario({ values: { loan_growth: { 2024: 0.2 } } }));
    expect(revision.evaluated).toBe(10);
    expect(calculation.value('loans', 2023)).toBeCloseTo(133.1, 10);
    expect(calculation.value('loans', 2024)).toBeCloseTo(133.1 * 1.2, 10);
  });

  it('evaluates nothing when nothing changed', () => {
    const calculation = engine.calculate(aScenario({ values: { loans: { 2021: 5 } } }));
    expect(engine.revise(calculation, aScenario({ values: { loans: { 2021: 5 } } }))).toEqual({
      changed: [],
      evaluated: 0,
    });
  });

  it('leaves the arrays of untouched lines as they are', () => {
    const calculation = engine.calculate(aScenario());
    const before = { gdp: calculation.series('gdp'), loans: calculation.series('loans') };
    engine.revise(calculation, aScenario({ changes: [{ line: 'loan_growth', set: 0.2 }] }));
    expect(calculation.series('gdp')).toBe(before.gdp);
    expect(calculation.series('loans')).not.toBe(before.loans);
  });

  it('finds a new order when a formula looks elsewhere', () => {
    const calculation = engine.calculate(aScenario());
    engine.revise(calculation, aScenario({ changes: [{ line: 'gdp', formula: 'loans * 3' }] }));
    expect(calculation.value('gdp', 2025)).toBeCloseTo(483.153, 9);
    expect(calculation.value('ratio', 2025)).toBeCloseTo(1 / 3, 12);
    engine.revise(calculation, aScenario());
    expect(calculation.series('ratio')).toEqual(engine.calculate(aScenario()).series('ratio'));
  });
});

describe('loops', () => {
  it('is no cycle to read one’s own past, or each other’s', () => {
    const lagged = aPlan().line('a', { 2020: 1 }, 'b[t-1] + 1').line('b', { 2020: 10 }, 'a[t-1] * 2').build();
    // a: 11, 3, 23, 7, 47 · b: 2, 22, 6, 46, 14
    const calculation = buildEngine(lagged).calculate(aScenario());
    expect(calculation.series('a').slice(3)).toEqual([11, 3, 23, 7, 47]);
    expect(calculation.series('b').slice(3)).toEqual([2, 22, 6, 46, 14]);
  });

  it('takes a lead that closes no cycle', () => {
    const led = aPlan().line('a', {}, 't == last ? 100 : a[t+1] / 2').build();
    expect(buildEngine(led).calculate(aScenario()).value('a', 2023)).toBe(25);
  });

  it('names the lines of a cycle in order', () => {
    const cyclic = aPlan()
      .line('a', {}, 'b + 1')
      .line('b', {}, 'c + 1')
      .line('c', {}, 'a + 1')
      .line('d', {}, 'a * 2')
      .build();
    const calculation = buildEngine(cyclic).calculate(aScenario());
    expect(calculation.value('a', 2021)).toMatchObject({ code: '#CYCLE!', reason: 'cycle' });
    const value = calculation.value('b', 2021);
    expect(value).toMatchObject({ args: { lines: 'a → b → c → a' } });
    expect(calculation.value('d', 2021)).toMatchObject({ code: '#CYCLE!', period: 2021 });
  });

  it('settles a cycle where the plan allows iteration', () => {
    // interest on the average of opening and closing debt: x = 0.1 (100 + 100 + x) / 2, so x = 10 / 0.95
    const settled = aPlan().iteration(100, 1e-12).line('interest', {}, '10% * (200 + interest) / 2').build();
    expect(buildEngine(settled).calculate(aScenario()).value('interest', 2021)).toBeCloseTo(10 / 0.95, 10);
  });

  it('says so when a cycle does not settle, after how many rounds, and in what reads it too; compiled lines do as well', () => {
    const wild = aPlan()
      .iteration(50, 1e-9)
      .line('x', {}, '1 - 2 * y')
      .line('y', {}, 'x')
      .line('z', {}, 'x * 2')
      .build();
    const wildEngine = buildEngine(wild);
    for (const lines of [undefined, wildEngine.compileLinesNow()]) {
      const calculation = wildEngine.calculate(aScenario(), wild.scenarios, lines);
      for (const line of ['x', 'y', 'z']) {
        expect(calculation.value(line, 2021)).toMatchObject({
          code: '#CYCLE!',
          reason: 'iteration_unsettled',
          args: { lines: 'x → y → x', rounds: 50 },
        });
      }
    }
  });

  it('settles a cycle and what reads it in compiled lines and in a batch alike', () => {
    const settled = aPlan()
      .iteration(100, 1e-12)
      .driver('rate', '10%')
      .line('interest', {}, 'rate * (200 + interest) / 2')
      .line('due', {}, '100 + interest')
      .build();
    const settling = buildEngine(settled);
    const calculation = settling.calculate(aScenario(), settled.scenarios, settling.compileLinesNow());
    const outputs = [{ line: 'due', period: 2021 }];
    for (const rate of [0.1, 0.3]) {
      settling.revise(calculation, aScenario({ changes: [{ line: 'rate', set: rate }] }));
      // x = r (200 + x) / 2
      expect(calculation.value('due', 2021)).toBeCloseTo(100 + (100 * rate) / (1 - rate / 2), 10);
      const question: Question = { moves: [{ line: 'rate', effect: 'set' }], outputs, evaluator: 'compiled' };
      const result = finish(batchOf(settling, aScenario(), question).run(samplesOf([Float64Array.of(rate)])));
      expect(valueAt(result, 0, 0)).toBe(calculation.value('due', 2021));
    }
  });
});

it('brings each period of a range, and each item of a list, to the unit of what stands before it', () => {
  const mixed = aPlan()
    .line('premiums', { 2020: 2 }, undefined, { unit: '亿元' })
    .line('fees', { 2019: 10_000, 2020: 25_000 }, undefined, { unit: '万元' })
    .line('all', {}, 'SUM(premiums[base], fees[2018:2020])', { unit: '亿元' })
    .line('least', {}, 'MIN(premiums[base], fees[2018:2020])', { unit: '万元' })
    .build();
  const mixedEngine = buildEngine(mixed);
  const calculation = mixedEngine.calculate(aScenario());
  expect(calculation.value('all', 2021)).toBe(5.5);
  expect(calculation.value('least', 2021)).toBe(10_000);
  const outputs = [{ line: 'all', period: 2021 }];
  const fees: Move = { line: 'fees', effect: 'add', from: 2019, to: 2020 };
  expect(derivativesOf(mixedEngine, aScenario(), { moves: [fees], outputs }).at().slopes).toEqual([[2e-4]]);
});

describe('failures', () => {
  const broken = aPlan()
    .line('a', { 2020: 0 }, 'a[t-1]')
    .line('b', {}, '1 / a')
    .line('c', {}, 'b + 1')
    .line('d', {}, 'IFERROR(c, -1)')
    .line('e', {}, 'nothing * 2')
    .line('f', {}, 'IF(a == 0, 5, 1 / a)')
    .build();
  const calculation = buildEngine(broken).calculate(aScenario());

  it('travel to dependents and say where they began', () => {
    expect(calculation.value('c', 2021)).toMatchObject({
      code: '#DIV/0!',
      reason: 'divide_by_zero',
      line: 'b',
      period: 2021,
    });
  });
  it('can be rescued', () => expect(calculation.value('d', 2021)).toBe(-1));
  it('do not arise on the side that is not taken', () => expect(calculation.value('f', 2021)).toBe(5));
  it('of an unknown name say the name', () => {
    expect(calculation.value('e', 2021)).toMatchObject({
      code: '#NAME?',
      args: { name: 'nothing' },
      line: 'e',
    });
  });
});
