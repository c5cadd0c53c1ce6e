/** What moving several drivers at once does to what a scenario says about them. Pure. */
import { lineOverlay, spanOf, type LineOverlay, type Periods, type Scenario } from '#plan';
import { withChange, withLevel } from './overlay-edits.ts';

/** Where a driver goes after the base: to one level, or by an amount from where each period stands. Unit: of its line. */
export type LeverMove = { readonly line: string } & ({ readonly level: number } | { readonly by: number });

/** What a scenario says of each of the drivers once they have moved. */
export function withMoves(
  moves: readonly LeverMove[],
  scenario: Scenario,
  periods: Periods,
): Map<string, LineOverlay | null> {
  return new Map(
    moves.map((move) => {
      const overlay = lineOverlay(scenario, move.line);
      const next =
        'level' in move
          ? withLevel(overlay, move.line, move.level, periods)
          : withShift(overlay, move.line, move.by, periods);
      return [move.line, next];
    }),
  );
}

/** Adds to all periods after the base, on top of all that the scenario says already. */
function withShift(
  overlay: LineOverlay | null,
  line: string,
  by: number,
  periods: Periods,
): LineOverlay | null {
  const changes = overlay?.changes ?? [];
  const whole = spanOf(periods, {});
  const place = changes.findIndex((change) => {
    const { from, to } = spanOf(periods, change);
    return 'add' in change && from === whole.from && to === whole.to;
  });
  const earlier = changes[place];
  if (!earlier || !('add' in earlier)) return withChange(overlay, line, { add: by }, periods);
  if (place === changes.length - 1 && !overlay?.values)
    return withChange(overlay, line, { add: earlier.add + by }, periods);
  // what was said after the earlier addition is not to be added to twice
  const next = withChange(overlay, line, { add: by }, periods);
  return { ...next, changes: (next?.changes ?? []).toSpliced(place, 0, earlier) };
}
