/** The levers of the open plan: where each driver stands, where the plan, the trend and the document put it. */
import { isNumber, type Value } from '#quantity';
import { listPeriods, type Line, type Scenario } from '#plan';
import { drivers } from '#analysis';
import type { Calculation, Engine } from '#engine';
import type { PlanSession } from './plan-session.svelte.ts';

/** A mark on a lever's track, in stored units. */
export interface Notch {
  readonly kind: 'plan' | 'trend' | 'stated';
  readonly value: number;
}

/** One lever. Values in stored units: a percent is its fraction. */
export interface Lever {
  readonly line: Line;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** The level in the last period. */
  readonly value: Value;
  /** Whether the forecast periods differ from each other, so that one number does not tell all. */
  readonly varies: boolean;
  readonly isChanged: boolean;
  readonly notches: readonly Notch[];
}

/** The levers of a session. */
export class Levers {
  readonly #session: PlanSession;
  /** What was given last: a lever that stands where it stood is the same object, so that nobody looks at it again. */
  #last: readonly Lever[] = [];

  constructor(session: PlanSession) {
    this.#session = session;
  }

  readonly #notches: ReadonlyMap<string, readonly Notch[]> = $derived.by(() =>
    notchesOf(this.#session.engine),
  );

  readonly all: readonly Lever[] = $derived.by(() => {
    const { periods } = this.#session.plan;
    const forecast = this.#session.periods.filter((period) => period > periods.base);
    this.#last = drivers(this.#session.plan).map((line, index): Lever => {
      const values = forecast.map((period) => this.#session.value(line.id, period));
      const now = {
        value: values.at(-1) ?? null,
        varies: values.some((value) => value !== values[0]),
        isChanged: this.#session.overlay(line.id) !== null,
      };
      const last = this.#last[index];
      const isSame =
        last?.line === line &&
        last.notches === this.#notches.get(line.id) &&
        last.value === now.value &&
        last.varies === now.varies &&
        last.isChanged === now.isChanged;
      return isSame ? last : { line, ...line.lever, ...now, notches: this.#notches.get(line.id) ?? [] };
    });
    return this.#last;
  });
}

/** Where the plan and trend scenarios and the document's own words put each driver, at the last period. */
function notchesOf(engine: Engine): Map<string, readonly Notch[]> {
  const { plan } = engine;
  const last = listPeriods(plan.periods).at(-1) ?? plan.periods.last;
  const find = (id: string): Scenario | undefined => plan.scenarios.find((one) => one.id === id);
  const calculations = (['plan', 'trend'] as const).flatMap((kind) => {
    const scenario = find(kind);
    return scenario ? [{ kind, calculation: engine.calculate(scenario) }] : [];
  });
  return new Map(
    drivers(plan).map((line) => {
      const notches: Notch[] = calculations.flatMap(({ kind, calculation }) => {
        const value = calculation.value(line.id, last);
        return isNumber(value) ? [{ kind, value }] : [];
      });
      const driven = plan.lines.find((one) => one.id === line.drives);
      const stated = driven?.stated?.find((one) => one.kind === 'growth' && one.from === plan.periods.base);
      const planned = calculations.find(({ kind }) => kind === 'plan')?.calculation;
      if (driven && stated && planned && setsGrowth(planned, line.id, driven.id, last)) {
        notches.push({ kind: 'stated', value: stated.value });
      }
      return [line.id, notches] as const;
    }),
  );
}

/** Two rates that are the same number but for the dust of binary fractions. */
const SAME_RATE = 1e-9;

/** Whether a driver is the growth of the line that it drives, and not a share, a margin or a pace. */
function setsGrowth(calculation: Calculation, driver: string, driven: string, period: number): boolean {
  const rate = calculation.value(driver, period);
  const [before, after] = [calculation.value(driven, period - 1), calculation.value(driven, period)];
  if (!isNumber(rate) || !isNumber(before) || !isNumber(after) || before === 0) return false;
  return Math.abs(after / before - 1 - rate) < SAME_RATE;
}
