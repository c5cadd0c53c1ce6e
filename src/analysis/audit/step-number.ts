/** The numbers that stand in a step of the arithmetic, where it is written out with numbers. */
import type { Evidence, Step } from './finding.ts';
import { exactly, type Interval } from './interval.ts';

/**
 * The number of a cell in a step: the printed one as it is printed, else what was found for it.
 *
 * Missing: undefined where nothing is known of the cell. Of an interval with one end, that end.
 */
export function numberInStep(
  evidence: readonly Evidence[],
  { inputs }: Step,
  line: string,
  period: number,
): Interval | undefined {
  const isHere = (one: { line: string; period: number }) => one.line === line && one.period === period;
  const printed = evidence.find((one) => one.kind !== 'stated' && isHere(one));
  if (printed) return exactly(printed.value);
  const { low, high } = inputs.find(isHere)?.interval ?? { low: -Infinity, high: Infinity };
  // an end at nothing is where amounts begin, and was not found
  const [first, second] = [low, high].filter((end) => Number.isFinite(end) && end !== 0);
  if (first === undefined) return undefined;
  return { low: first, high: second ?? first };
}
