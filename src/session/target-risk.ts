/** What is known about the targets between two looks at them. */
import { isSameValue } from '#quantity';
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

/** The results, each the same object as before where it says the same, so that nobody looks at it again. */
export function keptWhereSame(
  results: readonly TargetResult[],
  before: readonly TargetResult[],
): readonly TargetResult[] {
  return results.map((result, index) => {
    const known = before[index];
    return known && isSame(result, known) ? known : result;
  });
}

function isSame(a: TargetResult, b: TargetResult): boolean {
  return (
    a.target === b.target &&
    isSameValue(a.projected, b.projected) &&
    a.status === b.status &&
    a.gap === b.gap &&
    a.requiredGrowth === b.requiredGrowth &&
    a.requiredChange === b.requiredChange &&
    a.lastActual === b.lastActual &&
    a.reached === b.reached &&
    a.mostInfluential === b.mostInfluential
  );
}
