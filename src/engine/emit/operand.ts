/** Values on their way through a formula that is emitted. */

/** A value that is always a number. */
export const ALWAYS = 0;
/** One that may be none: NaN. */
export const MAY_BE_NONE = 1;
/** One that may be none or infinite. */
export const MAY_BE_INFINITE = 2;

/** How a value may stand out of the ordinary. */
export type Care = typeof ALWAYS | typeof MAY_BE_NONE | typeof MAY_BE_INFINITE;

/** What may be worst of several. */
export function worst(...cares: readonly Care[]): Care {
  return Math.max(...cares) as Care;
}

/** A value on its way; `care` says how it may stand out of the ordinary. */
export interface Operand<V> {
  readonly value: V;
  readonly care: Care;
  /** Its number, where that is known beforehand. */
  readonly constant?: number;
  /** Known to be missing, whatever else happens. */
  readonly isMissing?: true;
}

/** Cells whose number is known only when they are read: what functions of many values make of those that have one. */
export interface Stretch<V> {
  /** NaN where a cell has failed. */
  readonly sum: V;
  readonly count: V;
}

/** A value, a list of values, or a stretch. */
export type Operands<V> = Operand<V> | readonly Operand<V>[] | Stretch<V>;

/** Tells whether an argument is a stretch. */
export function isStretch<V>(operands: Operands<V>): operands is Stretch<V> {
  return 'sum' in operands;
}
