/** States of a work that a person has named, as they lie in the database: what is told of each, and what it holds. */
import { NO_HISTORY } from '#plan';
import { addRecord, answerOf, readRecord, tolerate } from './idb-requests.ts';
import { withParts } from './keys.ts';
import type { NamedVersion, VersionContent } from './plan-store.ts';
import { BEGINNING, checkSnapshotRecord, demand, type SnapshotRecord } from './record.ts';
import { atOnce, type Turns } from './turns.ts';

type Told = Omit<NamedVersion, 'id'>;

function toRecord({ scenarios, plan }: VersionContent): SnapshotRecord {
  return { endsWith: BEGINNING, history: NO_HISTORY, scenarios, ...(plan && { plan }) };
}

function checkContent(record: unknown): Turns<boolean> {
  return checkSnapshotRecord(record);
}

function isTold(value: unknown): value is Told {
  const { name, at, revision } = (value ?? {}) as Partial<Record<keyof Told, unknown>>;
  return typeof name === 'string' && Number.isFinite(at) && Number.isSafeInteger(revision);
}

/** Refuses a version that could not be read again. */
export function demandVersion({ id, ...told }: NamedVersion, content: VersionContent): void {
  demand(typeof id === 'string' && isTold(told) && atOnce(checkContent(toRecord(content))), 'version');
}

/** Puts a version in the place of one of its id. */
export async function putVersion(
  tx: IDBTransaction,
  plan: string,
  { id, name, at, revision }: NamedVersion,
  content: VersionContent,
): Promise<void> {
  await dropVersion(tx, plan, id);
  await answerOf(tx.objectStore('versions').put({ name, at, revision }, [plan, id]));
  const record = toRecord(content);
  const demanded = { check: checkContent(record), what: 'version' };
  await addRecord(tx, 'version_contents', [plan, id], record, demanded);
}

/** What is told of the versions of a plan, the furthest first. One that cannot be read hides no other. */
export async function listVersions(tx: IDBTransaction, plan: string): Promise<readonly NamedVersion[]> {
  const store = tx.objectStore('versions');
  const keys = await answerOf(store.getAllKeys(withParts([plan])));
  const found = await Promise.all(keys.map((key) => tolerate<unknown, null>(store.get(key), null)));
  return keys
    .flatMap((key, index) => {
      const [, id] = Array.isArray(key) ? key : [];
      const told = found[index];
      return typeof id === 'string' && isTold(told) ? [{ id, ...told }] : [];
    })
    .sort((a, b) => b.revision - a.revision || b.at - a.at);
}

/** What a version holds; undefined where it is gone or cannot be read. */
export async function readVersion(
  tx: IDBTransaction,
  plan: string,
  id: string,
): Promise<VersionContent | undefined> {
  const found = await readRecord(tx, 'version_contents', [plan, id]);
  if (!atOnce(checkContent(found))) return undefined;
  const { scenarios, plan: edited } = found as SnapshotRecord;
  return { scenarios, ...(edited && { plan: edited }) };
}

/** Deletes a version. */
export async function dropVersion(tx: IDBTransaction, plan: string, id: string): Promise<void> {
  await Promise.all([
    answerOf(tx.objectStore('versions').delete([plan, id])),
    answerOf(tx.objectStore('version_contents').delete(withParts([plan, id]))),
  ]);
}
