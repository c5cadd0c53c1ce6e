/** 100,000 samples of all drivers in one thread: the largest template, and the workload *plan* that the others can spell. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan } from '#plan';
import { batchOf, buildEngine, finish, samplesOf, type CellPlace } from '#engine';
import { hyperformula } from '../contenders/hyperformula.ts';
import { ironcalc } from '../contenders/ironcalc.ts';
import { loadFusedLoop, printFusedLoop } from '../contenders/fused.ts';
import { mathjs } from '../contenders/mathjs.ts';
import { readWorkPlan } from '../contenders/ours.ts';
import { toPlanDocument } from '../plan-document.ts';
import { measure, median } from '../measure.ts';
import { agreementOf, cellOf, layOut, ratioOf } from '../table.ts';
import { SHAPES, buildWorkload, type Shape } from '../workloads.ts';
import type { Question, Teller } from './question.ts';

const SAMPLES = 100_000;
const TEMPLATE = 'models/jian-2021-2025.plan.json';
const RUNS = 7;
/** Samples whose values are compared. */
const COMPARED = 1000;
const NANOSECONDS = 1e6;
/** How many times its middle a driver may be, less one. */
const SPREAD = 0.05;

const workload = buildWorkload('plan', SHAPES.plan as Shape);

/** A plan with the drivers that are drawn, where each is drawn from, and the cells that are wanted. */
interface Task {
  readonly plan: Plan;
  readonly drivers: readonly string[];
  readonly columns: readonly Float64Array[];
  readonly outputs: readonly CellPlace[];
}

/** Numbers around a middle, evenly spread, in an order of their own for each driver. */
function columnOf(middle: number, driver: number): Float64Array {
  const step = 7919 + 2 * driver;
  return Float64Array.from({ length: SAMPLES }, (_, sample) => {
    const share = ((sample * step) % SAMPLES) / SAMPLES;
    return middle * (1 + SPREAD * (2 * share - 1));
  });
}

function planTask(): Task {
  const plan = readWorkPlan(toPlanDocument(workload));
  const drivers = plan.lines.slice(0, workload.drivers).map(({ id }) => id);
  const columns = drivers.map((_, driver) => columnOf(workload.lines[driver]?.first ?? NaN, driver));
  const outputs = plan.lines
    .slice(workload.drivers)
    .slice(-30)
    .map(({ id }) => ({ line: id, period: plan.periods.last }));
  return { plan, drivers, columns, outputs };
}

function templateTask(): Task {
  const plan = readWorkPlan(JSON.parse(readFileSync(TEMPLATE, 'utf8')));
  const calculation = buildEngine(plan).calculate(plan.scenarios[0] as Plan['scenarios'][number]);
  const middles = plan.lines
    .filter(({ kind }) => kind === 'driver')
    .map(({ id }) => ({ id, middle: calculation.value(id, plan.periods.last) }));
  const drawn = middles.flatMap(({ id, middle }) => (typeof middle === 'number' ? [{ id, middle }] : []));
  return {
    plan,
    drivers: drawn.map(({ id }) => id),
    columns: drawn.map(({ middle }, driver) => columnOf(middle, driver)),
    outputs: plan.targets.map(({ line, period }) => ({ line, period })),
  };
}

const TASKS = { template: templateTask, plan: planTask };

/** Times a run; `read` gives the values of an output from what the run came to. */
function tellRun<Result>(
  name: string,
  tell: Teller,
  work: () => Result,
  read: (result: Result) => readonly Float64Array[],
): void {
  const columns = read(work());
  const joined = new Float64Array(columns.length * COMPARED);
  columns.forEach((column, output) =>
    // an output that no driver moves has one value for all samples
    joined.set(
      column.length === 1
        ? new Float64Array(COMPARED).fill(column[0] as number)
        : column.subarray(0, COMPARED),
      output * COMPARED,
    ),
  );
  tell.values(name, joined);
  const times = Array.from({ length: RUNS }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  });
  tell.number(name, (median(times) / SAMPLES) * NANOSECONDS);
  tell.number(`${name}, best`, (Math.min(...times) / SAMPLES) * NANOSECONDS);
}

async function runLoop(tell: Teller): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tuiyan-bench-'));
  for (const [name, build] of Object.entries(TASKS)) {
    const { plan, drivers, columns, outputs } = build();
    const text = printFusedLoop(buildEngine(plan), drivers, outputs);
    const loop = await loadFusedLoop(text, join(folder, `${name}.mjs`));
    const work = () => {
      const filled = outputs.map(() => new Float64Array(SAMPLES));
      loop(SAMPLES, columns, filled);
      return filled;
    };
    tellRun(name, tell, work, (filled) => filled);
  }
}

function runOurs(evaluator: 'interpreted' | 'compiled', tell: Teller): void {
  for (const [name, build] of Object.entries(TASKS)) {
    const { plan, drivers, columns, outputs } = build();
    const moves = drivers.map((line) => ({ line, effect: 'set' as const }));
    const [scenario] = plan.scenarios;
    if (!scenario) throw new Error(`${plan.id} has no scenario`);
    const batch = batchOf(buildEngine(plan), scenario, { moves, outputs, evaluator });
    tell.number(`${name}, cells`, batch.cells);
    tellRun(
      name,
      tell,
      () => finish(batch.run(samplesOf(columns))),
      // missing and failure are NaN where loops are compared
      (result) =>
        result.columns.map(({ values, status }) => values.map((value, at) => (status[at] ? NaN : value))),
    );
  }
}

/** Peers have no batches: every sample is a change of all drivers. */
async function runPeer(who: string, tell: Teller): Promise<void> {
  const contender = [hyperformula, ironcalc, mathjs].find(({ name }) => name === who);
  if (!contender) throw new Error(`${who} is no contender`);
  await contender.load?.();
  const model = contender.build(contender.spell(workload));
  const { columns } = planTask();
  const { median: middle, best } = measure((run) =>
    model.change(columns.map((column, driver) => ({ driver, value: column[run % SAMPLES] as number }))),
  );
  tell.number('plan', middle * NANOSECONDS);
  tell.number('plan, best', best * NANOSECONDS);
}

export const batchQuestion: Question = {
  name: 'batch',
  contenders: ['fused loop', 'ours, interpreted', 'ours, compiled', 'HyperFormula', 'IronCalc', 'mathjs'],
  agreement: 1e-9,
  async run(who, tell) {
    if (who === 'fused loop') await runLoop(tell);
    else if (who === 'ours, interpreted') runOurs('interpreted', tell);
    else if (who === 'ours, compiled') runOurs('compiled', tell);
    else await runPeer(who, tell);
  },
  print(outcomes, limitSeconds) {
    const ours = outcomes.find(({ who }) => who === 'ours, compiled');
    const peers = ['HyperFormula', 'IronCalc', 'mathjs'];
    const rows = outcomes.map((outcome) => [
      outcome.who,
      peers.includes(outcome.who) ? '–' : cellOf(outcome, 'template', limitSeconds),
      ratioOf(outcome, ours, 'template'),
      cellOf(outcome, 'plan', limitSeconds),
      ratioOf(outcome, ours, 'plan'),
      agreementOf(outcome, this.agreement),
    ]);
    const head = ['ns a sample', 'template', '/ ours, compiled', 'plan', '/ ours, compiled', 'agrees'];
    return `${SAMPLES.toLocaleString('en-GB')} samples of all drivers, one thread; the template is ${TEMPLATE}\n${layOut([head, ...rows])}\n`;
  },
};
