/** What a call of `calc` is about: a plan, the open scenario with what was set on it, and the words for what is wrong. */
import { isFailure, parseNumber, problem, type Value } from '#quantity';
import { hasPeriod, type Change, type Correlation, type Distribution, type Plan, type Scenario } from '#plan';
import { buildEngine, type Engine } from '#engine';
import { parseDistribution, type Cell } from '#analysis';
import { failureSentence, problemSentence, wordsIn, type Words } from '#words';
import type { CalcRequest, CellArgument, SetArgument } from './calc-arguments.ts';

/** A cell: a number (percent as its fraction), null for missing, or a failure. */
export type ReportedValue = number | null | { readonly failure: string; readonly reason: string };

/** A request that the plan cannot answer: the sentence for the person who asked. */
export class CalcRefused extends Error {}

/** A plan and the scenario that questions are asked of. */
export interface Subject {
  readonly plan: Plan;
  readonly engine: Engine;
  readonly words: Words;
  /** The open scenario as it was named. */
  readonly scenario: Scenario;
  /** The same with what `--stack` lays on it and `--set` says on top. */
  readonly open: Scenario;
  /** All that a scenario may build on, the open ones among them. */
  readonly known: readonly Scenario[];
}

/**
 * Builds the subject; `findScenario` gives the scenarios that `--stack` names.
 *
 * Fails: throws `CalcRefused` where a `--set` does not fit the plan.
 */
export function buildSubject(
  plan: Plan,
  scenario: Scenario,
  { sets, stack, language }: Pick<CalcRequest, 'sets' | 'stack' | 'language'>,
  findScenario: (name: string) => Scenario,
): Subject {
  const words = wordsIn(language);
  const engine = buildEngine(plan);
  const stacked = stack.map(findScenario);
  const said = withSets(engine, scenario, sets, words);
  const open = stacked.length > 0 ? { ...said, stack: stacked.map(({ id }) => id) } : said;
  // a file may bring a scenario under an id that the plan has
  const named = new Map([...plan.scenarios, scenario, ...stacked].map((one) => [one.id, one]));
  const known = [...named.values(), open];
  return { plan, engine, words, scenario, open, known };
}

/** A value as plain data, a failure with its sentence. */
export function reportValue({ plan, words }: Pick<Subject, 'plan' | 'words'>, value: Value): ReportedValue {
  const name = (id: string) => plan.lines.find((line) => line.id === id)?.name[words.language] ?? id;
  return isFailure(value) ? { failure: value.code, reason: failureSentence(words, value, name) } : value;
}

/** A cell by its line, id or name in either language, and its period, the last where none is given. */
export function findCell({ engine, plan, words }: Subject, { line, period }: CellArgument): Cell {
  const id = idOf(engine, line);
  if (id === undefined) throw new CalcRefused(words.say('calc_unknown_line', { line }));
  if (period !== undefined) checkPeriod(plan, period, words);
  return { line: id, period: period ?? plan.periods.last };
}

/** Refuses a period that the plan does not have. */
export function checkPeriod(plan: Plan, period: number, words: Words): void {
  const { first, last } = plan.periods;
  if (!hasPeriod(plan.periods, period))
    throw new CalcRefused(words.say('calc_bad_period', { period, first, last }));
}

/** The scenario with what `--set` says on top of it. */
function withSets(engine: Engine, scenario: Scenario, sets: readonly SetArgument[], words: Words): Scenario {
  const { plan } = engine;
  const distributions: Record<string, Distribution> = {};
  const correlations: Correlation[] = [];
  const changes = sets.flatMap(({ line, value, period }): Change[] => {
    const id = idOf(engine, line);
    if (id === undefined) throw new CalcRefused(words.say('calc_unknown_line', { line }));
    if (period !== undefined) checkPeriod(plan, period, words);
    const span = period === undefined ? {} : { from: period, to: period };
    if (value.startsWith('=')) {
      const [problem] = engine.check(id, value).problems.filter((one) => one.severity === 'error');
      if (problem) throw new CalcRefused(problemSentence(words, problem));
      return [{ line: id, ...span, formula: value }];
    }
    const number = parseNumber(value);
    if (typeof number === 'number') return [{ line: id, ...span, set: number }];
    // what may be drawn holds for all periods after the base
    const drawn = period === undefined ? parseDistribution(value, engine.names) : undefined;
    if (!drawn || (!drawn.ok && drawn.problem.code === 'distribution_expected'))
      throw new CalcRefused(problemSentence(words, number));
    if (!drawn.ok) throw new CalcRefused(problemSentence(words, drawn.problem));
    const isDriver = (one: string) => plan.lines.some((other) => other.id === one && other.kind === 'driver');
    if (!isDriver(id)) throw new CalcRefused(problemSentence(words, problem('entry_distribution_line')));
    for (const { line: other, rank } of drawn.movesWith) {
      const code = other === id ? 'entry_distribution_itself' : 'entry_distribution_partner';
      if (other === id || !isDriver(other)) throw new CalcRefused(problemSentence(words, problem(code)));
      correlations.push({ lines: [id, other], rank });
    }
    distributions[id] = drawn.distribution;
    return [];
  });
  const head = { id: 'calc_set', name: { zh: '—', en: '—' }, basedOn: scenario.id };
  return { ...head, changes, distributions, ...(correlations.length > 0 && { correlations }) };
}

/** A line by its id or by its name in either language. */
function idOf(engine: Engine, name: string): string | undefined {
  if (engine.plan.lines.some((line) => line.id === name)) return name;
  const found = engine.plan.lines.filter((line) => line.name.zh === name || line.name.en === name);
  return found.length === 1 ? found[0]?.id : undefined;
}
