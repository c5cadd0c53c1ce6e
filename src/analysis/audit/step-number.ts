/** The numbers that stand in a step of the arithmetic, where it is written out with numbers. */
import type { Evidence, Step } from './finding.ts';
import type { Interval } from './interval.ts';

/**
 * The number of a cell in a step: the printed one as it is printed, a range by its ends, else what was found for it.
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
  if (printed) return { low: printed.value, high: upperEnd(printed) };
  const { low, high } = inputs.find(isHere)?.interval ?? { low: -Infinity, high: Infinity };
  // an end at nothing is where amounts begin, and was not found
  const [first, second] = [low, high].filter((end) => Number.isFinite(end) && end !== 0);
  if (first === undefined) return undefined;
  return { low: first, high: second ?? first };
}

/** The upper end of a printed range, `29000~30000`; of every other number itself. */
function upperEnd({ kind, value, interval }: Evidence): number {
  return kind === 'target' && interval.low === value && Number.isFinite(interval.high)
    ? interval.high
    : value;
}
