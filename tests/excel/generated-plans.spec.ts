/**
 * The engine's generated plans as workbooks: every family of functions, lags, leads, periods that are not there, ranges,
 * loops, and scenarios of every kind of change. A cell that fails in the engine fails in the workbook, in every scenario.
 *
 * RUNS says how many plans are tried; each costs the referee some seconds.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readXlsx, type Workbook } from 'hucre/xlsx';
import { isFailure } from '#quantity';
import { buildEngine, layerOf, type Engine } from '#engine';
import { writeWorkbook } from '#exchange';
import type { Plan, Scenario } from '#plan';
import { loadWords, workbookWords } from '#words';
import { moves, plans } from '../engine/random-plans.ts';
import { recalculate } from './libre-office.ts';
import { compareModel, withScenario, withoutCachedValues } from './workbook-under-test.ts';

const RUNS = Number(process.env['RUNS'] ?? 40);
/** Plans that the referee is given at one start. */
const BATCH = 20;
const PATIENCE = 600_000;
const seed = 20211;

/** Numbers as they occur. At the edge of what a number can be programs lose digits, each in its own way. */
const amount = fc.oneof(
  fc.integer({ min: -4, max: 4 }),
  fc.integer({ min: -300, max: 300 }).map((whole) => whole / 100),
);

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

const words = workbookWords(await loadWords('en'));
const engines = fc
  .sample(cases, { seed, numRuns: RUNS })
  .map((plan, index) => buildEngine({ ...plan, id: `plan-${index}` }));

const write = async ({ plan }: Engine) =>
  (await writeWorkbook(buildEngine(plan), { scenarios: plan.scenarios, active: 'plan', words })).bytes;

/** What differs in the workbook of a plan, with the formulas that it comes from. */
function reported({ plan }: Engine, differences: readonly string[]): object[] {
  if (differences.length === 0) return [];
  return [{ plan: plan.id, formulas: plan.lines.map(({ formula }) => formula), differences }];
}

describe.each(Array.from({ length: Math.ceil(RUNS / BATCH) }, (_, batch) => batch * BATCH))(
  'the workbooks of generated plans from %i on',
  (from) => {
    const batch = engines.slice(from, from + BATCH);

    it(
      'show the numbers and the failures of the engine before anything is calculated',
      async () => {
        const found: object[] = [];
        for (const engine of batch) {
          const [own] = engine.plan.scenarios as [Scenario];
          const { differences } = compareModel(
            await readXlsx(await write(engine)),
            engine.plan,
            engine.calculate(own),
          );
          found.push(...reported(engine, differences));
        }
        expect(found).toEqual([]);
      },
      PATIENCE,
    );

    it(
      'give those of every scenario that is selected',
      async () => {
        const files = new Map<string, Uint8Array>();
        for (const engine of batch) {
          const bare = withoutCachedValues(await write(engine));
          for (const { id, name } of engine.plan.scenarios)
            files.set(`${engine.plan.id} ${id}`, withScenario(bare, name.en));
        }
        const calculated = await recalculate(files);
        let [cells, failures] = [0, 0];
        const found = batch.flatMap((engine) => {
          const { plan } = engine;
          const differences = plan.scenarios.flatMap((scenario) => {
            const calculation = engine.calculate(scenario);
            for (const { id } of plan.lines) failures += calculation.series(id).filter(isFailure).length;
            const compared = compareModel(
              calculated.get(`${plan.id} ${scenario.id}`) as Workbook,
              plan,
              calculation,
            );
            cells += compared.cells;
            return compared.differences.map((one) => `${scenario.id}: ${one}`);
          });
          return reported(engine, differences);
        });
        console.log(`plans ${from} to ${from + batch.length - 1}: ${cells} cells, ${failures} of them fail`);
        expect(found).toEqual([]);
        expect(failures).toBeGreaterThan(0);
      },
      PATIENCE,
    );
  },
);
