/**
 * A problem: one thing that is wrong with what a person wrote, as a list item with its place.
 *
 * Problems are plain data. Their sentences live in `words` under `problem_<code>`.
 */

/** Where a problem is: any part that is known. */
export interface Place {
  /** Path in the document, as `lines[3].formula`. */
  readonly path?: string;
  readonly line?: string;
  readonly period?: number;
  /** Character range in the text as typed, end exclusive. */
  readonly from?: number;
  readonly to?: number;
}

/** One thing that is wrong. `severity` error stops the thing from being used, warning does not. */
export interface Problem<Code extends string = string> {
  readonly kind: 'problem';
  readonly code: Code;
  readonly severity: 'error' | 'warning';
  readonly place: Place;
  readonly args: Readonly<Record<string, string | number>>;
}

/** Builds a problem that stops what it is about. */
export function problem<Code extends string>(
  code: Code,
  place: Place = {},
  args: Readonly<Record<string, string | number>> = {},
): Problem<Code> {
  return { kind: 'problem', code, severity: 'error', place, args };
}

/** Builds a problem that is shown but stops nothing. */
export function warning<Code extends string>(
  code: Code,
  place: Place = {},
  args: Readonly<Record<string, string | number>> = {},
): Problem<Code> {
  return { kind: 'problem', code, severity: 'warning', place, args };
}
