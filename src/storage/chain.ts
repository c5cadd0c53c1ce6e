/**
 * From the records of a plan to the work that they prove.
 *
 * Revisions are the order of records; whether one follows from another its `follows` tells, which names a record and
 * not a number. The work is the newest snapshot that can be read and the records that follow it link by link, so what
 * comes back is always a state that a person has seen, never a mixture:
 * 1. A record that cannot be read, and a hole, end the chain; what follows them is set aside and named.
 * 2. A person who goes on from there writes records that follow the last link, and these are part of the chain again:
 *    a damaged record hides nothing that is written after the opening that named it.
 * 3. Records at or before the snapshot that was read are passed over. They stay until a person removes them, or the work.
 */
import {
  BEGINNING,
  checkJournalRecord,
  checkSnapshotRecord,
  isViewState,
  type JournalRecord,
  type SnapshotRecord,
} from './record.ts';
import type { Turns } from './turns.ts';
import type { JournalEntry, Snapshot, ViewState } from './plan-store.ts';

/** A record as found: its key and whatever lies there. */
export interface FoundRecord {
  readonly revision: number;
  /** Snapshots of a plan are counted; entries have 0. */
  readonly generation: number;
  readonly value: unknown;
}

/** All that is found of a plan; lists by rising key. */
export interface FoundWork {
  readonly plan: string;
  readonly snapshots: readonly FoundRecord[];
  readonly journal: readonly FoundRecord[];
  readonly view: unknown;
}

/** An entry with its place in the journal. */
export interface Link {
  readonly revision: number;
  readonly id: string;
  readonly entry: JournalEntry;
}

/** The work that the records prove, and what is left over. */
export interface Chain {
  readonly snapshot: Snapshot | undefined;
  /** The generation of that snapshot, and one that no snapshot has yet. */
  readonly generation: number;
  readonly nextGeneration: number;
  readonly links: readonly Link[];
  /** The record that the snapshot ends with, and the one that the chain ends with; `BEGINNING` for none. */
  readonly firstId: string;
  readonly lastId: string;
  /** The highest revision given out, readable or not: the next one is one more. */
  readonly head: number;
  readonly view: ViewState | undefined;
  readonly damaged: readonly string[];
  /** Whole entries that do not follow from the chain. */
  readonly unplaced: readonly JournalEntry[];
}

/** Reads the chain out of what was found, in turns. */
export function* readChain({ plan, snapshots, journal, view }: FoundWork): Turns<Chain> {
  const { snapshot, generation, firstId } = yield* newestSnapshot(snapshots);
  const start = snapshot?.revision ?? 0;
  const damaged = snapshots
    .slice(snapshots.findLastIndex((record) => record.generation === generation) + 1)
    .map((record) => `snapshots/${plan}/${record.revision}/${record.generation}`);
  const links: Link[] = [];
  const unplaced: JournalEntry[] = [];
  let lastId = firstId;
  for (const { revision, value } of journal.filter((record) => record.revision > start)) {
    const record = (yield* checkJournalRecord(value)) ? (value as JournalRecord) : undefined;
    if (record?.follows === lastId) {
      links.push({ revision, id: record.id, entry: record.entry });
      lastId = record.id;
    } else {
      damaged.push(`journal/${plan}/${revision}`);
      if (record) unplaced.push(record.entry);
    }
  }
  const isViewRead = isViewState(view);
  if (view !== undefined && !isViewRead) damaged.push(`views/${plan}`);
  return {
    snapshot,
    generation,
    nextGeneration: Math.max(-1, ...snapshots.map((record) => record.generation)) + 1,
    links,
    firstId,
    lastId,
    head: Math.max(snapshots.at(-1)?.revision ?? 0, journal.at(-1)?.revision ?? 0),
    view: isViewRead ? view : undefined,
    damaged,
    unplaced,
  };
}

/** The keys of records that the work has gone on without: they lie below a snapshot, and what they hold is not in it. */
export function* findLeft({ plan, ...found }: FoundWork): Turns<readonly string[]> {
  const left: string[] = [];
  for (let { snapshots, journal } = found; ;) {
    const { snapshot, generation } = yield* newestSnapshot(snapshots);
    if (!snapshot) return left;
    snapshots = snapshots.slice(
      0,
      snapshots.findLastIndex((record) => record.generation === generation),
    );
    journal = journal.filter((record) => record.revision <= snapshot.revision);
    // the work as it was before that snapshot: what did not follow then is what was set aside
    left.push(...(yield* readChain({ plan, snapshots, journal, view: undefined })).damaged);
  }
}

function* newestSnapshot(
  snapshots: readonly FoundRecord[],
): Turns<{ snapshot: Snapshot | undefined; generation: number; firstId: string }> {
  for (const { revision, generation, value } of snapshots.toReversed()) {
    if (!(yield* checkSnapshotRecord(value))) continue;
    const { endsWith, ...content } = value as SnapshotRecord;
    return { snapshot: { revision, ...content }, generation, firstId: endsWith };
  }
  return { snapshot: undefined, generation: -1, firstId: BEGINNING };
}

/**
 * The record that a snapshot of this revision would end with; undefined when it would leave no way to what follows.
 * Possible are the revision of the snapshot before, those of the links, and the head, which is where a person stands
 * who went on past damage.
 */
export function findEnd(chain: Chain, revision: number): string | undefined {
  const link = chain.links.find((one) => one.revision === revision);
  if (link) return link.id;
  if (revision === chain.head) return chain.lastId;
  return revision === (chain.snapshot?.revision ?? 0) ? chain.firstId : undefined;
}
