/** The plan document: its schema, its calendar, its checks. Knows nothing of formulas' meaning. */
export { asName, asNames, TakenNames } from './names.ts';
export {
  CROWDED_BYTES,
  MAX_DECIMALS,
  MAX_LINES,
  MAX_NAME,
  MAX_PERIODS,
  MAX_SCENARIOS,
  MAX_VERSIONS,
} from './limits.ts';
export { PLAN_FORMAT, planSchema, scenarioSchema } from './schema.ts';
export type {
  Change,
  Comparator,
  Correlation,
  Distribution,
  Figure,
  Line,
  Localized,
  Periods,
  Plan,
  Scenario,
  Source,
  Stated,
  Target,
} from './schema.ts';
export { findDistributionFault } from './distribution.ts';
export type { DistributionFault } from './distribution.ts';
export { countPeriods, hasPeriod, listPeriods, spanOf } from './periods.ts';
export { checkPlanInTurns, checkScenario, readPlan, readPlanInTurns, readScenario } from './read-plan.ts';
export type { PlanProblemCode, Read } from './read-plan.ts';
export { shapeProblem } from './shape-problem.ts';
export { LESSON_FORMAT, lessonSchema } from './lesson.ts';
export type {
  Lesson,
  LessonCover,
  LessonGuess,
  LessonHint,
  LessonLever,
  LessonPredicate,
  LessonShow,
  LessonStep,
} from './lesson.ts';
export { checkLesson, readLesson } from './read-lesson.ts';
export type { LessonProblemCode } from './read-lesson.ts';
export {
  applyPatches,
  changedLines,
  headOf,
  inverse,
  lineOverlay,
  tidyOverlay,
  withLineOverlay,
} from './patch.ts';
export type { LineOverlay, Patch, ScenarioHead } from './patch.ts';
export { applyPlanPatches, isPlanPatch } from './plan-patch.ts';
export type { ItemPatch, PlanHead, PlanItem, PlanList, PlanPatch } from './plan-patch.ts';
export { linesById } from './line-index.ts';
export { atOnce } from './turns.ts';
export type { Turns } from './turns.ts';
export { NO_HISTORY, redoOf, undoOf, withGesture } from './history.ts';
export type { History, HistoryStep } from './history.ts';
export { rebase } from './rebase.ts';
export type { Clash, Rebased } from './rebase.ts';
export { applied } from './work-state.ts';
export type { WorkState } from './work-state.ts';
export { isSame } from './same.ts';
export type { Winner } from './three-way.ts';
