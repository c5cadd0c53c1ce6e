/** What a plan is worth where it is opened: found in turns, before anybody looks at it. */
import type { Scenario, Turns } from '#plan';
import { isRefusal, type Calculation, type CompiledLines } from '#engine';
import { findBearings, type Bearings } from './bearings.ts';
import { scenarioToOpen } from './scenario-to-open.ts';
import type { SessionParts } from './session-parts.ts';

/** The scenario that is opened, calculated; the compiled lines that did it, none where the browser refuses to run them; what is found of the plan once. */
export interface BegunProjection {
  readonly calculation: Calculation;
  readonly lines: CompiledLines | undefined;
  readonly bearings: Bearings;
}

/** Compiles a plan and calculates the scenario that its session will open. `inSlices` does work in turns. */
export async function beginProjection(
  { engine, kept }: Pick<SessionParts, 'engine' | 'kept'>,
  inSlices: <T>(work: Turns<T>) => Promise<T>,
): Promise<BegunProjection> {
  const scenarios: readonly Scenario[] = [...engine.plan.scenarios, ...kept.scenarios];
  const compile = await inSlices(engine.compileLinesInTurns());
  const lines = await compile().catch((thrown: unknown) => {
    // where compiled code is refused the reference evaluator does it all
    if (!isRefusal(thrown)) throw thrown;
    return undefined;
  });
  const scenario = scenarioToOpen(scenarios, kept.view?.scenario);
  const calculation = await inSlices(engine.calculateInTurns(scenario, scenarios, lines));
  return { lines, calculation, bearings: await inSlices(findBearings(engine, lines)) };
}
