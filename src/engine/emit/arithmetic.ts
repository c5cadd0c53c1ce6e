/** Arithmetic in which formulas are emitted: that of the kernels, and what formulas need beside it. */
import type { Arithmetic } from '#formula';

/** Arithmetic of formulas. As in the kernels every operation has one result on every machine. */
export interface FormulaArithmetic<V, M> extends Arithmetic<V, M> {
  readonly floor: (a: V) => V;
  /** The nearest whole number; of two the even one. */
  readonly nearest: (a: V) => V;
  /** The smaller of two numbers; of two zeros either, and any of both where one of them is no number. */
  readonly smaller: (a: V, b: V) => V;
  /** The larger, likewise. */
  readonly larger: (a: V, b: V) => V;
  readonly both: (a: M, b: M) => M;
  readonly not: (a: M) => M;
}
