/** The compiled plan: which value wins, in which order, and what every cell is worth. */
export { buildEngine } from './build-engine.ts';
export type { Engine } from './build-engine.ts';
export type { Calculation, Revision } from './calculation.ts';
export type { Compiled } from './compile.ts';
export { layersOf } from './resolve.ts';
export type { Base, Rule, Transform } from './resolve.ts';
