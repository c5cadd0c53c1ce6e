/** Which met targets hang by one lever step of one driver. */
import { isNumber, type Value } from '#quantity';
import type { Scenario, Turns } from '#plan';
import { layersOf, type Calculation, type CompiledLines, type Engine } from '#engine';
import { compiledLinesOf, untold } from '../compiled.ts';
import { drivers, isMet, targetResults, type TargetResult } from './target-status.ts';

/** In which scenario risk is looked for. */
export interface RiskQuestion {
  readonly scenario: Scenario;
  /** Those that it may build on. */
  readonly scenarios: readonly Scenario[];
  /** Lines of the engine that are compiled, for speed. */
  readonly lines?: CompiledLines | undefined;
}

/** What is found of one target. */
export type TargetRisk = Pick<TargetResult, 'status' | 'mostInfluential'>;

/** The driver whose step moves a target most, so far. */
interface Mover {
  readonly driver: string;
  readonly size: number;
  /** What the target's line comes to, one step up and one down. */
  readonly reached: readonly Value[];
}

/**
 * Moves every driver by one lever step both ways, and gives the results with the driver that moves each target most; a
 * target that is met and would be missed then is at risk. Works in turns, one for each movement.
 *
 * Missing: a target without a number, or that no driver moves, stays as it is · Fails: never.
 */
export function* findRisk(
  engine: Engine,
  results: readonly TargetResult[],
  { scenario, scenarios, lines }: RiskQuestion,
): Turns<readonly TargetResult[]> {
  if (!results.some(({ projected }) => isNumber(projected))) return results;
  const calculation = yield* engine.calculateInTurns(scenario, scenarios, lines);
  return yield* moveDrivers(engine, calculation, results, layersOf(scenario, scenarios));
}

/** The same for a large plan, compiled and off the page's thread: what is found of each target, in the order of the plan. */
export async function* searchRisk(
  engine: Engine,
  { scenario, scenarios }: Omit<RiskQuestion, 'lines'>,
): AsyncGenerator<number, readonly TargetRisk[]> {
  const lines = yield* compiledLinesOf(engine);
  const calculation = yield* untold(engine.calculateInTurns(scenario, scenarios, lines));
  const results = targetResults(engine, calculation);
  const layers = layersOf(scenario, scenarios);
  const found = yield* untold(moveDrivers(engine, calculation, results, layers));
  return found.map(({ status, mostInfluential }) => ({
    status,
    ...(mostInfluential !== undefined && { mostInfluential }),
  }));
}

function* moveDrivers(
  engine: Engine,
  calculation: Calculation,
  results: readonly TargetResult[],
  layers: readonly Scenario[],
): Turns<readonly TargetResult[]> {
  const trial: Scenario = { id: 'step_trial', name: { zh: '—', en: '—' } };
  const movers: (Mover | undefined)[] = results.map(() => undefined);
  for (const driver of drivers(engine.plan)) {
    const reached: Value[][] = [];
    for (const add of [driver.lever.step, -driver.lever.step]) {
      calculation.revise([{ ...trial, changes: [{ line: driver.id, add }] }, ...layers]);
      reached.push(results.map(({ target }) => calculation.value(target.line, target.period)));
      yield;
    }
    results.forEach(({ projected }, index) => {
      if (!isNumber(projected)) return;
      const both = reached.map((values) => values[index] ?? null);
      const size = Math.max(...both.map((value) => (isNumber(value) ? Math.abs(value - projected) : 0)));
      if (size > (movers[index]?.size ?? 0)) movers[index] = { driver: driver.id, size, reached: both };
    });
  }
  return results.map((result, index) => {
    const most = movers[index];
    return most ? { ...result, ...standingOf(engine, result, most) } : result;
  });
}

function standingOf(engine: Engine, { target, status }: TargetResult, { driver, reached }: Mover) {
  const unit = engine.unitOf(target.line);
  const isBroken = reached.some((value) => isNumber(value) && !isMet(target, value, unit));
  return { status: status === 'met' && isBroken ? ('atRisk' as const) : status, mostInfluential: driver };
}
