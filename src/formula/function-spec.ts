/**
 * What a function declares about itself: signature, units, what missing does, worked examples and the mathematics.
 *
 * One declaration serves evaluation, the dimension check, completion, the help page and the tests. The registry that
 * collects them is `function-registry.ts`; the functions stand in `functions/<family>.ts`.
 */
import type { FailureCode, Value } from '#quantity';
import type { Expression } from './expression.ts';

/** Families, in the order in which the help page shows them. */
export type FunctionFamily = 'aggregate' | 'maths' | 'logic' | 'finance' | 'trend' | 'table' | 'time';

/**
 * What a parameter takes. number: one value · values: a value, a range or a list, flattened · list: a range or a list
 * kept as one (a lone value is a list of one) · reference: a line, evaluated over time by `expand`.
 */
export type Takes = 'number' | 'values' | 'list' | 'reference';

/** One parameter. */
export interface Parameter {
  /** Excel's or our name for it, as shown in the signature: `rate`, `nper`. */
  readonly name: string;
  readonly takes: Takes;
  /** Unit group: parameters with the same letter share a unit; `1` is a pure number; `?` is anything. */
  readonly unit: string;
  readonly optional?: true;
}

/** What a function receives for a parameter: a value, or all values of a list. */
export type Argument = Value | readonly Value[];

/** What a function may know of its place. */
export interface CallPlace {
  /** Calendar number of the period being calculated. */
  readonly period: number;
}

/** A worked example: evaluated by a test, shown as help. */
export interface FunctionExample {
  /** In Excel spelling, with a leading `=`. */
  readonly text: string;
  /** What it gives; a failure is its code; null is missing. */
  readonly gives: number | FailureCode | null;
  /** Digits after the point that the source prints; without it agreement is to 1e-9 relative. */
  readonly decimals?: number;
  /** Cells that the text names: `{ A1: 0.08, A2: null }`. */
  readonly cells?: Readonly<Record<string, number | null>>;
  /** Lines that the text names, by calendar period: `{ gdp: { 2020: 100, 2021: 108 } }`. */
  readonly lines?: Readonly<Record<string, Readonly<Record<number, number | null>>>>;
  /** Calendar period in which it is evaluated, for functions that know the time. */
  readonly period?: number;
  /** Where the expected result comes from: Microsoft's page, a closed form, hand arithmetic. */
  readonly source: string;
}

interface Declared {
  /** Upper case, as Excel spells it. */
  readonly name: string;
  readonly family: FunctionFamily;
  readonly parameters: readonly Parameter[];
  /** How many of the last parameters repeat as a group: 1 for SUM, 2 for IFS. */
  readonly repeats?: number;
  /** Unit of the result: a group letter, `1`, or `?` for unknown. */
  readonly result: string;
  readonly examples: readonly FunctionExample[];
}

/** A function that computes from values: arguments are evaluated first, in order. */
export interface PlainFunction extends Declared {
  readonly kind: 'plain';
  /**
   * What a missing argument does. travels: a missing `number` argument makes the result missing without calling
   * `compute` · own: `compute` sees it. Missing items inside lists always reach `compute`.
   */
  readonly missing: 'travels' | 'own';
  /**
   * The mathematics. Failures in arguments have already travelled and never reach it; optional arguments that were
   * left out or empty are undefined; `values` parameters arrive flattened as one list.
   */
  compute(args: readonly (Argument | undefined)[], place: CallPlace): Value;
}

/** A function that decides which of its arguments to evaluate: IF, IFS, SWITCH, CHOOSE, IFERROR, ISBLANK. Lowered to branches. */
export interface LazyFunction extends Declared {
  readonly kind: 'lazy';
}

/** A function that is another expression in disguise, as YOY(x) is `x / x[t-1] - 1`. */
export interface ExpandedFunction extends Declared {
  readonly kind: 'expanded';
  /** The expression it stands for, or the word-catalogue code of what is wrong with its arguments. */
  expand(args: readonly (Expression | undefined)[]): Expression | 'reference_expected' | 'period_expected';
}

/** A function of the formula language. */
export type FunctionSpec = PlainFunction | LazyFunction | ExpandedFunction;
