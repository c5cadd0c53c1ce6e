/** Generated plans: every family of functions, lags, leads, ranges, loops, and scenarios of every kind of change. */
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Workbook } from 'hucre/xlsx';
import { buildEngine, layerOf, type Engine } from '#engine';
import { writeWorkbook } from '#exchange';
import type { Plan, Scenario } from '#plan';
import { loadWords, workbookWords } from '#words';
import { moves } from '../engine/random-plans.ts';
import { plans } from './workbook-plans.ts';
import { recalculate } from './libre-office.ts';
import { compareModel, withScenario, withoutCachedValues } from './workbook-under-test.ts';

const SAMPLES = 20;
/** Numbers as they occur. At the edge of what a number can be programs lose digits, each in its own way. */
const amount = fc.oneof(
  fc.integer({ min: -4, max: 4 }),
  fc.integer({ min: -300, max: 300 }).map((whole) => whole / 100),
);
const seed = 20211;

/** A plan with three scenarios besides its own: random changes, values in single periods, another formula. */
const cases = fc
  .tuple(plans, moves, fc.array(amount, { minLength: 3, maxLength: 3 }), fc.nat(6), moves)
  .map(([plan, one, amounts, line, other]): Plan => {
    const layer = (id: string, layers: typeof one): Scenario => ({
      ...layerOf(layers, amounts),
      id,
      name: { zh: id, en: id },
      basedOn: 'plan',
    });
    const values = { [`line_${line}`]: { '2019': amounts[0] as number, '2022': 5, '2023': 5, '2024': 2 } };
    const changes = [{ line: `line_${(line + 1) % 7}`, formula: `line_${line}[t-1] * 2 + 1`, from: 2021 }];
    const scenarios = [
      ...plan.scenarios,
      layer('moved', one),
      layer('moved_twice', [...one, ...other].slice(0, 3)),
      { id: 'set', name: { zh: 'set', en: 'set' }, basedOn: 'moved', values, changes },
    ];
    const lines = plan.lines.map((one) =>
      one.formula === undefined ? one : { ...one, formula: one.formula.replaceAll('1E200', '120') },
    );
    return { ...plan, lines, scenarios };
  });

/** Loops of lines keep their values: of many plans those with the most formulas are the ones to try. */
async function chooseEngines(): Promise<Engine[]> {
  const all = fc
    .sample(cases, { seed, numRuns: 3 * SAMPLES })
    .map((plan, index) => buildEngine({ ...plan, id: `plan-${index}` }));
  const counted = await Promise.all(
    all.map(async (engine) => {
      const { scenarios } = engine.plan;
      const { kept } = await writeWorkbook(engine, { scenarios, active: 'plan', words });
      return { engine, kept: kept.length };
    }),
  );
  return counted
    .toSorted((a, b) => a.kept - b.kept)
    .slice(0, SAMPLES)
    .map(({ engine }) => engine);
}

const words = workbookWords(await loadWords('en'));
const engines = await chooseEngines();
const keptCells = new Map<string, number>();
let calculated: Map<string, Workbook>;

beforeAll(async () => {
  const files = new Map<string, Uint8Array>();
  for (const engine of engines) {
    const { id, scenarios } = engine.plan;
    const { bytes, kept } = await writeWorkbook(engine, { scenarios, active: 'plan', words });
    const bare = withoutCachedValues(bytes);
    keptCells.set(id, kept.length);
    for (const scenario of scenarios) files.set(`${id} ${scenario.id}`, withScenario(bare, scenario.name.en));
  }
  calculated = await recalculate(files);
}, 600_000);

describe.each(engines)('the workbook of $plan.id', (engine) => {
  it('gives the numbers of every scenario', () => {
    const found = engine.plan.scenarios.flatMap((scenario) => {
      const workbook = calculated.get(`${engine.plan.id} ${scenario.id}`) as Workbook;
      return compareModel(workbook, engine.plan, engine.calculate(scenario)).differences.map(
        (one) => `${scenario.id}: ${one}`,
      );
    });
    console.log(`${engine.plan.id}: ${keptCells.get(engine.plan.id)} of 56 cells keep their values`);
    expect({ formulas: engine.plan.lines.map(({ formula }) => formula), found }).toMatchObject({ found: [] });
  });
});
