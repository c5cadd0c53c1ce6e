/** The calculation of a scenario beside the open one, kept as long as what it is made of stays the same. */
import { countPeriods, type Plan, type Scenario } from '#plan';
import { layersOf, type Calculation, type Engine } from '#engine';
import type { OpenPlan } from './open-plan.svelte.ts';

/** Up to so many cells a scenario is calculated at once: some ten milliseconds. */
const MOST_AT_ONCE = 100_000;

function isSmall({ lines, periods }: Plan): boolean {
  return lines.length * countPeriods(periods) <= MOST_AT_ONCE;
}

/** What a calculation is made of, and the calculation once it is there. */
interface Beside {
  readonly engine: Engine;
  readonly layers: readonly Scenario[];
  calculation: Calculation | undefined;
}

/** One calculation at a time: a large plan is not calculated anew with every edit of another scenario, and in turns. */
export class BesideCalculation {
  readonly #session: OpenPlan;
  #known: Beside | undefined;
  #callOff: (() => void) | undefined;
  /** Rises when a calculation has come. */
  #arrivals = $state(0);

  constructor(session: OpenPlan) {
    this.#session = session;
  }

  /**
   * Calculates a scenario, or gives what it was calculated to before; `scenarios` are those that it may build on. Undefined
   * while a large plan is being calculated: who read it looks again when it is there.
   */
  of(scenario: Scenario, scenarios: readonly Scenario[]): Calculation | undefined {
    void this.#arrivals;
    const { engine } = this.#session;
    const layers = layersOf(scenario, scenarios);
    const known = this.#known;
    if (
      known?.engine === engine &&
      known.layers.length === layers.length &&
      layers.every((layer, index) => layer === known.layers[index])
    )
      return known.calculation;
    const begun: Beside = { engine, layers, calculation: undefined };
    this.#known = begun;
    this.#callOff?.();
    this.#callOff = undefined;
    if (isSmall(engine.plan)) begun.calculation = this.#session.calculate(scenario, scenarios);
    else
      this.#callOff = this.#session.calculateInTurns(scenario, scenarios, (calculation) => {
        begun.calculation = calculation;
        this.#arrivals += 1;
      });
    return begun.calculation;
  }
}
