/** What a cell may hold, in which unit, and how it is read and written. Knows nothing of plans. */
export { failure, placedAt } from './failure.ts';
export type { Failure, FailureCode, FailureReason } from './failure.ts';
export { MISSING, isFailure, isMissing, isNumber, isSameValue } from './value.ts';
export type { Missing, Value } from './value.ts';
export { problem, warning } from './problem.ts';
export type { Place, Problem } from './problem.ts';
export { PLAIN, isSameDimension, parseUnit, printDimension, timesDimension } from './unit.ts';
export type { Dimension, Unit } from './unit.ts';
export {
  buildNumberWriter,
  formatNumber,
  parseNumber,
  printedDecimals,
  roundTo,
  toHalfWidth,
} from './number-text.ts';
export type { NumberFormat, NumberProblemCode, RoundingDirection } from './number-text.ts';
export { inOneLine, namesOfBreaks, namesOfHidden, readAlike, withoutHidden } from './visible-text.ts';
