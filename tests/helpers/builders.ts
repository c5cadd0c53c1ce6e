/** Small plans for tests, built by saying only what matters: `aPlan().line('loans', …)`. */
import type { Line, Plan, Scenario, Target } from '#plan';

const both = (text: string) => ({ zh: text, en: text });

/** Builds a plan line by line. */
export class PlanBuilder {
  readonly #lines: Line[] = [];
  readonly #targets: Target[] = [];
  #periods: Plan['periods'] = { unit: 'year', first: 2018, last: 2025, base: 2020 };
  #iteration: Plan['iteration'];

  periods(first: number, base: number, last: number): this {
    this.#periods = { unit: 'year', first, base, last };
    return this;
  }

  iteration(limit: number, tolerance: number): this {
    this.#iteration = { limit, tolerance };
    return this;
  }

  /** A line with observed figures by period, and a formula where it has one. */
  line(id: string, figures: Record<number, number> = {}, formula?: string, more: Partial<Line> = {}): this {
    this.#lines.push({
      id,
      section: 'all',
      name: both(id),
      unit: '',
      kind: formula === undefined ? 'figure' : 'result',
      figures: Object.entries(figures).map(([period, value]) => ({
        period: Number(period),
        value,
        origin: 'assumed' as const,
        note: both('for the test'),
      })),
      ...(formula !== undefined && { formula }),
      ...more,
    });
    return this;
  }

  /** A line with a lever. */
  driver(id: string, formula: string, more: Partial<Line> = {}): this {
    return this.line(id, {}, formula, { kind: 'driver', lever: { min: -1, max: 1, step: 0.01 }, ...more });
  }

  target(line: string, value: number, more: Partial<Target> = {}): this {
    this.#targets.push({
      line,
      period: this.#periods.last,
      comparator: '=',
      value,
      asPrinted: String(value),
      source: { section: 'test' },
      direction: 'atLeast',
      ...more,
    });
    return this;
  }

  build(): Plan {
    return {
      format: 1,
      id: 'test',
      version: '1.0.0',
      title: both('test'),
      place: both('test'),
      source: { title: 'test' },
      periods: this.#periods,
      sections: [{ id: 'all', name: both('all') }],
      tables: [],
      lines: this.#lines,
      targets: this.#targets,
      scenarios: [{ id: 'plan', name: both('plan') }],
      ...(this.#iteration && { iteration: this.#iteration }),
    };
  }
}

/** Begins a plan. */
export function aPlan(): PlanBuilder {
  return new PlanBuilder();
}

/** A scenario on top of *plan*. */
export function aScenario(overlay: Partial<Scenario> = {}): Scenario {
  return { id: 'trial', name: both('trial'), basedOn: 'plan', ...overlay };
}
