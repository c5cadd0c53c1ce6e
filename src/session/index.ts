/** What is open now and every verb that changes it. Knows no DOM. */
export { AppSession } from './app-session.svelte.ts';
export type { AppParts, Screen, TargetMarks, Template } from './app-session.svelte.ts';
export { PlanSession } from './plan-session.svelte.ts';
export type { SessionParts } from './plan-session.svelte.ts';
export type { RefusedCell, TypedCell } from './typed-cells.ts';
export type { SaveState } from './autosave.svelte.ts';
export { Levers } from './levers.svelte.ts';
export type { Lever, Notch } from './levers.svelte.ts';
export type { CellEntry, EntryProblemCode } from './cell-entry.ts';
export { shownFormula } from './shown-formula.ts';
export { readLeverEntry } from './lever-entry.ts';
export type { LeverEntry } from './lever-entry.ts';
export { LineCourse } from './line-course.svelte.ts';
export type { CourseChange, CoursePoint } from './line-course.svelte.ts';
export { changedLines } from './scenario-edits.ts';
export { GridView, gridViewOf } from './grid-view.svelte.ts';
export type { Draft, GridCell, Insertion, Step } from './grid-view.svelte.ts';
export { callAround, completionsAt, formulaInWords, isFormulaEntry, referenceTo } from './formula-entry.ts';
export type { CallHint, Completion } from './formula-entry.ts';
export { PlanNotOpened } from './open-failure.ts';
export type { OpenFailure } from './open-failure.ts';
export { questionsOf } from './questions.svelte.ts';
export type {
  AssumptionChange,
  AssumptionSide,
  ComparedTarget,
  Comparison,
  Questions,
} from './questions.svelte.ts';
