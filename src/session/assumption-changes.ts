/** What two scenarios assume differently, with what each line is worth in either. */
import { isNumber, type Unit, type Value } from '#quantity';
import type { Line } from '#plan';
import type { Calculation, Engine, Rule } from '#engine';
import { findInputDifferences, type InputDifferenceKind, type InputDifferenceSpan } from '#analysis';

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

/**
 * Lists the stretches in which two calculations assume a line differently, in the order of the plan. Numbers that stand year
 * by year are one stretch as far as they only rise or only fall in either scenario: its ends say what it is.
 */
export function assumptionChanges(
  engine: Engine,
  before: Calculation,
  after: Calculation,
): AssumptionChange[] {
  const lines = new Map(engine.plan.lines.map((line) => [line.id, line]));
  return findInputDifferences(engine.plan, before, after).flatMap((difference) => {
    const line = lines.get(difference.line);
    if (!line) return [];
    const isOneWay = (from: number, to: number) =>
      goesOneWay(before, line.id, from, to) && goesOneWay(after, line.id, from, to);
    return joined(difference.spans, isOneWay).map(({ from, to, kinds, ...rules }): AssumptionChange => {
      const side = (calculation: Calculation, { base }: Rule): AssumptionSide => ({
        first: calculation.value(line.id, from),
        last: calculation.value(line.id, to),
        base: base.kind,
      });
      return {
        line,
        unit: engine.unitOf(line.id),
        from,
        to,
        kinds,
        before: side(before, rules.before),
        after: side(after, rules.after),
      };
    });
  });
}

/** Joins single periods that follow each other, differ in the same way, and go one way. */
function joined(
  spans: readonly InputDifferenceSpan[],
  isOneWay: (from: number, to: number) => boolean,
): InputDifferenceSpan[] {
  const result: InputDifferenceSpan[] = [];
  /** Whether the last of the result is made of single periods. */
  let isPath = false;
  for (const span of spans) {
    const last = result.at(-1);
    const isSingle = span.from === span.to;
    if (last && isPath && isSingle && isNext(last, span) && isOneWay(last.from, span.to)) {
      result[result.length - 1] = { ...last, to: span.to };
    } else {
      result.push(span);
      isPath = isSingle;
    }
  }
  return result;
}

function isNext(last: InputDifferenceSpan, span: InputDifferenceSpan): boolean {
  return (
    last.to + 1 === span.from &&
    last.kinds.join() === span.kinds.join() &&
    last.before.base.kind === span.before.base.kind &&
    last.after.base.kind === span.after.base.kind
  );
}

function goesOneWay(calculation: Calculation, line: string, from: number, to: number): boolean {
  const steps = Array.from({ length: to - from }, (_, index) => {
    const [a, b] = [calculation.value(line, from + index), calculation.value(line, from + index + 1)];
    return isNumber(a) && isNumber(b) ? b - a : Number.NaN;
  });
  return steps.every((step) => step >= 0) || steps.every((step) => step <= 0);
}
