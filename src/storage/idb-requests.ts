/** Requests to the database as promises, and records read and written in a transaction, heavy ones part by part. */
import { readChain, type Chain, type FoundRecord } from './chain.ts';
import { partKey, revisionsOf, withParts, type StoreName } from './keys.ts';
import { cutRecord, isCutRecord, joinRecord } from './parts.ts';
import type { StoredSummary } from './plan-store.ts';
import { demand, toWorkRecord } from './record.ts';
import type { Start } from './standing.ts';
import { inTurns, type Turns } from './turns.ts';

/** The answer of a request; that it fails ends the transaction. */
export function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(failureOf(request)));
  });
}

/** The answer of a request whose failure must not end the transaction. */
export function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', (event) => {
      event.preventDefault();
      event.stopPropagation();
      reject(failureOf(request));
    });
  });
}

function failureOf(request: IDBRequest): DOMException | TypeError {
  return request.error ?? new TypeError('a request failed without a reason');
}

/** Asks for a record whose loss must not end the transaction: gives `instead` when the browser cannot bring it. */
export function tolerate<T, I>(request: IDBRequest<T>, instead: I): Promise<T | I> {
  return answered(request).catch(() => instead);
}

/** Works turn by turn inside a transaction, which ends where nothing is asked of it: between two turns it is asked for a key. */
export function workIn<T>(tx: IDBTransaction, work: Turns<T>): Promise<T> {
  const [name = ''] = tx.objectStoreNames;
  return inTurns(work, () => answerOf(tx.objectStore(name).getKey(0)));
}

/** Adds a record that may be heavy, unless the check tells that it could not be read again. */
export async function addRecord(
  tx: IDBTransaction,
  name: StoreName,
  key: IDBValidKey,
  record: object,
  { check, what }: { readonly check: Turns<boolean>; readonly what: string },
): Promise<void> {
  const store = tx.objectStore(name);
  demand(await workIn(tx, check), what);
  const { whole, parts } = await workIn(tx, cutRecord(record));
  await answerOf(store.add(parts.length === 0 ? whole : { whole, parts: parts.length }, key));
  for (const [index, part] of parts.entries()) await answerOf(store.add(part, partKey(key, index + 1)));
}

/** Brings a record with all its parts by its key; undefined where there is none, or a part is missing. */
export async function readRecord(
  tx: IDBTransaction,
  name: StoreName,
  key: string | readonly string[],
): Promise<unknown> {
  const store = tx.objectStore(name);
  const steps = typeof key === 'string' ? [key] : [...key];
  const found: unknown = await answerOf(store.get(typeof key === 'string' ? key : steps));
  if (!isCutRecord(found)) return found;
  const all = await answerOf(store.getAllKeys(withParts(steps)));
  // the record itself lies among its parts where its key is a list
  const keys = all.filter((one) => Array.isArray(one) && one.length > steps.length);
  return workIn(tx, joinRecord(found, await oneByOne(store, keys)));
}

/** Each in a task of its own: what comes together is read together. */
async function oneByOne(store: IDBObjectStore, keys: readonly IDBValidKey[]): Promise<unknown[]> {
  const values: unknown[] = [];
  for (const key of keys) values.push(await tolerate(store.get(key), undefined));
  return values;
}

/** All records of a plan in a store. When they do not come together, they are asked for one by one. */
export async function readAll(
  tx: IDBTransaction,
  name: 'journal' | 'snapshots',
  range: IDBKeyRange,
): Promise<FoundRecord[]> {
  const store = tx.objectStore(name);
  const keys = (await answerOf(store.getAllKeys(range))) as (string | number)[][];
  const length = name === 'journal' ? 2 : 3;
  const isWhole = (key: readonly unknown[]) => key.length === length;
  const together = keys.every(isWhole) ? await tolerate(store.getAll(range), undefined) : undefined;
  const values: readonly unknown[] = together ?? (await oneByOne(store, keys));
  const found: { key: (string | number)[]; value: unknown; parts: unknown[] }[] = [];
  for (const [index, key] of keys.entries()) {
    const last = found.at(-1);
    if (isWhole(key)) found.push({ key, value: values[index], parts: [] });
    else if (last?.key.every((one, at) => one === key[at])) last.parts.push(values[index]);
    // a part whose record is gone: the revision was given out, and cannot be read
    else found.push({ key: key.slice(0, length), value: undefined, parts: [] });
  }
  return workIn(tx, joinAll(found));
}

function* joinAll(
  found: readonly { key: readonly (string | number)[]; value: unknown; parts: readonly unknown[] }[],
): Turns<FoundRecord[]> {
  const records: FoundRecord[] = [];
  for (const { key, value, parts } of found) {
    const [, revision, generation = 0] = key as [string, number, number?];
    const joined = isCutRecord(value) ? yield* joinRecord(value, parts) : value;
    records.push({ revision, generation, value: joined });
  }
  return records;
}

/** The work on a plan, as far as its records prove it. */
export async function readWork(tx: IDBTransaction, plan: string): Promise<Chain> {
  const [snapshots, journal, view] = await Promise.all([
    readAll(tx, 'snapshots', revisionsOf(plan)),
    readAll(tx, 'journal', revisionsOf(plan)),
    tolerate<unknown, null>(tx.objectStore('views').get(plan), null),
  ]);
  return workIn(tx, readChain({ plan, snapshots, journal, view }));
}

/** All works, the one that was opened last first. */
export async function readSummaries(tx: IDBTransaction): Promise<readonly StoredSummary[]> {
  const works = tx.objectStore('works');
  const plans = (await answerOf(works.getAllKeys())) as string[];
  const summaries = await Promise.all(
    plans.map(async (plan) => {
      const [revision, work] = await Promise.all([
        readHead(tx, plan),
        tolerate<unknown, null>(works.get(plan), null),
      ]);
      return { plan, revision, openedAt: toWorkRecord(work).openedAt ?? 0 };
    }),
  );
  return summaries.sort((a, b) => b.openedAt - a.openedAt || (a.plan < b.plan ? -1 : 1));
}

/** The highest revision that was given out, read from keys alone. */
export async function readHead(tx: IDBTransaction, plan: string): Promise<number> {
  const heads = await Promise.all(
    (['journal', 'snapshots'] as const).map((name) =>
      answerOf(tx.objectStore(name).openKeyCursor(revisionsOf(plan), 'prev')),
    ),
  );
  return Math.max(...heads.map((cursor) => (cursor ? (cursor.key as [string, number])[1] : 0)));
}

/** When the work began; undefined when there is none, null when that cannot be read. */
export async function readStart(tx: IDBTransaction, plan: string): Promise<Start> {
  const work = await tolerate<unknown, null>(tx.objectStore('works').get(plan), null);
  return work === undefined ? undefined : (toWorkRecord(work).startedAt ?? null);
}
