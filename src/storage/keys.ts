/** Names of the stores of the database, and the keys under which records lie in them. */

export type StoreName = 'journal' | 'snapshots' | 'views' | 'works' | 'settings' | 'plans' | 'covers';

/** The one key of the settings. */
export const SETTINGS_KEY = 'settings';

/** What an edit writes. */
export const JOURNAL: StoreName[] = ['journal', 'snapshots', 'works'];

/** All that is kept of the work on a plan. */
export const WORK: StoreName[] = [...JOURNAL, 'views'];

/** The plans that are a person's own. */
export const OWN: StoreName[] = ['plans', 'covers'];

/** The keys of a plan's revisions. */
export function revisionsOf(plan: string, from = 0, to = Number.MAX_SAFE_INTEGER): IDBKeyRange {
  return IDBKeyRange.bound([plan, from], [plan, to]);
}
