/** Targets against the course so far: a goal that turns back, a limit that asks for nothing, a word of keeping what is not there. */
import type { Plan, Target } from '#plan';
import type { Evidence, Finding, Reading } from './finding.ts';
import type { PrintedNumbers } from './evidence.ts';
import { isApart, isWithin } from './interval.ts';

/** Words by which a target says that something is to stay as it is. */
const KEEP = /保持在?|维持在?|稳定在/u;

/** Finds them. A target above today's bad-loan ratio is a ceiling, whatever it is called. */
export function findCourses(plan: Plan, numbers: PrintedNumbers, reading: Reading): Finding[] {
  return plan.targets.flatMap((target): Finding[] => {
    const goal = numbers.find(target.line, target.period);
    const history = numbers.cells
      .filter(({ line, period, kind }) => line === target.line && kind === 'figure' && period < target.period)
      .sort((a, b) => a.period - b.period);
    const base = history.at(-1);
    if (goal && base && isApart(goal.interval, base.interval) && saysKeep(target))
      return [finding('kept', target, [goal, base])];
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
    rule: 'reversal' | 'slack' | 'kept',
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

function saysKeep({ asPrinted, also = [] }: Target): boolean {
  return [asPrinted, ...also.map((one) => one.asPrinted)].some((text) => KEEP.test(text));
}

/** Tells whether the base keeps a limit already. A floor that the base has passed asks for nothing, nor a range around it. */
function isKept({ comparator, direction, value, upTo }: Target, base: Evidence): boolean {
  if (comparator === 'range' && upTo !== undefined)
    return isWithin(base.interval, { low: value, high: upTo });
  if (comparator === 'about' || direction === 'near') return false;
  return direction === 'atMost' ? base.interval.high < value : base.interval.low > value;
}

/** The number of a goal that is nearest to the base. */
function nearest({ interval, value }: Evidence, base: Evidence): number {
  if (base.value < interval.low) return interval.low;
  return base.value > interval.high ? interval.high : value;
}
