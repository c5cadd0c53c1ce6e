/** What one gesture does to what a scenario says about a line. Pure: overlay in, overlay out. */
import { spanOf, type LineOverlay, type Periods } from '#plan';

/** An overlay with nothing left in it is null. */
function tidy(overlay: LineOverlay): LineOverlay | null {
  const { values, changes, actuals } = overlay;
  const next: LineOverlay = {
    ...(values && Object.keys(values).length > 0 && { values }),
    ...(changes && changes.length > 0 && { changes }),
    ...(actuals && Object.keys(actuals).length > 0 && { actuals }),
  };
  return Object.keys(next).length > 0 ? next : null;
}

/** Sets the line's own value in one period. */
export function withValue(overlay: LineOverlay | null, period: number, value: number): LineOverlay | null {
  return tidy({ ...overlay, values: { ...overlay?.values, [period]: value } });
}

/** Takes the scenario's own value in one period away; a level set over the whole span is kept in the other periods. */
function withoutValue(overlay: LineOverlay | null, period: number, periods: Periods): LineOverlay | null {
  const values: Record<string, number> = {};
  const changes = (overlay?.changes ?? []).flatMap((change) => {
    const { from, to } = spanOf(periods, change);
    if (!('set' in change) || period < from || period > to) return [change];
    const { set, line } = change;
    return [
      ...(period > from ? [{ line, from, to: period - 1, set }] : []),
      ...(period < to ? [{ line, from: period + 1, to, set }] : []),
    ];
  });
  for (const [key, value] of Object.entries(overlay?.values ?? {}))
    if (Number(key) !== period) values[key] = value;
  return tidy({ ...overlay, values, changes });
}

/** Sets one level for all periods after the base, as a lever does; values of single forecast periods give way. */
export function withLevel(
  overlay: LineOverlay | null,
  line: string,
  level: number,
  periods: Periods,
): LineOverlay | null {
  const values = Object.fromEntries(
    Object.entries(overlay?.values ?? {}).filter(([key]) => Number(key) <= periods.base),
  );
  const changes = (overlay?.changes ?? []).filter((change) => !('set' in change));
  return tidy({ ...overlay, values, changes: [...changes, { line, set: level }] });
}

/** Replaces the line's formula in this scenario. */
export function withFormula(overlay: LineOverlay | null, line: string, formula: string): LineOverlay | null {
  const changes = (overlay?.changes ?? []).filter((change) => !('formula' in change));
  return tidy({ ...overlay, changes: [...changes, { line, formula }] });
}

/** Gives the line back the formula that it inherits. */
export function withoutFormula(overlay: LineOverlay | null): LineOverlay | null {
  return tidy({ ...overlay, changes: (overlay?.changes ?? []).filter((change) => !('formula' in change)) });
}

/**
 * Takes back what was entered in a cell: its own value where there is one, else the formula that the scenario has put in
 * the place of the inherited one.
 */
export function withoutEntry(
  overlay: LineOverlay | null,
  period: number,
  periods: Periods,
): LineOverlay | null {
  const next = withoutValue(overlay, period, periods);
  return JSON.stringify(next) === JSON.stringify(overlay) ? withoutFormula(overlay) : next;
}

/** Tells whether an overlay says something about a period. */
export function saysSomething(overlay: LineOverlay, period: number, periods: Periods): boolean {
  if (overlay.values?.[String(period)] !== undefined || overlay.actuals?.[String(period)] !== undefined)
    return true;
  return (overlay.changes ?? []).some((change) => {
    const { from, to } = spanOf(periods, change);
    return period >= from && period <= to;
  });
}
