/** How strongly each driver moves a cell, by the slopes of the formulas themselves. */
import { isNumber, type Value } from '#quantity';
import type { Scenario } from '#plan';
import { derivativesOf, layersOf, type Engine, type Move } from '#engine';
import type { Cell } from '../cell.ts';
import { focusEngine } from '../difference/focus.ts';
import { drivers } from '../targets/target-status.ts';

/** The influence of one driver on one cell; missing or failed where the cell is. */
export interface DriverInfluence {
  readonly line: string;
  /** Change of the cell per unit by which the driver's level rises in all periods after the base. Unit: of the cell. */
  readonly slope: Value;
  /** Slope times one step of the lever: what a press of a key does, for a small step. */
  readonly perStep: Value;
  /**
   * Percent by which the cell changes when the driver is one percent larger in all periods after the base.
   * Missing: where the cell is 0, of which there is no percent.
   */
  readonly elasticity: Value;
}

/** The influences on one cell, the strongest step first. */
export interface CellSensitivity extends Cell {
  readonly value: Value;
  readonly drivers: readonly DriverInfluence[];
}

/** Influences of all drivers on cells. */
export interface Sensitivity {
  readonly cells: readonly CellSensitivity[];
  /** Cells on a kink (MIN of equals, a condition at its limit): their slope is that of the side taken. */
  readonly kinks: readonly Cell[];
  /** Cells that move in jumps (ROUND): their slope is flat and does not tell of those. */
  readonly steps: readonly Cell[];
}

/** Finds the influence of every driver with a lever on cells of a scenario. */
export function findSensitivity(
  engine: Engine,
  scenario: Scenario,
  cells: readonly Cell[],
  scenarios: readonly Scenario[] = engine.plan.scenarios,
): Sensitivity {
  const all = drivers(engine.plan);
  const moves = all.flatMap(({ id }): Move[] => [
    { line: id, effect: 'add' },
    { line: id, effect: 'scale' },
  ]);
  const asked = [...cells.map(({ line }) => line), ...all.map(({ id }) => id)];
  const { values, slopes, kinks, steps } = derivativesOf(
    focusEngine(engine, asked, layersOf(scenario, scenarios)),
    scenario,
    { moves, outputs: cells },
    scenarios,
  ).at();
  return {
    kinks,
    steps,
    cells: cells.map((cell, output) => {
      const value = values[output] ?? null;
      const influences = all.map(({ id, lever }, driver): DriverInfluence => {
        const slope = slopes[output]?.[2 * driver] ?? null;
        const byScale = slopes[output]?.[2 * driver + 1] ?? null;
        return {
          line: id,
          slope,
          perStep: isNumber(slope) ? slope * lever.step : slope,
          elasticity: isNumber(byScale) && isNumber(value) ? (value === 0 ? null : byScale / value) : byScale,
        };
      });
      return { ...cell, value, drivers: influences.toSorted((a, b) => strength(b) - strength(a)) };
    }),
  };
}

function strength({ perStep }: DriverInfluence): number {
  return isNumber(perStep) ? Math.abs(perStep) : -1;
}
