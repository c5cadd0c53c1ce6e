/** Chosen cells as a function of levers: what solvers ask, with everything else of the plan left out. */
import { failure, isNumber, type Value } from '#quantity';
import type { Scenario } from '#plan';
import {
  batchOf,
  derivativesOf,
  finish,
  layersOf,
  samplesOf,
  valueAt,
  type Batch,
  type Derivatives,
  type Engine,
} from '#engine';
import type { Cell } from '../cell.ts';
import { focusEngine } from '../difference/focus.ts';
import { levelCell, moveOf, type Lever } from '../lever.ts';

/** Cells as a function of shifts of levers. */
export interface LeverModel {
  /** The levels of the levers as the scenario has them. */
  readonly present: readonly Value[];
  /** How often the plan was evaluated. */
  readonly evaluations: number;
  read(shifts: readonly number[]): readonly Value[];
  /**
   * The exact slopes of the cells by the levers.
   *
   * Shape: by cell, then by lever · Unit: of the cell, per unit of the lever · Missing, Fails: as the cell there.
   */
  slopes(shifts: readonly number[]): readonly (readonly Value[])[];
}

/** Builds the model of cells over levers of a scenario; `scenarios` are those that it may build on. */
export function buildLeverModel(
  engine: Engine,
  scenario: Scenario,
  scenarios: readonly Scenario[],
  levers: readonly Lever[],
  cells: readonly Cell[],
): LeverModel {
  const known = [scenario, ...scenarios.filter((one) => one.id !== scenario.id)];
  const levels = levers.map((lever) => levelCell(lever, engine.plan));
  const lines = [...new Set([...cells, ...levels].map((cell) => cell.line))];
  const focused = focusEngine(engine, lines, layersOf(scenario, known));
  const calculation = focused.calculate(scenario, known);
  const question = { moves: levers.map(moveOf), outputs: cells };
  let evaluations = 1;
  // a batch of one sample has its rules resolved once, where revising a scenario resolves them every time
  let batch: Batch | undefined;
  // made ready when slopes are first asked for: a goal seek never does
  let derived: Derivatives | undefined;
  return {
    present: levels.map(({ line, period }) => calculation.value(line, period)),
    get evaluations() {
      return evaluations;
    },
    read(shifts) {
      batch ??= batchOf(focused, scenario, question, known);
      const samples = { ...samplesOf(shifts.map((shift) => Float64Array.of(shift))), count: 1 };
      const result = finish(batch.run(samples));
      evaluations += 1;
      return cells.map((_, output) => valueAt(result, output, 0));
    },
    slopes(shifts) {
      derived ??= derivativesOf(focused, scenario, question, known);
      return derived.at(shifts).slopes;
    },
  };
}

/** The value as a number; a missing one as the failure that a question about it ends with. */
export function numberOrFault(value: Value, { line, period }: Cell) {
  if (isNumber(value)) return { ok: true, number: value } as const;
  // a question needs a number; a cell without one is as far from an answer as one that failed
  return {
    ok: false,
    fault: value ?? { ...failure('#N/A', 'argument_needs_number'), line, period },
  } as const;
}
