/**
 * Many samples of a scenario, and slopes of it: what analysis asks of an engine.
 *
 * Not methods of the engine: a page that only calculates does not load them.
 */
import type { Scenario } from '#plan';
import { buildBatch, type Batch, type Evaluator } from './batch/batch.ts';
import { findReach, type CellPlace } from './batch/reach.ts';
import type { Engine } from './build-engine.ts';
import { buildDerivatives, type Derivatives } from './derive/derive.ts';
import type { Move } from './resolve/move.ts';
import { layersOf } from './resolve/resolve.ts';

/** What is moved, and which cells are wanted. */
export interface Question {
  readonly moves: readonly Move[];
  readonly outputs: readonly CellPlace[];
  /** How it is calculated, cell by cell or many cells at once; without it as is quicker. */
  readonly evaluator?: Evaluator;
}

/** Makes a scenario ready to be calculated for many samples of moves. Fails: throws on a line or period that is not there. */
export function batchOf(
  { plan, compiler }: Engine,
  scenario: Scenario,
  { moves, outputs, evaluator }: Question,
  scenarios: readonly Scenario[] = plan.scenarios,
): Batch {
  const reach = findReach(plan, compiler, layersOf(scenario, scenarios), moves, outputs);
  return buildBatch(reach, outputs, plan.iteration, evaluator);
}

/** Makes a scenario ready for the slopes of outputs by moves. Fails: throws on a line or period that is not there. */
export function derivativesOf(
  { plan, compiler }: Engine,
  scenario: Scenario,
  { moves, outputs, evaluator }: Question,
  scenarios: readonly Scenario[] = plan.scenarios,
): Derivatives {
  const reach = findReach(plan, compiler, layersOf(scenario, scenarios), moves, outputs);
  return buildDerivatives(reach, outputs, evaluator);
}
