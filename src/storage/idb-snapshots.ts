/** Snapshots in the database: the journal drawn together, and a work that goes on from a state. Inside a transaction. */
import { findEnd } from './chain.ts';
import { addRecord, readHead, readStart, readWork } from './idb-requests.ts';
import { withParts } from './keys.ts';
import { StorageProblem, type Snapshot } from './plan-store.ts';
import { checkSnapshotRecord, toSnapshotRecord, type SnapshotRecord } from './record.ts';
import { isOther, type Start } from './standing.ts';

function add(
  tx: IDBTransaction,
  key: [plan: string, revision: number, generation: number],
  record: SnapshotRecord,
): Promise<void> {
  return addRecord(tx, 'snapshots', key, record, { check: checkSnapshotRecord(record), what: 'snapshot' });
}

/** Puts a snapshot of a work that was begun at `start` and drops what it contains. */
export async function drawTogether(
  tx: IDBTransaction,
  plan: string,
  snapshot: Snapshot,
  start: Start,
): Promise<void> {
  const { revision } = snapshot;
  const [chain, startedAt] = await Promise.all([readWork(tx, plan), readStart(tx, plan)]);
  const endsWith = findEnd(chain, revision);
  if (endsWith === undefined || isOther(startedAt, start)) throw new StorageProblem('stale_revision');
  await add(tx, [plan, revision, chain.nextGeneration], toSnapshotRecord(snapshot, endsWith));
  const [snapshots, journal] = [tx.objectStore('snapshots'), tx.objectStore('journal')];
  if (chain.snapshot) snapshots.delete(withParts([plan, chain.snapshot.revision, chain.generation]));
  for (const link of chain.links)
    if (link.revision <= revision) journal.delete(withParts([plan, link.revision]));
}

/** Puts a state that nothing leads to, above all revisions that were given out. */
export async function goOnFrom(
  tx: IDBTransaction,
  plan: string,
  record: SnapshotRecord,
  revision: number,
): Promise<void> {
  const [chain, head] = await Promise.all([readWork(tx, plan), readHead(tx, plan)]);
  if (revision <= head) throw new StorageProblem('stale_revision');
  await add(tx, [plan, revision, chain.nextGeneration], record);
}
