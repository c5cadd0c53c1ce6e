/**
 * A store whose every kept entry is noted outside of it too, and which tells at each opening whether anything is missing.
 * What it appends begins before it looks at anything: a page that is left keeps what the store alone would have kept.
 */
import type { Lesson, Plan, Scenario } from '#plan';
import type { Canary, Mark } from './canary.ts';
import { digestOf } from './digest.ts';
import { isHeavy } from './parts.ts';
import type {
  Followed,
  JournalEntry,
  LessonDraft,
  NamedVersion,
  PlanCover,
  PlanStore,
  Settings,
  Snapshot,
  StoredWork,
  VersionContent,
  ViewState,
} from './plan-store.ts';
import type { RecordChoice } from './set-aside.ts';

/** What stands for everything up to an entry. */
function digestAfter(before: string, entry: JournalEntry): string {
  // what holds very much is not printed while a person waits: its kind, time and number of patches stand for it
  const light = isHeavy(entry)
    ? [entry.kind, entry.at, 'patches' in entry ? entry.patches.length : 0]
    : entry;
  return digestOf(`${before}\n${JSON.stringify(light)}`);
}

/** What stands for everything up to a revision of which only the revision is known. */
function digestFrom(revision: number): string {
  return digestOf(String(revision));
}

class WatchedStore implements PlanStore {
  readonly #store: PlanStore;
  readonly #canary: Canary;
  readonly #removed: (plan: string) => void;
  /** By plan and revision. */
  readonly #digests = new Map<string, Map<number, string>>();

  constructor(store: PlanStore, canary: Canary, removed: (plan: string) => void) {
    this.#store = store;
    this.#canary = canary;
    this.#removed = removed;
  }

  get kind() {
    return this.#store.kind;
  }

  async open(plan: string, at: number): Promise<StoredWork> {
    const work = await this.#store.open(plan, at);
    const known = this.#canary.read(plan);
    const start = work.snapshot?.revision ?? 0;
    const isBaseKnown = known?.base?.revision === start;
    const digests = new Map([[start, isBaseKnown ? (known.base?.digest ?? '') : digestFrom(start)]]);
    for (const [index, entry] of work.entries.entries())
      digests.set(start + index + 1, digestAfter(digests.get(start + index) ?? '', entry));
    const reached = start + work.entries.length;
    // where damage was found the next entry comes after all revisions that were given out
    digests.set(work.revision, digests.get(work.revision) ?? digests.get(reached) ?? '');
    this.#digests.set(plan, digests);
    if (!known || known.isLetGo) return work;
    const isComparable = start === 0 || isBaseKnown;
    const found = digests.get(known.revision);
    const isOther = isComparable && found !== undefined && found !== known.digest;
    const isLess = known.revision > work.revision;
    return isLess || isOther ? { ...work, missing: { revision: known.revision, at: known.at } } : work;
  }

  async append(plan: string, revision: number, entries: readonly JournalEntry[]): Promise<number> {
    const kept = this.#store.append(plan, revision, entries);
    const digests = this.#digestsOf(plan);
    const digest = entries.reduce(digestAfter, digests.get(revision) ?? digestFrom(revision));
    digests.set(revision + entries.length, digest);
    const next = await kept;
    // nothing is appended to what lies before the last that is known to be kept
    for (const before of digests.keys()) if (before < revision) digests.delete(before);
    this.#note(plan, { revision: next, digest, at: entries.at(-1)?.at ?? 0 });
    return next;
  }

  async follow(plan: string, revision: number): Promise<Followed> {
    const followed = await this.#store.follow(plan, revision);
    const { isWhole, snapshot, entries } = followed;
    const start = isWhole ? (snapshot?.revision ?? 0) : revision;
    const base = this.#canary.read(plan)?.base;
    const digests = this.#digestsOf(plan);
    const known = isWhole ? base?.revision === start && base.digest : digests.get(revision);
    for (const before of digests.keys()) if (before < revision) digests.delete(before);
    digests.set(followed.revision, entries.reduce(digestAfter, known || digestFrom(start)));
    return followed;
  }

  readRecords(plan: string, which: RecordChoice) {
    return this.#store.readRecords(plan, which);
  }

  removeLeft(plan: string) {
    return this.#store.removeLeft(plan);
  }

  async snapshot(plan: string, snapshot: Snapshot): Promise<void> {
    await this.#store.snapshot(plan, snapshot);
    const { revision } = snapshot;
    const digest = this.#digestsOf(plan).get(revision);
    if (digest !== undefined) this.#canary.amend(plan, { base: { revision, digest } });
  }

  async resume(plan: string, snapshot: Snapshot, at: number): Promise<void> {
    await this.#store.resume(plan, snapshot, at);
    const { revision } = snapshot;
    const digest = digestFrom(revision);
    this.#digests.set(plan, new Map([[revision, digest]]));
    this.#note(plan, { revision, digest, at, base: { revision, digest } });
  }

  async keepPlan(plan: Plan, scenarios: readonly Scenario[], at: number): Promise<void> {
    await this.#store.keepPlan(plan, scenarios, at);
    this.#note(plan.id, { revision: 0, digest: digestFrom(0), at, own: plan.title });
  }

  async keepCover(cover: PlanCover): Promise<void> {
    await this.#store.keepCover(cover);
    if (cover.title) this.#canary.amend(cover.id, { own: cover.title });
  }

  async remove(plan: string): Promise<void> {
    await this.#store.remove(plan);
    this.#canary.forget(plan);
    this.#digests.delete(plan);
    this.#removed(plan);
  }

  list() {
    return this.#store.list();
  }

  keepView(plan: string, view: ViewState) {
    return this.#store.keepView(plan, view);
  }

  readSettings() {
    return this.#store.readSettings();
  }

  keepSettings(settings: Settings) {
    return this.#store.keepSettings(settings);
  }

  listPlans() {
    return this.#store.listPlans();
  }

  readPlan(id: string) {
    return this.#store.readPlan(id);
  }

  readLessons() {
    return this.#store.readLessons();
  }

  keepLesson(plan: string, id: string, lesson: Lesson | undefined) {
    return this.#store.keepLesson(plan, id, lesson);
  }

  keepLessonDraft(plan: string, draft: LessonDraft | undefined) {
    return this.#store.keepLessonDraft(plan, draft);
  }

  keepVersion(plan: string, version: NamedVersion, content: VersionContent) {
    return this.#store.keepVersion(plan, version, content);
  }

  listVersions(plan: string) {
    return this.#store.listVersions(plan);
  }

  readVersion(plan: string, id: string) {
    return this.#store.readVersion(plan, id);
  }

  removeVersion(plan: string, id: string) {
    return this.#store.removeVersion(plan, id);
  }

  close(): void {
    this.#store.close();
  }

  #digestsOf(plan: string): Map<number, string> {
    const digests = this.#digests.get(plan) ?? new Map<number, string>();
    this.#digests.set(plan, digests);
    return digests;
  }

  #note(plan: string, mark: Mark): void {
    this.#canary.keep(plan, mark);
  }
}

/**
 * Watches a store; `removed` is told of each work that was removed. One in memory is not watched: what it has is gone with
 * the page, and that is no loss of which a later page has to speak.
 */
export function watchStore(
  store: PlanStore,
  canary: Canary,
  removed: (plan: string) => void = () => undefined,
): PlanStore {
  return store.kind === 'memory' ? store : new WatchedStore(store, canary, removed);
}
