/** Names of the stores of the database, and the keys under which records lie in them. */

export type StoreName =
  | 'journal'
  | 'snapshots'
  | 'views'
  | 'works'
  | 'settings'
  | 'plans'
  | 'covers'
  | 'lessons'
  | 'versions'
  | 'version_contents';

/** The one key of the settings. */
export const SETTINGS_KEY = 'settings';

/** What an edit writes. */
export const JOURNAL: StoreName[] = ['journal', 'snapshots', 'works'];

/** All that is kept of the work on a plan. */
export const WORK: StoreName[] = [...JOURNAL, 'views'];

/** The plans that are a person's own. */
export const OWN: StoreName[] = ['plans', 'covers'];

/** Where named versions lie, under their plan and id. */
export const VERSIONS: StoreName[] = ['versions', 'version_contents'];

/** All that is kept under a plan. */
export const ALL: StoreName[] = [...OWN, ...WORK, 'lessons', ...VERSIONS];

/** The keys of a plan's revisions, with those of their parts. */
export function revisionsOf(plan: string, from = 0, to = Number.MAX_SAFE_INTEGER): IDBKeyRange {
  return IDBKeyRange.bound([plan, from], [plan, to, AFTER_ALL]);
}

/** A list comes after every number and text. */
const AFTER_ALL: IDBValidKey[] = [];

/** The key of a part of a record, from 1. */
export function partKey(record: IDBValidKey, part: number): IDBValidKey[] {
  return [...(Array.isArray(record) ? record : [record]), part];
}

/** The keys of a record and of all its parts. One that is a text alone is not in it, its parts are. */
export function withParts(record: readonly IDBValidKey[]): IDBKeyRange {
  return IDBKeyRange.bound([...record], [...record, AFTER_ALL]);
}
