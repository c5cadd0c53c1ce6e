/**
 * A formula as it stands in one cell: its periods named, and its cells replaced by their numbers. What comes out are
 * expressions again, to be written as text or set as mathematics; nothing is evaluated here.
 */
import type { Periods } from '#plan';
import { findFunction, parameterAt, withParts, type Expression, type PeriodReference } from '#formula';

/** Writes the value of a cell for a reader. */
export type CellText = (line: string, period: number) => string;

/** The calendar period that a reference means in the period `now`. */
export function periodOf(at: PeriodReference, now: number, periods: Periods): number {
  return at.kind === 'lag' ? now + at.by : at.kind === 'fixed' ? at.period : periods[at.kind];
}

/** The expression with every period by its calendar number; what stands in the period itself keeps its bare name. */
export function inPeriod(expression: Expression, now: number, periods: Periods): Expression {
  const fixed = (at: PeriodReference): PeriodReference => ({
    kind: 'fixed',
    period: periodOf(at, now, periods),
  });
  const isNow = (at: PeriodReference) => at.kind === 'lag' && at.by === 0;
  switch (expression.kind) {
    case 'reference':
      return isNow(expression.at) ? expression : { ...expression, at: fixed(expression.at) };
    case 'range':
      return { ...expression, from: fixed(expression.from), to: fixed(expression.to) };
    case 'period':
      return { ...expression, at: fixed(expression.at) };
    default:
      return withParts(expression, (part) => inPeriod(part, now, periods));
  }
}

/**
 * The expression with the values of its cells in their place, as `textOf` writes them; a range becomes a list, or the
 * arguments of a function that takes them one by one.
 */
export function inNumbers(
  expression: Expression,
  now: number,
  periods: Periods,
  textOf: CellText,
): Expression {
  const cell = (line: string, period: number) => numberOf(textOf(line, period));
  const items = (range: Expression & { kind: 'range' }): Expression[] => {
    const [from, to] = [periodOf(range.from, now, periods), periodOf(range.to, now, periods)];
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, step) => cell(range.line, from + step));
  };
  const replaced = (part: Expression): Expression => {
    switch (part.kind) {
      case 'reference':
        return cell(part.line, periodOf(part.at, now, periods));
      case 'period':
        return numberOf(String(periodOf(part.at, now, periods)));
      case 'range':
        return { kind: 'list', items: items(part) };
      case 'call': {
        const spec = findFunction(part.name);
        const args = part.args.flatMap((arg, index) => {
          if (arg === undefined) return [undefined];
          const isFlat = spec !== undefined && parameterAt(spec, index)?.takes === 'values';
          return isFlat && arg.kind === 'range' ? items(arg) : [replaced(arg)];
        });
        return { ...part, args };
      }
      default:
        return withParts(part, replaced);
    }
  };
  return replaced(expression);
}

/** A number that is only written; a sign in front of it is one of the expression, so that it gets its brackets. */
function numberOf(text: string): Expression {
  return /^[-−]/.test(text)
    ? { kind: 'unary', operator: '-', operand: { kind: 'number', value: 0, text: text.slice(1) } }
    : { kind: 'number', value: 0, text };
}
