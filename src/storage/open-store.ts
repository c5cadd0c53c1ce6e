/** Opens the best store that this browser gives, and says what it is. */
import type { StoreEvents } from './connection.ts';
import { openIdbStore } from './idb-store.ts';
import { buildMemoryStore } from './memory-store.ts';
import { StorageProblem, type PlanStore } from './plan-store.ts';

/** A store, and what a person must be told of it. */
export interface OpenedStore {
  readonly store: PlanStore;
  /** Why the store is in memory and keeps nothing; undefined when it is the database. */
  readonly problem: StorageProblem | undefined;
  /**
   * The browser says that it found its database damaged and began an empty one. Only Chromium says so: false is no
   * proof that nothing was lost.
   */
  readonly isDataLost: boolean;
}

/**
 * Opens the browser's database, or a store in memory together with the reason: the app starts either way. What lies
 * in a database that cannot be opened stays there untouched.
 */
export async function openStore(
  events: StoreEvents = {},
  findFactory: () => IDBFactory | undefined = () => globalThis.indexedDB,
): Promise<OpenedStore> {
  try {
    const { store, isDataLost } = await openIdbStore(getFactory(findFactory), events);
    return { store, problem: undefined, isDataLost };
  } catch (error) {
    const problem = error instanceof StorageProblem ? error : new StorageProblem('failed', error);
    return { store: buildMemoryStore(), problem, isDataLost: false };
  }
}

function getFactory(find: () => IDBFactory | undefined): IDBFactory {
  try {
    const factory = find();
    if (factory) return factory;
  } catch (error) {
    // Where cookies are blocked, some browsers throw at the mere mention of the database.
    throw new StorageProblem('unavailable', error);
  }
  throw new StorageProblem('unavailable');
}
