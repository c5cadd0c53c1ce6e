/**
 * The plan document: one definition that gives both the TypeScript types and the run-time check.
 *
 * What is printed in the source, what is derived from printed figures and what is an assumption of ours are three
 * different things and stay apart here. Unknown keys are refused: a misspelt key must not become a silent default.
 */
import * as v from 'valibot';
import { distributionSchema } from './distribution.ts';
import {
  MAX_DECIMALS,
  MAX_LINES,
  MAX_NAME,
  MAX_PERIODS,
  MAX_ROUNDS,
  MAX_SCENARIOS,
  MAX_STACK,
  MAX_TEXT,
} from './limits.ts';

/** The format that this program writes; older ones are migrated, newer ones are refused. */
export const PLAN_FORMAT = 1;

const words = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_TEXT));
/** One character of a rare script is two in a string: only what may be too long is counted by characters. */
const label = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(2 * MAX_NAME),
  v.check((text) => text.length <= MAX_NAME || Array.from(text).length <= MAX_NAME, `<=${MAX_NAME}`),
);
export const number = v.pipe(v.number(), v.finite());
export const period = v.pipe(v.number(), v.integer(), v.minValue(1000), v.maxValue(9999));
export const id = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_]{0,63}$/));
/** The id of a document: of a plan, of a lesson. */
export const documentId = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/));
export const formula = v.pipe(v.string(), v.minLength(1), v.maxLength(2000));

export const localized = v.strictObject({ zh: words, en: words });
export const localizedName = v.strictObject({ zh: label, en: label });

/** A printed place: a cell of a table (row and column heads as printed) or a passage of running text. */
const source = v.union([
  v.strictObject({ table: id, row: label, column: label }),
  v.strictObject({ section: label }),
]);

const figure = v.pipe(
  v.strictObject({
    period,
    value: number,
    origin: v.picklist(['printed', 'derived', 'assumed']),
    asPrinted: v.optional(label),
    source: v.optional(source),
    /** Further places of the document that print this quantity, with the value each prints. */
    also: v.optional(v.array(v.strictObject({ value: number, asPrinted: label, source }))),
    /** The date as printed where it is not the period's own end: `2018-01-01`. */
    dated: v.optional(v.pipe(v.string(), v.regex(/^\d{4}(-\d{2}){0,2}$/))),
    note: v.optional(localized),
  }),
  v.check(
    (one) => one.origin !== 'printed' || (one.asPrinted !== undefined && one.source !== undefined),
    'a printed figure needs asPrinted and source',
  ),
  v.check(
    (one) => one.origin === 'printed' || one.note !== undefined,
    'a derived or assumed figure needs a note with its arithmetic or reason',
  ),
);

const comparator = v.picklist(['=', '>=', '>', '<=', '<', 'about', 'range']);

/** A growth, change, share or multiple as the document states it; the audit compares it with the figures. */
const stated = v.strictObject({
  /** growth: compound a year · change: last minus first · annualChange: change a year · multiple: last over first · mean: arithmetic mean over the periods. */
  kind: v.picklist(['growth', 'change', 'annualChange', 'multiple', 'mean']),
  /** Percent and percentage points as fractions; a change in the unit of the line. */
  value: number,
  upTo: v.optional(number),
  comparator: v.optional(comparator),
  from: period,
  to: period,
  asPrinted: label,
  source,
  note: v.optional(localized),
});

const line = v.strictObject({
  id,
  section: id,
  name: localizedName,
  unit: v.pipe(v.string(), v.maxLength(200)),
  /** driver: an assumption with a lever · result: has a formula · figure: has only figures. */
  kind: v.picklist(['driver', 'result', 'figure']),
  formula: v.optional(formula),
  decimals: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_DECIMALS))),
  /** Range and step of a driver's lever, in stored units (fractions for percent). */
  lever: v.optional(v.strictObject({ min: number, max: number, step: v.pipe(number, v.gtValue(0)) })),
  /** The line whose growth or level this driver sets; its stated growth is a second notch on the lever. */
  drives: v.optional(id),
  /** What a driver may be worth where nothing nearer decides it. */
  distribution: v.optional(distributionSchema),
  figures: v.optional(v.array(figure)),
  stated: v.optional(v.array(stated)),
  note: v.optional(localized),
});

const target = v.pipe(
  v.strictObject({
    line: id,
    period,
    comparator,
    value: number,
    /** Upper end of a range. */
    upTo: v.optional(number),
    nature: v.optional(v.picklist(['indicative', 'binding'])),
    asPrinted: label,
    source,
    /** Our reading of the comparator, used for the status. */
    direction: v.picklist(['atLeast', 'atMost', 'near']),
    /** Half-width of `near`, in stored units; without it the printed precision. */
    tolerance: v.optional(v.pipe(number, v.gtValue(0))),
    /** Size of the last printed digit in stored units, where `asPrinted` is in another unit than the line. */
    precision: v.optional(v.pipe(number, v.gtValue(0))),
    also: v.optional(v.array(v.strictObject({ value: number, asPrinted: label, source }))),
    note: v.optional(localized),
  }),
  v.check(
    (one) => (one.comparator === 'range') === (one.upTo !== undefined),
    'a range needs upTo, and only a range',
  ),
);

const effect = {
  set: v.strictObject({ line: id, from: v.optional(period), to: v.optional(period), set: number }),
  add: v.strictObject({ line: id, from: v.optional(period), to: v.optional(period), add: number }),
  scale: v.strictObject({ line: id, from: v.optional(period), to: v.optional(period), scale: number }),
  growth: v.strictObject({ line: id, from: v.optional(period), to: v.optional(period), growth: number }),
  formula: v.strictObject({ line: id, from: v.optional(period), to: v.optional(period), formula }),
};
export const change = v.union([effect.set, effect.add, effect.scale, effect.growth, effect.formula]);

/** Numbers by line id and period: `{ "gdp": { "2021": 1234.5 } }`. */
const byLineAndPeriod = v.record(id, v.record(v.pipe(v.string(), v.regex(/^\d{4}$/)), number));

/** Two drivers that move together: the rank correlation (Spearman) of their draws. */
const correlation = v.strictObject({
  lines: v.tuple([id, id]),
  rank: v.pipe(number, v.minValue(-1), v.maxValue(1)),
});

export const scenarioSchema = v.strictObject({
  id,
  name: localizedName,
  note: v.optional(localized),
  basedOn: v.optional(id),
  /** Scenarios laid between this one and its base, nearest first; each brings what it builds on. */
  stack: v.optional(v.pipe(v.array(id), v.maxLength(MAX_STACK))),
  values: v.optional(byLineAndPeriod),
  changes: v.optional(v.array(change)),
  actuals: v.optional(byLineAndPeriod),
  /** Distributions by line id; one of a nearer scenario replaces that of a farther one or of the plan. */
  distributions: v.optional(v.record(id, distributionSchema)),
  /** A pair that a nearer scenario names replaces the same pair of a farther one. */
  correlations: v.optional(v.array(correlation)),
});

export const planSchema = v.strictObject({
  $schema: v.optional(v.pipe(v.string(), v.maxLength(MAX_TEXT))),
  format: v.literal(PLAN_FORMAT),
  id: documentId,
  version: v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+$/)),
  title: localizedName,
  place: localizedName,
  source: v.strictObject({
    title: words,
    issuer: v.optional(words),
    number: v.optional(words),
    date: v.optional(words),
  }),
  note: v.optional(localized),
  /** Two what-if questions to try, shown at home. */
  questions: v.optional(v.array(localized)),
  periods: v.pipe(
    v.strictObject({ unit: v.literal('year'), first: period, last: period, base: period }),
    v.check((p) => p.first <= p.base && p.base <= p.last, 'first ≤ base ≤ last'),
    v.check((p) => p.last - p.first < MAX_PERIODS, `at most ${MAX_PERIODS} periods`),
  ),
  sections: v.pipe(v.array(v.strictObject({ id, name: localizedName })), v.minLength(1)),
  tables: v.array(
    v.strictObject({
      id,
      /** Short name as printed: 专栏1. */
      name: localizedName,
      title: localizedName,
      columns: v.array(label),
      /** Every row in print order with the line that carries it. */
      rows: v.array(v.strictObject({ label, line: id })),
    }),
  ),
  lines: v.pipe(v.array(line), v.maxLength(MAX_LINES)),
  correlations: v.optional(v.array(correlation)),
  targets: v.array(target),
  scenarios: v.pipe(v.array(scenarioSchema), v.maxLength(MAX_SCENARIOS)),
  /** Allows loops between lines to be settled by iteration, as Excel's iterative calculation does. */
  iteration: v.optional(
    v.strictObject({
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_ROUNDS)),
      tolerance: v.pipe(number, v.gtValue(0)),
    }),
  ),
});

/** A whole plan. */
export type Plan = v.InferOutput<typeof planSchema>;
/** One row of the plan's logic: a quantity over all periods. */
export type Line = v.InferOutput<typeof line>;
/** An observed number with its origin. */
export type Figure = v.InferOutput<typeof figure>;
/** A growth, change, share or multiple as printed. */
export type Stated = v.InferOutput<typeof stated>;
/** What a plan wants of a line in a period. */
export type Target = v.InferOutput<typeof target>;
/** How a printed target compares: `=` stands for a bare figure. */
export type Comparator = v.InferOutput<typeof comparator>;
/** A named overlay: what differs from the plan. */
export type Scenario = v.InferOutput<typeof scenarioSchema>;
/** One change of a line over a span of periods. */
export type Change = v.InferOutput<typeof change>;
/** What a driver may be worth when nobody knows it. Unit: of the line, percent as fraction. */
export type Distribution = v.InferOutput<typeof distributionSchema>;
/** Two drivers that move together. */
export type Correlation = v.InferOutput<typeof correlation>;
/** A text in both languages. */
export type Localized = v.InferOutput<typeof localized>;
/** A printed place. */
export type Source = v.InferOutput<typeof source>;
/** The calendar of a plan. */
export type Periods = Plan['periods'];
