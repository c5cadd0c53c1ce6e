/** An import beside what is present: arriving scenarios under ids and names that nobody has yet. */
import { TakenNames, type Scenario } from '#plan';
import type { Import } from '../document/place-import.ts';
import { basesOf, printScenario, withBases } from '../document/exchange-document.ts';

/** Scenarios to add, bases before what builds on them. */
export interface Addition {
  readonly scenarios: readonly Scenario[];
  /** Where the scenario that was meant stands now; undefined when the import names none. */
  readonly opened: string | undefined;
}

/**
 * Prepares the scenarios of an import for adding. One that is present already, word for word and on the same bases, is not
 * added again; every other one gets a free id and, where its name is taken, a number behind it. What builds on it follows.
 */
export function toAddition(arrived: Import, present: readonly Scenario[]): Addition {
  const { periods } = arrived.plan;
  // an arriving scenario may build on one that the plan ships
  const all = [...arrived.plan.scenarios, ...arrived.scenarios];
  const wanted = arrived.scenario === undefined ? arrived.scenarios : withBases(arrived.scenario, all);
  const known = new Map(present.map((one) => [one.id, one]));
  const ids = new Map<string, string>();
  const takenIds = new Set([...present, ...arrived.plan.scenarios].map(({ id }) => id));
  const takenNames = new TakenNames(present.map(({ name }) => name));
  const added: Scenario[] = [];
  for (const one of basesFirst(wanted)) {
    const moved = withBasesNamed(one, ids);
    const same = known.get(one.id);
    if (same && printScenario(same, periods) === printScenario(moved, periods)) {
      ids.set(one.id, one.id);
      continue;
    }
    const id = freeId(one.id, takenIds);
    const name = takenNames.free(one.name);
    ids.set(one.id, id);
    takenIds.add(id);
    takenNames.add(name);
    added.push({ ...moved, id, name });
  }
  return { scenarios: added, opened: arrived.scenario === undefined ? undefined : ids.get(arrived.scenario) };
}

/** Orders scenarios so that each stands behind all that it builds on. They do not go in a circle: reading refuses that. */
function basesFirst(scenarios: readonly Scenario[]): Scenario[] {
  const waiting = new Map(scenarios.map((one) => [one.id, one]));
  const ordered: Scenario[] = [];
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter((one) => !basesOf(one).some((id) => waiting.has(id)));
    if (ready.length === 0) throw new Error('scenarios in a circle');
    for (const one of ready) waiting.delete(one.id);
    ordered.push(...ready);
  }
  return ordered;
}

/** The scenario with what it builds on under its present ids. */
function withBasesNamed(scenario: Scenario, ids: ReadonlyMap<string, string>): Scenario {
  const { basedOn, stack, ...rest } = scenario;
  const named = (id: string) => ids.get(id) ?? id;
  return {
    ...rest,
    ...(basedOn !== undefined && { basedOn: named(basedOn) }),
    ...(stack && { stack: stack.map(named) }),
  };
}

/** Longest id that a plan takes. */
const MAX_ID = 64;

function freeId(wanted: string, taken: ReadonlySet<string>): string {
  let id = wanted;
  for (let number = 2; taken.has(id); number += 1) {
    const tail = `_${number}`;
    id = wanted.slice(0, MAX_ID - tail.length) + tail;
  }
  return id;
}
