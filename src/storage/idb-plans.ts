/** The plans that are a person's own, as they lie in the database: documents, and beside each what a list shows of it. */
import { NO_HISTORY, type Plan, type Scenario } from '#plan';
import { addRecord, answered, answerOf } from './idb-requests.ts';
import { revisionsOf, withParts } from './keys.ts';
import type { PlanCover } from './plan-store.ts';
import {
  BEGINNING,
  checkPlan,
  checkSnapshotRecord,
  coverOf,
  isPlanCover,
  type SnapshotRecord,
  type WorkRecord,
} from './record.ts';

/** When a work was opened, and when it was begun where that was earlier. */
export function toWork(openedAt: number, startedAt = openedAt): WorkRecord {
  return { startedAt, openedAt };
}

/** Adds a plan of a person's own, with the work that begins with it. */
export async function addPlan(
  tx: IDBTransaction,
  plan: Plan,
  scenarios: readonly Scenario[],
  work: WorkRecord,
): Promise<void> {
  await Promise.all([
    answerOf(tx.objectStore('covers').put(coverOf(plan), plan.id)),
    answerOf(tx.objectStore('works').put(work, plan.id)),
  ]);
  await addRecord(tx, 'plans', plan.id, plan, { check: checkPlan(plan), what: 'plan' });
  // nobody has begun a scenario
  if (scenarios.length === 0) return;
  const first: SnapshotRecord = { endsWith: BEGINNING, scenarios, history: NO_HISTORY };
  const demanded = { check: checkSnapshotRecord(first), what: 'scenarios of a plan' };
  await addRecord(tx, 'snapshots', [plan.id, 0, 0], first, demanded);
}

/** Deletes all that is kept of a plan. */
export async function removeAll(tx: IDBTransaction, plan: string): Promise<void> {
  const revised = ['journal', 'snapshots'] as const;
  const single = ['plans', 'covers', 'views', 'works'] as const;
  const below = ['plans', 'lessons', 'versions', 'version_contents'] as const;
  await Promise.all([
    ...revised.map((name) => answerOf(tx.objectStore(name).delete(revisionsOf(plan)))),
    ...single.map((name) => answerOf(tx.objectStore(name).delete(plan))),
    ...below.map((name) => answerOf(tx.objectStore(name).delete(withParts([plan])))),
  ]);
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
