/** Ids and names for scenarios that a person makes. */
import { TakenNames, type Localized, type Patch, type Scenario } from '#plan';

/**
 * The first id `trial_1`, `trial_2`, … that is free with the name of the same number, and a mark behind it. The mark tells it
 * from everybody else's scenario of that number.
 */
export function nextScenario(
  taken: readonly Scenario[],
  word: Localized,
  mark: string,
): { id: string; name: Localized } {
  const isTaken = (stem: string) => taken.some(({ id }) => id === stem || id.startsWith(`${stem}_`));
  const names = new TakenNames(taken.map(({ name }) => name));
  const nameOf = (number: number) => ({ zh: `${word.zh} ${number}`, en: `${word.en} ${number}` });
  let number = 1;
  while (isTaken(`trial_${number}`) || names.has(nameOf(number))) number += 1;
  return { id: `trial_${number}${mark}`, name: nameOf(number) };
}

/** The name that a scenario would have, were it given this one: with a number where another has it. */
export function freeNameFor(id: string, wanted: Localized, all: readonly Scenario[]): Localized {
  const others = all.filter((one) => one.id !== id);
  return new TakenNames(others.map(({ name }) => name)).free(wanted);
}

/**
 * A gesture in which no scenario that is begun or named anew has the name of another: it has a number behind it. Scenarios
 * that share a name already keep it until they are named anew. The same object where nothing is to be done.
 */
export function withFreeNames(patches: readonly Patch[], all: readonly Scenario[]): readonly Patch[] {
  const heads = patches.flatMap((patch) => (patch.kind === 'scenario' ? [patch] : []));
  const named = heads.filter(({ before, after }) => after && !isSameName(before?.name, after.name));
  if (named.length === 0) return patches;
  const gone = new Set(heads.flatMap(({ before, after }) => (before && !after ? [before.id] : [])));
  const anew = new Set(named.map(({ after }) => after?.id));
  const stay = all.filter(({ id }) => !gone.has(id) && !anew.has(id));
  const taken = new TakenNames(stay.map(({ name }) => name));
  let isNumbered = false;
  const numbered = patches.map((patch): Patch => {
    if (patch.kind !== 'scenario' || !patch.after || !anew.has(patch.after.id)) return patch;
    const name = taken.free(patch.after.name);
    taken.add(name);
    if (name === patch.after.name) return patch;
    isNumbered = true;
    return { ...patch, after: { ...patch.after, name } };
  });
  return isNumbered ? numbered : patches;
}

function isSameName(a: Localized | undefined, b: Localized): boolean {
  return a?.zh === b.zh && a.en === b.en;
}
