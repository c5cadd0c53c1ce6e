/** A cell as analysis names it: a line and a calendar period, not numbers of an evaluator. */

/** One line in one period. */
export interface Cell {
  readonly line: string;
  readonly period: number;
}

/** A cell as one text, for maps and sets. */
export function cellKey({ line, period }: Cell): string {
  return `${line}@${period}`;
}
