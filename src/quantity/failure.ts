/**
 * What a cell holds when it has no number because a calculation went wrong.
 *
 * A failure is a value: it travels to every dependent cell and keeps saying where and why it began. It is not a
 * Problem (something wrong with what a person wrote) and not an Error (a bug of ours).
 */

/** The codes that a cell shows, named as Excel names them; `#CYCLE!` is ours. */
export type FailureCode = '#DIV/0!' | '#NUM!' | '#VALUE!' | '#NAME?' | '#N/A' | '#REF!' | '#CYCLE!';

/** Why a calculation failed; each reason has a sentence in `words` under `reason_<reason>`. */
export type FailureReason =
  | 'divide_by_zero'
  | 'not_finite'
  | 'root_of_negative'
  | 'power_undefined'
  | 'log_of_nonpositive'
  | 'argument_range'
  | 'argument_needs_number'
  | 'argument_count'
  | 'no_sign_change'
  | 'no_convergence'
  | 'no_match'
  | 'too_few_points'
  | 'lists_differ'
  | 'not_ascending'
  | 'formula_invalid'
  | 'unknown_name'
  | 'cycle'
  | 'iteration_unsettled'
  | 'period_outside';

/** A calculation that failed, with its origin; plain data, so that it crosses `postMessage` and storage unchanged. */
export interface Failure {
  readonly kind: 'failure';
  readonly code: FailureCode;
  readonly reason: FailureReason;
  /** What the sentence of the reason names: a function, an argument, the lines of a loop. */
  readonly args: Readonly<Record<string, string | number>>;
  /** Id of the line in which the failure began; absent in a formula that belongs to no line. */
  readonly line?: string;
  /** Calendar period in which the failure began. */
  readonly period?: number;
}

/** Builds a failure that does not know its place yet; the evaluator adds line and period. */
export function failure(
  code: FailureCode,
  reason: FailureReason,
  args: Readonly<Record<string, string | number>> = {},
): Failure {
  return { kind: 'failure', code, reason, args };
}

/** Returns the failure with its place, unless it already has one: the origin is what a reader needs. */
export function placedAt(fault: Failure, line: string, period: number): Failure {
  return fault.line === undefined ? { ...fault, line, period } : fault;
}
