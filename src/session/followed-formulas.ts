/** Formulas of an edit that was made before other tabs renamed or deleted lines. Pure. */
import type { LineOverlay, Patch, Plan } from '#plan';
import { buildNames, followNames, linesNamed } from '#formula';

/** Lets the formulas in patches follow the names of lines from one state of the plan to another. */
export function followedPatches(patches: readonly Patch[], made: Plan, now: Plan): readonly Patch[] {
  if (made.lines === now.lines || !patches.some((one) => formulasOf(one).length > 0)) return patches;
  const [before, after] = [buildNames(made.lines), buildNames(now.lines)];
  const follow = (text: string) => followNames(text, before, after);
  return patches.map((patch) => withFormulas(patch, follow));
}

/** Whether formulas in patches read a line of one state of the plan that is gone in another. */
export function readsWhatIsGone(patches: readonly Patch[], made: Plan, now: Plan): boolean {
  if (made.lines === now.lines) return false;
  const here = new Set(now.lines.map(({ id }) => id));
  const gone = made.lines.filter(({ id }) => !here.has(id));
  if (gone.length === 0) return false;
  const names = buildNames(made.lines);
  const read = patches.flatMap(formulasOf).flatMap((text) => linesNamed(text, names));
  return gone.some(({ id }) => read.includes(id));
}

/** The formulas that a patch writes. */
function formulasOf(patch: Patch): readonly string[] {
  if (patch.kind === 'line')
    return (patch.after?.changes ?? []).flatMap((one) => ('formula' in one ? [one.formula] : []));
  if (patch.kind !== 'plan-item' || patch.list !== 'lines') return [];
  return patch.after?.formula === undefined ? [] : [patch.after.formula];
}

function withFormulas(patch: Patch, follow: (text: string) => string): Patch {
  if (patch.kind === 'line')
    return {
      ...patch,
      before: withOverlayFormulas(patch.before, follow),
      after: withOverlayFormulas(patch.after, follow),
    };
  if (patch.kind !== 'plan-item' || patch.list !== 'lines') return patch;
  const written = (line: typeof patch.after) =>
    line?.formula === undefined ? line : { ...line, formula: follow(line.formula) };
  return { ...patch, before: written(patch.before), after: written(patch.after) };
}

function withOverlayFormulas(
  overlay: LineOverlay | null,
  follow: (text: string) => string,
): LineOverlay | null {
  if (!overlay?.changes) return overlay;
  const changes = overlay.changes.map((one) =>
    'formula' in one ? { ...one, formula: follow(one.formula) } : one,
  );
  return { ...overlay, changes };
}
