/** The engine of a plan: the only place where its parts are wired. */
import type { Problem, Unit } from '#quantity';
import { atOnce, type Plan, type Scenario, type Turns } from '#plan';
import type { FormulaProblemCode, Names } from '#formula';
import { Calculation } from './run/calculation.ts';
import { buildCompiler, type Compiled, type Compiler } from './code/compile.ts';
import { CompiledLines } from './run/compiled-lines.ts';
import { layersOf } from './resolve/resolve.ts';

/** A plan compiled once; scenarios are calculated on it. */
export interface Engine {
  readonly plan: Plan;
  readonly names: Names;
  unitOf(line: string): Unit;
  /** What is wrong with the plan's own formulas, and where their units do not fit. */
  readonly problems: readonly Problem<FormulaProblemCode>[];
  /** Compiles a formula for a line without using it, as an editor needs. */
  check(line: string, text: string): Compiled;
  /** The engine of the plan as it is after an edit; formulas that the edit does not touch are taken over. */
  edited(plan: Plan): Engine;
  /** How many formulas were read from their text: all of the plan's, or after an edit those that it touched. */
  readonly formulasRead: number;
  /**
   * Calculates a scenario on top of its bases; `scenarios` are those that it may build on. With `lines` it is calculated by
   * compiled lines from the start.
   */
  calculate(scenario: Scenario, scenarios?: readonly Scenario[], lines?: CompiledLines): Calculation;
  /** The same in turns. */
  calculateInTurns(
    scenario: Scenario,
    scenarios?: readonly Scenario[],
    lines?: CompiledLines,
  ): Turns<Calculation>;
  /** Revises a calculation to what a scenario has become. */
  revise(
    calculation: Calculation,
    scenario: Scenario,
    scenarios?: readonly Scenario[],
  ): ReturnType<Calculation['revise']>;
  /**
   * Compiles the plan's formulas to WebAssembly at once; calculations go on with it by `runWith`. What an engine before an
   * edit has compiled is taken over.
   *
   * Fails: throws where WebAssembly is refused. Then the reference evaluator goes on, with the same results.
   */
  compileLinesNow(before?: CompiledLines): CompiledLines;
  /**
   * The same without stopping the page: writes in turns what is to be compiled, and gives what compiles it. Fails: that
   * rejects where WebAssembly is refused.
   */
  compileLinesInTurns(before?: CompiledLines): Turns<() => Promise<CompiledLines>>;
  /** The lines of the engine before an edit with those that the edit touched; undefined where these are many, for `compileLinesInTurns`. */
  linesAfter(before: CompiledLines): CompiledLines | undefined;
  /** What the plan's formulas are compiled with: for the questions in `question.ts`. */
  readonly compiler: Compiler;
}

/** Builds the engine of a plan that has been read. */
export function buildEngine(plan: Plan): Engine {
  return atOnce(buildEngineInTurns(plan));
}

/** The same in turns. */
export function* buildEngineInTurns(plan: Plan): Turns<Engine> {
  const compiler = buildCompiler(plan);
  for (const { id, formula } of plan.lines) {
    if (formula === undefined) continue;
    compiler.compile(id, formula);
    yield;
  }
  return engineOf(plan, compiler);
}

/** Lines that are compiled at once after an edit; more are left for when there is time. */
const MAX_LINES_AT_ONCE = 200;

function engineOf(plan: Plan, compiler: Compiler): Engine {
  const problems = plan.lines.flatMap((line) =>
    line.formula === undefined ? [] : compiler.compile(line.id, line.formula).problems,
  );
  const { first } = plan.periods;
  const lineCodes = () =>
    plan.lines.flatMap(({ id, formula }, line) => {
      const code = formula === undefined ? undefined : compiler.compile(id, formula).code;
      return code ? [{ line, code }] : [];
    });
  const linesFrom = (before?: CompiledLines) =>
    before?.fits(compiler.layout, first) ? before : new CompiledLines(compiler.layout, first);
  return {
    plan,
    names: compiler.names,
    unitOf: (line) => compiler.unitOf(line),
    problems,
    check: (line, text) => compiler.compile(line, text),
    edited: (next) => engineOf(next, buildCompiler(next, compiler)),
    get formulasRead() {
      return compiler.texts;
    },
    calculate: (scenario, scenarios = plan.scenarios, lines) =>
      Calculation.of(plan, compiler, layersOf(scenario, scenarios), lines),
    calculateInTurns: (scenario, scenarios = plan.scenarios, lines) =>
      Calculation.begin(plan, compiler, layersOf(scenario, scenarios), lines),
    revise: (calculation, scenario, scenarios = plan.scenarios) =>
      calculation.revise(layersOf(scenario, scenarios)),
    compileLinesNow(before) {
      const lines = linesFrom(before);
      lines.addNow(lineCodes());
      return lines;
    },
    *compileLinesInTurns(before) {
      const lines = linesFrom(before);
      const compile = yield* lines.addInTurns(lineCodes());
      return () => compile().then(() => lines);
    },
    linesAfter(before) {
      if (!before.fits(compiler.layout, first)) return undefined;
      const missing = before.missing(lineCodes());
      if (missing.length > MAX_LINES_AT_ONCE) return undefined;
      for (const line of missing) before.find(line);
      return before;
    },
    compiler,
  };
}
