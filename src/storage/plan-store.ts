/**
 * Where a person's work is kept: one interface, kept by IndexedDB and by memory alike.
 *
 * Promises, in the order in which they matter:
 * 1. A promise of `append` that has resolved means that the entries are in the database (its transaction completed with
 *    strict durability), not that they were handed over.
 * 2. All entries of one `append` are kept or none.
 * 3. `open` gives exactly what was appended, in order; a record that cannot be read is set aside and named, and never
 *    hides the others.
 * 4. A revision is given out once: `append` refuses (`stale_revision`) when another tab has written since `open`.
 *    What that tab has written `follow` gives, and from then on this tab appends after it.
 * 5. Nothing is deleted but by `remove` and `removeLeft`, and by `snapshot` what that snapshot contains.
 *
 * A plan of a person's own is kept as it was begun; what is edited in it stands in the journal like any other gesture.
 */
import type { RawRecord, RecordChoice } from './set-aside.ts';
import type { History, Lesson, Localized, Patch, Periods, Plan, Scenario } from '#plan';

/** One gesture of a person: a drag, a paste, a typed value. */
export type JournalEntry =
  | { readonly kind: 'edit'; readonly patches: readonly Patch[]; readonly at: number }
  | { readonly kind: 'undo' | 'redo'; readonly at: number };

/** A person's scenarios of a plan at a revision. */
export interface Snapshot {
  readonly revision: number;
  readonly scenarios: readonly Scenario[];
  readonly history: History;
  /** The plan as it was edited; absent where the plan is not the person's own. */
  readonly plan?: Plan;
}

/** What a person was looking at. Small, kept beside the journal, not undone. */
export interface ViewState {
  readonly scenario: string;
  /** Selected line and period. */
  readonly line?: string;
  readonly period?: number;
  readonly foldedSections: readonly string[];
}

/** Everything kept of one plan. */
export interface StoredWork {
  readonly snapshot: Snapshot | undefined;
  /** Entries after the snapshot; the first has the snapshot's revision + 1 (or 1). */
  readonly entries: readonly JournalEntry[];
  /** Revision of the last entry, or of the snapshot without entries; 0 for nothing. */
  readonly revision: number;
  readonly view: ViewState | undefined;
  /** Keys of records that could not be read; they stay where they are. */
  readonly damaged: readonly string[];
  /**
   * Entries that are whole but follow a damaged one, in order; their keys are in `damaged` too. They are not part of
   * `entries`, which end where the damage begins or go on with what was appended after it was found, and they count
   * in `revision`. To apply them nevertheless is a person's choice.
   */
  readonly unplaced?: readonly JournalEntry[];
  /** What is known outside of the store to have been kept and is not in this work: the revision it had come to, and when. */
  readonly missing?: { readonly revision: number; readonly at: number };
}

/** What has come to a work since a revision. */
export interface Followed {
  /**
   * Whether the way from that revision is gone, because the journal was drawn together or begun anew meanwhile: then this is
   * all of the work, from its snapshot or from its beginning.
   */
  readonly isWhole: boolean;
  readonly snapshot: Snapshot | undefined;
  /** Entries after that revision or, of the whole, after the snapshot. */
  readonly entries: readonly JournalEntry[];
  readonly revision: number;
}

/** A state of a work that a person has named. */
export interface NamedVersion {
  readonly id: string;
  readonly name: string;
  /** When it was named: milliseconds since 1970. */
  readonly at: number;
  /** How far the work had come. */
  readonly revision: number;
}

/** What a named version holds: everything but the history. */
export type VersionContent = Pick<Snapshot, 'scenarios' | 'plan'>;

/** A plan in the list of what was worked on. */
export interface StoredSummary {
  readonly plan: string;
  readonly revision: number;
  /** Milliseconds since 1970 of the last opening. */
  readonly openedAt: number;
}

/** What a list shows of a plan that is a person's own, without reading the plan. Without a title it cannot be read. */
export interface PlanCover {
  readonly id: string;
  readonly title?: Localized;
  readonly place?: Localized;
  readonly periods?: Periods;
  /** When it was deleted, in milliseconds since 1970: from then on it waits to be brought back or to be removed. */
  readonly deletedAt?: number;
}

/** A lesson that is kept, unchecked, and the plan under which it is kept. */
export interface KeptLesson {
  readonly plan: string;
  readonly lesson: unknown;
  /** Whether it is still being written: then it is a `LessonDraft`. */
  readonly isDraft?: true;
}

/** The fields of a form by their names: what is written in them, in both languages where they have two. */
export type DraftFields = Readonly<Record<string, string | boolean | Localized>>;

/** A lesson that is being written, which need not be one yet: the fields of its head and of its steps. */
export interface LessonDraft {
  readonly head: DraftFields;
  readonly steps: readonly DraftFields[];
}

/** How a person has arranged the workbench. Sizes in CSS pixels. */
export interface Layout {
  readonly leversWidth?: number;
  readonly inspectorWidth?: number;
  readonly chartHeight?: number;
  readonly isLeversFolded?: boolean;
  readonly isInspectorFolded?: boolean;
  /** Whether the grid marks what the selected cell reads and what reads it. */
  readonly isTraceShown?: boolean;
}

/** Where a person stands in a lesson. */
export interface LessonPlace {
  /** The id of the step that is open. */
  readonly step: string;
  /** The ids of the steps that are done. */
  readonly done: readonly string[];
}

/** What a person prefers, for all plans. */
export interface Settings {
  readonly language?: 'zh' | 'en';
  readonly theme?: 'light' | 'dark';
  readonly layout?: Layout;
  /** The plan that is open; absent at home. */
  readonly openPlan?: string;
  /** Where lessons were left, by their ids. */
  readonly lessons?: Readonly<Record<string, LessonPlace>>;
}

/** Why storing failed; each has a sentence in `words` under `storage_<code>`. */
export type StorageProblemCode =
  'unavailable' | 'quota' | 'stale_revision' | 'newer_version' | 'closed' | 'failed';

/** Thrown by a store: not a bug, but a state of the browser that a person must be told of. */
export class StorageProblem extends Error {
  readonly code: StorageProblemCode;
  constructor(code: StorageProblemCode, cause?: unknown) {
    super(code, { cause });
    this.name = 'StorageProblem';
    this.code = code;
  }
}

/** A store of work. Every method rejects with a `StorageProblem` and nothing else. */
export interface PlanStore {
  /** `memory` keeps nothing after the page is closed. */
  readonly kind: 'indexeddb' | 'memory';
  /** Everything worked on, last opened first. */
  list(): Promise<readonly StoredSummary[]>;
  /** Opens the work on a plan and notes the time. Work of nobody is empty, not an error. */
  open(plan: string, at: number): Promise<StoredWork>;
  /** Appends entries after `revision`; resolves with the new revision when they are kept. */
  append(plan: string, revision: number, entries: readonly JournalEntry[]): Promise<number>;
  /** What has been added to a work after `revision`, at which this tab stands; from then on it stands at the end of that. */
  follow(plan: string, revision: number): Promise<Followed>;
  /** Records of a plan, whatever lies there: those that `open` has set aside, those that were left behind since, or all. */
  readRecords(plan: string, which: RecordChoice): Promise<readonly RawRecord[]>;
  /** Deletes the records that a work has left behind, which no opening needs. */
  removeLeft(plan: string): Promise<void>;
  /** Puts a snapshot and drops the entries that it contains, in one transaction. */
  snapshot(plan: string, snapshot: Snapshot): Promise<void>;
  /**
   * Goes on with a work from a state whose revision lies above all that were given out, on whatever is there: after a loss, or
   * where nothing is. Records below stay where they are and are not part of the work any more. Refuses (`stale_revision`)
   * a revision that was given out.
   */
  resume(plan: string, snapshot: Snapshot, at: number): Promise<void>;
  /** Keeps what a person looks at. */
  keepView(plan: string, view: ViewState): Promise<void>;
  readSettings(): Promise<Settings>;
  keepSettings(settings: Settings): Promise<void>;
  /** The plans that are a person's own, by id. */
  listPlans(): Promise<readonly PlanCover[]>;
  /** An own plan as it was when it was kept, before the edits in its journal, unchecked; undefined where there is none. */
  readPlan(id: string): Promise<unknown>;
  /** Keeps a plan of one's own, with scenarios that come with it; refuses (`stale_revision`) an id that is taken. */
  keepPlan(plan: Plan, scenarios: readonly Scenario[], at: number): Promise<void>;
  /** Keeps what a list shows of an own plan. */
  keepCover(cover: PlanCover): Promise<void>;
  /** The lessons that a person brought, wrote or is writing, by plan and id. */
  readLessons(): Promise<readonly KeptLesson[]>;
  /** Keeps a lesson about a plan in place of the one of that id; undefined takes that one away. */
  keepLesson(plan: string, id: string, lesson: Lesson | undefined): Promise<void>;
  /** Keeps the one lesson about a plan that is being written; undefined takes it away. */
  keepLessonDraft(plan: string, draft: LessonDraft | undefined): Promise<void>;
  /** Keeps a named version; one of its id gives way. */
  keepVersion(plan: string, version: NamedVersion, content: VersionContent): Promise<void>;
  /** The named versions of a work, the furthest first. */
  listVersions(plan: string): Promise<readonly NamedVersion[]>;
  /** What a named version holds; undefined where it is gone or cannot be read. */
  readVersion(plan: string, id: string): Promise<VersionContent | undefined>;
  removeVersion(plan: string, id: string): Promise<void>;
  /** Deletes all work on a plan, the lessons kept under it, and the plan where it is a person's own. */
  remove(plan: string): Promise<void>;
  /** Refuses everything from now on. */
  close(): void;
}
