/** Which driver is nearest to deciding a target: how far each of them alone must move until the target is just met, or lost. */
import { isNumber, type Value } from '#quantity';
import type { Scenario, Target } from '#plan';
import type { Engine } from '#engine';
import { seekGoal, type Goal, type GoalSeek } from '../reach/goal-seek.ts';
import { drivers, isMet } from '../targets/target-status.ts';

/** How far one driver is from the target. */
export interface DriverDistance {
  readonly line: string;
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
  /** The value that is sought: the limit of the target that is nearest to the projection. */
  readonly limit: number;
  readonly drivers: readonly DriverDistance[];
}

/** Ranks the drivers of a target by how far each of them alone must move; `seek` finds the way of one. */
export function findTargetDistance(
  engine: Engine,
  scenario: Scenario,
  target: Target,
  scenarios: readonly Scenario[] = engine.plan.scenarios,
  seek: (engine: Engine, goal: Goal) => GoalSeek = seekGoal,
): TargetDistance {
  const projected = engine.calculate(scenario, scenarios).value(target.line, target.period);
  const limit = nearestLimit(target, projected);
  const cell = { line: target.line, period: target.period };
  const all = drivers(engine.plan).map(({ id, lever }): DriverDistance => {
    const { min, max, step } = lever;
    const answer = seek(engine, { scenario, scenarios, lever: { line: id, min, max }, cell, value: limit });
    if (answer.kind !== 'found') return { line: id, answer, share: null, steps: null };
    return { line: id, answer, share: Math.abs(answer.shift) / (max - min), steps: answer.shift / step };
  });
  return {
    target,
    projected,
    isMet: isNumber(projected) ? isMet(target, projected, engine.unitOf(target.line)) : null,
    limit,
    drivers: all.toSorted((a, b) => orderOf(a, limit) - orderOf(b, limit)),
  };
}

/** A target with two limits is approached from where the projection is. */
function nearestLimit({ value, upTo, tolerance = 0, direction }: Target, projected: Value): number {
  if (direction === 'atLeast') return value;
  if (direction === 'atMost') return upTo ?? value;
  const [low, high] = [value - tolerance, (upTo ?? value) + tolerance];
  return isNumber(projected) && Math.abs(projected - high) < Math.abs(projected - low) ? high : low;
}

/** Below 1 what reaches it, by its way; between 1 and 2 what falls short, by what is left; then what has no answer. */
function orderOf({ answer, share }: DriverDistance, limit: number): number {
  if (share !== null) return share / (1 + share);
  if (answer.kind === 'unreachable') {
    const left = Math.abs(answer.nearest.value - limit);
    return 1 + left / (1 + left);
  }
  return answer.kind === 'failed' ? 2 : 3;
}
