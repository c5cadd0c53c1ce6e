/** What one lever step of each driver does to one cell. */
import { isNumber } from '#quantity';
import type { Scenario } from '#plan';
import type { Engine } from '#engine';
import { drivers, type Cell } from '#analysis';

/** Gives by driver how much one lever step, up or down, moves a cell at most. Unit: of the line of the cell. */
export function effectsOnCell(
  engine: Engine,
  scenario: Scenario,
  scenarios: readonly Scenario[],
  cell: Cell,
): ReadonlyMap<string, number> {
  const trial: Scenario = { id: 'question:step', name: scenario.name, basedOn: scenario.id };
  const calculation = engine.calculate(trial, scenarios);
  const now = calculation.value(cell.line, cell.period);
  return new Map(
    drivers(engine.plan).map(({ id, lever }) => {
      const moves = [lever.step, -lever.step].map((add) => {
        engine.revise(calculation, { ...trial, changes: [{ line: id, add }] }, scenarios);
        const value = calculation.value(cell.line, cell.period);
        return isNumber(value) && isNumber(now) ? Math.abs(value - now) : 0;
      });
      return [id, Math.max(...moves)];
    }),
  );
}
