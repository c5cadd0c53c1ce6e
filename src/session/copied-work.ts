/** What leaves the program of works that are not open: safety copies and backups. */
import { writeBundle } from '#exchange';
import type { Plan, Scenario } from '#plan';

/** Writes a plan with the person's own scenarios as a bundle. */
export function bundleOfWork({
  plan,
  scenarios,
}: {
  readonly plan: Plan;
  readonly scenarios: readonly Scenario[];
}): Uint8Array<ArrayBuffer> {
  return writeBundle(plan, [...plan.scenarios, ...scenarios]);
}
