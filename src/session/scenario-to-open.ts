/** Which scenario is opened. */
import type { Scenario } from '#plan';

/** The scenario of an id; the first where it is not there, an empty one where there is none. */
export function scenarioToOpen(all: readonly Scenario[], id: string | undefined): Scenario {
  return all.find((one) => one.id === id) ?? all[0] ?? { id: 'plan', name: { zh: '规划', en: 'Plan' } };
}
