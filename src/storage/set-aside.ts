/** The records of a plan as they lie in the database, for a person who wants to keep what the program cannot read or use. */
import { findLeft } from './chain.ts';
import { answerOf, readAll, readWork, tolerate, workIn } from './idb-requests.ts';
import { ALL, revisionsOf, withParts, type StoreName } from './keys.ts';

/** change: an entry of the journal · state: a snapshot · view: what was looked at last · other: a plan, a lesson, a version. */
type RecordKind = 'change' | 'state' | 'view' | 'other';

/** A record, whatever lies there. */
export interface RawRecord {
  /** Its key, as `StoredWork.damaged` has it. */
  readonly name: string;
  readonly kind: RecordKind;
  /** The revision of a change or a state; 0 of all else. */
  readonly revision: number;
  /** Whatever lies there, with its parts behind it; undefined where the browser does not bring it. */
  readonly content: readonly unknown[] | undefined;
}

/** set-aside: what `open` names as damaged · left: what the work has gone on without since · all: everything under a plan. */
export type RecordChoice = 'set-aside' | 'left' | 'all';

/** What is told of the records of each store, and how many numbers of their keys stand behind the plan. */
const STORES: Readonly<Record<string, { readonly kind: RecordKind; readonly numbers: number }>> = {
  journal: { kind: 'change', numbers: 1 },
  snapshots: { kind: 'state', numbers: 2 },
  views: { kind: 'view', numbers: 0 },
};

/** Brings records of a plan. */
export async function readRecords(
  tx: IDBTransaction,
  plan: string,
  which: RecordChoice,
): Promise<readonly RawRecord[]> {
  if (which === 'all') return readEverything(tx, plan);
  const names = which === 'left' ? await namesLeft(tx, plan) : (await readWork(tx, plan)).damaged;
  const found: RawRecord[] = [];
  for (const name of names) {
    const { store, kind, numbers } = keyOf(name);
    const range = numbers.length === 0 ? IDBKeyRange.only(plan) : withParts([plan, ...numbers]);
    const content = await bring(tx.objectStore(store), range);
    found.push({ name, kind, revision: numbers[0] ?? 0, content });
  }
  return found;
}

/** Deletes the records that the work has gone on without. */
export async function removeLeft(tx: IDBTransaction, plan: string): Promise<void> {
  for (const name of await namesLeft(tx, plan)) {
    const { store, numbers } = keyOf(name);
    await answerOf(tx.objectStore(store).delete(withParts([plan, ...numbers])));
  }
}

async function namesLeft(tx: IDBTransaction, plan: string): Promise<readonly string[]> {
  const range = revisionsOf(plan);
  const [states, changes] = (await Promise.all(
    (['snapshots', 'journal'] as const).map((name) => answerOf(tx.objectStore(name).getAllKeys(range))),
  )) as [IDBValidKey[][], IDBValidKey[][]];
  const [first, ...others] = states.filter((key) => key.length === KEY_OF_STATE);
  // as it is where nothing was ever damaged: one state at most, and changes after it
  const isPlain =
    !first || (others.length === 0 && !changes.some(([, at]) => Number(at) <= Number(first[1])));
  if (isPlain) return [];
  const [snapshots, journal] = await Promise.all([
    readAll(tx, 'snapshots', range),
    readAll(tx, 'journal', range),
  ]);
  return workIn(tx, findLeft({ plan, snapshots, journal, view: undefined }));
}

/** The plan, its revision and its generation. */
const KEY_OF_STATE = 3;

async function readEverything(tx: IDBTransaction, plan: string): Promise<readonly RawRecord[]> {
  const found: RawRecord[] = [];
  for (const store of ALL) {
    for (const range of [IDBKeyRange.only(plan), withParts([plan])]) {
      for (const key of await answerOf(tx.objectStore(store).getAllKeys(range))) {
        const steps = (Array.isArray(key) ? key : [key]) as (string | number)[];
        const { kind, numbers } = STORES[store] ?? OTHER;
        const revision = numbers > 0 ? Number(steps[1]) : 0;
        const content = await bring(tx.objectStore(store), IDBKeyRange.only(key));
        found.push({ name: [store, ...steps].join('/'), kind, revision, content });
      }
    }
  }
  return found;
}

const OTHER = { kind: 'other', numbers: 0 } as const;

async function bring(store: IDBObjectStore, range: IDBKeyRange): Promise<readonly unknown[] | undefined> {
  const content: unknown[] = [];
  for (const key of await answerOf(store.getAllKeys(range)))
    content.push(await tolerate<unknown, undefined>(store.get(key), undefined));
  return content.some((one) => one !== undefined) ? content : undefined;
}

function keyOf(name: string) {
  const steps = name.split('/');
  const [store = ''] = steps;
  const { kind, numbers } = STORES[store] ?? OTHER;
  return { store: store as StoreName, kind, numbers: steps.slice(steps.length - numbers).map(Number) };
}
