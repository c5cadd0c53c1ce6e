/** Shapes in time as arithmetic: STEP, RAMP and PULSE, by the calendar number of the period that is calculated. */
import type { FormulaArithmetic } from './arithmetic.ts';
import type { Guards } from './functions.ts';
import type { Operand } from './operand.ts';

/** Functions that are emitted here. */
export const SHAPES: ReadonlySet<string> = new Set(['STEP', 'RAMP', 'PULSE']);

/** Emits a shape; undefined where an argument that it needs was left out. */
export function emitShape<V, M>(
  name: string,
  args: readonly (Operand<V> | undefined)[],
  to: FormulaArithmetic<V, M>,
  guards: Guards<V>,
): Operand<V> | undefined {
  const [size, from, until] = args;
  if (size === undefined || from === undefined || (name === 'PULSE' && until === undefined)) return undefined;
  const period = guards.period();
  const [height, start] = [size.value, guards.careful(from)];
  const zero = to.constant(0);
  const isBefore = to.less(period, start);
  const shape = (): V => {
    if (name === 'STEP') return to.select(isBefore, zero, height);
    if (name === 'RAMP') {
      const last = until === undefined ? period : to.smaller(period, guards.careful(until));
      const risen = to.multiply(height, to.larger(zero, to.subtract(last, start)));
      if (until === undefined) return risen;
      return to.select(to.less(guards.careful(until), start), to.constant(NaN), risen);
    }
    const length = guards.careful(until as Operand<V>);
    const isWithin = to.less(period, to.add(start, length));
    const inside = to.select(isBefore, zero, to.select(isWithin, height, zero));
    return to.select(to.less(length, zero), to.constant(NaN), inside);
  };
  const given = args.flatMap((one) => one ?? []);
  return guards.result(to.add(guards.keep(shape(), given), zero));
}
