/** Questions asked of an engine. */
export {
  drivers,
  isMet,
  stepEffects,
  targetDecimals,
  targetResult,
  targetResults,
  withRisk,
} from './target-status.ts';
export type { StepEffects, TargetResult, TargetStatus } from './target-status.ts';
export { buildCurve } from './distribution.ts';
export type { Curve, KnownDistribution } from './distribution.ts';
export { parseDistribution, printDistribution } from './distribution-text.ts';
export type {
  DistributionFormat,
  DistributionProblemCode,
  MovesWith,
  ReadDistribution,
} from './distribution-text.ts';
export { seededRandom } from './random-source.ts';
export type { Random } from './random-source.ts';
export { bridge } from './bridge.ts';
export type { Bridge, BridgeEnd, BridgeItem, BridgeRule } from './bridge.ts';
export type { Cell } from './cell.ts';
export { compareLevels } from './comparison.ts';
export type { ComparedLine } from './comparison.ts';
export { findLeastChange } from './feasibility.ts';
export type { Feasibility, Repair } from './feasibility.ts';
export { seekGoal } from './goal-seek.ts';
export type { Gap, Goal, GoalSeek, Reached } from './goal-seek.ts';
export { findInputDifferences } from './input-difference.ts';
export type { InputDifference, InputDifferenceKind, InputDifferenceSpan } from './input-difference.ts';
export type { LeastChange, Limit, MetTarget, MovedDriver, WatchedCell } from './least-change.ts';
export { findLever, withShifts } from './lever.ts';
export type { Lever } from './lever.ts';
export type { Root } from './root-search.ts';
export { targetBand } from './target-band.ts';
export type { BareFigures, TargetBand } from './target-band.ts';
export type { FreeDriver, WantedTarget, Wish } from './wish.ts';
export { PERCENTILES } from './spread.ts';
export type { Histogram, Spread, SpreadFigures } from './spread.ts';
export { findUncertainDrivers } from './uncertain-drivers.ts';
export type { UncertainDriver, UncertainDrivers, UncertainProblemCode } from './uncertain-drivers.ts';
export { DEFAULT_SAMPLES, MAX_SAMPLES, runUncertainty } from './uncertainty.ts';
export type {
  CellSpread,
  DrawnDriver,
  Probability,
  TargetProbability,
  UncertaintyQuestion,
  UncertaintyResult,
} from './uncertainty.ts';
export type { CorrelationRepair } from './driver-draws.ts';
export type { SamplingMethod } from './sampling.ts';
export { findSobolIndices } from './sobol-indices.ts';
export type { CellIndices, GroupIndices, IndexQuestion, VarianceShare } from './sobol-indices.ts';
export { findSensitivity } from './sensitivity.ts';
export type { CellSensitivity, DriverInfluence, Sensitivity } from './sensitivity.ts';
export { findRanges, findTornados } from './tornado.ts';
export type { DriverRange, Tornado, TornadoBar } from './tornado.ts';
export { findTargetDistance } from './target-distance.ts';
export type { DriverDistance, TargetDistance } from './target-distance.ts';
export { MAX_LEVELS, levelsBetween, runDataTable, tableValue } from './data-table.ts';
export type { DataTable, TableAxis, TableQuestion, TableSheet } from './data-table.ts';
export { findContour } from './contour.ts';
export type { ContourPiece } from './contour.ts';
