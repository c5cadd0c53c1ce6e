/** Lines by their id: plans are not changed in place, so that an index is made once for every list of lines. */
import type { Line, Plan } from './schema.ts';

const indices = new WeakMap<Plan['lines'], ReadonlyMap<string, Line>>();

/** The lines of a plan by id, in its order. */
export function linesById({ lines }: Pick<Plan, 'lines'>): ReadonlyMap<string, Line> {
  const known = indices.get(lines) ?? new Map(lines.map((line) => [line.id, line]));
  indices.set(lines, known);
  return known;
}
