/** Which lines of a plan can move which: what a question about chosen lines may be about. */
import { countPeriods, linesById, type Scenario } from '#plan';
import type { Engine } from '#engine';
import { formulasOf } from '../difference/focus.ts';

/** By line, the lines whose values after the base it can follow, itself included. */
export interface Kinship {
  /** Found when it is first asked for: a large plan has millions of pairs, of which few are looked at. */
  get(line: string): ReadonlySet<string> | undefined;
}

/**
 * Tells for every line what it can follow, whatever formula any of `layers` gives it. What is only read in the base or
 * before is left out: no lever moves it.
 */
export function findKinship(engine: Engine, layers: readonly Scenario[]): Kinship {
  const { plan } = engine;
  const lines = linesById(plan);
  const ahead = countPeriods({ ...plan.periods, last: plan.periods.base });
  const direct = new Map<string, readonly string[]>();
  const readBy = (id: string): readonly string[] => {
    const known = direct.get(id);
    const line = lines.get(id);
    if (known || !line) return known ?? [];
    const read = formulasOf(line, layers).flatMap((text) =>
      (engine.check(id, text).code?.dependencies ?? [])
        .filter(({ last }) => last.kind === 'lag' || last.index >= ahead)
        .flatMap(({ line: place }) => plan.lines[place]?.id ?? []),
    );
    direct.set(id, [...new Set(read)]);
    return read;
  };
  const found = new Map<string, ReadonlySet<string>>();
  return {
    get(line) {
      if (!lines.has(line)) return undefined;
      const kin = found.get(line) ?? reached(line, readBy);
      found.set(line, kin);
      return kin;
    },
  };
}

function reached(start: string, readBy: (id: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...readBy(id));
  }
  return found;
}
