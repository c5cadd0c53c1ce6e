/**
 * The engine without a browser: `npm run -s calc -- <plan> …`.
 *
 * Reads files and arguments, prints, and sets the exit code; every line of arithmetic is the page's own.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { formatNumber, parseUnit, PLAIN, type Unit } from '#quantity';
import { readPlan, readScenario, type Plan, type Read, type Scenario } from '#plan';
import { loadWords, problemSentence, wordsIn, type Words } from '#words';
import { readArguments, type CalcRequest } from './calc-arguments.ts';
import { printAnalyses } from './calc-analysis-text.ts';
import { reportOn, reportOnCells, type CalcReport } from './calc-report.ts';
import { CalcRefused, type ReportedValue } from './calc-subject.ts';

const MODELS = 'models';
const PLAN_FILE = '.plan.json';

const STATUS_WORDS = {
  met: 'status_met',
  atRisk: 'status_at_risk',
  missed: 'status_missed',
  unknown: 'status_unknown',
} as const;

/** npm runs scripts in the project's folder; files are named from where the person stands. */
function personsPath(file: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), file);
}

function readJson(path: string, file: string, words: Words): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new CalcRefused(words.say('calc_cannot_read', { file }));
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new CalcRefused(words.say('calc_not_json', { file }));
  }
}

function accepted<T>(read: Read<T>, heading: string, words: Words): T {
  if (read.ok) return read.value;
  const list = read.problems.slice(0, 10).map((problem) => {
    const sentence = problemSentence(words, problem);
    return problem.place.path === undefined || problem.code === 'plan_shape'
      ? `  ${sentence}`
      : `  ${words.say('problem_at', { place: problem.place.path, sentence })}`;
  });
  throw new CalcRefused([heading, ...list].join('\n'));
}

function findPlan(name: string, words: Words): Plan {
  const isFile = name.endsWith('.json');
  const known = readdirSync(MODELS)
    .filter((file) => file.endsWith(PLAN_FILE))
    .map((file) => basename(file, PLAN_FILE));
  if (!isFile && !known.includes(name)) {
    throw new CalcRefused(words.say('calc_unknown_plan', { id: name, known: known.join(', ') }));
  }
  const path = isFile ? personsPath(name) : resolve(MODELS, name + PLAN_FILE);
  return accepted(readPlan(readJson(path, name, words)), words.say('calc_not_plan', { file: name }), words);
}

function findScenario(plan: Plan, name: string | undefined, words: Words): Scenario {
  const found = name === undefined ? plan.scenarios[0] : plan.scenarios.find((one) => one.id === name);
  if (found) return found;
  if (name === undefined) return { id: 'plan', name: { zh: '规划', en: 'Plan' } };
  if (name.endsWith('.json')) {
    const json = readJson(personsPath(name), name, words);
    return accepted(readScenario(json, plan), words.say('calc_not_scenario', { file: name }), words);
  }
  const known = plan.scenarios.map((one) => one.id).join(', ');
  throw new CalcRefused(words.say('calc_unknown_scenario', { id: name, known }));
}

function answer(request: CalcRequest): { report: CalcReport; plan?: Plan } {
  const words = wordsIn(request.language);
  if (request.plan === undefined) {
    const option =
      request.sets.length > 0
        ? '--set'
        : request.lines.length > 0
          ? '--line'
          : request.scenario
            ? '--scenario'
            : request.stack.length > 0
              ? '--stack'
              : request.question;
    if (option !== undefined) throw new CalcRefused(words.say('calc_option_needs_plan', { option }));
    return { report: reportOnCells(request) };
  }
  const plan = findPlan(request.plan, words);
  const named = (name: string | undefined) => findScenario(plan, name, words);
  return { report: reportOn(plan, named(request.scenario), request, named), plan };
}

function shown(value: ReportedValue, unit: Unit, request: CalcRequest, decimals?: number): string {
  if (value === null) return wordsIn(request.language).say('calc_missing');
  if (typeof value !== 'number') return `${value.failure} ${value.reason}`;
  return formatNumber(value, { unit, decimals, language: request.language });
}

/** A row for each span in which stacked scenarios say different things. */
function printConflicts(conflicts: NonNullable<CalcReport['conflicts']>, plan: Plan, words: Words): string[] {
  const { language } = words;
  const title = (id: string) => plan.scenarios.find((one) => one.id === id)?.name[language] ?? id;
  const rows = conflicts.map(({ line, from, to, winner, covered }) => {
    const name = plan.lines.find((one) => one.id === line)?.name[language] ?? line;
    const claims = {
      winner: title(winner.scenario),
      covered: covered.map((one) => title(one.scenario)).join(' / '),
    };
    return [name, from === to ? from : `${from}–${to}`, words.say('calc_conflict', claims)].join('\t');
  });
  return [words.say('calc_conflicts_head'), ...rows];
}

/** The answer as text: a row a line, periods across, then the targets; only what was asked where something was. */
function printReport(report: CalcReport, plan: Plan | undefined, request: CalcRequest): string {
  const words = wordsIn(request.language);
  const rows: string[] = [];
  const isAsked = request.evals.length > 0 || request.question !== undefined;
  if (plan && !isAsked) {
    rows.push(['', '', ...report.periods].join('\t'));
    for (const [id, { unit, values }] of Object.entries(report.lines)) {
      const line = plan.lines.find((one) => one.id === id);
      const known = parseUnit(unit) ?? PLAIN;
      rows.push(
        [
          line?.name[request.language] ?? id,
          unit,
          ...values.map((value) => shown(value, known, request, line?.decimals)),
        ].join('\t'),
      );
    }
    if (report.targets.length > 0) rows.push('', words.say('calc_target_head'));
    for (const target of report.targets) {
      const line = plan.lines.find((one) => one.id === target.line);
      const unit = parseUnit(line?.unit ?? '') ?? PLAIN;
      const wanted = [target.value, target.upTo ?? []]
        .flat()
        .map((value) => shown(value, unit, request))
        .join('–');
      const comparator = ['about', 'range'].includes(target.comparator) ? '≈' : target.comparator;
      const name = line?.name[request.language] ?? target.line;
      rows.push(
        [
          name,
          target.period,
          `${comparator} ${wanted}`,
          shown(target.projected, unit, request, line?.decimals),
          words.say(STATUS_WORDS[target.status]),
        ].join('\t'),
      );
    }
  }
  if (plan && report.conflicts && report.conflicts.length > 0)
    rows.push(...(isAsked ? [] : ['']), ...printConflicts(report.conflicts, plan, words));
  if (plan && request.question !== undefined) {
    rows.push(...printAnalyses(report, plan, report.scenario ?? '', report.periods, request.language));
  }
  for (const { value } of report.eval ?? [])
    rows.push(typeof value === 'number' ? String(value) : shown(value, PLAIN, request));
  return rows.join('\n');
}

async function run(argv: readonly string[]): Promise<number> {
  const locale = process.env['LC_ALL'] ?? process.env['LC_MESSAGES'] ?? process.env['LANG'] ?? '';
  const read = readArguments(argv, locale.startsWith('zh') ? 'zh' : 'en');
  const words = await loadWords(read.ok ? read.request.language : read.language);
  if (!read.ok) {
    const say = words.say as (key: string, values: object) => string;
    process.stderr.write(`${say(read.refusal.key, read.refusal.values)}\n${words.say('calc_usage')}\n`);
    return 1;
  }
  try {
    const { report, plan } = answer(read.request);
    process.stdout.write(
      `${read.request.json ? JSON.stringify(report, null, 2) : printReport(report, plan, read.request)}\n`,
    );
    return 0;
  } catch (thrown) {
    if (!(thrown instanceof CalcRefused)) throw thrown;
    process.stderr.write(`${thrown.message}\n`);
    return 1;
  }
}

process.exitCode = await run(process.argv.slice(2));
