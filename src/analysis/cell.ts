/** A cell as analysis names it: a line and a calendar period, not numbers of an evaluator. */

/** One line in one period. */
export interface Cell {
  readonly line: string;
  readonly period: number;
}
