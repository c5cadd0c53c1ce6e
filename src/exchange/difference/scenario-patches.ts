/** From one state of a scenario to another, as patches: one gesture, which can be kept and undone like any other. */
import { changedLines, headOf, lineOverlay, type Patch, type Scenario } from '#plan';
import { printCanonical } from '../document/canonical-text.ts';

/** The patches that make `after` of `before`; null before begins the scenario. What stays the same gives no patch. */
export function toPatches(before: Scenario | null, after: Scenario): Patch[] {
  const [headBefore, headAfter] = [before && headOf(before), headOf(after)];
  const head: Patch[] = isSame(headBefore, headAfter)
    ? []
    : [{ kind: 'scenario', before: headBefore, after: headAfter }];
  const lines = new Set([...(before ? changedLines(before) : []), ...changedLines(after)]);
  const overlays = [...lines].flatMap((line): Patch[] => {
    const [was, is] = [before && lineOverlay(before, line), lineOverlay(after, line)];
    return isSame(was, is) ? [] : [{ kind: 'line', scenario: after.id, line, before: was, after: is }];
  });
  return [...head, ...overlays];
}

function isSame(a: object | null, b: object | null): boolean {
  if (a === null || b === null) return a === b;
  return printCanonical(a) === printCanonical(b);
}
