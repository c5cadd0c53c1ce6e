/** Which drivers move together in the open scenario, and what it takes to end that. */
import type { PlanSession } from './plan-session.svelte.ts';

/** Two drivers that move together. */
interface PairInUse {
  readonly lines: readonly [string, string];
  /** Rank correlation, −1 to 1. */
  readonly rank: number;
}

/** Lists the pairs of drivers that move together, each once, in the order of the plan. */
export function listPairs(session: PlanSession): readonly PairInUse[] {
  const pairs: PairInUse[] = [];
  const isKnown = (a: string, b: string) => pairs.some(({ lines }) => lines.includes(a) && lines.includes(b));
  for (const { id, kind } of session.plan.lines) {
    if (kind !== 'driver') continue;
    for (const { line: other, rank } of session.distributionOf(id)?.movesWith ?? [])
      if (rank !== 0 && !isKnown(id, other)) pairs.push({ lines: [id, other], rank });
  }
  return pairs;
}

/** Lets two drivers no longer move together: what the open scenario says is taken back, what it inherits is set to none. */
export function endPair(session: PlanSession, [a, b]: readonly [string, string]): void {
  const { scenario, scenarios, plan } = session;
  const says = (all: typeof plan.correlations) =>
    all?.some(({ lines }) => lines.includes(a) && lines.includes(b));
  const isInherited =
    says(plan.correlations) === true ||
    scenarios.some((one) => one.id !== scenario.id && says(one.correlations) === true);
  session.setCorrelation(a, b, isInherited ? 0 : null);
}
