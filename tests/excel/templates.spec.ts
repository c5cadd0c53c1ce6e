/** Every template with every scenario: written, emptied of values, calculated by LibreOffice, compared cell by cell. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Workbook } from 'hucre/xlsx';
import { buildEngine } from '#engine';
import { writeWorkbook } from '#exchange';
import { wordsIn, workbookWords } from '#words';
import { loadPlan, planIds } from '#tests/plans';
import { recalculate } from './libre-office.ts';
import { compareModel, withScenario, withoutCachedValues } from './workbook-under-test.ts';

const engines = planIds.map((id) => buildEngine(loadPlan(id)));
const languages = ['zh', 'en'] as const;
let calculated: Map<string, Workbook>;

beforeAll(async () => {
  const files = new Map<string, Uint8Array>();
  for (const engine of engines) {
    const { id, scenarios } = engine.plan;
    for (const language of languages) {
      const words = workbookWords(wordsIn(language));
      const { bytes, kept } = await writeWorkbook(engine, { scenarios, active: 'plan', words });
      expect(kept).toEqual([]);
      const bare = withoutCachedValues(bytes);
      files.set(`${id} ${language} as written`, bare);
      for (const scenario of scenarios) {
        files.set(`${id} ${language} ${scenario.id}`, withScenario(bare, scenario.name[language]));
      }
    }
  }
  calculated = await recalculate(files);
}, 600_000);

describe.each(engines)('the workbook of $plan.id', (engine) => {
  const { id, scenarios } = engine.plan;
  it.each(scenarios.flatMap((scenario) => languages.map((language) => ({ scenario, language }))))(
    'gives the numbers of $scenario.id when it is selected, in $language',
    ({ scenario, language }) => {
      const workbook = calculated.get(`${id} ${language} ${scenario.id}`) as Workbook;
      const { differences, largest, cells } = compareModel(workbook, engine.plan, engine.calculate(scenario));
      expect(differences).toEqual([]);
      console.log(
        `${id} ${language} ${scenario.id}: ${cells} cells, largest difference ${largest.toExponential(1)}`,
      );
    },
  );
});
