/** What is known about the risk of targets between two looks at it. */
import type { TargetResult } from '#analysis';

/**
 * Takes over the most influential driver and the risk that were found before, until they are looked for again: while a
 * lever moves, a mark that changes with every picture would tell nothing.
 */
export function withKnownRisk(
  results: readonly TargetResult[],
  before: readonly TargetResult[],
): readonly TargetResult[] {
  return results.map((result, index) => {
    const known = before[index];
    if (known?.mostInfluential === undefined) return result;
    const isAtRisk = known.status === 'atRisk' && result.status === 'met';
    return {
      ...result,
      mostInfluential: known.mostInfluential,
      status: isAtRisk ? 'atRisk' : result.status,
    };
  });
}
