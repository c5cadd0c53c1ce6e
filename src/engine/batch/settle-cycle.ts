/**
 * Cells that need each other, settled by iteration sample by sample: each sample takes its own number of rounds, so there
 * is nothing to do for a block at once. The rule is that of `Calculation`.
 */
import { isFailure, isMissing, isNumber, isSameValue, placedAt, type Value } from '#quantity';
import type { Plan } from '#plan';
import { calculate, evaluate, type Reader } from '../run/reference.ts';
import type { ReachedCell } from './reach.ts';

/** One sample, as a cycle sees it. */
export interface CycleSample {
  /** The value of a cell outside of the cycle, or what a round has left in one inside. */
  readonly reader: Reader;
  write(cell: ReachedCell, value: Value): void;
  numberOf(move: number): Value;
}

/** Settles a cycle for one sample; tells whether it settled within the plan's limit. */
export function settle(
  cells: readonly ReachedCell[],
  iteration: NonNullable<Plan['iteration']>,
  sample: CycleSample,
): boolean {
  for (const cell of cells) sample.write(cell, 0);
  let change = Infinity;
  for (let round = 0; round < iteration.limit && change > iteration.tolerance; round += 1) {
    change = 0;
    for (const cell of cells) {
      const old = sample.reader.read(cell.line, cell.index);
      const next = cellValue(cell, sample);
      sample.write(cell, next);
      const apart =
        isNumber(old) && isNumber(next) ? Math.abs(next - old) : isSameValue(old, next) ? 0 : Infinity;
      change = Math.max(change, apart);
    }
  }
  return change <= iteration.tolerance;
}

function cellValue(cell: ReachedCell, sample: CycleSample): Value {
  let value = originValue(cell, sample);
  for (const { kind, amount } of cell.transforms) {
    if (isFailure(value)) break;
    const by = amount.kind === 'fixed' ? amount.by : sample.numberOf(amount.move);
    if (kind === 'growth') {
      value = calculate('*', sample.reader.read(cell.line, cell.index - 1), isNumber(by) ? 1 + by : by);
    } else if (!isMissing(value)) value = calculate(kind === 'add' ? '+' : '*', value, by);
  }
  return isFailure(value) ? placedAt(value, cell.place.line, cell.place.period) : value;
}

function originValue({ origin, index }: ReachedCell, sample: CycleSample): Value {
  switch (origin.kind) {
    case 'value':
      return origin.value;
    case 'moved':
      return sample.numberOf(origin.move);
    case 'code':
      return evaluate(origin.code, index, sample.reader);
    case 'fault':
      return origin.fault;
  }
}
