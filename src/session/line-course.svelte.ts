/** The course of a line over the periods: what was, what the open scenario projects, what is wanted. */
import { isNumber, type Unit, type Value } from '#quantity';
import type { Figure, Line, Scenario } from '#plan';
import type { TargetResult } from '#analysis';
import type { PlanSession } from './plan-session.svelte.ts';

/** A line in one period. */
export interface CoursePoint {
  readonly period: number;
  readonly value: Value;
  /** history: up to the base year, and actuals after it · projected: what the scenario gives. */
  readonly kind: 'history' | 'projected';
  /** Where an observed value comes from; absent where it was calculated. */
  readonly origin?: Figure['origin'] | 'actual';
}

/** From the last observed number to the last projected one. */
export interface CourseChange {
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly last: number;
  /** Compound growth a year; missing for ratios and where it has no meaning. */
  readonly growth: number | null;
}

/** What a chart of a line shows. */
export class LineCourse {
  readonly #session: PlanSession;
  readonly #id: () => string | undefined;

  /** `line` gives the id of the line; without it the line is the selected one. */
  constructor(session: PlanSession, line: () => string | undefined = () => session.selection?.line) {
    this.#session = session;
    this.#id = line;
  }

  readonly line: Line | undefined = $derived.by(() => {
    const id = this.#id();
    return id === undefined ? undefined : this.#session.line(id);
  });

  readonly unit: Unit | undefined = $derived.by(() => this.line && this.#session.engine.unitOf(this.line.id));

  readonly points: readonly CoursePoint[] = $derived.by(() => {
    const { line } = this;
    if (!line) return [];
    const values = this.#session.series(line.id);
    const { base } = this.#session.plan.periods;
    return this.#session.periods.map((period, index): CoursePoint => {
      const decides = this.#session.rule(line.id, period)?.base;
      const origin =
        decides?.kind === 'figure'
          ? decides.figure.origin
          : decides?.kind === 'actual'
            ? 'actual'
            : undefined;
      return {
        period,
        value: values[index] ?? null,
        kind: period <= base || origin === 'actual' ? 'history' : 'projected',
        ...(origin && { origin }),
      };
    });
  });

  /** The plan's own scenario, for comparison; undefined while it is the open one. */
  readonly planScenario: Scenario | undefined = $derived.by(() => {
    const scenario = this.#session.plan.scenarios[0];
    return scenario?.id === this.#session.scenario.id ? undefined : scenario;
  });

  /** The values of the plan's own scenario after the base, by period; empty while it is the open one. */
  readonly planPoints: readonly { readonly period: number; readonly value: Value }[] = $derived.by(() => {
    const { line, planScenario } = this;
    const { planned } = this.#session;
    if (!line || !planScenario || !planned) return [];
    const { base } = this.#session.plan.periods;
    return this.#session.periods
      .filter((period) => period >= base)
      .map((period) => ({ period, value: planned.value(line.id, period) }));
  });

  readonly targets: readonly TargetResult[] = $derived.by(() =>
    this.#session.targets.filter(({ target }) => target.line === this.line?.id),
  );

  readonly change: CourseChange | undefined = $derived.by(() => {
    const numbers = this.points.flatMap(({ period, value, kind }) =>
      isNumber(value) ? [{ period, value, kind }] : [],
    );
    const last = numbers.at(-1);
    const first = numbers.findLast((point) => point.kind === 'history') ?? numbers[0];
    if (!first || !last || first.period === last.period) return undefined;
    const canGrow = this.unit?.shown === 1 && first.value > 0 && last.value > 0;
    return {
      from: first.period,
      to: last.period,
      first: first.value,
      last: last.value,
      growth: canGrow ? (last.value / first.value) ** (1 / (last.period - first.period)) - 1 : null,
    };
  });
}
