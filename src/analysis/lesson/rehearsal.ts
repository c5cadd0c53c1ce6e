/** A lesson run through before anybody sits in front of it: what its author could not see on the page. */
import { isNumber, parseUnit, problem, warning, type Problem } from '#quantity';
import type {
  Change,
  Lesson,
  LessonPredicate,
  LessonProblemCode,
  LessonStep,
  PlanProblemCode,
  Scenario,
} from '#plan';
import type { FormulaProblemCode } from '#formula';
import type { Calculation, Engine } from '#engine';
import { guessTruth, judgeGuess } from './judge.ts';
import {
  checkPredicate,
  evaluateAlone,
  problemsOf,
  type ConditionProblemCode,
  type LessonState,
} from './predicate.ts';
import { stepLevers, stepScenario, type StepMoment } from './step-scenario.ts';

/** What can be wrong with a lesson that has been read. */
export type RehearsalProblemCode =
  | 'lesson_done_at_start'
  | 'lesson_no_solution'
  | 'lesson_solution_fails'
  | 'lesson_solution_lever'
  | 'lesson_guess_unknown'
  | 'lesson_mistake_right';

/** What is wrong with a lesson, with the path of its step and field. */
export type RehearsalProblem = Problem<
  RehearsalProblemCode | ConditionProblemCode | FormulaProblemCode | LessonProblemCode | PlanProblemCode
>;

/** Runs through a lesson whose references have been checked: its formulas, guesses, tasks and solutions. */
export function rehearse(
  engine: Engine,
  lesson: Lesson,
  scenarios: readonly Scenario[] = engine.plan.scenarios,
): RehearsalProblem[] {
  const calculate = (index: number, moment: StepMoment) =>
    engine.calculate(stepScenario(lesson, index, moment, REHEARSED), scenarios);
  return lesson.steps.flatMap((step, index) => {
    const path = `steps[${index}]`;
    const start = calculate(index, 'start');
    const state: LessonState = { engine, now: start, start };
    const hints = (step.hints ?? []).flatMap(({ when }, number) =>
      when ? unknownParts(state, when, `${path}.hints[${number}].when`) : [],
    );
    const changes = checkChanges(engine, step.changes, `${path}.changes`);
    return [...changes, ...hints, ...checkStep(step, path, state, (moment) => calculate(index, moment))];
  });
}

/** Not an id that a plan may use, so that no scenario of a plan is hidden by it. */
const REHEARSED = '#lesson';

function checkStep(
  step: LessonStep,
  path: string,
  state: LessonState,
  calculate: (moment: StepMoment) => Calculation,
): RehearsalProblem[] {
  if (step.kind === 'predict') return checkPredict(step, path, state, calculate('revealed'));
  if (step.kind === 'task') return checkTask(step, path, state, calculate('solved'));
  return [];
}

function checkPredict(
  step: Extract<LessonStep, { kind: 'predict' }>,
  path: string,
  { engine, start }: LessonState,
  revealed: Calculation,
): RehearsalProblem[] {
  const problems: RehearsalProblem[] = checkChanges(engine, step.reveal, `${path}.reveal`);
  const { guess, within } = step;
  if (guess.of === 'formula' && !parseUnit(guess.unit))
    problems.push(problem('plan_unknown_unit', { path: `${path}.guess.unit` }, { unit: guess.unit }));
  const truth = guessTruth(engine, revealed, guess);
  const what = guess.of === 'formula' ? guess.formula : guess.line;
  if (truth.problem) problems.push(placed(truth.problem, `${path}.guess`));
  else if (truth.points.some(({ value }) => !isNumber(value)))
    problems.push(problem('lesson_guess_unknown', { path: `${path}.guess` }, { what }));
  step.mistakes?.forEach(({ formula }, index) => {
    const at = `${path}.mistakes[${index}].formula`;
    const { value, problem: wrong } = evaluateAlone(engine, start, formula);
    if (wrong) problems.push(placed(wrong, at));
    else if (isNumber(value) && judgeGuess(truth, [value], within).answer === 'right')
      problems.push(problem('lesson_mistake_right', { path: at }, { formula }));
  });
  return problems;
}

function checkTask(
  step: Extract<LessonStep, { kind: 'task' }>,
  path: string,
  state: LessonState,
  solved: Calculation,
): RehearsalProblem[] {
  const problems = unknownParts(state, step.success, `${path}.success`);
  if (checkPredicate(state, step.success).answer === 'yes')
    problems.push(problem('lesson_done_at_start', { path: `${path}.success` }));
  if (!step.solution) return [...problems, warning('lesson_no_solution', { path })];
  problems.push(...checkChanges(state.engine, step.solution, `${path}.solution`));
  if (checkPredicate({ ...state, now: solved }, step.success).answer !== 'yes')
    problems.push(problem('lesson_solution_fails', { path: `${path}.solution` }));
  const { plan } = state.engine;
  const levers = new Map(stepLevers(plan, step).map((lever) => [lever.line, lever]));
  for (const { line } of step.solution) {
    const lever = levers.get(line);
    const level = solved.value(line, plan.periods.last);
    const slack = lever ? (lever.max - lever.min) * SLACK : 0;
    const isWithin = lever && isNumber(level) && level >= lever.min - slack && level <= lever.max + slack;
    if (!isWithin)
      problems.push(problem('lesson_solution_lever', { path: `${path}.solution`, line }, { id: line }));
  }
  return problems;
}

/** Rounding of sums, as a share of a lever's range. */
const SLACK = 1e-9;

/** What of a predicate has no answer where the step begins. */
function unknownParts(state: LessonState, predicate: LessonPredicate, path: string): RehearsalProblem[] {
  return checkPredicate(state, predicate).parts.flatMap((part) => {
    const at = part.kind === 'any' ? `${path}.any` : path;
    return problemsOf(part).map((one) => placed(one, at));
  });
}

/** Formulas that changes put in place of the plan's. */
function checkChanges(
  engine: Engine,
  changes: readonly Change[] | undefined,
  path: string,
): RehearsalProblem[] {
  return (changes ?? []).flatMap((change, index) =>
    'formula' in change
      ? engine
          .check(change.line, change.formula)
          .problems.map((one) => placed(one, `${path}[${index}].formula`))
      : [],
  );
}

function placed<One extends Problem>(one: One, path: string): One {
  return { ...one, place: { ...one.place, path } };
}
