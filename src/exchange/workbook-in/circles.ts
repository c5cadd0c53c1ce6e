/**
 * Formulas that depend on their own result in the same year. Excel may be told to repeat them until they settle; a plan does
 * not. One line of each circle keeps the values of the file, and all others stay formulas.
 */
import type { RowReading } from './model-lines.ts';

/** Takes a formula from every circle among `circular`, the lines that the engine could not put in order. */
export function openCircles(rows: readonly RowReading[], circular: ReadonlySet<string>): RowReading[] {
  const known = rows.filter(({ line, main }) => main !== undefined && circular.has(line.id));
  const order = new Map(known.map(({ line }, index) => [line.id, index]));
  const needs = known.map(({ main = '' }) => namedNow(main).flatMap((id) => order.get(id) ?? []));
  const held = new Set<string>();
  const isHeld = (index: number) => held.has(known[index]?.line.id ?? '');
  known.forEach(({ line }, start) => {
    // the first that needs a line below it is the one that a person would enter by hand: interest before debt
    if (reaches(needs, start, isHeld)) held.add(line.id);
  });
  return rows.map((row) => (held.has(row.line.id) ? withoutFormula(row) : row));
}

/** Tells whether a line needs itself, over others that are not held. */
function reaches(
  needs: readonly (readonly number[])[],
  start: number,
  isHeld: (index: number) => boolean,
): boolean {
  const met = new Set<number>();
  const open = [...(needs[start] ?? [])];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === start) return true;
    if (met.has(at) || isHeld(at)) continue;
    met.add(at);
    open.push(...(needs[at] ?? []));
  }
  return false;
}

/** The lines that a formula names in its own period or a later one, by id. */
function namedNow(formula: string): string[] {
  return [...formula.matchAll(/([a-z][a-z0-9_]*)(?:\[t-\d+\])?/g)].flatMap(([whole, id = '']) =>
    whole === id ? [id] : [],
  );
}

function withoutFormula(row: RowReading): RowReading {
  const cells = row.cells.map((one) => {
    if (!one.taken?.ok || one.taken.text !== row.main) return one;
    const subject = `=${one.cell.formula ?? ''}`.slice(0, 80);
    return { ...one, taken: { ok: false as const, code: 'workbook_formula_circular' as const, subject } };
  });
  return { ...row, cells, main: undefined };
}
