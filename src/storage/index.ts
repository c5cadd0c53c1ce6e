/** Where work is kept: a database in the browser, or memory where there is none. Knows nothing of formulas or pages. */
export { StorageProblem } from './plan-store.ts';
export type {
  JournalEntry,
  Layout,
  LessonPlace,
  PlanCover,
  PlanStore,
  Settings,
  Snapshot,
  StorageProblemCode,
  StoredSummary,
  StoredWork,
  ViewState,
} from './plan-store.ts';
export { openStore } from './open-store.ts';
export type { OpenedStore } from './open-store.ts';
export { openIdbStore } from './idb-store.ts';
export type { StoreEvents } from './connection.ts';
export { buildMemoryStore } from './memory-store.ts';
export { applyEntry, replay } from './journal.ts';
export type { Replayed } from './journal.ts';
