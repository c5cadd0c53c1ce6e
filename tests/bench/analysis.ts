/**
 * How long the analyses take on the largest template, as a person waits for them: `npm run bench:analysis`.
 *
 * Each is run as the worker runs it, by its job; the median of several runs after one that warms up.
 */
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { readPlan, type Plan, type Scenario } from '#plan';
import { buildEngine, finish } from '#engine';
import { analysisJobs, findLever, levelsBetween } from '#analysis';

/** The template with the most lines. */
const TEMPLATE = 'models/jian-2021-2025.plan.json';
const RUNS = 7;
/** What a person is promised, in milliseconds. */
const PROMISED_MS = 500;
const SEED = 2021;

function loadPlan(path: string): Plan {
  const read = readPlan(JSON.parse(readFileSync(path, 'utf8')));
  if (!read.ok) throw new Error(`${path} is not a plan`);
  return read.value;
}

function isGenerator(given: unknown): given is Generator<number, unknown> {
  return typeof given === 'object' && given !== null && Symbol.iterator in given && 'next' in given;
}

/** The median of the runs in milliseconds, and the longest. */
function measure(work: () => unknown): { readonly median: number; readonly most: number } {
  const times = Array.from({ length: RUNS + 1 }, () => {
    const began = performance.now();
    const given = work();
    if (isGenerator(given)) finish(given);
    return performance.now() - began;
  })
    .slice(1)
    .toSorted((a, b) => a - b);
  return { median: times[Math.floor(RUNS / 2)] as number, most: times.at(-1) as number };
}

const plan = loadPlan(TEMPLATE);
const engine = buildEngine(plan);
const { base, last } = plan.periods;
const drivers = plan.lines.filter(({ kind }) => kind === 'driver');
const leverOf = (line: string) => {
  const lever = findLever(plan, line);
  if (!lever) throw new Error(`${line} has no lever`);
  return lever;
};
const open = plan.scenarios[0] as Scenario;

/** Every driver uncertain by a quarter of its lever. */
const uncertain: Scenario = {
  ...open,
  id: 'uncertain',
  distributions: Object.fromEntries(
    drivers.map(({ id }) => {
      const { min, max } = leverOf(id);
      const middle = engine.calculate(open).value(id, last);
      const mean = typeof middle === 'number' ? middle : (min + max) / 2;
      return [id, { kind: 'normal' as const, mean, sd: (max - min) / 16 }];
    }),
  ),
};

/** Ten drivers moved by a tenth of their lever. */
const moved: Scenario = {
  id: 'moved',
  name: { zh: '移动', en: 'Moved' },
  basedOn: open.id,
  changes: drivers.slice(0, 10).map(({ id }) => {
    const { min, max } = leverOf(id);
    const level = engine.calculate(open).value(id, last);
    return { line: id, set: (typeof level === 'number' ? level : min) + (max - min) / 10 };
  }),
};

const scenarios = [...plan.scenarios, uncertain, moved];
const asked = { scenario: open, scenarios };
const [rowDriver, columnDriver] = drivers;
if (!rowDriver || !columnDriver) throw new Error('the template has no two drivers');
const target = plan.targets.find(({ line }) => engine.unitOf(line).shown === 1) ?? plan.targets[0];
if (!target) throw new Error('the template has no target');
const cell = { line: target.line, period: target.period };
const targetCells = plan.targets.map(({ line, period }) => ({ line, period }));
const axis = (line: string, count: number) => {
  const lever = leverOf(line);
  return { lever, levels: levelsBetween(lever.min, lever.max, count) };
};
const table = (count: number) => () =>
  analysisJobs.table(engine, {
    ...asked,
    rows: axis(rowDriver.id, count),
    columns: axis(columnDriver.id, count),
    cells: [cell],
  });

/** Six targets a little higher than the projection, eight drivers to reach them with. */
const wanted = plan.targets
  .flatMap((one) => {
    const value = engine.calculate(open).value(one.line, one.period);
    return typeof value === 'number' && one.direction === 'atLeast' && one.period === last && value > 0
      ? [{ target: { ...one, comparator: '>=' as const, value: value * 1.02 } }]
      : [];
  })
  .slice(0, 6);

/** The first targets read as equal and the projection of stress: they contradict each other, and four held drivers are tried. */
const stress = plan.scenarios.find(({ id }) => id === 'stress');
if (!stress) throw new Error('the template has no scenario of stress');
const free = (from: number, to: number) => drivers.slice(from, to).map(({ id }) => ({ lever: leverOf(id) }));
const contradiction = () => {
  const steps = analysisJobs.leastChange(engine, {
    ...asked,
    scenario: stress,
    targets: plan.targets.slice(0, 6).map((one) => ({ target: one })),
    drivers: free(0, 8),
    held: free(8, 12),
    bareFigures: 'equal',
  });
  const found = finish(steps);
  if (found.kind !== 'contradiction') throw new Error(`the workload ended as ${found.kind}`);
};

/** What the view of uncertainty asks: all targets, a line in all its periods, its indices; one after another, as in one worker. */
const uncertaintyView = () => {
  const sampling = { ...asked, scenario: uncertain, samples: 10_000 };
  const periods = Array.from({ length: last - base }, (_, index) => base + 1 + index);
  const cells = periods.map((period) => ({ line: cell.line, period }));
  finish(analysisJobs.probabilities(engine, { ...sampling, targets: plan.targets }, { seed: SEED }));
  finish(analysisJobs.uncertainty(engine, { ...sampling, cells, targets: [] }, { seed: SEED }));
  finish(analysisJobs.indices(engine, { ...asked, scenario: uncertain, cells: [cell] }, { seed: SEED }));
};

const works: readonly (readonly [string, () => unknown])[] = [
  [
    '10,000 samples, all lines',
    () =>
      analysisJobs.uncertainty(engine, { ...asked, scenario: uncertain, samples: 10_000 }, { seed: SEED }),
  ],
  [
    'Sobol indices of all targets',
    () => analysisJobs.indices(engine, { ...asked, scenario: uncertain, cells: targetCells }, { seed: SEED }),
  ],
  ['the view of uncertainty as it asks', uncertaintyView],
  ['table 50 × 50', table(50)],
  ['table 200 × 200', table(200)],
  [
    `solve ${wanted.length} targets × 8 drivers`,
    () =>
      analysisJobs.leastChange(engine, {
        ...asked,
        targets: wanted,
        drivers: drivers.slice(0, 8).map(({ id }) => ({ lever: leverOf(id) })),
        bareFigures: 'atLeast',
      }),
  ],
  ['contradiction of 6 targets × 8 + 4 drivers', contradiction],
  [
    'bridge of 10 changes',
    () => analysisJobs.bridge(engine, { from: open, to: moved, cell, scenarios }, { seed: SEED }),
  ],
  [
    'elasticities, all targets × all drivers',
    () => analysisJobs.sensitivity(engine, { ...asked, cells: targetCells }),
  ],
  ['tornados of all targets', () => analysisJobs.tornado(engine, { ...asked, cells: targetCells })],
  ['distance to one target', () => analysisJobs.distance(engine, { ...asked, targets: [target] })],
];

const forecast = last - base;
process.stdout.write(
  `${plan.id}: ${plan.lines.length} lines, ${drivers.length} drivers, ${plan.targets.length} targets, ${forecast} forecast periods\n` +
    `${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, one thread; median and longest of ${RUNS} runs in ms\n\n`,
);
let isKept = true;
for (const [name, work] of works) {
  const { median, most } = measure(work);
  isKept &&= median < PROMISED_MS;
  process.stdout.write(
    `${name.padEnd(46)}${median.toFixed(1).padStart(9)}${most.toFixed(1).padStart(9)}${median < PROMISED_MS ? '' : '   over 500'}\n`,
  );
}
process.exitCode = isKept ? 0 : 1;
