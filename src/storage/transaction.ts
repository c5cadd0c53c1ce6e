/** How one transaction of the database is brought to its end, and how that end is told. */
import { EndedWithoutReason, nameOf } from './idb-problem.ts';
import { StorageProblem } from './plan-store.ts';

/** What is asked of a transaction here. */
export interface Running {
  readonly done: Promise<void>;
  readonly error: DOMException | null;
  abort(): void;
  addEventListener(type: 'abort', listener: () => void): void;
}

/** What is asked of its connection. */
export type Closing = Pick<IDBDatabase, 'addEventListener' | 'removeEventListener'>;

/** Does work in a transaction that has begun and waits until it is complete; when it fails, throws why it ended. */
export async function runToEnd<T>(tx: Running, database: Closing, work: () => Promise<T>): Promise<T> {
  const { ended, forget } = watch(tx, database);
  try {
    const [result] = await Promise.all([work(), ended]);
    return result;
  } catch (error) {
    abort(tx);
    // A request that fails is often the echo of something larger: why the transaction ended is known at its end.
    const reason: unknown = await ended.catch((why: unknown) => why);
    throw error instanceof StorageProblem || reason instanceof EndedWithoutReason ? error : (reason ?? error);
  } finally {
    forget();
  }
}

/** Waits for a transaction's end, or for that of its connection, after which some browsers say nothing more. */
function watch(tx: Running, database: Closing) {
  let onClose = (): void => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    onClose = () => reject(new EndedWithoutReason());
    database.addEventListener('close', onClose);
    tx.addEventListener('abort', () => reject(tx.error ?? new EndedWithoutReason()));
    // That it failed `done` says before the reason is known; the listener above waits for the reason.
    tx.done.then(resolve, () => undefined);
  });
  return { ended, forget: () => database.removeEventListener('close', onClose) };
}

function abort(tx: Running): void {
  try {
    tx.abort();
  } catch (error) {
    // It has ended already, or is committed and ends by itself.
    if (nameOf(error) !== 'InvalidStateError') throw error;
  }
}
