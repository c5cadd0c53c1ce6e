/** From parsed JSON to a checked lesson: shape first, then what it refers to in its plan. */
import * as v from 'valibot';
import { problem, type Problem } from '#quantity';
import { LESSON_FORMAT, lessonSchema, type Lesson, type LessonPredicate, type LessonStep } from './lesson.ts';
import { hasPeriod } from './periods.ts';
import { shapeProblems, type PlanProblemCode, type Read } from './read-plan.ts';
import type { Change, Plan } from './schema.ts';

/** What can be wrong with a lesson, besides what can be wrong with a plan. */
export type LessonProblemCode =
  | 'lesson_not_object'
  | 'lesson_newer_format'
  | 'lesson_other_plan'
  | 'lesson_no_target'
  | 'lesson_no_lever'
  | 'lesson_bounds'
  | 'lesson_span';

type Code = LessonProblemCode | PlanProblemCode;

/**
 * Reads a lesson from parsed JSON; with its plan it is checked whole, without it only its shape and the ids of its steps.
 * Formulas are not read here: `rehearse` of analysis does. Nothing of the input object is kept.
 */
export function readLesson(json: unknown, plan?: Plan): Read<Lesson, Code> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return { ok: false, problems: [problem('lesson_not_object')] };
  }
  const format: unknown = (json as { format?: unknown }).format;
  if (typeof format === 'number' && format > LESSON_FORMAT) {
    const args = { format, known: LESSON_FORMAT };
    return { ok: false, problems: [problem('lesson_newer_format', { path: 'format' }, args)] };
  }
  const parsed = v.safeParse(lessonSchema, json);
  if (!parsed.success) return { ok: false, problems: shapeProblems(parsed.issues) };
  const lesson = parsed.output;
  const problems = [...checkStepIds(lesson), ...(plan ? checkLesson(lesson, plan) : [])];
  return problems.length === 0 ? { ok: true, value: lesson } : { ok: false, problems };
}

function checkStepIds({ steps }: Lesson): Problem<Code>[] {
  const seen = new Set<string>();
  return steps.flatMap(({ id }, index): Problem<Code>[] => {
    if (seen.has(id)) return [problem('plan_duplicate_id', { path: `steps[${index}].id` }, { id })];
    seen.add(id);
    return [];
  });
}

/** Checks what a lesson refers to in its plan: lines, periods, targets, levers, the scenario that it begins from. */
export function checkLesson(lesson: Lesson, plan: Plan): Problem<Code>[] {
  if (lesson.plan !== plan.id) {
    return [problem('lesson_other_plan', { path: 'plan' }, { id: lesson.plan, plan: plan.id })];
  }
  const { scenario } = lesson;
  const isKnown = scenario === undefined || plan.scenarios.some(({ id }) => id === scenario);
  const check = new StepCheck(plan);
  lesson.steps.forEach((step, index) => check.step(step, `steps[${index}]`));
  return [
    ...(isKnown ? [] : [problem('plan_unknown_reference' as const, { path: 'scenario' }, { id: scenario })]),
    ...check.problems,
  ];
}

/** Collects what is wrong with steps. */
class StepCheck {
  readonly problems: Problem<Code>[] = [];
  readonly #plan: Plan;
  readonly #lines: ReadonlyMap<string, Plan['lines'][number]>;
  readonly #targets: ReadonlySet<string>;

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#lines = new Map(plan.lines.map((line) => [line.id, line]));
    this.#targets = new Set(plan.targets.map(({ line, period }) => `${line} ${period}`));
  }

  step(step: LessonStep, path: string): void {
    step.show?.lines?.forEach((line, index) => this.#line(line, `${path}.show.lines[${index}]`));
    if (step.show?.cell) this.#cell(step.show.cell, `${path}.show.cell`);
    step.levers?.forEach((lever, index) => this.#lever(lever, `${path}.levers[${index}]`));
    this.#changes(step.changes, `${path}.changes`);
    step.hints?.forEach(({ when }, index) => this.#predicate(when, `${path}.hints[${index}].when`));
    if (step.kind === 'predict') {
      const { guess } = step;
      if (guess.of === 'number') this.#cell(guess, `${path}.guess`);
      if (guess.of === 'curve') {
        this.#line(guess.line, `${path}.guess.line`);
        this.#span(guess, `${path}.guess`);
      }
      this.#changes(step.reveal, `${path}.reveal`);
    } else if (step.kind === 'task') {
      this.#predicate(step.success, `${path}.success`);
      this.#changes(step.solution, `${path}.solution`);
    } else if (step.kind === 'find') {
      step.faults.forEach(({ line, period }, index) => {
        this.#line(line, `${path}.faults[${index}].line`);
        this.#period(period, `${path}.faults[${index}].period`);
      });
    }
  }

  #line(id: string, path: string): void {
    if (!this.#lines.has(id))
      this.problems.push(problem('plan_unknown_reference', { path, line: id }, { id }));
  }

  #period(period: number | undefined, path: string): void {
    if (period !== undefined && !hasPeriod(this.#plan.periods, period))
      this.problems.push(problem('plan_period_outside', { path, period }, { period }));
  }

  #cell({ line, period }: { readonly line: string; readonly period: number }, path: string): void {
    this.#line(line, `${path}.line`);
    this.#period(period, `${path}.period`);
  }

  #span(
    { from, to }: { readonly from?: number | undefined; readonly to?: number | undefined },
    path: string,
  ): void {
    this.#period(from, `${path}.from`);
    this.#period(to, `${path}.to`);
    if (from !== undefined && to !== undefined && from > to)
      this.problems.push(problem('lesson_span', { path }, { from, to }));
  }

  #changes(changes: readonly Change[] | undefined, path: string): void {
    changes?.forEach((change, index) => {
      this.#line(change.line, `${path}[${index}].line`);
      this.#span(change, `${path}[${index}]`);
    });
  }

  #lever({ line, min, max }: NonNullable<LessonStep['levers']>[number], path: string): void {
    this.#line(line, `${path}.line`);
    const own = this.#lines.get(line);
    if (!own) return;
    const [low, high] = [min ?? own.lever?.min, max ?? own.lever?.max];
    if (low === undefined || high === undefined)
      this.problems.push(problem('lesson_no_lever', { path, line }, { id: line }));
    else if (low >= high)
      this.problems.push(problem('lesson_bounds', { path, line }, { id: line, min: low, max: high }));
  }

  #predicate(predicate: LessonPredicate | undefined, path: string): void {
    for (const part of ['met', 'missed'] as const) {
      predicate?.[part]?.forEach(({ line, period }, index) => {
        if (!this.#targets.has(`${line} ${period}`)) {
          const place = { path: `${path}.${part}[${index}]`, line, period };
          this.problems.push(problem('lesson_no_target', place, { id: line, period }));
        }
      });
    }
    predicate?.onlyMoved?.forEach((line, index) => this.#line(line, `${path}.onlyMoved[${index}]`));
  }
}
