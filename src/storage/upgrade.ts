/**
 * The database's versions as numbered steps.
 *
 * A version is never edited once it was released: a change is a new step at the end. Steps only add, so that an older
 * program can be put back; a step that would change records writes them anew and leaves the old ones.
 */

/** The name that all versions of the app share. */
export const DATABASE_NAME = 'tuiyan';

type Step = (database: IDBDatabase, transaction: IDBTransaction) => void;

/** Step n leads from version n to version n + 1. */
const STEPS: readonly Step[] = [
  (database) => {
    // Keys stand outside the records, so that a record can be named whatever its content has become.
    for (const store of ['journal', 'snapshots', 'views', 'works', 'settings'])
      database.createObjectStore(store);
  },
  (database) => {
    // plans of a person's own, and what a list shows of each
    for (const store of ['plans', 'covers']) database.createObjectStore(store);
  },
  (database) => {
    // lessons that a person brought or wrote
    database.createObjectStore('lessons');
  },
  (database) => {
    // states of a work that a person has named, and what is told of each
    for (const store of ['versions', 'version_contents']) database.createObjectStore(store);
  },
];

/** The version that this program reads and writes. */
export const DATABASE_VERSION = STEPS.length;

/** Brings a database from a version to another (default: this program's), inside the transaction of the opening. */
export function upgrade(
  database: IDBDatabase,
  transaction: IDBTransaction,
  from: number,
  to = DATABASE_VERSION,
): void {
  for (const step of STEPS.slice(from, to)) step(database, transaction);
}
