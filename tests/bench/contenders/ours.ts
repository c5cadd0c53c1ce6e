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

function build(document: unknown): Required<Model> {
  const plan = readWorkPlan(document);
  const engine = buildEngine(plan);
  const [scenario] = plan.scenarios;
  if (!scenario) throw new Error('the workload has no scenario');
  const calculation = engine.calculate(scenario);
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
    compile: () => calculation.runWith(engine.compileLinesNow()),
  };
}

/** The reference evaluator: what the app runs on where WebAssembly is refused, and until lines are compiled. */
export const reference: Contender = {
  name: 'ours, reference',
  spell: toPlanDocument,
  build(document) {
    const { change, values } = build(document);
    return { change, values };
  },
};

/** Lines in WebAssembly: first values come from the reference evaluator, as in the app. */
export const compiled: Contender = { name: 'ours, compiled', spell: toPlanDocument, build };
