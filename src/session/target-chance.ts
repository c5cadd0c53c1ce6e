/** What a target's probability says about where it stands. */
import type { Target } from '#plan';
import type { TargetProbability, TargetResult } from '#analysis';

/** Finds the probability of a target; what comes from another thread holds copies of targets, so they are compared by what they say. */
export function chanceOf(
  probabilities: readonly TargetProbability[] | undefined,
  { line, period, comparator, value }: Target,
): TargetProbability | undefined {
  return probabilities?.find(
    ({ target }) =>
      target.line === line &&
      target.period === period &&
      target.comparator === comparator &&
      target.value === value,
  );
}

/** A target that is met in fewer samples than the upper of these shares, and in more than the lower, is at risk. */
const AT_RISK = { above: 0.2, below: 0.8 } as const;

/** Marks the targets whose probability lies between 20 % and 80 %; those without a number stay as they are. */
export function withChances(
  results: readonly TargetResult[],
  probabilities: readonly TargetProbability[] | undefined,
): readonly TargetResult[] {
  if (!probabilities) return results;
  return results.map((result) => {
    const share = chanceOf(probabilities, result.target)?.met.share;
    const isOpen = share !== undefined && share >= AT_RISK.above && share <= AT_RISK.below;
    return isOpen && result.status !== 'unknown' ? { ...result, status: 'atRisk' } : result;
  });
}
