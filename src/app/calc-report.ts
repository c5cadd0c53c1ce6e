/** What `calc` answers: the same engine as the page's, its results as plain data. Shape: `public/calc.schema.json`. */
import { PLAIN, isFailure, isNumber, type Value } from '#quantity';
import { atOnce, listPeriods, type Plan, type Scenario } from '#plan';
import type { FormulaContext, Sheet } from '#formula';
import { buildEngine, findConflicts, type Calculation, type Conflict, type Engine } from '#engine';
import { findRisk, targetResults, type TargetStatus } from '#analysis';
import { failureSentence, problemSentence, wordsIn, type Words } from '#words';
import { reportAnalyses, type ReportedAnalyses } from './calc-analysis.ts';
import type { CalcRequest, EvalArgument } from './calc-arguments.ts';
import { CalcRefused, buildSubject, checkPeriod, reportValue, type ReportedValue } from './calc-subject.ts';

/** One target in the answer. */
export interface ReportedTarget {
  readonly line: string;
  readonly period: number;
  readonly comparator: string;
  readonly direction: string;
  readonly value: number;
  readonly upTo?: number;
  readonly projected: ReportedValue;
  readonly status: TargetStatus;
  readonly gap: number | null;
  readonly requiredGrowth: number | null;
  readonly requiredChange: number | null;
}

/** One evaluated formula. */
export interface ReportedFormula {
  readonly formula: string;
  readonly period: number | null;
  readonly value: ReportedValue;
}

/** The whole answer. */
export interface CalcReport extends ReportedAnalyses {
  readonly plan: string | null;
  readonly scenario: string | null;
  /** The scenarios laid on the open one, and where they say different things. */
  readonly stack?: readonly string[];
  readonly conflicts?: readonly Conflict[];
  readonly periods: readonly number[];
  readonly lines: Readonly<Record<string, { unit: string; values: ReportedValue[]; formula?: string }>>;
  readonly targets: readonly ReportedTarget[];
  readonly eval?: readonly ReportedFormula[];
}

/** Answers a request on a plan; `findScenario` gives the scenarios that questions name. */
export function reportOn(
  plan: Plan,
  scenario: Scenario,
  request: CalcRequest,
  findScenario: (name: string) => Scenario,
): CalcReport {
  const subject = buildSubject(plan, scenario, request, findScenario);
  const { engine, words, open, known } = subject;
  const calculation = engine.calculate(open, known);
  const reported = (value: Value) => reportValue(subject, value);
  const ids = request.lines.length > 0 ? request.lines : plan.lines.map((line) => line.id);
  for (const id of ids) {
    if (!plan.lines.some((line) => line.id === id))
      throw new CalcRefused(words.say('calc_unknown_line', { line: id }));
  }
  const risk = findRisk(engine, targetResults(engine, calculation), { scenario: open, scenarios: known });
  const targets = atOnce(risk).filter(
    (result) => request.lines.length === 0 || request.lines.includes(result.target.line),
  );
  return {
    plan: plan.id,
    scenario: scenario.id,
    ...(open.stack && { stack: open.stack, conflicts: findConflicts(plan, open, known) }),
    periods: listPeriods(plan.periods),
    lines: Object.fromEntries(
      ids.map((id) => {
        const formula = formulaOf(engine, calculation, id);
        const values = calculation.series(id).map(reported);
        const unit = engine.unitOf(id).text;
        return [id, { unit, values, ...(formula !== undefined && { formula }) }];
      }),
    ),
    targets: targets.map(({ target, projected, ...result }) => ({
      line: target.line,
      period: target.period,
      comparator: target.comparator,
      direction: target.direction,
      value: target.value,
      ...(target.upTo !== undefined && { upTo: target.upTo }),
      projected: reported(projected),
      status: result.status,
      gap: result.gap,
      requiredGrowth: result.requiredGrowth,
      requiredChange: result.requiredChange,
    })),
    ...(request.evals.length > 0 && {
      eval: request.evals.map((one) => {
        const period = one.period ?? plan.periods.last;
        checkPeriod(plan, period, words);
        const context = { names: engine.names, periods: plan.periods };
        return {
          formula: one.text,
          period,
          value: reported(evaluated(calculation, one, period, context, words)),
        };
      }),
    }),
    ...reportAnalyses(subject, request, findScenario),
  };
}

/** The formula that decides a line's last period in this scenario. */
function formulaOf(engine: Engine, calculation: Calculation, line: string): string | undefined {
  const rule = calculation.rule(line, engine.plan.periods.last);
  return rule?.base.kind === 'formula' ? rule.base.text : undefined;
}

function evaluated(
  calculation: Calculation,
  one: EvalArgument,
  period: number,
  context: FormulaContext,
  words: Words,
): Value {
  const { value, compiled } = calculation.evaluate(one.text, period, context);
  const [problem] = compiled.problems;
  if (compiled.code === undefined && problem) throw new CalcRefused(problemSentence(words, problem));
  return value;
}

/** Evaluates formulas without a plan, on cells that were given. */
export function reportOnCells(request: CalcRequest): CalcReport {
  const words = wordsIn(request.language);
  const year = 2000;
  const addresses = [...request.cells.keys()];
  const idAt = (address: string) => `cell_${address.toLowerCase()}`;
  const plan: Plan = {
    format: 1,
    id: 'cells',
    version: '1.0.0',
    title: { zh: '—', en: '—' },
    place: { zh: '—', en: '—' },
    source: { title: '—' },
    periods: { unit: 'year', first: year, last: year, base: year },
    sections: [{ id: 'cells', name: { zh: '—', en: '—' } }],
    tables: [],
    lines: addresses.map((address) => ({
      id: idAt(address),
      section: 'cells',
      name: { zh: idAt(address), en: idAt(address) },
      unit: PLAIN.text,
      kind: 'figure' as const,
    })),
    targets: [],
    scenarios: [],
  };
  const values = Object.fromEntries(
    [...request.cells].flatMap(([address, value]) =>
      isNumber(value) ? [[idAt(address), { [year]: value }]] : [],
    ),
  );
  const engine = buildEngine(plan);
  const calculation = engine.calculate({ id: 'cells', name: { zh: '—', en: '—' }, values });
  const sheet: Sheet = {
    cellAt(column, row) {
      const address = `${columnLetters(column)}${row}`;
      return request.cells.has(address) ? { line: idAt(address), period: year } : undefined;
    },
  };
  const reported = (value: Value): ReportedValue =>
    isFailure(value) ? { failure: value.code, reason: failureSentence(words, value) } : value;
  return {
    plan: null,
    scenario: null,
    periods: [],
    lines: {},
    targets: [],
    eval: request.evals.map((one) => {
      const context = { names: engine.names, periods: plan.periods, sheet };
      return {
        formula: one.text,
        period: null,
        value: reported(evaluated(calculation, one, year, context, words)),
      };
    }),
  };
}

/** The letters of a column counted from 1: 27 is AA. */
function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}
