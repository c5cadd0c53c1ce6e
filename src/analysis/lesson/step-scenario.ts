/** Where a step of a lesson begins, what its reveal makes of that, and where its solution leads: scenarios like all others. */
import type { Change, Lesson, LessonStep, Plan, Scenario } from '#plan';

/**
 * The scenario of a step. start: the learner has done nothing yet · revealed: with what a predict step then shows · solved:
 * with the solution of a task. Where a step has no reveal or solution it is its start.
 */
export type StepMoment = 'start' | 'revealed' | 'solved';

/**
 * Builds the scenario of a step: what the lesson begins from, and what its steps have changed up to here. What a learner
 * moved in an earlier step is not in it, so that every step begins alike for everybody.
 */
export function stepScenario(
  lesson: Lesson,
  step: number,
  moment: StepMoment = 'start',
  id = 'lesson',
): Scenario {
  const changes: Change[] = [];
  for (const [index, one] of lesson.steps.slice(0, step + 1).entries()) {
    if (one.afresh) changes.length = 0;
    changes.push(...(one.changes ?? []));
    if (index < step || moment === 'revealed') changes.push(...revealOf(one));
  }
  const own = lesson.steps[step];
  if (moment === 'solved' && own?.kind === 'task') changes.push(...(own.solution ?? []));
  return {
    id,
    name: lesson.title,
    ...(lesson.scenario !== undefined && { basedOn: lesson.scenario }),
    ...(changes.length > 0 && { changes }),
  };
}

function revealOf(step: LessonStep): readonly Change[] {
  return step.kind === 'predict' ? (step.reveal ?? []) : [];
}

/** A lever that is live in a step. Unit: of the line, percent as fraction. */
export interface StepLever {
  readonly line: string;
  readonly min: number;
  readonly max: number;
  /** What one key press moves. */
  readonly step: number;
}

/** A line that has no lever of its own moves by this share of its range. */
const PLAIN_STEPS = 100;

/** Lists the levers of a step with the bounds that hold there: the lesson's own, else the plan's. */
export function stepLevers(plan: Plan, step: LessonStep): StepLever[] {
  return (step.levers ?? []).flatMap(({ line, min, max }) => {
    const own = plan.lines.find(({ id }) => id === line)?.lever;
    const [low, high] = [min ?? own?.min, max ?? own?.max];
    if (low === undefined || high === undefined) return [];
    return [{ line, min: low, max: high, step: own?.step ?? (high - low) / PLAIN_STEPS }];
  });
}
