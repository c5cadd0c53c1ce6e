/** Arithmetic in which formulas are emitted: that of the kernels, and what formulas need beside it. */
interface Arithmetic<V, M> {
  readonly constant: (value: number) => V;
  readonly add: (a: V, b: V) => V;
  readonly subtract: (a: V, b: V) => V;
  readonly multiply: (a: V, b: V) => V;
  readonly divide: (a: V, b: V) => V;
  readonly absolute: (a: V) => V;
  readonly squareRoot: (a: V) => V;
  readonly less: (a: V, b: V) => M;
  readonly lessOrEqual: (a: V, b: V) => M;
  readonly equal: (a: V, b: V) => M;
  readonly either: (a: M, b: M) => M;
  readonly select: (mask: M, then: V, otherwise: V) => V;
  readonly choose: (mask: M, then: () => V, otherwise: () => V) => V;
  readonly upperHalf: (a: V) => V;
  readonly exponentOf: (a: V) => V;
  readonly mantissaOf: (a: V) => V;
  readonly powerOfTwo: (k: V) => V;
}

/** Arithmetic of formulas. As in the kernels every operation has one result on every machine. */
export interface FormulaArithmetic<V, M> extends Arithmetic<V, M> {
  readonly floor: (a: V) => V;
  /** The nearest whole number; of two the even one. */
  readonly nearest: (a: V) => V;
  /** The smaller of two; no number where one of them is none. */
  readonly smaller: (a: V, b: V) => V;
  readonly larger: (a: V, b: V) => V;
  readonly both: (a: M, b: M) => M;
  readonly not: (a: M) => M;
}
