/**
 * The engine against its peers: `npm run bench`, with `--only wide,plan` for some workloads, `--who HyperFormula` for one
 * contender, `--limit 60` for other seconds and `--json FILE` for the numbers.
 *
 * Contenders run in turn on each workload, each in a process of its own, which is what makes it possible not to wait for one
 * that takes longer than the limit: what it has measured by then counts, the rest is printed as beyond it.
 */
import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { run } from './measure.ts';
import { QUESTIONS } from './questions.ts';
import { compareValues, printWorkload, type Outcome } from './table.ts';
import { SHAPES, buildWorkload, formulaCells, hangingOn, type Shape } from './workloads.ts';
import { compiled, reference } from './contenders/ours.ts';
import { hyperformula } from './contenders/hyperformula.ts';
import { ironcalc } from './contenders/ironcalc.ts';
import { loops } from './contenders/loops.ts';
import { mathjs } from './contenders/mathjs.ts';

/** The loops come first: the values of the others are compared with theirs. */
const CONTENDERS = [loops, reference, compiled, hyperformula, ironcalc, mathjs];
const WORKLOADS = ['plan', 'wide', 'large', 'chains', 'tiny', 'sums'];
/** HyperFormula takes a gigabyte for the large workload. */
const CHILD_OPTIONS = ['--expose-gc', '--max-old-space-size=8192'];

/** What a child tells; values travel as they are. */
type Told =
  | { readonly phase: string; readonly number: number }
  | { readonly phase: string; readonly values: Float64Array };

function heapBytes(): number {
  const collect = (globalThis as { gc?: () => void }).gc;
  collect?.();
  collect?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** The child's part: one contender on one workload, or one question of `questions.ts`. */
async function beChild(task: string, who: string): Promise<void> {
  const sent: Promise<unknown>[] = [];
  const tell = (told: Told) =>
    void sent.push(new Promise((settle) => process.send?.(told, undefined, {}, settle)));
  const question = QUESTIONS.find(({ name }) => name === task);
  if (question) {
    await question.run(who, {
      number: (phase, number) => tell({ phase, number }),
      values: (phase, values) => tell({ phase, values }),
    });
  } else {
    const contender = CONTENDERS.find(({ name }) => name === who);
    if (!contender) throw new Error(`${who} is no contender`);
    await run(
      contender,
      buildWorkload(task, SHAPES[task] as Shape),
      {
        measured: (phase, number) => tell({ phase, number }),
        values: (phase, values) => tell({ phase, values }),
      },
      heapBytes,
    );
  }
  await Promise.all(sent);
}

/** Runs a child and takes what it tells until it ends or the limit is reached. */
function runChild(task: string, who: string, limitSeconds: number): Promise<Outcome> {
  const child = fork(import.meta.filename, ['--child', task, who], {
    execArgv: CHILD_OPTIONS,
    serialization: 'advanced',
  });
  const numbers: Record<string, number> = {};
  const values: Record<string, Float64Array> = {};
  child.on('message', (told: Told) => {
    if ('number' in told) numbers[told.phase] = told.number;
    else values[told.phase] = told.values;
  });
  return new Promise((settle) => {
    let isStopped = false;
    const limit = setTimeout(() => {
      isStopped = true;
      child.kill('SIGKILL');
    }, limitSeconds * 1000);
    child.on('exit', (code) => {
      clearTimeout(limit);
      const end = isStopped ? 'stopped' : code === 0 ? 'done' : 'failed';
      settle({ who, end, numbers, values });
    });
  });
}

const load = () => loadavg().map((one) => one.toFixed(1));

function describeMachine() {
  const [processor] = cpus();
  return { processor: processor?.model ?? '?', cores: cpus().length, node: process.version, load: load() };
}

async function measureAll(only: readonly string[], one: string | undefined, limitSeconds: number) {
  const isAsked = (who: string) => one === undefined || who === one;
  const machine = describeMachine();
  const say = (text: string) => process.stdout.write(`${text}\n`);
  say(
    `${machine.processor}, ${machine.cores} cores, Node ${machine.node}, load ${machine.load.join(' ')}\n` +
      `Milliseconds, medians; a process for each contender, stopped after ${limitSeconds} s.\n`,
  );
  const workloads: Record<string, unknown> = {};
  for (const name of WORKLOADS.filter((name) => only.length === 0 || only.includes(name))) {
    const workload = buildWorkload(name, SHAPES[name] as Shape);
    const outcomes: Outcome[] = [];
    for (const { name: who } of CONTENDERS.filter(({ name }) => isAsked(name))) {
      const outcome = await runChild(name, who, limitSeconds);
      outcomes.push({ ...outcome, difference: compareValues(outcome, outcomes[0] ?? outcome) });
    }
    const cells = formulaCells(workload);
    const hanging = [0, 1, 2].map((driver) => hangingOn(workload, driver).length);
    const counts = hanging.map((count) => count.toLocaleString('en-GB')).join(', ');
    say(
      `${cells.toLocaleString('en-GB')} formula cells in ${workload.periods} periods; lines that hang on the drivers: ${counts}`,
    );
    say(printWorkload({ name, limitSeconds }, outcomes));
    workloads[name] = {
      lines: workload.lines.length,
      periods: workload.periods,
      cells,
      hanging,
      load: load(),
      contenders: Object.fromEntries(
        outcomes.map(({ who, end, numbers, difference }) => [who, { end, ...numbers, difference }]),
      ),
    };
  }
  const questions: Record<string, unknown> = {};
  for (const question of QUESTIONS.filter(({ name }) => only.length === 0 || only.includes(name))) {
    const outcomes: Outcome[] = [];
    for (const who of question.contenders.filter(isAsked)) {
      const outcome = await runChild(question.name, who, limitSeconds);
      outcomes.push({ ...outcome, difference: compareValues(outcome, outcomes[0] ?? outcome) });
    }
    say(question.print(outcomes, limitSeconds));
    questions[question.name] = {
      load: load(),
      contenders: Object.fromEntries(
        outcomes.map(({ who, end, numbers, difference }) => [who, { end, ...numbers, difference }]),
      ),
    };
  }
  say(`Load at the end ${load().join(' ')}.`);
  return { date: new Date().toISOString(), machine, limitSeconds, workloads, questions };
}

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    child: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    who: { type: 'string' },
    limit: { type: 'string', default: '60' },
    json: { type: 'string' },
  },
});
if (options.child) {
  const [task = '', who = ''] = positionals;
  await beChild(task, who);
  process.disconnect?.();
} else {
  const only = options.only.split(',').filter(Boolean);
  const measured = await measureAll(only, options.who, Number(options.limit));
  if (options.json) writeFileSync(options.json, `${JSON.stringify(measured, null, 2)}\n`);
}
