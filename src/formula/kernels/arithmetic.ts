/**
 * Arithmetic in which a kernel is written: on numbers, or as instructions over one or two lanes. V a value, M a mask.
 *
 * Every operation rounds to nearest as IEEE 754 says and has one result, so that a kernel has the same bits wherever it
 * runs; a sum of products is never fused. Operations that read bits give some number where their argument is not what
 * they ask for: a kernel selects it away. A constant may be used in any later call of the kernel it was made for.
 */
export interface Arithmetic<V, M> {
  readonly constant: (value: number) => V;
  readonly add: (a: V, b: V) => V;
  readonly subtract: (a: V, b: V) => V;
  readonly multiply: (a: V, b: V) => V;
  readonly divide: (a: V, b: V) => V;
  readonly absolute: (a: V) => V;
  readonly squareRoot: (a: V) => V;
  /** False where either is no number; so are the next two. */
  readonly less: (a: V, b: V) => M;
  readonly lessOrEqual: (a: V, b: V) => M;
  readonly equal: (a: V, b: V) => M;
  readonly either: (a: M, b: M) => M;
  readonly select: (mask: M, then: V, otherwise: V) => V;
  /** As `select`, where a machine that can branch need not calculate the other side. */
  readonly choose: (mask: M, then: () => V, otherwise: () => V) => V;
  /** Clears the low 27 bits: 26 significant bits stay, so that the product of two such numbers is exact. */
  readonly upperHalf: (a: V) => V;
  /** floor(log2 a) of a positive normal number; the exponent field less 1023 of any other. */
  readonly exponentOf: (a: V) => V;
  /** a / 2^exponent, in [1, 2), of a positive normal number; the fraction field over 1 of any other. */
  readonly mantissaOf: (a: V) => V;
  /** 2^k for a whole k from −1022 to 1023. */
  readonly powerOfTwo: (k: V) => V;
}

/** A number in two parts, high + low, with about twice the digits of one. */
export interface Pair<V> {
  /** Short enough (26 significant bits, or as stated) for an exact product with another short number. */
  readonly high: V;
  /** What is missing to the number: many times smaller than `high`. */
  readonly low: V;
}
