/** The plans that are a person's own, as they lie in the database: documents, and beside each what a list shows of it. */
import { NO_HISTORY, type Scenario } from '#plan';
import { answered } from './idb-requests.ts';
import type { PlanCover } from './plan-store.ts';
import { BEGINNING, isPlanCover, type SnapshotRecord } from './record.ts';

/** The work that a plan begins with; undefined where nobody has begun a scenario. */
export function firstSnapshot(scenarios: readonly Scenario[]): SnapshotRecord | undefined {
  return scenarios.length === 0 ? undefined : { endsWith: BEGINNING, scenarios, history: NO_HISTORY };
}

/** The covers of all plans, by id. A cover that cannot be read hides no other. */
export async function readCovers(covers: IDBObjectStore): Promise<readonly PlanCover[]> {
  const keys = await answered(covers.getAllKeys());
  const found = await Promise.all(
    keys.map((key) => answered<unknown>(covers.get(key)).catch(lostUnlessEnded)),
  );
  return found.flatMap((cover, index) => {
    const id = keys[index];
    if (typeof id !== 'string') return [];
    // a plan whose cover is lost is listed by its id, so that it can still be opened
    return [isPlanCover(cover) ? { ...cover, id } : { id }];
  });
}

/** A record that cannot be brought is lost, and shown as such; that the whole transaction has ended is another matter. */
function lostUnlessEnded(error: unknown): null {
  if (error instanceof DOMException && error.name === 'AbortError') throw error;
  return null;
}
