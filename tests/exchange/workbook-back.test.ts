/** A workbook of ours comes back: unchanged it says nothing, and what was typed into it is what arrives. */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
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
    const result = await read(typed(await bytes, 5, { A2: 'rAAAA' }));
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'workbook_record' }] });
  });

  it('says so where the workbook was made by a newer program', async () => {
    const result = await read(typed(await bytes, 5, { B1: 2 }));
    expect(result).toMatchObject({
      ok: false,
      problems: [{ code: 'workbook_newer', args: { format: 2, known: 1 } }],
    });
  });
});

describe('inputs beside the levels of drivers', () => {
  const own = aScenario({
    id: 'own',
    name: { zh: '自拟', en: 'Own' },
    values: { loans: { 2022: 60 } },
    changes: [
      { line: 'gdp', from: 2023, to: 2025, add: 5 },
      { line: 'loans', from: 2024, to: 2025, scale: 1.5 },
    ],
  });
  const plan: Plan = aPlan()
    .driver('growth', '8%')
    .line('gdp', { 2019: 90, 2020: 100 }, 'gdp[t-1] * (1 + growth)')
    .line('loans', { 2020: 50 }, 'gdp * 0.5')
    .build();
  const all = [...plan.scenarios, own];
  const bytes = written(plan, all);
  const after = async (cells: Parameters<typeof typed>[2]) => {
    const back = await readOwn(typed(await bytes, 1, cells), [plan]);
    expect(back.problems).toEqual([]);
    return scenario(back.import.scenarios, 'own');
  };

  // below the head in row 5 and the section in row 6: growth, gdp plus, loans instead, loans times; J is the column of own
  it('become what they are: an amount added, a factor, a value of one year', async () => {
    expect((await after({ J8: 7 })).changes).toContainEqual({ line: 'gdp', from: 2023, to: 2025, add: 7 });
    expect((await after({ J10: 2 })).changes).toContainEqual({
      line: 'loans',
      from: 2024,
      to: 2025,
      scale: 2,
    });
    expect((await after({ J9: 61 })).values).toEqual({ loans: { 2022: 61 } });
  });

  it('go where they are emptied', async () => {
    expect((await after({ J8: null })).changes).toEqual([
      { line: 'loans', from: 2024, to: 2025, scale: 1.5 },
    ]);
    expect((await after({ J9: null })).values).toBeUndefined();
  });

  it('come to a scenario that had none', async () => {
    const back = await readOwn(typed(await bytes, 1, { I8: 3 }), [plan]);
    expect(scenario(back.import.scenarios, 'plan').changes).toEqual([
      { line: 'gdp', from: 2023, to: 2025, add: 3 },
    ]);
    expect(
      findScenarioDifference(plan, scenario(back.import.scenarios, 'own'), scenario(back.written, 'own')),
    ).toEqual([]);
  });
});

describe('a scenario that builds on one that was typed over', () => {
  const lower = aScenario({
    id: 'lower',
    name: { zh: '较低', en: 'Lower' },
    changes: [{ line: 'growth', set: 0.04 }],
  });
  const upper = aScenario({
    id: 'upper',
    name: { zh: '之上', en: 'Upper' },
    basedOn: 'lower',
    values: { gdp: { 2021: 101 } },
  });
  const plan: Plan = aPlan()
    .driver('growth', '8%')
    .line('gdp', { 2020: 100 }, 'gdp[t-1] * (1 + growth)')
    .build();

  it('keeps the number of its own column', async () => {
    const all = [...plan.scenarios, lower, upper];
    const back = await readOwn(typed(await written(plan, all), 1, { J7: 0.01 }), [plan]);
    expect(back.problems).toEqual([]);
    expect(scenario(back.import.scenarios, 'lower').changes).toEqual([{ line: 'growth', set: 0.01 }]);
    expect(scenario(back.import.scenarios, 'upper').changes).toEqual([{ line: 'growth', set: 0.04 }]);
  });
});

describe('a row that a person inserted', () => {
  it('is said, and formulas that moved with it are no other formulas', async () => {
    const plan: Plan = aPlan()
      .driver('growth', '8%')
      .line('gdp', { 2020: 100 }, 'gdp[t-1] * (1 + growth)')
      .build();
    const parts = unzipSync(await written(plan));
    const path = 'xl/worksheets/sheet2.xml';
    // below row 5 everything moves down by one, as a spreadsheet does it
    const moved = strFromU8(parts[path] as Uint8Array)
      .replace(/<row r="(\d+)"/g, (all, row: string) =>
        Number(row) > 5 ? `<row r="${Number(row) + 1}"` : all,
      )
      .replace(/<c r="([A-Z]+)(\d+)"/g, (all, column: string, row: string) =>
        Number(row) > 5 ? `<c r="${column}${Number(row) + 1}"` : all,
      )
      .replace(
        /<f>([^<]*)<\/f>/g,
        (_, formula: string) =>
          `<f>${formula.replace(/(?<![A-Za-z_!$])([A-Z]{1,2})(\d+)/g, (all: string, column: string, row: string) => (Number(row) > 5 ? `${column}${Number(row) + 1}` : all))}</f>`,
      )
      .replace('<row r="7"', '<row r="6"><c r="A6" t="inlineStr"><is><t>new</t></is></c></row><row r="7"');
    parts[path] = strToU8(moved);
    const back = await readOwn(zipSync(parts), [plan]);
    expect(back.problems.map(({ code, args }) => [code, args['row']])).toEqual([['workbook_row_new', 6]]);
  });
});
