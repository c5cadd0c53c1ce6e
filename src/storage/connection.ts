/** Opens the browser's database: versions, other tabs in the way, and what the browser says of its health. */
import { openingProblem } from './idb-problem.ts';
import { DATABASE_NAME, DATABASE_VERSION, upgrade } from './upgrade.ts';

/** What a page may be told of a database while it is used. */
export interface StoreEvents {
  /** Other tabs with an older version hold the database; opening goes on when they are closed. */
  readonly blocked?: () => void;
  /** Another tab took the database to upgrade it: this store refuses everything from now on. */
  readonly superseded?: () => void;
}

/** A database and how it was found. */
export interface OpenedDatabase {
  readonly database: IDBDatabase;
  /** The browser says that it found the database damaged and began a new one. Chromium alone says so. */
  readonly isDataLost: boolean;
}

/** Opens the database. A backing store that will not open is asked once more: often the second answer is whole. */
export async function openDatabase(factory: IDBFactory, events: StoreEvents): Promise<OpenedDatabase> {
  for (let isRetry = false; ; isRetry = true) {
    try {
      return await requestDatabase(factory, events);
    } catch (error) {
      const problem = openingProblem(error);
      if (isRetry || problem.code !== 'failed') throw problem;
    }
  }
}

function requestDatabase(factory: IDBFactory, events: StoreEvents): Promise<OpenedDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(DATABASE_NAME, DATABASE_VERSION);
    let isDataLost = false;
    request.addEventListener('upgradeneeded', (event) => {
      isDataLost = 'dataLoss' in event && event.dataLoss === 'total';
      if (request.transaction) upgrade(request.result, request.transaction, event.oldVersion);
    });
    request.addEventListener('blocked', () => events.blocked?.());
    request.addEventListener('success', () => resolve({ database: request.result, isDataLost }));
    request.addEventListener('error', () =>
      reject(request.error ?? new TypeError('opening failed without a reason')),
    );
  });
}
