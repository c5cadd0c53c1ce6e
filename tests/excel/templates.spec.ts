/** Every template with every scenario: written, emptied of values, calculated by LibreOffice, compared cell by cell. */
import { beforeAll, describe, expect, it } from 'vitest';
import { readXlsx, type Workbook } from 'hucre/xlsx';
import { targetResults } from '#analysis';
import { buildEngine, type Engine } from '#engine';
import { writeWorkbook } from '#exchange';
import type { Scenario } from '#plan';
import { loadWords, workbookWords, type Language } from '#words';
import { loadPlan, planIds } from '#tests/plans';
import { recalculate } from './libre-office.ts';
import { compareModel, withNumber, withScenario, withoutCachedValues } from './workbook-under-test.ts';

const engines = planIds.map((id) => buildEngine(loadPlan(id)));
const lishui = engines.find(({ plan }) => plan.id.startsWith('lishui')) as Engine;
let calculated: Map<string, Workbook>;

async function write({ plan }: Engine, active: string, language: Language): Promise<Uint8Array> {
  const words = workbookWords(await loadWords(language));
  const { bytes, kept } = await writeWorkbook(buildEngine(plan), {
    scenarios: plan.scenarios,
    active,
    words,
  });
  expect(kept).toEqual([]);
  return withoutCachedValues(bytes);
}

/** Where the level of a driver stands for the first scenario. */
async function levelAddress(bytes: Uint8Array, driver: string): Promise<string> {
  const rows = (await readXlsx(bytes)).sheets[0]?.rows ?? [];
  return `I${rows.findIndex((row) => row[3] === driver && row[4] === '水平') + 1}`;
}

beforeAll(async () => {
  const files = new Map<string, Uint8Array>();
  for (const engine of engines) {
    const { id, scenarios } = engine.plan;
    const bytes = await write(engine, 'plan', 'zh');
    for (const scenario of scenarios)
      files.set(`${id} ${scenario.id}`, withScenario(bytes, scenario.name.zh));
    files.set(`${id} as written`, await write(engine, 'stress', 'en'));
  }
  const bytes = await write(lishui, 'plan', 'zh');
  files.set('typed over', withNumber(bytes, await levelAddress(bytes, 'deposits_loans_growth'), 0.08));
  calculated = await recalculate(files);
}, 600_000);

describe.each(engines)('the workbook of $plan.id', (engine) => {
  const { plan } = engine;
  const check = (name: string, scenario: Scenario): void => {
    const workbook = calculated.get(`${plan.id} ${name}`) as Workbook;
    const { differences, largest, cells } = compareModel(workbook, plan, engine.calculate(scenario));
    expect(differences).toEqual([]);
    console.log(`${plan.id} ${name}: ${cells} cells, largest difference ${largest.toExponential(1)}`);
  };

  it.each(plan.scenarios)('gives the numbers of $id when it is selected', (scenario) => {
    check(scenario.id, scenario);
  });

  it('gives the numbers of the scenario in force as it was written', () => {
    check('as written', plan.scenarios.find(({ id }) => id === 'stress') as Scenario);
  });

  it.each(plan.scenarios)('judges the targets in $id as the board does', async (scenario) => {
    const rows = calculated.get(`${plan.id} ${scenario.id}`)?.sheets[2]?.rows.slice(4) ?? [];
    const { labels } = workbookWords(await loadWords('zh'));
    const results = targetResults(engine, engine.calculate(scenario));
    expect(results.length).toBeGreaterThan(5);
    results.forEach(({ target, projected, gap, status }, index) => {
      const row = rows[index] ?? [];
      expect([target.line, row[12]]).toEqual([target.line, labels[status === 'atRisk' ? 'met' : status]]);
      if (typeof projected === 'number') expect(row[10]).toBeCloseTo(projected, 6);
      if (gap !== null) expect(row[11]).toBeCloseTo(gap, 6);
    });
  });
});

describe('a number that a reader types', () => {
  it('moves the whole workbook as the lever moves the plan', () => {
    const trial: Scenario = {
      id: 'trial',
      name: { zh: '—', en: '—' },
      basedOn: 'plan',
      changes: [{ line: 'deposits_loans_growth', set: 0.08 }],
    };
    const calculation = lishui.calculate(trial, [...lishui.plan.scenarios, trial]);
    // 6,237.9 in 2020, five years at 8 %
    expect(calculation.value('deposits_loans', 2025)).toBeCloseTo(6237.9 * 1.08 ** 5, 1);
    const workbook = calculated.get('typed over') as Workbook;
    expect(compareModel(workbook, lishui.plan, calculation).differences).toEqual([]);
  });
});
