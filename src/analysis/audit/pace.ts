/** Targets of a sum over the coming years, or of their mean, against what the base had in a year. */
import type { Expression } from '#formula';
import type { Engine } from '#engine';
import type { Evidence, Finding, Reading, Step } from './finding.ts';
import type { PrintedNumbers } from './evidence.ts';
import { exactly, isApart, over } from './interval.ts';
import { binary, number, reference } from './movement.ts';

/** Finds floors that ask for less a year than the year before them already had. */
export function findPaces(engine: Engine, numbers: PrintedNumbers, reading: Reading): Finding[] {
  const { plan } = engine;
  const { base } = plan.periods;
  const formulaOf = new Map(plan.lines.map(({ id, formula }) => [id, formula]));
  return plan.targets.flatMap((target): Finding[] => {
    const { line, period, direction } = target;
    const formula = formulaOf.get(line);
    const yearly = formula === undefined ? undefined : engine.check(line, formula).formula?.expression;
    const flow = yearly && yearsSince(base, yearly);
    const goal = numbers.find(line, period);
    const now = flow && numbers.find(flow.line, base);
    if (!flow || !goal || now?.kind !== 'figure' || direction !== 'atLeast') return [];
    const years = flow.isSum ? period - base : 1;
    const least = over(exactly(goal.interval.low), exactly(years));
    if (!Number.isFinite(least.low) || least.low >= now.interval.low || !isApart(least, now.interval))
      return [];
    return [
      {
        id: ['pace', line, period].join(':'),
        rule: 'pace',
        severity: 'remark',
        lines: [line, flow.line],
        period,
        evidence: [goal, now],
        steps: flow.isSum ? [stepOf(flow.line, goal, years)] : [],
        repairs: [],
        reading,
      },
    ];
  });
}

/** The line whose years after the base are added up, or averaged, and nothing else. */
function yearsSince(
  base: number,
  expression: Expression,
): { readonly line: string; readonly isSum: boolean } | undefined {
  if (expression.kind !== 'call' || !/^(SUM|AVERAGE)$/i.test(expression.name)) return undefined;
  const [range, ...others] = expression.args;
  if (range?.kind !== 'range' || others.length > 0) return undefined;
  const isWhole =
    range.from.kind === 'fixed' &&
    range.from.period === base + 1 &&
    range.to.kind === 'lag' &&
    range.to.by === 0;
  return isWhole ? { line: range.line, isSum: /^SUM$/i.test(expression.name) } : undefined;
}

function stepOf(line: string, goal: Evidence, years: number): Step {
  return {
    cell: { line, period: goal.period },
    measure: 'level',
    expression: binary('/', reference(goal), number(years)),
    inputs: [{ line: goal.line, period: goal.period, interval: goal.interval }],
    result: over(goal.interval, exactly(years)),
  };
}
