/** Targets against the course so far: a goal that turns back, a limit that asks for nothing. */
import type { Plan, Target } from '#plan';
import type { Evidence, Finding, Reading } from './finding.ts';
import type { PrintedNumbers } from './evidence.ts';
import { isApart } from './interval.ts';

/** Finds them. A target above today's bad-loan ratio is a ceiling, whatever it is called. */
export function findCourses(plan: Plan, numbers: PrintedNumbers, reading: Reading): Finding[] {
  return plan.targets.flatMap((target): Finding[] => {
    const goal = numbers.find(target.line, target.period);
    const history = numbers.cells
      .filter(({ line, period, kind }) => line === target.line && kind === 'figure' && period < target.period)
      .sort((a, b) => a.period - b.period);
    const base = history.at(-1);
    if (!goal || !base || !isApart(goal.interval, base.interval)) {
      return base && goal && isKept(target, base) ? [finding('slack', target, [goal, base])] : [];
    }
    const first = history.find(({ interval }) => isApart(interval, base.interval));
    const before = first && Math.sign(base.value - first.value);
    const after = Math.sign(nearest(goal, base) - base.value);
    if (first && before !== after) return [finding('reversal', target, [goal, base, first])];
    return isKept(target, base) ? [finding('slack', target, [goal, base])] : [];
  });

  function finding(
    rule: 'reversal' | 'slack',
    { line, period }: Target,
    evidence: readonly Evidence[],
  ): Finding {
    return {
      id: [rule, line, period].join(':'),
      rule,
      severity: 'remark',
      lines: [line],
      period,
      evidence,
      steps: [],
      repairs: [],
      reading,
    };
  }
}

/** Tells whether the base keeps a limit already. A floor that the base has passed asks for nothing. */
function isKept({ comparator, direction, value }: Target, base: Evidence): boolean {
  if (comparator === 'about' || comparator === 'range' || direction === 'near') return false;
  return direction === 'atMost' ? base.interval.high < value : base.interval.low > value;
}

/** The number of a goal that is nearest to the base. */
function nearest({ interval, value }: Evidence, base: Evidence): number {
  if (base.value < interval.low) return interval.low;
  return base.value > interval.high ? interval.high : value;
}
