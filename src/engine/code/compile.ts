/** Compiled formulas of a plan, each text of each line once. */
import { failure, parseUnit, PLAIN, type Failure, type Problem, type Unit } from '#quantity';
import { countPeriods, type Plan } from '#plan';
import {
  buildNames,
  checkDimensions,
  findFunction,
  parseFormula,
  withParts,
  type Expression,
  type Formula,
  type FormulaContext,
  type FormulaProblemCode,
  type Names,
} from '#formula';
import type { CellLayout } from '../run/cell-store.ts';
import type { Code, Dependency } from './instruction.ts';
import { lower } from './lower.ts';

/** A formula ready to run, or the failure that its cells show. */
export interface Compiled {
  /** As parsed, with the factors between units put in; absent when the text does not parse. */
  readonly formula?: Formula;
  readonly code?: Code;
  readonly fault?: Failure;
  /** What is wrong with the text, or what its units do not fit. */
  readonly problems: readonly Problem<FormulaProblemCode>[];
}

/** Compiles formulas of one plan and remembers them. */
export interface Compiler {
  readonly names: Names;
  unitOf(line: string): Unit;
  hasLine(line: string): boolean;
  numberOf(line: string): number;
  /** How the plan's cells lie in memory. */
  readonly layout: CellLayout;
  /** Compiles a formula of a line; the same text gives the same object. */
  compile(line: string, text: string): Compiled;
  /** Compiles a formula that belongs to no line, as typed, in a context of its own. */
  compileAlone(text: string, context: FormulaContext): Compiled;
}

/** Builds the compiler of a plan. */
export function buildCompiler(plan: Plan): Compiler {
  const names = buildNames(plan.lines);
  const units = new Map(plan.lines.map((line) => [line.id, parseUnit(line.unit) ?? PLAIN]));
  const numbers = new Map(plan.lines.map((line, index) => [line.id, index]));
  const context: FormulaContext = { names, periods: plan.periods };
  const known = new Map<string, Compiled>();

  const unitOf = (line: string) => units.get(line) ?? PLAIN;
  const numberOf = (line: string) => {
    const number = numbers.get(line);
    if (number === undefined) throw new Error(`no line ${line} in plan ${plan.id}`);
    return number;
  };

  function compileText(text: string, within: FormulaContext, line: string | undefined): Compiled {
    const parsed = parseFormula(text, within);
    if (!parsed.ok) return { fault: faultOf(parsed.problem), problems: [at(parsed.problem, line)] };
    const open = withoutDisguises(parsed.formula.expression);
    const { expression, warnings } =
      line === undefined ? { expression: open, warnings: [] } : checkDimensions(open, unitOf, unitOf(line));
    return {
      formula: { ...parsed.formula, expression },
      code: lower(expression, plan.periods, numberOf),
      problems: warnings.map((one) => at(one, line)),
    };
  }

  function compile(line: string, text: string): Compiled {
    const key = `${line}\n${text}`;
    const compiled = known.get(key) ?? compileText(text, context, line);
    known.set(key, compiled);
    return compiled;
  }

  /** How far the plan's own formulas look into other periods; a formula of a scenario may look farther. */
  function marginOf(): number {
    const lags = plan.lines.flatMap(({ id, formula }) =>
      formula === undefined ? [] : (compile(id, formula).code?.dependencies ?? []).flatMap(lagsOf),
    );
    return Math.min(
      countPeriods(plan.periods),
      lags.reduce((most, lag) => Math.max(most, Math.abs(lag)), 1),
    );
  }

  let layout: CellLayout | undefined;
  return {
    names,
    unitOf,
    hasLine: (line) => numbers.has(line),
    numberOf,
    compile,
    get layout() {
      return (layout ??= {
        lines: plan.lines.length,
        periods: countPeriods(plan.periods),
        margin: marginOf(),
      });
    },
    compileAlone: (text, own) => compileText(text, own, undefined),
  };
}

function lagsOf({ first, last }: Dependency): number[] {
  return [first, last].flatMap((at) => (at.kind === 'lag' ? [at.by] : []));
}

function at(problem: Problem<FormulaProblemCode>, line: string | undefined): Problem<FormulaProblemCode> {
  return line === undefined ? problem : { ...problem, place: { ...problem.place, line } };
}

/** What the cells of a formula that cannot be read show. */
function faultOf(problem: Problem<FormulaProblemCode>): Failure {
  const isName = problem.code === 'formula_unknown_name' || problem.code === 'formula_unknown_function';
  return isName
    ? failure('#NAME?', 'unknown_name', { name: problem.args['text'] ?? '' })
    : failure('#VALUE!', 'formula_invalid', { code: problem.code });
}

/** Replaces functions that stand for another expression by that expression. */
function withoutDisguises(expression: Expression): Expression {
  const inner = withParts(expression, withoutDisguises);
  if (inner.kind !== 'call') return inner;
  const spec = findFunction(inner.name);
  const expanded = spec?.kind === 'expanded' ? spec.expand(inner.args) : inner;
  if (typeof expanded === 'string') throw new Error(`${inner.name} was parsed but cannot be expanded`);
  return expanded;
}
