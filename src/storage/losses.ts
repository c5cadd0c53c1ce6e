/** What a browser has lost of a person's work: the marks and copies outside of the database, beside what is in it. Pure. */
import type { Localized } from '#plan';
import type { Mark } from './canary.ts';
import type { FoundCopy } from './opfs-copies.ts';
import type { PlanCover, StoredSummary } from './plan-store.ts';

/** A work of which something is missing. */
export interface Loss {
  readonly plan: string;
  /** The title of a plan that is the person's own, where it is known. */
  readonly own?: Localized;
  /** The revision that is in the database; 0 for nothing. */
  readonly found: number;
  /** The revision that the work had come to, as far as it is known. */
  readonly known: number;
  /** When that was kept; undefined where no mark tells. */
  readonly at: number | undefined;
  /** The copies of the work, the furthest first. */
  readonly copies: readonly FoundCopy[];
}

/** What is in the database, and what is known outside of it. */
export interface Standings {
  readonly marks: ReadonlyMap<string, Mark>;
  readonly copies: readonly FoundCopy[];
  readonly summaries: readonly StoredSummary[];
  readonly covers: readonly PlanCover[];
}

/** Finds the works of which the database has less than is known outside of it, by plan. Order is that of revisions, never of time. */
export function findLosses({ marks, copies, summaries, covers }: Standings): readonly Loss[] {
  const plans = [...new Set([...marks.keys(), ...copies.map((one) => one.plan)])].sort();
  return plans.flatMap((plan): readonly Loss[] => {
    const mark = marks.get(plan);
    if (mark?.isLetGo) return [];
    const own = copies.filter((one) => one.plan === plan);
    const furthest = own[0];
    const found = summaries.find((one) => one.plan === plan)?.revision ?? 0;
    const title = mark?.own ?? furthest?.own;
    const isGone = title !== undefined && !covers.some((one) => one.id === plan);
    const known = Math.max(mark?.revision ?? 0, furthest?.revision ?? 0);
    if (!isGone && known <= found) return [];
    return [{ plan, ...(title && { own: title }), found, known, at: mark?.at, copies: own }];
  });
}
