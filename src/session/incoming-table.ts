/** What a table's numbers do to a scenario. */
import { lineOverlay, type LineOverlay, type Scenario } from '#plan';
import type { TableLine } from './exchange-desk.ts';
import { withActual, withValue } from './overlay-edits.ts';

/** The overlays with a table's numbers: actuals up to a period, values of the scenario after it; undefined means no actuals. */
export function withTable(
  lines: readonly TableLine[],
  observedUntil: number | undefined,
  scenario: Scenario,
): ReadonlyMap<string, LineOverlay | null> {
  return new Map(
    lines.map(({ line, values }) => {
      let overlay = lineOverlay(scenario, line);
      for (const [period, value] of values)
        overlay =
          observedUntil !== undefined && period <= observedUntil
            ? withActual(overlay, period, value)
            : withValue(overlay, period, value);
      return [line, overlay] as const;
    }),
  );
}
