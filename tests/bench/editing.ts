/**
 * What an edit of a large plan costs, and what a plan takes of memory while it is open and after it was closed.
 *
 * `npm run bench:editing` prints milliseconds (medians) and megabytes; `lines periods` may follow.
 */
import { buildEngine, layersOf, type Calculation, type CompiledLines, type Engine } from '#engine';
import type { Line, Plan, Scenario } from '#plan';
import { readWorkPlan } from './contenders/ours.ts';
import { lineId, toPlanDocument } from './plan-document.ts';
import { SHAPES, buildWorkload, type Shape } from './workloads.ts';

const ROUNDS = 3;
const EDITS = 1000;
const PLAN_EDITS = 20;
/** Drivers whose levels are edited in turn; every plan that is measured has as many. */
const DRIVERS = 40;
const both = (text: string) => ({ zh: text, en: text });

const SCENARIO: Scenario = { id: 'trial', name: both('trial') };

function medianOf(work: (round: number) => void): number {
  const times = Array.from({ length: ROUNDS }, (_, round) => {
    const start = performance.now();
    work(round);
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] as number;
}

function middleOf({ lines }: Plan): number {
  return Math.floor(lines.length / 2);
}

function withLine(plan: Plan, number: number, change: Partial<Line>): Plan {
  return { ...plan, lines: plan.lines.with(number, { ...(plan.lines[number] as Line), ...change }) };
}

/** What is open of a plan, as a session holds it. */
interface Open {
  engine: Engine;
  lines: CompiledLines;
  calculation: Calculation;
}

function open(plan: Plan): Open {
  const engine = buildEngine(plan);
  const calculation = engine.calculate(SCENARIO);
  const lines = engine.compileLinesNow();
  calculation.runWith(lines);
  return { engine, lines, calculation };
}

/** Takes the plan as it was edited. */
function take(held: Open, plan: Plan): void {
  held.engine = held.engine.edited(plan);
  held.lines = held.engine.linesAfter(held.lines) ?? held.engine.compileLinesNow(held.lines);
  held.calculation = held.engine.calculate(SCENARIO, [], held.lines);
}

function show(what: string, value: number, unit: string): void {
  process.stdout.write(`${what.padEnd(64)}${value.toFixed(1).padStart(10)} ${unit}\n`);
}

function timeEdits(plan: Plan): void {
  const last = plan.lines.length - 1;
  const middle = Math.floor(last / 2);
  show(
    'read, calculated by reference',
    medianOf(() => void buildEngine(plan).calculate(SCENARIO)),
    'ms',
  );
  const held = open(plan);
  const formulaOf = (round: number) => `${lineId(middle - 1)} * 1.0${round + 1}`;
  const edits: readonly [string, (round: number) => Plan][] = [
    ['a formula', (round) => withLine(plan, middle, { formula: formulaOf(round) })],
    ['a figure', (round) => withLine(plan, middle, { figures: [{ ...figure, value: 2 + round }] })],
    ['a name', (round) => withLine(plan, middle, { name: both(`name ${round}`) })],
    ['a unit', (round) => withLine(plan, middle, { unit: round % 2 === 0 ? '亿元' : '万元' })],
    ['a line more at the end', (round) => ({ ...plan, lines: [...plan.lines, fresh(round)] })],
    [
      'a line more in the middle',
      (round) => ({ ...plan, lines: plan.lines.toSpliced(middle, 0, fresh(round)) }),
    ],
  ];
  const figure = {
    period: plan.periods.first,
    value: 1,
    origin: 'assumed' as const,
    note: both('generated'),
  };
  const fresh = (round: number): Line => ({
    ...(plan.lines[middle] as Line),
    id: `fresh_${round}`,
    name: both(`fresh_${round}`),
  });
  for (const [what, edited] of edits) {
    take(held, plan);
    show(
      `edit of ${what}`,
      medianOf((round) => take(held, edited(round))),
      'ms',
    );
    show('  formulas read', held.engine.formulasRead, '');
  }
}

async function collect(): Promise<number> {
  for (let round = 0; round < 5; round += 1) {
    (globalThis as { gc?: () => void }).gc?.();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return (heapUsed + external + arrayBuffers) / 1e6;
}

/** Edits of a scenario, every tenth of a formula. */
function editScenario({ calculation, engine }: Open): void {
  const middle = middleOf(engine.plan);
  for (let edit = 0; edit < EDITS; edit += 1) {
    const changes =
      edit % 10 === 0
        ? [{ line: lineId(middle), formula: `${lineId(middle - 1)} * 1.${edit}` }]
        : [{ line: lineId(edit % DRIVERS), set: 0.02 + edit / 20_000 }];
    calculation.revise(layersOf({ ...SCENARIO, changes }, []));
  }
}

/** Edits of the plan, each of a formula; tells the registry what each leaves behind. */
function editPlan(held: Open, plan: Plan, registry: FinalizationRegistry<string>): void {
  const middle = middleOf(plan);
  for (let edit = 0; edit < PLAN_EDITS; edit += 1) {
    registry.register(held.engine, 'engine');
    registry.register(held.calculation, 'calculation');
    take(held, withLine(plan, middle, { formula: `${lineId(middle - 1)} * 1.${edit + 1}` }));
  }
}

/** Opens a plan, edits it and closes it; nothing of it is known here but through `held`, which is emptied. */
async function weighMemory(makePlan: () => Plan): Promise<void> {
  const gone: string[] = [];
  const registry = new FinalizationRegistry<string>((what) => gone.push(what));
  const held: { open?: Open } = {};
  const nothing = await collect();
  held.open = open(makePlan());
  show('memory of the open plan, cells included', (await collect()) - nothing, 'MB');
  editScenario(held.open);
  show(`… after ${EDITS} edits of a scenario`, (await collect()) - nothing, 'MB');
  editPlan(held.open, held.open.engine.plan, registry);
  show(`… after ${PLAN_EDITS} edits of the plan`, (await collect()) - nothing, 'MB');
  close(held, registry);
  show('… after it was closed', (await collect()) - nothing, 'MB');
  const count = (what: string) => gone.filter((one) => one === what).length;
  show(`engines that are gone, of ${PLAN_EDITS + 1}`, count('engine'), '');
  show(`calculations that are gone, of ${PLAN_EDITS + 1}`, count('calculation'), '');
}

function close(held: { open?: Open }, registry: FinalizationRegistry<string>): void {
  if (held.open) registry.register(held.open.engine, 'engine');
  if (held.open) registry.register(held.open.calculation, 'calculation');
  delete held.open;
}

const [lines = 10_000, periods = 100] = process.argv.slice(2).map(Number);
const makePlan = () =>
  readWorkPlan(toPlanDocument(buildWorkload('large', { ...(SHAPES['large'] as Shape), lines, periods })));
await weighMemory(makePlan);
timeEdits(makePlan());
