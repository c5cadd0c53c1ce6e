/** What two scenarios assume differently, with what each line is worth in either. */
import type { Unit, Value } from '#quantity';
import type { Line } from '#plan';
import type { Calculation, Engine, Rule } from '#engine';
import { findInputDifferences, type InputDifferenceKind } from '#analysis';

/** A stretch of periods in which a line is assumed differently. */
export interface AssumptionChange {
  readonly line: Line;
  readonly unit: Unit;
  readonly from: number;
  readonly to: number;
  readonly kinds: readonly InputDifferenceKind[];
  readonly before: AssumptionSide;
  readonly after: AssumptionSide;
}

/** What a line is worth in one scenario at both ends of a stretch, and what decides it there. */
export interface AssumptionSide {
  readonly first: Value;
  readonly last: Value;
  readonly base: Rule['base']['kind'];
}

/** Lists the stretches in which two calculations assume a line differently, in the order of the plan. */
export function assumptionChanges(
  engine: Engine,
  before: Calculation,
  after: Calculation,
): AssumptionChange[] {
  const lines = new Map(engine.plan.lines.map((line) => [line.id, line]));
  return findInputDifferences(engine.plan, before, after).flatMap((difference) =>
    difference.spans.flatMap(({ from, to, kinds, ...rules }): AssumptionChange[] => {
      const line = lines.get(difference.line);
      if (!line) return [];
      const side = (calculation: Calculation, { base }: Rule): AssumptionSide => ({
        first: calculation.value(line.id, from),
        last: calculation.value(line.id, to),
        base: base.kind,
      });
      return [
        {
          line,
          unit: engine.unitOf(line.id),
          from,
          to,
          kinds,
          before: side(before, rules.before),
          after: side(after, rules.after),
        },
      ];
    }),
  );
}
