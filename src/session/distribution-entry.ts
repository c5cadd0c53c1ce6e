/** What a person means by a distribution typed into a cell or a lever's box, and where one may stand. */
import { problem, type Problem, type Unit } from '#quantity';
import type { Distribution, Line } from '#plan';
import { parseDistribution, type DistributionProblemCode, type MovesWith } from '#analysis';
import type { Names } from '#formula';

/** What is wrong with a distribution where it was typed. */
export type DistributionEntryProblemCode =
  | DistributionProblemCode
  | 'entry_distribution_percent'
  | 'entry_distribution_line'
  | 'entry_distribution_period'
  | 'entry_distribution_itself'
  | 'entry_distribution_partner';

/** A distribution, or what is wrong with the text; undefined for a text that does not look like one. */
export type DistributionEntry =
  | {
      readonly kind: 'distribution';
      readonly distribution: Distribution;
      readonly movesWith: readonly MovesWith[];
    }
  | { readonly kind: 'refused'; readonly problem: Problem<DistributionEntryProblemCode> };

/** Reads a distribution. In a percent line every number carries its sign: 2 to 6 might be 2 % to 6 % or 200 % to 600 %. */
export function readDistributionEntry(
  text: string,
  unit: Unit,
  names: Pick<Names, 'match'>,
): DistributionEntry | undefined {
  const read = parseDistribution(text, names);
  if (!read.ok)
    return read.problem.code === 'distribution_expected'
      ? undefined
      : { kind: 'refused', problem: read.problem };
  const { distribution, movesWith } = read;
  if (unit.shown > 1 && distribution.kind !== 'history' && !/[%％‰]/.test(text)) {
    const place = { from: 0, to: text.length };
    return { kind: 'refused', problem: problem('entry_distribution_percent', place, { text: text.trim() }) };
  }
  return { kind: 'distribution', distribution, movesWith };
}

/** Says why a line cannot have a distribution, or cannot move together with one of these; undefined where it can. */
export function checkDistribution(
  line: string,
  movesWith: readonly MovesWith[],
  lineOf: (id: string) => Line | undefined,
): Problem<DistributionEntryProblemCode> | undefined {
  if (lineOf(line)?.kind !== 'driver') return problem('entry_distribution_line', { line }, {});
  for (const other of movesWith) {
    if (other.line === line) return problem('entry_distribution_itself', { line }, {});
    if (lineOf(other.line)?.kind !== 'driver')
      return problem('entry_distribution_partner', { line: other.line }, {});
    if (!(Math.abs(other.rank) <= 1))
      return problem('distribution_rank', { line: other.line }, { text: String(other.rank) });
  }
  return undefined;
}
