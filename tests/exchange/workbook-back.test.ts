/** A workbook of ours comes back: unchanged it says nothing, and what was typed into it is what arrives. */
import { describe, expect, it } from 'vitest';
import { findScenarioDifference } from '#exchange';
import type { Plan, Scenario } from '#plan';
import { aPlan, aScenario } from '#tests/builders';
import { loadPlan, planIds } from '#tests/plans';
import { read, readOwn, typed, written } from './workbook-edits.ts';

const scenario = (of: readonly Scenario[], id: string) => of.find((one) => one.id === id) as Scenario;
const codes = (problems: readonly { code: string }[]) => problems.map(({ code }) => code);

describe('a workbook that nobody changed', () => {
  it.each(planIds)('of %s differs in nothing', async (id) => {
    const plan = loadPlan(id);
    for (const language of ['zh', 'en'] as const) {
      const back = await readOwn(await written(plan, plan.scenarios, language), [plan]);
      expect(back.problems).toEqual([]);
      expect(back.inputs).toEqual([]);
      expect(back.changed).toEqual([]);
      for (const shipped of plan.scenarios)
        expect(findScenarioDifference(plan, scenario(back.import.scenarios, shipped.id), shipped)).toEqual(
          [],
        );
      expect(back.import.isSamePlan).toBe(true);
    }
  });
});

describe('what is typed into a workbook', () => {
  const slow = aScenario({
    id: 'slow',
    changes: [
      { line: 'growth', set: 0.02 },
      { line: 'loans', from: 2023, to: 2025, add: 5 },
    ],
  });
  const plan: Plan = aPlan()
    .driver('growth', '8%')
    .driver('share', '0.3')
    .line('gdp', { 2019: 90, 2020: 100 }, 'gdp[t-1] * (1 + growth)')
    .line('loans', { 2020: 50 }, 'gdp * share')
    .build();
  const all = [...plan.scenarios, slow];
  const bytes = written(plan, all);

  // the sheet of drivers: row 7 growth, 8 and 9 share… of two columns, I the plan's, J that of slow
  it('becomes the level of a driver, as its lever would set it', async () => {
    const back = await readOwn(typed(await bytes, 1, { I7: 0.05 }), [plan]);
    expect(back.problems).toEqual([]);
    expect(back.changed).toEqual(['plan']);
    expect(scenario(back.import.scenarios, 'plan').changes).toEqual([{ line: 'growth', set: 0.05 }]);
  });

  it('replaces what the scenario itself had set', async () => {
    const back = await readOwn(typed(await bytes, 1, { J7: 0.01 }), [plan]);
    expect(scenario(back.import.scenarios, 'slow').changes).toEqual([
      { line: 'growth', set: 0.01 },
      { line: 'loans', from: 2023, to: 2025, add: 5 },
    ]);
    expect(back.import.scenario).toBe('slow');
    expect(scenario(back.written, 'slow')).toEqual(slow);
  });

  it('is placed beside a plan that is not at hand together with it', async () => {
    const back = await readOwn(typed(await bytes, 1, { I7: 0.05 }), []);
    expect(back.import.isPlanNew).toBe(true);
    expect(back.import.plan.lines).toEqual(plan.lines);
  });

  it('is said and not taken where it is a formula, a text, or nothing', async () => {
    const back = await readOwn(
      typed(await bytes, 1, { I7: { formula: '0.05*2' }, J7: '5 percent', I8: null }),
      [plan],
    );
    expect(back.changed).toEqual([]);
    expect(back.problems).toMatchObject([
      { code: 'workbook_input_formula', args: { cell: 'I7', before: '0.08', after: '=0.05*2' } },
      { code: 'workbook_input_text', args: { cell: 'J7', before: '0.02', after: '5 percent' } },
      { code: 'workbook_input_empty', args: { cell: 'I8', before: '0.3' } },
    ]);
  });

  it('is said and not taken in any other cell', async () => {
    const back = await readOwn(typed(await bytes, 2, { I7: 123, A6: 'Product' }), [plan]);
    expect(back.changed).toEqual([]);
    expect(new Set(codes(back.problems))).toEqual(new Set(['workbook_cell_changed']));
    expect(back.problems.map(({ args }) => args['cell'])).toContain('I7');
  });

  it('comes with the scenario that the selector names', async () => {
    const back = await readOwn(typed(await bytes, 1, { B3: 'no such' }), [plan]);
    expect(back.import.scenario).toBe('plan');
    const named = await readOwn(typed(await bytes, 1, { B3: slow.name.en }), [plan]);
    expect(named.import.scenario).toBe('slow');
  });

  it('is refused whole where the record was touched', async () => {
    const result = await read(typed(await bytes, 5, { A2: 'rAAAA' }), [plan]);
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'workbook_record' }] });
  });

  it('says so where the workbook was made by a newer program', async () => {
    const result = await read(typed(await bytes, 5, { B1: 2 }), [plan]);
    expect(result).toMatchObject({
      ok: false,
      problems: [{ code: 'workbook_newer', args: { format: 2, known: 1 } }],
    });
  });
});
