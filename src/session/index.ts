/** What is open now and every verb that changes it. Knows no DOM. */
export { AppSession } from './app-session.svelte.ts';
export type { AppParts, Licence, Screen, TargetMarks, Template } from './app-session.svelte.ts';
export { Briefing, BRIEFING_PARTS } from './briefing.svelte.ts';
export type { BriefingPart } from './briefing.svelte.ts';
export { CompareView } from './compare-view.svelte.ts';
export type {
  ComparedCourse,
  ComparedLines,
  ComparedPeriods,
  ComparedRow,
  ComparedScenario,
  Measure,
} from './compare-view.svelte.ts';
export { SpanDraft } from './span-draft.svelte.ts';
export type { DraftKind, DraftPlace, DraftSpan } from './span-draft.svelte.ts';
export {
  listStatements,
  statementDistribution,
  statementsOfItem,
  statementsOfOverlay,
  takeBack,
} from './statements.ts';
export type { Statement } from './statements.ts';
export { Arrival, mergeRowsOf } from './arrival.svelte.ts';
export type { ArrivalStage, ArrivedLesson } from './arrival.svelte.ts';
export type {
  ArrivedScenario,
  ChangedWorkbook,
  ExchangeDesk,
  Given,
  Looked,
  ModelQuestion,
  OfferedFile,
  Placed,
  SeenSheet,
  TableAnswer,
  TableQuestion,
  WorkbookAnswer,
  WorkbookQuestion,
} from './exchange-desk.ts';
export {
  allTablesFileOf,
  bundleFileOf,
  bundleOf,
  linkOf,
  outgoingLessons,
  scenarioFileOf,
  tableFileOf,
} from './outgoing.ts';
export type { TableWords } from './outgoing.ts';
export { TableArrival } from './table-arrival.svelte.ts';
export { listInputs } from './workbook-inputs.ts';
export type { WorkbookInput } from './workbook-inputs.ts';
export { WorkbookArrival } from './workbook-arrival.svelte.ts';
export type { ModelRow, WorkbookUse } from './workbook-arrival.svelte.ts';
export { collectionOf } from './collection.svelte.ts';
export type { Collection, Returned } from './collection.svelte.ts';
export { LESSON_DEPTHS, LessonRun } from './lesson.svelte.ts';
export type { GivenGuess, LessonParts } from './lesson.svelte.ts';
export { lessonAuthorOf } from './lesson-author.svelte.ts';
export type { LessonAuthor } from './lesson-author.svelte.ts';
export { GUESS_KINDS, STEP_KINDS, STEP_VIEWS } from './lesson-draft.ts';
export type { StepDraft } from './lesson-draft.ts';
export type { WrittenLesson } from './written-lesson.ts';
export { readGuess } from './lesson-guess.ts';
export type { Asked } from './lesson-guess.ts';
export { LessonNotLoaded } from './lesson-shelf.svelte.ts';
export { Practice } from './practice.svelte.ts';
export { bundleOfWork } from './copied-work.ts';
export { LostWork } from './lost-work.svelte.ts';
export type { CopiedWork, LostParts, LostPlan } from './lost-work.svelte.ts';
export { printRecords, spansOf } from './set-aside-file.ts';
export type { RecordSpan } from './set-aside-file.ts';
export { LogicMap } from './logic-map.svelte.ts';
export type { ReachedLine } from './logic-map.svelte.ts';
export { linksBy } from './logic-map-graph.ts';
export type { MapNode, ShownMap } from './logic-map-shown.ts';
export { PlanSession } from './plan-session.svelte.ts';
export type { Notch } from './bearings.ts';
export { beginProjection } from './begun-projection.ts';
export type { Later, SessionParts } from './session-parts.ts';
export type { Edited } from './model.svelte.ts';
export { unitInField } from './form-texts.ts';
export { emptyLineForm, lineForm } from './line-form.ts';
export type { LineForm } from './line-form.ts';
export { headForm, readHeadForm, targetForm } from './plan-forms.ts';
export type { HeadForm, TargetForm } from './plan-forms.ts';
export type { LineUser } from './model-edits.ts';
export type { FieldFault, ModelField } from './model-problem.ts';
export type { RefusedCell, TypedCell } from './typed-cells.ts';
export type { SaveState } from './autosave.svelte.ts';
export type { Meeting, OtherTabs } from './other-tabs.svelte.ts';
export { Levers } from './levers.svelte.ts';
export type { Lever } from './levers.svelte.ts';
export type { CellEntry, EntryProblemCode } from './cell-entry.ts';
export { shownFormula } from './shown-formula.ts';
export { shownDistribution } from './shown-distribution.ts';
export { readLeverEntry, readLeverText } from './lever-entry.ts';
export type { DistributionEntry } from './distribution-entry.ts';
export type { LeverEntry } from './lever-entry.ts';
export { LineCourse } from './line-course.svelte.ts';
export type { CourseChange, CoursePoint } from './line-course.svelte.ts';
export { changedLines, MAX_VERSIONS } from '#plan';
export type { SpanChange } from './overlay-edits.ts';
export { readSpanEntry } from './span-entry.ts';
export type { SpanEffect } from './span-entry.ts';
export { cellTraceOf } from './cell-trace.svelte.ts';
export type { Trace } from './cell-trace.svelte.ts';
export {
  MAX_UNFOLDED,
  explanationOf,
  formulaMathematics,
  formulaText,
  isAssumption,
} from './explanation.svelte.ts';
export type { ExplainedCell, Explanation, FormulaReading } from './explanation.svelte.ts';
export { GridView, gridViewOf } from './grid-view.svelte.ts';
export type { Draft, GridCell, Insertion, Step } from './grid-view.svelte.ts';
export { callAround, completionsAt, formulaInWords, referenceTo } from './formula-entry.ts';
export { isFormulaEntry } from './formula-start.ts';
export type { CallHint, Completion } from './formula-entry.ts';
export { PlanAudit, planAuditOf } from './plan-audit.svelte.ts';
export type { AuditNumber, ShownAudit } from './plan-audit.svelte.ts';
export { versionsOf } from './versions.svelte.ts';
export type { VersionRefusal } from './versions.svelte.ts';
export { crowding } from './crowding.ts';
export { WorkCare } from './work-care.svelte.ts';
export { PlanNotOpened } from './open-failure.ts';
export type { OpenFailure } from './open-failure.ts';
export { StandaloneNotWritten } from './page-standing.ts';
export type { PageStanding, StandaloneProblemCode, StandaloneWriter } from './page-standing.ts';
export { Questions } from './questions.svelte.ts';
export type { ComparedTarget, Comparison } from './questions.svelte.ts';
export type { AssumptionChange, AssumptionSide } from './assumption-changes.ts';
export { Reach } from './reach.svelte.ts';
export type { ReachAnswer, ReachDriver, ReachGap, WantedFigure } from './reach.svelte.ts';
export type { OfferedTarget, TargetSet } from './target-sets.ts';
export type { AskedComparator, DriverPreset } from './reach-choices.svelte.ts';
export type { FieldProblem } from './reach-entry.ts';
export { DEFAULT_SEED, Inquiry } from './inquiry.svelte.ts';
export type { Analyst } from './inquiry.svelte.ts';
export { Subject } from './subject.svelte.ts';
export { SAMPLE_COUNTS } from './uncertainty.svelte.ts';
export type { UncertainLine, Uncertainty } from './uncertainty.svelte.ts';
export type { CurveShape } from './curve-shape.ts';
export {
  applyFirstGuess,
  chooseCourse,
  typedDistribution,
  enterDistribution,
  findFirstGuess,
} from './uncertainty-edits.ts';
export type { FirstGuess } from './uncertainty-edits.ts';
export { endPair, listPairs } from './driver-pairs.ts';
export { FIRST_BARS, TornadoQuestion } from './sensitivity-tornado.svelte.ts';
export type { ShownBar, ShownTornado } from './sensitivity-tornado.svelte.ts';
export { InfluenceQuestion } from './sensitivity-influence.svelte.ts';
export type { ElasticityMatrix } from './sensitivity-influence.svelte.ts';
export { DistanceQuestion } from './sensitivity-distance.svelte.ts';
export type { ShownDistance } from './sensitivity-distance.svelte.ts';
export { TableQuestionOfSubject } from './sensitivity-table.svelte.ts';
export type { ShownCurves, ShownTable, TableCurve, TableSide } from './sensitivity-table.svelte.ts';
export { TABLE_SIZES, sensitivityChoicesOf } from './sensitivity-choices.svelte.ts';
export type { Ends } from './sensitivity-choices.svelte.ts';
export { SIDES, heatValue } from './heat-sheet.ts';
export type { HeatSheet } from './heat-sheet.ts';
