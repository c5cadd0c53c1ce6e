/** Compiled formulas of a plan, each text of each line once. */
import { failure, parseUnit, PLAIN, type Failure, type Problem, type Unit } from '#quantity';
import { countPeriods, type Line, type Plan } from '#plan';
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
import { compareForFormulas } from './take-over.ts';

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
  readonly plan: Plan;
  readonly names: Names;
  unitOf(line: string): Unit;
  hasLine(line: string): boolean;
  numberOf(line: string): number;
  /** How the plan's cells lie in memory. */
  readonly layout: CellLayout;
  /** Compiles a formula of a line; the same text gives the same object. */
  compile(line: string, text: string): Compiled;
  /** What has been compiled of a text for a line; undefined where nothing has. */
  known(line: string, text: string): Compiled | undefined;
  /** How many formulas were read from their text. */
  readonly texts: number;
  /** Compiles a formula that belongs to no line, as typed, in a context of its own. */
  compileAlone(text: string, context: FormulaContext): Compiled;
}

const NO_PROBLEMS: Compiled['problems'] = [];

/** Builds the compiler of a plan; from that of the plan before an edit it takes over what the edit does not touch. */
export function buildCompiler(plan: Plan, before?: Compiler): Compiler {
  const names = before && isCalledAlike(before.plan, plan) ? before.names : buildNames(plan.lines);
  const units = new Map(plan.lines.map((line) => [line.id, unitFrom(line)]));
  const numbers = new Map(plan.lines.map((line, index) => [line.id, index]));
  const context: FormulaContext = { names, periods: plan.periods };
  /** The plan's own formulas by number of the line; other texts by line and text. */
  const own = new Array<Compiled | undefined>(plan.lines.length);
  const tried = new Map<string, Compiled>();
  let texts = 0;

  const unitOf = (line: string) => units.get(line) ?? PLAIN;
  const numberOf = (line: string) => {
    const number = numbers.get(line);
    if (number === undefined) throw new Error(`no line ${line} in plan ${plan.id}`);
    return number;
  };

  function compileText(text: string, within: FormulaContext, line: string | undefined): Compiled {
    texts += 1;
    const parsed = parseFormula(text, within);
    if (!parsed.ok) return { fault: faultOf(parsed.problem), problems: [at(parsed.problem, line)] };
    const open = withoutDisguises(parsed.formula.expression);
    const { expression, warnings } =
      line === undefined ? { expression: open, warnings: [] } : checkDimensions(open, unitOf, unitOf(line));
    return {
      formula: { ...parsed.formula, expression },
      code: lower(expression, plan.periods, numberOf),
      problems: warnings.length === 0 ? NO_PROBLEMS : warnings.map((one) => at(one, line)),
    };
  }

  const isOwn = (number: number | undefined, text: string): number is number =>
    number !== undefined && plan.lines[number]?.formula === text;

  function known(line: string, text: string): Compiled | undefined {
    const number = numbers.get(line);
    return isOwn(number, text) ? own[number] : tried.get(keyOf(line, text));
  }

  function keep(line: string, text: string, compiled: Compiled): Compiled {
    const number = numbers.get(line);
    if (isOwn(number, text)) own[number] = compiled;
    else tried.set(keyOf(line, text), compiled);
    return compiled;
  }

  function compile(line: string, text: string): Compiled {
    return known(line, text) ?? keep(line, text, compileText(text, context, line));
  }

  if (before) takeOver(before);

  /** The plan's own formulas: those of scenarios are few, and texts that somebody tried are forgotten. */
  function takeOver(from: Compiler): void {
    const standingOf = compareForFormulas(from.plan, plan);
    for (const line of plan.lines) {
      if (line.formula === undefined) continue;
      const compiled = from.known(line.id, line.formula);
      if (!compiled) continue;
      const standing = standingOf(line, line.formula, compiled.formula?.expression);
      if (standing === 'unknown') continue;
      keep(
        line.id,
        line.formula,
        standing === 'same' || !compiled.formula
          ? compiled
          : { ...compiled, code: lower(compiled.formula.expression, plan.periods, numberOf) },
      );
    }
  }

  /** How far the plan's own formulas look into other periods; a formula of a scenario may look farther. */
  function marginOf(): number {
    // one that has become too wide is kept, so that compiled lines need not be compiled again
    let margin = leastMargin;
    for (const { id, formula } of plan.lines) {
      if (formula === undefined) continue;
      for (const { first, last } of compile(id, formula).code?.dependencies ?? [])
        margin = Math.max(margin, lagOf(first), lagOf(last));
    }
    return Math.min(countPeriods(plan.periods), margin);
  }

  const leastMargin = before?.layout.margin ?? 1;
  let layout: CellLayout | undefined;
  return {
    plan,
    names,
    known,
    get texts() {
      return texts;
    },
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

function keyOf(line: string, text: string): string {
  return `${line}\n${text}`;
}

function unitFrom({ unit }: Line): Unit {
  return parseUnit(unit) ?? PLAIN;
}

/** Tells whether all lines are called as before; which is which may have changed places. */
function isCalledAlike(before: Plan, after: Plan): boolean {
  const isAlike = (a: Line, b: Line | undefined) =>
    a === b || (b !== undefined && a.id === b.id && a.name.zh === b.name.zh && a.name.en === b.name.en);
  return (
    before.lines.length === after.lines.length &&
    after.lines.every((line, number) => isAlike(line, before.lines[number]))
  );
}

function lagOf(at: Dependency['first']): number {
  return at.kind === 'lag' ? Math.abs(at.by) : 0;
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
