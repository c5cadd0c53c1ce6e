/** What a cell is worth: a finite number, nothing, or a failure. */
import type { Failure } from './failure.ts';

/** No value: not zero. It stays missing through arithmetic; aggregates skip it; the grid shows it empty. */
export type Missing = null;

/** The one missing value. */
export const MISSING: Missing = null;

/** What a cell holds. Numbers are always finite; a percent is its fraction; a logical result is 1 or 0. */
export type Value = number | Missing | Failure;

/** Tells whether the value is a number. */
export function isNumber(value: Value): value is number {
  return typeof value === 'number';
}

/** Tells whether the value is missing. */
export function isMissing(value: Value): value is Missing {
  return value === null;
}

/** Tells whether the value is a failure. */
export function isFailure(value: Value): value is Failure {
  return typeof value === 'object' && value !== null;
}

/**
 * Tells whether two values are the same to a reader: the same bits for numbers, the same origin for failures.
 * Recalculation stops where this holds.
 */
export function isSameValue(a: Value, b: Value): boolean {
  if (isFailure(a) && isFailure(b)) {
    return (
      a === b ||
      (a.code === b.code &&
        a.reason === b.reason &&
        a.line === b.line &&
        a.period === b.period &&
        JSON.stringify(a.args) === JSON.stringify(b.args))
    );
  }
  return Object.is(a, b);
}
