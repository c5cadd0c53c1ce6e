/** Which formulas of a plan mean the same after an edit of the plan, so that they need not be read again. */
import { listPeriods, type Line, type Plan } from '#plan';
import { comparable, partsOf, type Expression } from '#formula';

/** How a formula stands after an edit: as it was, the same with lines numbered otherwise, or to be read again. */
export type Standing = 'same' | 'renumbered' | 'unknown';

/** Tells of a formula of the plan before, by its line, text and expression, how it stands in the plan after. */
export type StandingOf = (line: Line, text: string, expression: Expression | undefined) => Standing;

/** Compares two states of a plan. */
export function compareForFormulas(before: Plan, after: Plan): StandingOf {
  if (!isSamePeriods(before, after)) return () => 'unknown';
  const old = new Map(before.lines.map((line, number) => [line.id, { line, number }]));
  /** Names that came or went: a text in which one occurs may mean something else now. */
  const names = new Set<string>();
  const otherUnit = new Set<string>();
  const otherNumber = new Set<string>();
  const noteNames = ({ id, name }: Line) => {
    for (const one of [id, name.zh, name.en]) names.add(comparable(one).trim());
  };
  after.lines.forEach((line, number) => {
    const known = old.get(line.id);
    old.delete(line.id);
    if (!known) return noteNames(line);
    if (known.number !== number) otherNumber.add(line.id);
    if (known.line === line) return;
    if (known.line.unit !== line.unit) otherUnit.add(line.id);
    if (known.line.name.zh !== line.name.zh || known.line.name.en !== line.name.en) {
      noteNames(known.line);
      noteNames(line);
    }
  });
  for (const { line } of old.values()) noteNames(line);

  return (line, text, expression) => {
    if (names.size > 0) {
      const plain = comparable(text);
      for (const name of names) if (plain.includes(name)) return 'unknown';
    }
    const speaksOf = (lines: ReadonlySet<string>) =>
      lines.size > 0 &&
      (lines.has(line.id) || (expression !== undefined && reads(expression, (id) => lines.has(id))));
    if (speaksOf(otherUnit)) return 'unknown';
    return speaksOf(otherNumber) ? 'renumbered' : 'same';
  };
}

function isSamePeriods({ periods: a }: Plan, { periods: b }: Plan): boolean {
  return (
    a === b || (a.unit === b.unit && a.base === b.base && String(listPeriods(a)) === String(listPeriods(b)))
  );
}

function reads(expression: Expression, ask: (line: string) => boolean): boolean {
  return 'line' in expression ? ask(expression.line) : partsOf(expression).some((part) => reads(part, ask));
}
