/** The cells that read a cell: the same rules as the calculation's own, looked at from the other end. */
import { listPeriods, type Plan } from '#plan';
import type { CellPlace } from '../batch/reach.ts';
import { indexAt, type Dependency } from '../code/instruction.ts';
import type { Rule } from '../resolve/resolve.ts';
import type { Calculation } from '../run/calculation.ts';

const OWN_PAST: Dependency['first'] = { kind: 'lag', by: -1 };

/** Lists the cells that read a cell itself, in the order of the plan and its periods, whether or not it decides them. */
export function dependentsOf(
  plan: Plan,
  calculation: Calculation,
  line: string,
  period: number,
): readonly CellPlace[] {
  const number = plan.lines.findIndex(({ id }) => id === line);
  const { first } = plan.periods;
  const index = period - first;
  const periods = listPeriods(plan.periods);
  return plan.lines.flatMap(({ id }, own) => {
    // periods that are decided alike share their rule
    let rule: Rule | undefined;
    let reads: readonly Dependency[] = [];
    return periods.flatMap((at, now) => {
      const next = calculation.rule(id, at);
      if (next !== rule) {
        rule = next;
        reads = readsOf(calculation, id, own, at, next).filter((one) => one.line === number);
      }
      const isReader = reads.some(
        (one) => indexAt(one.first, now) <= index && index <= indexAt(one.last, now),
      );
      return isReader ? [{ line: id, period: at }] : [];
    });
  });
}

function readsOf(
  calculation: Calculation,
  id: string,
  own: number,
  period: number,
  rule: Rule | undefined,
): readonly Dependency[] {
  const grows = rule?.transforms.some(({ kind }) => kind === 'growth') ?? false;
  if (grows) return [{ line: own, first: OWN_PAST, last: OWN_PAST }];
  return calculation.formulaAt(id, period)?.code?.dependencies ?? [];
}
