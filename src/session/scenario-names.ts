/** Ids and names for scenarios that a person makes. */
import type { Localized, Scenario } from '#plan';

/** The first free id `trial_1`, `trial_2`, … and a name with the same number. */
export function nextScenario(taken: readonly Scenario[], word: Localized): { id: string; name: Localized } {
  const ids = new Set(taken.map((one) => one.id));
  let number = 1;
  while (ids.has(`trial_${number}`)) number += 1;
  return { id: `trial_${number}`, name: { zh: `${word.zh} ${number}`, en: `${word.en} ${number}` } };
}
