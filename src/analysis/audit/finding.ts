/** What an audit says: data without sentences, so that every language can say it. */
import type { Source, Stated } from '#plan';
import type { Expression } from '#formula';
import type { Cell } from '../cell.ts';
import type { BareFigures } from '../targets/target-band.ts';
import type { Interval } from './interval.ts';

/**
 * What was compared.
 *
 * growth, change, multiple, mean: a stated movement with the one that the figures imply · printings: places that print one
 * quantity · relation: rows tied by a formula or by a share's own name · implied: a quantity that several rows imply ·
 * window: a quantity that the plan does not print and that its targets leave between ends · part: a part with its whole ·
 * reversal: a target against the course so far · slack: a limit that the base has already kept, so that it asks for nothing ·
 * outdone: a limit that asks for less than other printed numbers give · kept: a target that says *keep* of what the base is not ·
 * pace: a sum over years that asks for less a year than the base had · points: percentage points printed as a percent.
 */
export type FindingRule =
  | 'growth'
  | 'change'
  | 'multiple'
  | 'mean'
  | 'printings'
  | 'relation'
  | 'implied'
  | 'window'
  | 'part'
  | 'reversal'
  | 'slack'
  | 'outdone'
  | 'kept'
  | 'pace'
  | 'points';

/**
 * contradiction: cannot be true together · doubt: can, but only in another sense than the printed one (growth at constant prices),
 * or not with what the plan itself expects elsewhere · slip: off in the
 * last printed digits · remark: true, and worth knowing.
 */
export type Severity = 'contradiction' | 'doubt' | 'slip' | 'remark';

/** One printed number that a finding rests on. */
export interface Evidence extends Cell {
  readonly kind: 'figure' | 'target' | 'stated';
  readonly value: number;
  readonly asPrinted: string;
  /** What the printed digits and the comparator leave open. Unit: of the line; of a stated growth or multiple the plain number. */
  readonly interval: Interval;
  readonly places: readonly Source[];
  /** The first period of a stated movement. */
  readonly from?: number;
  /** The movement as the document states it. */
  readonly stated?: Stated;
}

/** What a result is a number of: the line's own unit, a growth (a fraction a year) or a multiple. */
export type Measure = 'level' | 'growth' | 'multiple';

/** One line of the arithmetic: what `expression` gives for `cell`. Periods in it are fixed. */
export interface Step {
  readonly cell: Cell;
  readonly measure: Measure;
  readonly expression: Expression;
  readonly inputs: readonly (Cell & { readonly interval: Interval })[];
  readonly result: Interval;
}

/** What would make it true. */
export type Repair =
  /** Another printed number, between these ends. */
  | { readonly kind: 'value'; readonly evidence: Evidence; readonly interval: Interval }
  /** The same figures over another number of years. */
  | { readonly kind: 'years'; readonly years: number; readonly of: number }
  /** The whole movement divided by the years, not compounded. */
  | { readonly kind: 'simpleMean'; readonly years: number }
  /** The whole movement, not a year's. */
  | { readonly kind: 'total' }
  /** The multiple of the increase, not of the level; or the other way round. */
  | { readonly kind: 'increase' }
  | { readonly kind: 'level' }
  /** The mean of the single years' growth. */
  | { readonly kind: 'meanOfYears' }
  /** The numbers printed for two rows exchanged; `exact` where both then fit. */
  | { readonly kind: 'swapped'; readonly line: string; readonly exact: boolean }
  /** The printed growth at constant prices; `rise` is the rise of prices a year that this takes. */
  | { readonly kind: 'prices'; readonly rise: Interval }
  /** Another printing of one of the figures. */
  | { readonly kind: 'printing'; readonly evidence: Evidence };

/** How printed targets were read for a finding. */
export interface Reading {
  readonly bareFigures: BareFigures;
  /** Whether the years between base and target were taken to grow evenly. */
  readonly evenGrowth: boolean;
}

/** One thing that does not add up, or is worth knowing. */
export interface Finding {
  /** The same for the same finding in every run: rule and cells. */
  readonly id: string;
  readonly rule: FindingRule;
  readonly severity: Severity;
  /** The rows that it speaks of, the one it is about first. */
  readonly lines: readonly string[];
  /** The period that it is about. */
  readonly period: number;
  readonly evidence: readonly Evidence[];
  readonly steps: readonly Step[];
  readonly repairs: readonly Repair[];
  readonly reading: Reading;
  /** Of a window: the ends, as level of the row and, where its base is known, as growth a year; and what the scenario *plan* expects. */
  readonly window?: {
    readonly level: Interval;
    readonly growth?: Interval;
    readonly expected?: number;
  };
}
