/** A driver as a question moves it: one number that shifts its level, within bounds. */
import type { Line, Plan, Scenario } from '#plan';
import { layerOf, type Move } from '#engine';
import type { Cell } from './cell.ts';

/**
 * What is moved. Its level is the value of the line in the period moved, else in the last; moving it adds the same amount
 * in all periods after the base, so that the course between them keeps its shape. Actuals stay.
 *
 * Unit: bounds in the unit of the line, a percent as its fraction.
 */
export interface Lever {
  readonly line: string;
  /** The only period that moves. */
  readonly period?: number;
  readonly min: number;
  readonly max: number;
}

/** The lever of a driver line, with the bounds that the plan gives it; undefined for a line without one. */
export function findLever(plan: Plan, line: string): Lever | undefined {
  const found: Line | undefined = plan.lines.find((one) => one.id === line);
  return found?.lever && { line, min: found.lever.min, max: found.lever.max };
}

/** The cell in which a lever's level is read. */
export function levelCell(lever: Lever, plan: Plan): Cell {
  return { line: lever.line, period: lever.period ?? plan.periods.last };
}

/** The lever as a move of the engine: an addition, in its one period or after the base. */
export function moveOf({ line, period }: Lever): Move {
  return { line, effect: 'add', ...(period !== undefined && { from: period, to: period }) };
}

/** Not an id that a plan may use, so that no scenario of a plan is hidden by it. */
const TRIAL = 'trial:levers';

/** A scenario on top of another in which levers are shifted by amounts. */
export function withShifts(
  scenario: Scenario,
  levers: readonly Lever[],
  shifts: readonly number[],
): Scenario {
  const layer = layerOf(levers.map(moveOf), shifts.length > 0 ? shifts : levers.map(() => 0));
  return { ...layer, id: TRIAL, basedOn: scenario.id };
}
