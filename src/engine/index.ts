/** The compiled plan: which value wins, in which order, and what every cell is worth. */
export { buildEngine } from './build-engine.ts';
export type { Engine, Question } from './build-engine.ts';
export { finish, samplesOf, valueAt } from './batch.ts';
export type { Batch, BatchBlock, BatchResult, Column, Evaluator, Samples } from './batch.ts';
export type { Calculation, Revision } from './calculation.ts';
export type { Compiled } from './compile.ts';
export { findConflicts } from './conflict.ts';
export type { Claim, Conflict } from './conflict.ts';
export { functionsByDifference } from './derive.ts';
export type { Derivatives, Slopes } from './derive.ts';
export { layerOf } from './move.ts';
export type { Move } from './move.ts';
export { orderByDependency } from './order.ts';
export type { CellPlace } from './reach.ts';
export { isSameRule, layersOf } from './resolve.ts';
export type { Base, Rule, Transform } from './resolve.ts';
