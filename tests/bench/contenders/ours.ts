/** Ours, on the reference evaluator and compiled. */
import { readPlan, type Plan } from '#plan';
import { buildEngine } from '#engine';
import { spell } from '../spelling.ts';
import type { Workload } from '../workloads.ts';
import type { Contender, Model } from './contender.ts';

const FIRST_PERIOD = 2000;

/** The workload as a plan document. */
export function toPlanDocument({ name, lines, periods }: Workload): unknown {
  const both = (text: string) => ({ zh: text, en: text });
  return {
    format: 1,
    id: name,
    version: '1.0.0',
    title: both(name),
    place: both('Nowhere'),
    source: { title: 'generated' },
    periods: {
      unit: 'year',
      first: FIRST_PERIOD,
      last: FIRST_PERIOD + periods - 1,
      base: FIRST_PERIOD,
    },
    sections: [{ id: 'all', name: both('All') }],
    tables: [],
    targets: [],
    scenarios: [{ id: 'plan', name: both('Plan') }],
    lines: lines.map(({ first, formula }, line) => ({
      id: lineId(line),
      section: 'all',
      name: both(`Line ${line}`),
      unit: '',
      kind: formula ? 'result' : 'driver',
      ...(!formula && { lever: { min: 0, max: 1, step: 0.001 } }),
      figures: [{ period: FIRST_PERIOD, value: first, origin: 'assumed', note: both('generated') }],
      formula: formula
        ? spell(formula, line, {
            cell: (of, lag) => (lag ? `${lineId(of)}[t-1]` : lineId(of)),
            call: (called, items) => `${called}(${items.join(', ')})`,
            choose: (left, right, then, otherwise) => `IF(${left} > ${right}, ${then}, ${otherwise})`,
          })
        : `${lineId(line)}[t-1]`,
    })),
  };
}

/** The id of a line in the plan document. */
export function lineId(line: number): string {
  return `l${line}`;
}

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
