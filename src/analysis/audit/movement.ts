/** The growth, change, multiple or mean that printed figures imply, with its arithmetic. */
import type { Stated } from '#plan';
import type { Expression } from '#formula';
import type { Evidence, Measure, Step } from './finding.ts';
import { exactly, isApart, minus, over, plus, toPower, type Interval } from './interval.ts';

/** A stated movement: its kind and its years. */
export type MovementKind = Stated['kind'];

const MEASURES: Readonly<Record<MovementKind, Measure>> = {
  growth: 'growth',
  change: 'level',
  annualChange: 'level',
  multiple: 'multiple',
  mean: 'level',
};

/** Reckons a movement from the first figure to the last; undefined where it cannot be (growth from nothing). */
export function impliedMovement(
  kind: Exclude<MovementKind, 'mean'>,
  start: Evidence,
  end: Evidence,
  years: number,
): Step | undefined {
  const [from, to] = [start.interval, end.interval];
  if (years <= 0 || ((kind === 'growth' || kind === 'multiple') && from.low <= 0)) return undefined;
  const [first, last] = [reference(start), reference(end)];
  const [expression, result] = ((): [Expression, Interval] => {
    switch (kind) {
      case 'growth': {
        const root = binary('^', binary('/', last, first), binary('/', number(1), number(years)));
        return [binary('-', root, number(1)), minus(toPower(over(to, from), 1 / years), exactly(1))];
      }
      case 'multiple':
        return [binary('/', last, first), over(to, from)];
      case 'change':
        return [binary('-', last, first), minus(to, from)];
      case 'annualChange':
        return [binary('/', binary('-', last, first), number(years)), over(minus(to, from), exactly(years))];
    }
  })();
  return {
    cell: { line: end.line, period: end.period },
    measure: MEASURES[kind],
    expression,
    inputs: [start, end].map(({ line, period, interval }) => ({ line, period, interval })),
    result,
  };
}

/** The arithmetic mean of figures, one a period. */
export function impliedMean(figures: readonly Evidence[]): Step | undefined {
  const [first, last] = [figures[0], figures.at(-1)];
  if (!first || !last) return undefined;
  const sum = figures.reduce((all, { interval }) => plus(all, interval), exactly(0));
  return {
    cell: { line: first.line, period: last.period },
    measure: 'level',
    expression: {
      kind: 'call',
      name: 'AVERAGE',
      args: figures.map(reference),
      span: { from: 0, to: 0 },
    },
    inputs: figures.map(({ line, period, interval }) => ({ line, period, interval })),
    result: over(sum, exactly(figures.length)),
  };
}

/** Tells whether a movement that figures imply agrees with what is stated. A stated range agrees end by end. */
export function agrees(implied: Interval, stated: Interval): boolean {
  return !isApart(implied, stated);
}

/** A cell as it stands in the arithmetic: its period is fixed. */
export function reference({ line, period }: Pick<Evidence, 'line' | 'period'>): Expression {
  return { kind: 'reference', line, at: { kind: 'fixed', period }, span: { from: 0, to: 0 } };
}

export function number(value: number): Expression {
  return { kind: 'number', value, text: String(value) };
}

export function binary(
  operator: '+' | '-' | '*' | '/' | '^',
  left: Expression,
  right: Expression,
): Expression {
  return { kind: 'binary', operator, left, right };
}
