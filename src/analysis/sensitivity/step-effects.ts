/** What one lever step of each driver does to a cell: which of them a person may move for it, and which most. */
import { isNumber } from '#quantity';
import type { Scenario } from '#plan';
import { layersOf, type CompiledLines, type Engine } from '#engine';
import type { Cell } from '../cell.ts';
import { compiledLinesOf, untold } from '../compiled.ts';
import { focusEngine } from '../difference/focus.ts';
import { drivers } from '../targets/target-status.ts';

/** What is asked. */
export interface StepQuestion {
  readonly scenario: Scenario;
  /** Those that it may build on. */
  readonly scenarios: readonly Scenario[];
  readonly cell: Cell;
}

/** By driver how much one lever step, up or down, moves the cell at most. Unit: of its line. Missing: it cannot move it. */
export type StepEffects = ReadonlyMap<string, number>;

/**
 * Moves every driver by one lever step both ways. Slopes would not do: where the cell moves in jumps they are flat
 * (decision 010). Yields the share that is done.
 *
 * `lines` are compiled lines of the engine, for speed · Missing, Fails: a cell without a number is not moved by anything.
 */
export function* tryLeverSteps(
  engine: Engine,
  { scenario, scenarios, cell }: StepQuestion,
  lines?: CompiledLines,
): Generator<number, StepEffects> {
  const layers = layersOf(scenario, scenarios);
  const trial: Scenario = { id: 'step_trial', name: scenario.name };
  const calculation = yield* untold(engine.calculateInTurns(scenario, scenarios, lines));
  const now = calculation.value(cell.line, cell.period);
  const effects = new Map<string, number>();
  const all = drivers(engine.plan);
  for (const [tried, { id, lever }] of all.entries()) {
    let most = 0;
    for (const add of [lever.step, -lever.step]) {
      calculation.revise([{ ...trial, changes: [{ line: id, add }] }, ...layers]);
      const value = calculation.value(cell.line, cell.period);
      if (isNumber(value) && isNumber(now)) most = Math.max(most, Math.abs(value - now));
      yield tried / all.length;
    }
    effects.set(id, most);
  }
  return effects;
}

/** The same on the part of a plan that the cell can depend on, compiled: for a large plan. */
export async function* findStepEffects(
  engine: Engine,
  question: StepQuestion,
): AsyncGenerator<number, StepEffects> {
  const { scenario, scenarios, cell } = question;
  const focused = focusEngine(engine, [cell.line], layersOf(scenario, scenarios));
  yield 0;
  return yield* tryLeverSteps(focused, question, yield* compiledLinesOf(focused));
}
