/** Where work is kept: a database in the browser, or memory where there is none. Knows nothing of formulas or pages. */
export { StorageProblem } from './plan-store.ts';
export type {
  Followed,
  JournalEntry,
  DraftFields,
  KeptLesson,
  Layout,
  LessonDraft,
  LessonPlace,
  NamedVersion,
  PlanCover,
  PlanStore,
  Settings,
  Snapshot,
  StorageProblemCode,
  StoredSummary,
  StoredWork,
  VersionContent,
  ViewState,
} from './plan-store.ts';
export { openStore } from './open-store.ts';
export type { OpenedStore } from './open-store.ts';
export { openIdbStore } from './idb-store.ts';
export type { StoreEvents } from './connection.ts';
export { buildMemoryStore } from './memory-store.ts';
export { openBrowserSpace } from './browser-space.ts';
export type { BrowserSpace, Space } from './browser-space.ts';
export { openCanary } from './canary.ts';
export type { Canary, Mark } from './canary.ts';
export { findLosses } from './losses.ts';
export type { Loss, Standings } from './losses.ts';
export { openCopies } from './opfs-copies.ts';
export type { CopyHead, FoundCopy, SafetyCopies } from './opfs-copies.ts';
export type { RawRecord, RecordChoice } from './set-aside.ts';
export { watchStore } from './watched-store.ts';
export { applyEntry, replay } from './journal.ts';
export type { Replayed } from './journal.ts';
export { buildMemoryChannels, openTabChannel } from './tab-channel.ts';
export type { TabChannel, TabMessage } from './tab-channel.ts';
