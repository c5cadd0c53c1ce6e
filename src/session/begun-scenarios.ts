/** Scenarios that came from elsewhere, made ready to be begun here as one gesture. There may be very many. */
import { applyPatches, type Patch, type Scenario } from '#plan';
import { toPatches } from '#exchange';

/** A gesture that begins scenarios, and the scenarios that it begins. */
export interface BegunScenarios {
  readonly patches: readonly Patch[];
  readonly scenarios: readonly Scenario[];
}

/** Makes the gesture for scenarios that are not here. It rests after each. */
export function* beginAll(arriving: readonly Scenario[]): Generator<undefined, BegunScenarios> {
  const patches: Patch[] = [];
  const scenarios: Scenario[] = [];
  for (const one of arriving) {
    const own = toPatches(null, one);
    for (const patch of own) patches.push(patch);
    scenarios.push(...applyPatches([], own));
    yield;
  }
  return { patches, scenarios };
}
