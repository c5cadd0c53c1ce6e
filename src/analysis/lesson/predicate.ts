/**
 * What a lesson asks of the model: conditions in the language of formulas, calculated by the engine, targets and moved
 * assumptions. What cannot be calculated is neither true nor false: it is unknown, with the reason.
 */
import { isFailure, isMissing, problem, type Problem, type Value } from '#quantity';
import type { LessonHint, LessonPredicate, LessonProblemCode, Scenario, Target } from '#plan';
import { printExpression, type ComparisonOperator, type Expression, type FormulaProblemCode } from '#formula';
import type { Calculation, Engine } from '#engine';
import type { Cell } from '../cell.ts';
import { findInputDifferences } from '../difference/input-difference.ts';
import { targetResult } from '../targets/target-status.ts';

/** Why a condition of a lesson has no answer, besides a formula that cannot be read. */
export type ConditionProblemCode =
  'lesson_formula_failed' | 'lesson_formula_missing' | 'lesson_not_condition';

/** What is wrong with a condition. */
export type ConditionProblem = Problem<ConditionProblemCode | FormulaProblemCode | LessonProblemCode>;

/** A learner's scenario and where the step began. */
export interface LessonState {
  readonly engine: Engine;
  readonly now: Calculation;
  readonly start: Calculation;
}

/** yes · no · unknown: a formula that cannot be read, fails or has no value. */
export type Answer = 'yes' | 'no' | 'unknown';

/** One condition with the values that decide it. */
export interface Condition {
  readonly kind: 'condition';
  readonly text: string;
  readonly answer: Answer;
  /** The two sides, where it compares two things. Unit: as stored. */
  readonly compared?: {
    readonly left: Value;
    readonly operator: ComparisonOperator;
    readonly right: Value;
    /** The line whose unit both sides have, where one side is a cell. */
    readonly line?: string;
  };
  readonly problem?: ConditionProblem;
}

/** One part of a predicate. */
export type PredicatePart =
  | Condition
  /** One of these is enough. */
  | { readonly kind: 'any'; readonly answer: Answer; readonly conditions: readonly Condition[] }
  | {
      readonly kind: 'target';
      readonly answer: Answer;
      readonly wanted: 'met' | 'missed';
      readonly target: Target;
      readonly projected: Value;
      readonly problem?: ConditionProblem;
    }
  | {
      readonly kind: 'onlyMoved';
      readonly answer: Answer;
      /** Lines that were moved and should not have been. */
      readonly others: readonly string[];
    };

/** Whether a predicate holds, and what decides it. */
export interface PredicateResult {
  readonly answer: Answer;
  readonly parts: readonly PredicatePart[];
  /** Why parts are unknown. */
  readonly problems: readonly ConditionProblem[];
}

/** Calculates a learner's scenario and the start of the step for `checkPredicate`. */
export function lessonState(
  engine: Engine,
  scenario: Scenario,
  start: Scenario,
  scenarios: readonly Scenario[] = engine.plan.scenarios,
): LessonState {
  return {
    engine,
    now: engine.calculate(scenario, scenarios),
    start: engine.calculate(start, scenarios),
  };
}

/** Checks a predicate. Fails: never; what cannot be checked is unknown. */
export function checkPredicate(state: LessonState, predicate: LessonPredicate): PredicateResult {
  const parts: PredicatePart[] = [];
  const { engine, now } = state;
  if (predicate.formula !== undefined) parts.push(...conditionsOf(engine, now, predicate.formula));
  if (predicate.any) {
    const conditions = predicate.any.map((text) => checkCondition(engine, now, text));
    const answers = conditions.map(({ answer }) => answer);
    parts.push({
      kind: 'any',
      answer: answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no',
      conditions,
    });
  }
  for (const wanted of ['met', 'missed'] as const) {
    for (const cell of predicate[wanted] ?? []) parts.push(...checkTargets(state, cell, wanted));
  }
  if (predicate.onlyMoved) parts.push(checkMoved(state, predicate.onlyMoved));
  const answers = parts.map(({ answer }) => answer);
  return {
    answer: answers.includes('no') ? 'no' : answers.includes('unknown') ? 'unknown' : 'yes',
    parts,
    problems: parts.flatMap(problemsOf),
  };
}

/** Finds the hint for a wrong answer, the first that fits; `tries` counts from 1. Missing: undefined where none fits. */
export function pickHint(
  state: LessonState,
  hints: readonly LessonHint[],
  tries: number,
): LessonHint | undefined {
  const fitting = hints.find(({ when }) => when && checkPredicate(state, when).answer === 'yes');
  if (fitting) return fitting;
  const general = hints.filter(({ when }) => when === undefined);
  return general[Math.min(Math.max(tries, 1), general.length) - 1];
}

/** What a formula that belongs to no line gives in the last period, or why it gives no number. */
export function evaluateAlone(
  engine: Engine,
  calculation: Calculation,
  text: string,
): { readonly value: Value; readonly problem?: ConditionProblem; readonly expression?: Expression } {
  const { periods } = engine.plan;
  const context = { names: engine.names, periods };
  const { value, compiled } = calculation.evaluate(text, periods.last, context);
  const fault = compiled.problems.find(({ severity }) => severity === 'error');
  const wrong = fault ?? problemOfValue(value, text);
  return {
    value,
    ...(wrong && { problem: wrong }),
    ...(compiled.formula && { expression: compiled.formula.expression }),
  };
}

function problemOfValue(value: Value, text: string): ConditionProblem | undefined {
  if (isFailure(value)) return problem('lesson_formula_failed', {}, { formula: text, code: value.code });
  return isMissing(value) ? problem('lesson_formula_missing', {}, { formula: text }) : undefined;
}

/** The conditions of a text: those that `and` joins are told one by one. */
function conditionsOf(engine: Engine, calculation: Calculation, text: string): Condition[] {
  const { expression } = evaluateAlone(engine, calculation, text);
  const joined = expression ? joinedBy(expression) : [];
  if (joined.length < 2) return [checkCondition(engine, calculation, text)];
  return joined.map((one) => checkCondition(engine, calculation, printed(engine, one)));
}

function joinedBy(expression: Expression): Expression[] {
  return expression.kind === 'binary' && expression.operator === 'and'
    ? [...joinedBy(expression.left), ...joinedBy(expression.right)]
    : [expression];
}

function printed(engine: Engine, expression: Expression): string {
  return printExpression(expression, { names: engine.names, language: 'id' });
}

const COMPARISONS: ReadonlySet<string> = new Set(['<', '<=', '==', '!=', '>=', '>']);

function isComparison(operator: string): operator is ComparisonOperator {
  return COMPARISONS.has(operator);
}

function checkCondition(engine: Engine, calculation: Calculation, text: string): Condition {
  const { value, problem: wrong, expression } = evaluateAlone(engine, calculation, text);
  const compared = expression && sidesOf(engine, calculation, expression);
  const whole = { kind: 'condition', text, ...(compared && { compared }) } as const;
  if (wrong) return { ...whole, answer: 'unknown', problem: wrong };
  if (value !== 0 && value !== 1) {
    return {
      ...whole,
      answer: 'unknown',
      problem: problem('lesson_not_condition', {}, { formula: text }),
    };
  }
  return { ...whole, answer: value === 1 ? 'yes' : 'no' };
}

function sidesOf(engine: Engine, calculation: Calculation, expression: Expression): Condition['compared'] {
  if (expression.kind !== 'binary' || !isComparison(expression.operator)) return undefined;
  const { left, operator, right } = expression;
  const valueOf = (side: Expression) => evaluateAlone(engine, calculation, printed(engine, side)).value;
  const cell = [left, right].find((side) => side.kind === 'reference');
  return {
    left: valueOf(left),
    operator,
    right: valueOf(right),
    ...(cell && { line: cell.line }),
  };
}

function checkTargets(state: LessonState, cell: Cell, wanted: 'met' | 'missed'): PredicatePart[] {
  const { engine, now } = state;
  const targets = engine.plan.targets.filter(
    ({ line, period }) => line === cell.line && period === cell.period,
  );
  if (targets.length === 0) return [noTarget(cell)];
  return targets.map((target) => {
    const { status, projected } = targetResult(engine, now, target);
    const wrong = problemOfValue(projected, `${cell.line}[${cell.period}]`);
    return {
      kind: 'target',
      answer: status === 'unknown' ? 'unknown' : status === wanted ? 'yes' : 'no',
      wanted,
      target,
      projected,
      ...(wrong && { problem: wrong }),
    };
  });
}

/** A target that is not there cannot be met or missed. */
function noTarget({ line, period }: Cell): Condition {
  return {
    kind: 'condition',
    text: `${line}[${period}]`,
    answer: 'unknown',
    problem: problem('lesson_no_target', { line, period }, { id: line, period }),
  };
}

function checkMoved({ engine, now, start }: LessonState, allowed: readonly string[]): PredicatePart {
  const others = findInputDifferences(engine.plan, start, now)
    .map(({ line }) => line)
    .filter((line) => !allowed.includes(line));
  return { kind: 'onlyMoved', answer: others.length === 0 ? 'yes' : 'no', others };
}

/** Why a part is unknown; empty where it is not. */
export function problemsOf(part: PredicatePart): ConditionProblem[] {
  if (part.kind === 'any') return part.conditions.flatMap(({ problem: wrong }) => (wrong ? [wrong] : []));
  return part.kind !== 'onlyMoved' && part.problem ? [part.problem] : [];
}
