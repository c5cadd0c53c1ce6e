/** Workbooks of ours that another program has saved: they come back unchanged, and with what was typed into them. */
import { beforeAll, expect, it } from 'vitest';
import { aScenario } from '#tests/builders';
import { loadPlan, planIds } from '#tests/plans';
import { readOwn, typed, written } from '../exchange/workbook-edits.ts';
import { saveAgain } from './libre-office.ts';

const plans = planIds.map(loadPlan);
const languages = ['zh', 'en'] as const;
let saved: Map<string, Uint8Array>;

/** A scenario with something of everything in its columns. */
const own = aScenario({
  ...{ id: 'own', name: { zh: '=我的', en: '#N/A' } },
  values: { loans: { 2022: 3000 } },
  changes: [{ line: 'loans', from: 2023, to: 2025, add: 5 }],
});
const lishui = plans.find(({ id }) => id.startsWith('lishui'));

beforeAll(async () => {
  const files = new Map<string, Uint8Array>();
  for (const plan of plans) {
    for (const language of languages) {
      const bytes = await written(plan, plan.scenarios, language);
      files.set(`${plan.id} ${language}`, bytes);
      // the first input of the first driver, under the plan and under the third scenario
      files.set(`${plan.id} ${language} typed`, typed(bytes, 1, { I7: 0.0625, K7: -0.03 }));
    }
  }
  if (lishui) files.set('own', await written(lishui, [...lishui.scenarios, own], 'en'));
  saved = saveAgain(files);
}, 600_000);

it.each(plans.flatMap((plan) => languages.map((language) => ({ plan, language }))))(
  '$plan.id in $language differs in nothing, or in what was typed',
  async ({ plan, language }) => {
    const same = await readOwn(saved.get(`${plan.id} ${language}`) as Uint8Array, [plan]);
    expect(same.problems).toEqual([]);
    expect(same.inputs).toEqual([]);
    expect(same.changed).toEqual([]);
    const back = await readOwn(saved.get(`${plan.id} ${language} typed`) as Uint8Array, [plan]);
    expect(back.problems).toEqual([]);
    expect(back.inputs.map(({ cell, after }) => [cell, after])).toEqual(
      expect.arrayContaining([
        ['I7', 0.0625],
        ['K7', -0.03],
      ]),
    );
    expect(back.changed.length).toBeGreaterThan(1);
  },
);

it('a scenario of one’s own with values, changes and an odd name differs in nothing', async () => {
  const back = await readOwn(saved.get('own') as Uint8Array, lishui ? [lishui] : []);
  expect([back.problems, back.inputs]).toEqual([[], []]);
  expect(back.import.scenarios.find(({ id }) => id === 'own')).toMatchObject({ values: own.values });
});
