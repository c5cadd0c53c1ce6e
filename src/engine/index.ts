/** The compiled plan: which value wins, in which order, and what every cell is worth. */
export { buildEngine } from './build-engine.ts';
export type { Engine, Question } from './build-engine.ts';
export { finish, samplesOf, valueAt } from './batch/batch.ts';
export type { Batch, BatchBlock, BatchResult, Column, Evaluator, Samples } from './batch/batch.ts';
export type { Calculation, Revision } from './run/calculation.ts';
export type { Compiled } from './code/compile.ts';
export type { CompiledLines } from './run/compiled-lines.ts';
export { findConflicts } from './resolve/conflict.ts';
export type { Claim, Conflict } from './resolve/conflict.ts';
export { dependentsOf } from './derivation/dependents.ts';
export { explainCell } from './derivation/derivation.ts';
export type {
  Derivation,
  DerivationInput,
  DerivationStep,
  Explained,
  UnitFactor,
} from './derivation/derivation.ts';
export { inNumbers } from './derivation/in-numbers.ts';
export type { CellText } from './derivation/in-numbers.ts';
export { functionsByDifference } from './derive/derive.ts';
export type { Derivatives, Slopes } from './derive/derive.ts';
export { layerOf } from './resolve/move.ts';
export type { Move } from './resolve/move.ts';
export { lookAt } from './look.ts';
export { orderByDependency } from './order/order.ts';
export type { CellPlace } from './batch/reach.ts';
export { isSameRule, layersOf } from './resolve/resolve.ts';
export type { Base, Rule, Transform } from './resolve/resolve.ts';
