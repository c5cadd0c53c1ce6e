/** Ours, on the reference evaluator and compiled. */
import { readPlan, type Plan } from '#plan';
import { buildEngine } from '#engine';
import { lineId, toPlanDocument } from '../plan-document.ts';
import type { Contender, Model } from './contender.ts';

/** Reads a document that is known to be a plan. */
export function readWorkPlan(document: unknown): Plan {
  const read = readPlan(document);
  if (!read.ok) throw new Error(`the workload is no plan: ${JSON.stringify(read).slice(0, 300)}`);
  return read.value;
}

/** Compiled as the app opens a plan: lines first, then the values by them. */
function build(document: unknown, isCompiled: boolean): Model {
  const plan = readWorkPlan(document);
  const engine = buildEngine(plan);
  const [scenario] = plan.scenarios;
  if (!scenario) throw new Error('the workload has no scenario');
  const lines = isCompiled ? engine.compileLinesNow() : undefined;
  const calculation = engine.calculate(scenario, plan.scenarios, lines);
  const set = new Map<number, number>();
  return {
    change(given) {
      for (const { driver, value } of given) set.set(driver, value);
      const changes = Array.from(set, ([line, to]) => ({ line: lineId(line), set: to }));
      engine.revise(calculation, { ...scenario, changes });
    },
    values: () =>
      Float64Array.from(
        plan.lines.flatMap(({ id }) =>
          calculation.series(id).map((value) => (typeof value === 'number' ? value : NaN)),
        ),
      ),
  };
}

/** The reference evaluator: what the app runs on where WebAssembly is refused, and until lines are compiled. */
export const reference: Contender = {
  name: 'ours, reference',
  spell: toPlanDocument,
  build: (document) => build(document, false),
};

/** Lines in WebAssembly. */
export const compiled: Contender = {
  name: 'ours, compiled',
  spell: toPlanDocument,
  build: (document) => build(document, true),
};
