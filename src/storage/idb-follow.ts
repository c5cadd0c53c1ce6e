/** What other tabs have added to a work, read from the database inside a transaction. */
import type { FoundRecord } from './chain.ts';
import { readAll, readHead, readStart, readWork, workIn } from './idb-requests.ts';
import { revisionsOf } from './keys.ts';
import type { Followed } from './plan-store.ts';
import { checkJournalRecord, type JournalRecord } from './record.ts';
import { isOther, type Start } from './standing.ts';
import type { Turns } from './turns.ts';

/** What was read, and where the work ends with it. */
export interface FoundSince {
  readonly followed: Followed;
  readonly lastId: string;
  readonly startedAt: Start;
}

/** Where a tab stands: a revision, the record of it where that is known, and when its work began. */
interface Place {
  readonly revision: number;
  readonly id: string | undefined;
  readonly start: Start;
}

/** Reads what follows the place of a tab. Where the way from there is not whole, all of the work. */
export async function readSince(tx: IDBTransaction, plan: string, from: Place): Promise<FoundSince> {
  const [startedAt, head, found] = await Promise.all([
    readStart(tx, plan),
    readHead(tx, plan),
    readAll(tx, 'journal', revisionsOf(plan, from.revision + 1)),
  ]);
  const records = from.id === undefined ? undefined : await workIn(tx, linked(found, from.id));
  const reached = found.at(-1)?.revision ?? from.revision;
  if (records && reached === head && startedAt !== undefined && !isOther(startedAt, from.start)) {
    const entries = records.map((record) => record.entry);
    const followed = { isWhole: false, snapshot: undefined, entries, revision: head };
    return { followed, lastId: records.at(-1)?.id ?? from.id ?? '', startedAt };
  }
  const { snapshot, links, head: last, lastId } = await readWork(tx, plan);
  const entries = links.map((link) => link.entry);
  return { followed: { isWhole: true, snapshot, entries, revision: last }, lastId, startedAt };
}

/** The records that follow one, each the one before; undefined where one does not. */
function* linked(found: readonly FoundRecord[], id: string): Turns<readonly JournalRecord[] | undefined> {
  const records: JournalRecord[] = [];
  for (const { value } of found) {
    if (!(yield* checkJournalRecord(value))) return undefined;
    const record = value as JournalRecord;
    if (record.follows !== (records.at(-1)?.id ?? id)) return undefined;
    records.push(record);
  }
  return records;
}
