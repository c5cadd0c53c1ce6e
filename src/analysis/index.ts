/** Questions asked of an engine. */
export { drivers, isMet, targetDecimals, targetResult, targetResults } from './targets/target-status.ts';
export type { TargetResult, TargetStatus } from './targets/target-status.ts';
export { findRisk } from './targets/target-risk.ts';
export { buildCurve } from './chance/distribution.ts';
export type { Curve, KnownDistribution } from './chance/distribution.ts';
export { parseDistribution, printDistribution } from './chance/distribution-text.ts';
export type {
  DistributionFormat,
  DistributionProblemCode,
  MovesWith,
  ReadDistribution,
} from './chance/distribution-text.ts';
export { seededRandom } from './chance/random-source.ts';
export type { Random } from './chance/random-source.ts';
export { bridge, walkBridge } from './difference/bridge.ts';
export type { Bridge, BridgeEnd, BridgeItem, BridgeRule } from './difference/bridge.ts';
export type { ComparedChance, ComparedInput, ScenarioComparison } from './difference/scenario-comparison.ts';
export { formulasOf } from './difference/focus.ts';
export type { Cell } from './cell.ts';
export { compareLevels } from './difference/comparison.ts';
export type { ComparedLine } from './difference/comparison.ts';
export { searchLeastChange } from './reach/feasibility.ts';
export type { Feasibility, Repair } from './reach/feasibility.ts';
export { searchGoal } from './reach/goal-seek.ts';
export type { Gap, Goal, GoalSeek, Reached } from './reach/goal-seek.ts';
export { findKinship } from './reach/kinship.ts';
export type { Kinship } from './reach/kinship.ts';
export { findInputDifferences } from './difference/input-difference.ts';
export type {
  InputDifference,
  InputDifferenceKind,
  InputDifferenceSpan,
} from './difference/input-difference.ts';
export type { LeastChange, Limit, MetTarget, MovedDriver, WatchedCell } from './reach/least-change.ts';
export { findLever, withShifts } from './lever.ts';
export type { Lever } from './lever.ts';
export type { Root } from './reach/root-search.ts';
export { targetBand } from './targets/target-band.ts';
export type { BareFigures, TargetBand } from './targets/target-band.ts';
export type { FreeDriver, WantedTarget, Wish } from './reach/wish.ts';
export { PERCENTILES } from './uncertainty/spread.ts';
export type { Histogram, Spread, SpreadFigures } from './uncertainty/spread.ts';
export { findDistribution, findUncertainDrivers } from './chance/uncertain-drivers.ts';
export type {
  DistributionInUse,
  UncertainDriver,
  UncertainDrivers,
  UncertainProblemCode,
} from './chance/uncertain-drivers.ts';
export { holdRun, paceOf } from './budget/run-budget.ts';
export type { HeldRun, Repeats, RunCost, RunMark, RunPace } from './budget/run-budget.ts';
export {
  bytesOfGoal,
  bytesOfIndices,
  bytesOfLeastChange,
  bytesOfSamples,
  bytesOfSlopes,
  bytesOfTable,
  bytesOfTornados,
} from './budget/run-memory.ts';
export { DEFAULT_SAMPLES, MAX_SAMPLES } from './uncertainty/sample-counts.ts';
export { runUncertainty } from './uncertainty/uncertainty.ts';
export type {
  CellSpread,
  DrawnDriver,
  Probability,
  TargetProbability,
  UncertaintyQuestion,
  UncertaintyResult,
} from './uncertainty/uncertainty.ts';
export type { CorrelationRepair } from './chance/driver-draws.ts';
export type { SamplingMethod } from './chance/sampling.ts';
export { findSobolIndices } from './uncertainty/sobol-indices.ts';
export type { CellIndices, GroupIndices, IndexQuestion, VarianceShare } from './uncertainty/sobol-indices.ts';
export { findSensitivity } from './sensitivity/sensitivity.ts';
export type { CellSensitivity, DriverInfluence, Sensitivity } from './sensitivity/sensitivity.ts';
export { findRanges, findTornados, searchTornados } from './sensitivity/tornado.ts';
export type { DriverRange, Tornado, TornadoBar } from './sensitivity/tornado.ts';
export { tryLeverSteps } from './sensitivity/step-effects.ts';
export type { StepEffects } from './sensitivity/step-effects.ts';
export { findTargetDistance } from './sensitivity/target-distance.ts';
export type { DriverDistance, TargetDistance } from './sensitivity/target-distance.ts';
export { runDataTable } from './sensitivity/data-table.ts';
export { MAX_LEVELS, levelsBetween, tableValue } from './sensitivity/table-sheet.ts';
export type { TableSheet } from './sensitivity/table-sheet.ts';
export type { DataTable, TableAxis, TableQuestion } from './sensitivity/data-table.ts';
export { findContour } from './sensitivity/contour.ts';
export type { ContourPiece } from './sensitivity/contour.ts';
export { metRange } from './targets/met-range.ts';
export type { MetRange } from './targets/met-range.ts';
export { audit } from './audit/audit.ts';
export type { Audit } from './audit/audit.ts';
export type {
  Evidence,
  Finding,
  FindingRule,
  Measure,
  Reading,
  Repair as AuditRepair,
  Severity,
  Step,
} from './audit/finding.ts';
export type { Interval } from './audit/interval.ts';
export { stepLevers, stepScenario } from './lesson/step-scenario.ts';
export type { StepLever, StepMoment } from './lesson/step-scenario.ts';
export { checkPredicate, lessonState, pickHint } from './lesson/predicate.ts';
export type {
  Answer,
  Condition,
  ConditionProblem,
  ConditionProblemCode,
  LessonState,
  PredicatePart,
  PredicateResult,
} from './lesson/predicate.ts';
export { findMistake, guessTruth, judgeGuess, judgePoint } from './lesson/judge.ts';
export type { GuessResult, GuessTruth, Pointed } from './lesson/judge.ts';
export { rehearse } from './lesson/rehearsal.ts';
export type { RehearsalProblem, RehearsalProblemCode } from './lesson/rehearsal.ts';
export { numberInStep } from './audit/step-number.ts';
export { analysisJobs } from './jobs.ts';
export type { AnalysisJobs, AskedScenario, ContouredTable } from './jobs.ts';
