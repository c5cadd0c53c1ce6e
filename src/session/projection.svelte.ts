/** What the open scenario is worth: its calculation, its targets, and which of them hang by one lever step. */
import type { Value } from '#quantity';
import type { Scenario } from '#plan';
import {
  isRefusal,
  layersOf,
  type Calculation,
  type Compiled,
  type CompiledLines,
  type Engine,
  type Extent,
  type Rule,
} from '#engine';
import { targetResults, type TargetResult } from '#analysis';
import { RiskSearch } from './risk-search.ts';
import type { Later, SessionParts } from './session-parts.ts';
import { keptWhereSame, withKnownRisk } from './target-risk.ts';

/** The projection of one scenario at a time. Its getters may be read in markup: they follow every recalculation. */
export class Projection {
  #engine: Engine;
  readonly #later: Later;
  readonly #risk: RiskSearch;
  #calculation: Calculation;
  /** Counts recalculations, so that readers of the calculation know when to look again. */
  #recalculations = $state(0);
  #targets = $state.raw<readonly TargetResult[]>([]);
  #cancelCompilation: (() => void) | undefined;
  #lines: CompiledLines | undefined;
  #isWithoutCompiler = $state(false);
  #isOutdated = $state(false);

  /** `begun` is what the scenario was calculated to while the plan was opened. */
  constructor(
    engine: Engine,
    scenario: Scenario,
    scenarios: readonly Scenario[],
    { later, analyst, begun }: Pick<SessionParts, 'later' | 'analyst' | 'begun'>,
  ) {
    this.#engine = engine;
    this.#later = later;
    this.#risk = new RiskSearch(later, analyst);
    this.#calculation = begun?.calculation ?? engine.calculate(scenario, scenarios);
    this.#lines = begun?.lines;
    this.#isWithoutCompiler = begun !== undefined && begun.lines === undefined;
    this.#targets = targetResults(engine, this.#calculation);
    if (!begun) this.#compileLater();
    this.#askForRisk(scenario, scenarios);
  }

  /** Whether the browser refuses to run compiled plans; everything is calculated all the same, but more slowly. */
  get isWithoutCompiler(): boolean {
    return this.#isWithoutCompiler;
  }

  /** Whether the newest calculation failed: what is shown belongs to what stood before it. */
  get isOutdated(): boolean {
    return this.#isOutdated;
  }

  /** The compiled lines; undefined until they are there. */
  get lines(): CompiledLines | undefined {
    return this.#lines;
  }

  get recalculations(): number {
    return this.#recalculations;
  }

  get targets(): readonly TargetResult[] {
    return this.#targets;
  }

  /** The calculation, for questions that go along its cells. */
  get calculation(): Calculation {
    void this.#recalculations;
    return this.#calculation;
  }

  series(line: string): readonly Value[] {
    void this.#recalculations;
    return this.#calculation.series(line);
  }

  extent(line: string): Extent | undefined {
    void this.#recalculations;
    return this.#calculation.extent(line);
  }

  value(line: string, period: number): Value {
    void this.#recalculations;
    return this.#calculation.value(line, period);
  }

  rule(line: string, period: number): Rule | undefined {
    void this.#recalculations;
    return this.#calculation.rule(line, period);
  }

  formulaAt(line: string, period: number): Compiled | undefined {
    void this.#recalculations;
    return this.#calculation.formulaAt(line, period);
  }

  /**
   * Does a calculation. Where it fails what is shown is outdated from then on; the edit that asked for it stands and is kept
   * all the same, so the fault is thrown beside it, to whoever watches for faults.
   */
  attempt(calculate: () => void): void {
    try {
      calculate();
      this.#isOutdated = false;
    } catch (thrown) {
      this.#isOutdated = true;
      queueMicrotask(() => {
        throw thrown;
      });
    }
  }

  /**
   * Takes a scenario as it is now and recalculates what that can reach. While a lever is moved `isPassing` says that the
   * next level is on its way: risk is then looked for when the hand rests.
   */
  revise(scenario: Scenario, scenarios: readonly Scenario[], isPassing = false): void {
    // a calculation that failed may have stopped halfway
    if (this.#isOutdated) return this.rebuild(this.#engine, scenario, scenarios);
    const { changed } = this.#calculation.revise(layersOf(scenario, scenarios));
    this.#recalculations += 1;
    if (changed.length > 0)
      this.#show(withKnownRisk(targetResults(this.#engine, this.#calculation), this.#targets));
    this.#risk.callOff();
    if (!isPassing) this.#askForRisk(scenario, scenarios);
  }

  /** Calls off what was put off: on a large plan it would go on for seconds, and hold the plan. */
  leave(): void {
    this.#risk.callOff();
    this.#cancelCompilation?.();
  }

  /** Takes the plan as it was edited, compiled, and calculates all of it. */
  rebuild(engine: Engine, scenario: Scenario, scenarios: readonly Scenario[]): void {
    this.#engine = engine;
    const lines = this.#lines && engine.linesAfter(this.#lines);
    this.#calculation = engine.calculate(scenario, scenarios, lines);
    this.#recalculations += 1;
    this.#show(targetResults(engine, this.#calculation));
    this.#risk.callOff();
    this.#askForRisk(scenario, scenarios);
    this.#cancelCompilation?.();
    if (!lines) this.#compileLater();
  }

  /** First values come from the reference evaluator at once; compiled lines take over when they are ready. */
  #compileLater(): void {
    const engine = this.#engine;
    const known = this.#lines;
    this.#cancelCompilation = this.#later(
      function* (this: Projection) {
        const compile = yield* engine.compileLinesInTurns(known);
        compile().then(
          (lines) => {
            this.#lines = lines;
            if (engine === this.#engine) this.#calculation.runWith(lines);
          },
          (thrown: unknown) => {
            this.#isWithoutCompiler = true;
            if (!isRefusal(thrown)) throw thrown;
          },
        );
      }.bind(this),
    );
  }

  /** Which met targets hang by one lever step is found when there is time; until then they stay as they were known. */
  #askForRisk(scenario: Scenario, scenarios: readonly Scenario[]): void {
    this.#risk.begin(
      this.#engine.plan,
      () => {
        const [engine, lines] = [this.#engine, this.#lines];
        return { engine, lines, scenario, scenarios, results: targetResults(engine, this.#calculation) };
      },
      (results) => this.#show(results),
    );
  }

  #show(results: readonly TargetResult[]): void {
    this.#targets = keptWhereSame(results, this.#targets);
  }
}
