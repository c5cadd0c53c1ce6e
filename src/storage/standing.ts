/** Where a tab stands in a work: what it may append to, known without asking the database. */

/** When a work began, which tells it from another on the same plan; undefined for none, null for not readable. */
export type Start = number | undefined | null;

/** The record that a work ends with. */
export interface End {
  readonly id: string;
  /** Whether that record is in the database, when that is known. */
  readonly isKept: Promise<boolean>;
}

/** What a tab knows of a work since it opened it. */
export interface Standing {
  readonly startedAt: Start;
  /** By the revisions that the tab stands at, or will stand at when what it has begun is kept. */
  readonly ends: Map<number, End>;
}

/** The standing after an opening. Appends that were begun meanwhile in the same work are not forgotten. */
export function standAt(
  revision: number,
  id: string,
  startedAt: Start,
  former: Standing | undefined,
): Standing {
  const ends = former && former.startedAt === startedAt ? former.ends : new Map<number, End>();
  ends.set(revision, { id, isKept: Promise.resolve(true) });
  return { startedAt, ends };
}

/** Moves on to the revision of an append that has begun; when it fails, back to where it was. */
export function moveOn(standing: Standing, from: number, to: number, id: string, kept: Promise<void>): void {
  const { ends } = standing;
  const end: End = {
    id,
    isKept: kept.then(
      () => true,
      () => false,
    ),
  };
  ends.set(to, end);
  void end.isKept.then((isKept) => {
    if (isKept) ends.delete(from);
    else if (ends.get(to) === end) ends.delete(to);
  });
}

/** Whether a work that is found is not the one that was opened: it was removed, and perhaps begun anew. */
export function isOther(found: Start, opened: Start): boolean {
  return found !== opened && found !== null && opened !== null;
}
