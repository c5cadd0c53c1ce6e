/** Functions of time: growth, running sums, and shapes that begin and end in a year. None of them is Excel's. */
import type { Value } from '#quantity';
import { partsOf, shifted, type Expression } from '../expression.ts';
import type { Argument, CallPlace, FunctionSpec } from '../function-spec.ts';
import { equivalentRate } from './finance.ts';
import { finite, number, numberIn, ofNumbers, optional, outside, plainIn } from './declare.ts';

const plain = plainIn('time');
const expanded = { kind: 'expanded', family: 'time' } as const;

/** Computes from single numbers and the calendar number of the period that is being calculated. */
function inPeriod(compute: (period: number, ...numbers: (number | undefined)[]) => Value) {
  return (args: readonly (Argument | undefined)[], { period }: CallPlace): Value =>
    finite(compute(period, ...args.map(numberIn)));
}

/** Whether the expression is a calendar number: a period, or one so many years from it. */
function isCalendar(expression: Expression): boolean {
  if (expression.kind === 'period') return true;
  if (expression.kind !== 'binary' || !['+', '-'].includes(expression.operator)) return false;
  return isCalendar(expression.left) && expression.right.kind === 'number';
}

/** Whether the expression reads a line; without one there is nothing that has a year before. */
function readsLine(expression: Expression): boolean {
  return expression.kind === 'reference' || partsOf(expression).some(readsLine);
}

const ONE: Expression = { kind: 'number', value: 1, text: '1' };

/** `x / x[t-1] - 1`. */
function growthOnYear(now: Expression): Expression {
  const quotient: Expression = { kind: 'binary', operator: '/', left: now, right: shifted(now, -1) };
  return { kind: 'binary', operator: '-', left: quotient, right: ONE };
}

const GDP = { gdp: { 2019: 80, 2020: 100, 2021: 108 } };
const LENT = { lent: { 2019: null, 2020: 5, 2021: null, 2022: 7 } };
const FROM_HERE = 'arithmetic by hand';

/** CAGR YOY CUMSUM STEP RAMP PULSE PERIODYEAR. */
export const timeFunctions: readonly FunctionSpec[] = [
  {
    ...plain,
    name: 'CAGR',
    parameters: [number('from', 'a'), number('to', 'a'), number('years', '1')],
    result: '1',
    compute: ofNumbers((from = 0, to = 0, years = 0) => equivalentRate('CAGR', years, from, to)),
    examples: [
      { text: '=CAGR(100, 121, 2)', gives: 0.1, source: 'sqrt(1.21) - 1' },
      { text: '=CAGR(100, 50, 1)', gives: -0.5, source: FROM_HERE },
      { text: '=CAGR(0, 50, 5)', gives: '#NUM!', source: 'nothing grows from 0' },
    ],
  },
  {
    ...expanded,
    name: 'YOY',
    parameters: [{ name: 'x', takes: 'reference', unit: 'a' }],
    result: '1',
    expand: ([x]) => (x !== undefined && readsLine(x) ? growthOnYear(x) : 'reference_expected'),
    examples: [
      { text: '=YOY(gdp)', gives: 0.08, lines: GDP, period: 2021, source: '108 / 100 - 1' },
      { text: '=YOY(gdp)', gives: null, lines: GDP, period: 2019, source: 'no figure for the year before' },
    ],
  },
  {
    ...expanded,
    name: 'CUMSUM',
    parameters: [{ name: 'x', takes: 'reference', unit: 'a' }],
    result: 'a',
    // SUM skips what is missing, and over nothing but missing it is missing: so before the first figure
    expand: ([x]) =>
      x?.kind === 'reference' && x.at.kind === 'lag'
        ? {
            kind: 'call',
            name: 'SUM',
            args: [{ kind: 'range', line: x.line, from: { kind: 'first' }, to: x.at, span: x.span }],
            span: x.span,
          }
        : 'reference_expected',
    examples: [
      { text: '=CUMSUM(lent)', gives: 12, lines: LENT, period: 2022, source: '5 + 7' },
      { text: '=CUMSUM(lent)', gives: 5, lines: LENT, period: 2021, source: 'a gap adds nothing' },
      { text: '=CUMSUM(lent)', gives: null, lines: LENT, period: 2019, source: 'before the first figure' },
    ],
  },
  {
    ...plain,
    name: 'STEP',
    parameters: [number('height', 'a'), number('start', '1')],
    result: 'a',
    compute: inPeriod((period, height = 0, start = 0) => (period < start ? 0 : height)),
    examples: [
      { text: '=STEP(30, 2022)', gives: 0, period: 2021, source: FROM_HERE },
      { text: '=STEP(30, 2022)', gives: 30, period: 2022, source: FROM_HERE },
    ],
  },
  {
    ...plain,
    name: 'RAMP',
    parameters: [number('slope', 'a'), number('start', '1'), optional(number('end', '1'))],
    result: 'a',
    compute: inPeriod((period, slope = 0, start = 0, end = Infinity) =>
      end < start ? outside('RAMP', 'end') : slope * Math.max(0, Math.min(period, end) - start),
    ),
    examples: [
      { text: '=RAMP(5, 2021)', gives: 15, period: 2024, source: 'three years of 5' },
      { text: '=RAMP(5, 2021, 2023)', gives: 10, period: 2025, source: 'held after two years of 5' },
      { text: '=RAMP(5, 2021)', gives: 0, period: 2020, source: FROM_HERE },
    ],
  },
  {
    ...plain,
    name: 'PULSE',
    parameters: [number('height', 'a'), number('start', '1'), number('length', '1')],
    result: 'a',
    compute: inPeriod((period, height = 0, start = 0, length = 0) => {
      if (length < 0) return outside('PULSE', 'length');
      return period >= start && period < start + length ? height : 0;
    }),
    examples: [
      { text: '=PULSE(8, 2022, 2)', gives: 8, period: 2023, source: 'in 2022 and 2023' },
      { text: '=PULSE(8, 2022, 2)', gives: 0, period: 2024, source: 'in 2022 and 2023' },
    ],
  },
  {
    ...expanded,
    name: 'PERIODYEAR',
    parameters: [number('period', '1')],
    result: '1',
    expand: ([period]) => (period !== undefined && isCalendar(period) ? period : 'period_expected'),
    examples: [
      { text: '=PERIODYEAR(t)', gives: 2023, period: 2023, source: 'the year itself' },
      { text: '=PERIODYEAR(t - 1)', gives: 2022, period: 2023, source: 'the year before' },
    ],
  },
];
