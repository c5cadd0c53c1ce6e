/** Records of a work that are not part of it, as they lie in the database: named, and brought for a person who wants to keep them. */
import { answerOf, readWork, tolerate } from './idb-requests.ts';
import { withParts } from './keys.ts';

/** change: an entry of the journal · state: a snapshot · view: what was looked at last. */
type RecordKind = 'change' | 'state' | 'view';

/** A record that was set aside. */
export interface SetAside {
  /** Its key, as `StoredWork.damaged` has it. */
  readonly name: string;
  readonly kind: RecordKind;
  /** The revision of a change or a state; 0 of a view. */
  readonly revision: number;
  /** Whatever lies there, with its parts behind it; undefined where the browser does not bring it. */
  readonly content: readonly unknown[] | undefined;
}

/** What is told of the records of each store, and how many numbers of their keys stand behind the plan. */
const STORES: Readonly<Record<string, { readonly kind: RecordKind; readonly numbers: number }>> = {
  journal: { kind: 'change', numbers: 1 },
  snapshots: { kind: 'state', numbers: 2 },
  views: { kind: 'view', numbers: 0 },
};

/** Brings all records of a work that were set aside. */
export async function readSetAside(tx: IDBTransaction, plan: string): Promise<readonly SetAside[]> {
  const { damaged } = await readWork(tx, plan);
  const found: SetAside[] = [];
  for (const name of damaged) {
    const { store, kind, numbers } = keyOf(name);
    const range = numbers.length === 0 ? IDBKeyRange.only(plan) : withParts([plan, ...numbers]);
    const records = tx.objectStore(store);
    const content: unknown[] = [];
    for (const key of await answerOf(records.getAllKeys(range)))
      content.push(await tolerate<unknown, undefined>(records.get(key), undefined));
    const isBrought = content.some((one) => one !== undefined);
    const revision = numbers[0] ?? 0;
    found.push({ name, kind, revision, content: isBrought ? content : undefined });
  }
  return found;
}

function keyOf(name: string) {
  const steps = name.split('/');
  const [store = ''] = steps;
  const { kind, numbers } = STORES[store] ?? { kind: 'view', numbers: 0 };
  return { store, kind, numbers: steps.slice(steps.length - numbers).map(Number) };
}
