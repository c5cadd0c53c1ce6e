/** Ids and names for scenarios that a person makes. */
import type { Localized, Scenario } from '#plan';

/**
 * The first free id `trial_1`, `trial_2`, … with a mark behind it, and a name with the same number. The mark tells it from
 * everybody else's scenario of that number.
 */
export function nextScenario(
  taken: readonly Scenario[],
  word: Localized,
  mark: string,
): { id: string; name: Localized } {
  const isTaken = (stem: string) => taken.some(({ id }) => id === stem || id.startsWith(`${stem}_`));
  let number = 1;
  while (isTaken(`trial_${number}`)) number += 1;
  return { id: `trial_${number}${mark}`, name: { zh: `${word.zh} ${number}`, en: `${word.en} ${number}` } };
}
