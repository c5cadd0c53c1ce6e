/** Which driver is nearest to deciding a target: how far each of them alone must move until the target is just met, or lost. */
import { isNumber, type Value } from '#quantity';
import type { Scenario, Target } from '#plan';
import type { Engine } from '#engine';
import { seekGoal, type Goal, type GoalSeek } from '../reach/goal-seek.ts';
import { drivers, isMet } from '../targets/target-status.ts';

/** How far one driver is from the target. */
export interface DriverDistance {
  readonly line: string;
  /** The limit of the target that it is nearest to. */
  readonly limit: number;
  readonly answer: GoalSeek;
  /** The way as a share of the lever's width, without its sign; missing where no level within the lever gets there. */
  readonly share: number | null;
  /** The way in steps of the lever, with its sign. */
  readonly steps: number | null;
}

/** The drivers of a target, the nearest first; then those that fall short, then those without influence. */
export interface TargetDistance {
  readonly target: Target;
  readonly projected: Value;
  /** Met now: distances tell how far a driver may go until it is lost. Missing without a projection. */
  readonly isMet: boolean | null;
  /** Where the target begins and ends to be met: one value, or two that rise. */
  readonly limits: readonly number[];
  readonly drivers: readonly DriverDistance[];
}

/**
 * Ranks the drivers of a target by how far each of them alone must move; `seek` finds the way of one to a value. A target
 * with two limits is met or lost at the one that the driver comes to first.
 */
export function findTargetDistance(
  engine: Engine,
  scenario: Scenario,
  target: Target,
  scenarios: readonly Scenario[] = engine.plan.scenarios,
  seek: (engine: Engine, goal: Goal) => GoalSeek = seekGoal,
): TargetDistance {
  const projected = engine.calculate(scenario, scenarios).value(target.line, target.period);
  const limits = limitsOf(target);
  const cell = { line: target.line, period: target.period };
  const all = drivers(engine.plan).map(({ id, lever }): DriverDistance => {
    const { min, max, step } = lever;
    const ways = limits.map((limit): DriverDistance => {
      const answer = seek(engine, { scenario, scenarios, lever: { line: id, min, max }, cell, value: limit });
      const isFound = answer.kind === 'found';
      return {
        line: id,
        limit,
        answer,
        share: isFound ? Math.abs(answer.shift) / (max - min) : null,
        steps: isFound ? answer.shift / step : null,
      };
    });
    return ways.reduce((nearest, way) => (orderOf(way) < orderOf(nearest) ? way : nearest));
  });
  return {
    target,
    projected,
    isMet: isNumber(projected) ? isMet(target, projected, engine.unitOf(target.line)) : null,
    limits,
    drivers: all.toSorted((a, b) => orderOf(a) - orderOf(b)),
  };
}

function limitsOf({ value, upTo, tolerance = 0, direction }: Target): number[] {
  if (direction === 'atLeast') return [value];
  if (direction === 'atMost') return [upTo ?? value];
  const [low, high] = [value - tolerance, (upTo ?? value) + tolerance];
  return low === high ? [low] : [low, high];
}

/** Below 1 what reaches it, by its way; between 1 and 2 what falls short, by what is left; then what has no answer. */
function orderOf({ answer, share, limit }: DriverDistance): number {
  if (share !== null) return share / (1 + share);
  if (answer.kind === 'unreachable') {
    const left = Math.abs(answer.nearest.value - limit);
    return 1 + left / (1 + left);
  }
  return answer.kind === 'failed' ? 2 : 3;
}
