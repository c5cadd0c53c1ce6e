/** What one lever step of each driver does to one cell. */
import { isNumber } from '#quantity';
import type { Scenario } from '#plan';
import { layersOf } from '#engine';
import { drivers, type Cell } from '#analysis';
import type { OpenPlan } from './open-plan.svelte.ts';

/** Gives by driver how much one lever step, up or down, moves a cell of the open scenario at most. Unit: of the line of the cell. */
export function effectsOnCell(session: OpenPlan, cell: Cell): ReadonlyMap<string, number> {
  const { scenario, scenarios, plan } = session;
  const layers = layersOf(scenario, scenarios);
  const trial: Scenario = { id: 'question:step', name: scenario.name };
  const calculation = session.calculate(scenario);
  const now = calculation.value(cell.line, cell.period);
  return new Map(
    drivers(plan).map(({ id, lever }) => {
      const moves = [lever.step, -lever.step].map((add) => {
        calculation.revise([{ ...trial, changes: [{ line: id, add }] }, ...layers]);
        const value = calculation.value(cell.line, cell.period);
        return isNumber(value) && isNumber(now) ? Math.abs(value - now) : 0;
      });
      return [id, Math.max(...moves)];
    }),
  );
}
