/** Several scenarios side by side: chosen lines and periods, and which inputs make each of them another than the reference. */
import { MISSING, type Value } from '#quantity';
import type { Scenario } from '#plan';
import { layersOf, type Calculation, type Engine } from '#engine';
import { compareLevels, type ComparedLine } from './comparison.ts';
import { findInputDifferences, type InputDifference, type InputDifferenceSpan } from './input-difference.ts';

/** What is compared. */
export interface ComparisonQuestion {
  /** All scenarios that the compared ones may build on. */
  readonly scenarios: readonly Scenario[];
  /** The ids of those that are compared, in their order; ids that are not there are passed over. */
  readonly compared: readonly string[];
  /** The id of the one that the others are held against; the first where it is not compared. */
  readonly reference: string;
  readonly lines: readonly string[];
  readonly periods: readonly number[];
  /** A line whose course over all periods of the plan is wanted too. */
  readonly course?: string;
}

/** A stretch in which a line is assumed differently, with its levels at both ends. */
export interface ComparedInput extends InputDifferenceSpan {
  readonly line: string;
  readonly levels: {
    readonly before: readonly [first: Value, last: Value];
    readonly after: readonly [first: Value, last: Value];
  };
}

/** A driver that may be worth something else, or moves together with others otherwise. */
export type ComparedChance = Omit<InputDifference, 'spans'>;

/** Scenarios side by side; where an index is a scenario, it is that of `compared`. */
export interface ScenarioComparison {
  readonly compared: readonly string[];
  readonly reference: number;
  readonly periods: readonly number[];
  readonly lines: readonly ComparedLine[];
  /** For each scenario what it assumes otherwise than the reference; none for the reference itself. */
  readonly inputs: readonly (readonly ComparedInput[])[];
  /** In the same way, what each scenario takes for uncertain otherwise than the reference. */
  readonly chances: readonly (readonly ComparedChance[])[];
  /** The line asked for as `course`, period by period in each scenario. */
  readonly course?: { readonly line: string; readonly values: readonly (readonly Value[])[] };
}

/**
 * Calculates the scenarios and compares them.
 *
 * Missing: as in the cells · Fails: never; cells that failed stay failures in the table.
 */
export function compareScenarios(engine: Engine, question: ComparisonQuestion): ScenarioComparison {
  const { scenarios, lines, periods, course } = question;
  const found = question.compared.flatMap((id) => scenarios.find((one) => one.id === id) ?? []);
  if (found.length === 0) return { compared: [], reference: 0, periods, lines: [], inputs: [], chances: [] };
  const reference = Math.max(
    0,
    found.findIndex(({ id }) => id === question.reference),
  );
  const calculations = found.map((one) => engine.calculate(one, scenarios));
  const base = calculations[reference] as Calculation;
  const layers = found.map((one) => layersOf(one, scenarios));
  const differences = calculations.map((one, index) =>
    one === base
      ? []
      : findInputDifferences(engine.plan, base, one, {
          before: layers[reference] ?? [],
          after: layers[index] ?? [],
        }),
  );
  return {
    compared: found.map(({ id }) => id),
    reference,
    periods,
    lines: compareLevels(calculations, reference, lines, periods),
    inputs: differences.map((ones, index) => inputsOf(ones, base, calculations[index] ?? base)),
    chances: differences.map((ones) =>
      ones.flatMap(({ spans: _, ...chance }) => (chance.distribution || chance.correlations ? [chance] : [])),
    ),
    ...(course !== undefined && {
      course: { line: course, values: calculations.map((one) => [...one.series(course)]) },
    }),
  };
}

function inputsOf(
  differences: readonly InputDifference[],
  before: Calculation,
  after: Calculation,
): ComparedInput[] {
  return differences.flatMap(({ line, spans }) =>
    spans.map((span): ComparedInput => {
      const ends = (one: Calculation): [Value, Value] => [
        one.value(line, span.from) ?? MISSING,
        one.value(line, span.to) ?? MISSING,
      ];
      return { line, ...span, levels: { before: ends(before), after: ends(after) } };
    }),
  );
}
