/** The calculation of a scenario beside the open one, kept as long as what it is made of stays the same. */
import type { Scenario } from '#plan';
import { layersOf, type Calculation, type Engine } from '#engine';
import type { OpenPlan } from './open-plan.svelte.ts';

/** One calculation at a time: a large plan is not calculated anew with every edit of another scenario. */
export class BesideCalculation {
  readonly #session: OpenPlan;
  #known:
    | { readonly engine: Engine; readonly layers: readonly Scenario[]; readonly calculation: Calculation }
    | undefined;

  constructor(session: OpenPlan) {
    this.#session = session;
  }

  /** Calculates a scenario, or gives what it was calculated to before; `scenarios` are those that it may build on. */
  of(scenario: Scenario, scenarios: readonly Scenario[]): Calculation {
    const { engine } = this.#session;
    const layers = layersOf(scenario, scenarios);
    const known = this.#known;
    if (
      known?.engine === engine &&
      known.layers.length === layers.length &&
      layers.every((layer, index) => layer === known.layers[index])
    )
      return known.calculation;
    const calculation = this.#session.calculate(scenario, scenarios);
    this.#known = { engine, layers, calculation };
    return calculation;
  }
}
