/** Which lines of a plan can move which: what a question about chosen lines may be about. */
import { countPeriods, type Scenario } from '#plan';
import type { Engine } from '#engine';
import { formulasOf } from '../difference/focus.ts';

/** By line, the lines whose values after the base it can follow, itself included. */
export type Kinship = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Finds for every line what it can follow, whatever formula any of `layers` gives it. What is only read in the base or
 * before is left out: no lever moves it.
 */
export function findKinship(engine: Engine, layers: readonly Scenario[]): Kinship {
  const { plan } = engine;
  const ahead = countPeriods({ ...plan.periods, last: plan.periods.base });
  const direct = new Map(
    plan.lines.map((line) => {
      const read = formulasOf(line, layers).flatMap((text) =>
        (engine.check(line.id, text).code?.dependencies ?? [])
          .filter(({ last }) => last.kind === 'lag' || last.index >= ahead)
          .flatMap(({ line: place }) => plan.lines[place]?.id ?? []),
      );
      return [line.id, [...new Set(read)]] as const;
    }),
  );
  return new Map(plan.lines.map(({ id }) => [id, reached(id, direct)]));
}

function reached(start: string, direct: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(direct.get(id) ?? []));
  }
  return found;
}
