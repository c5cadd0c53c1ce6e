/** The twin of the database for browsers that refuse one: the same promises, until the page is closed. */
import { NO_HISTORY, type Lesson, type Plan, type Scenario } from '#plan';
import { DRAFT_ID, demandLesson, toKeptLesson } from './lessons.ts';
import {
  StorageProblem,
  type Followed,
  type JournalEntry,
  type KeptLesson,
  type LessonDraft,
  type NamedVersion,
  type PlanCover,
  type PlanStore,
  type Settings,
  type Snapshot,
  type StoredSummary,
  type StoredWork,
  type VersionContent,
  type ViewState,
} from './plan-store.ts';
import {
  copyOf,
  coverOf,
  demand,
  demandEntries,
  demandPlan,
  demandSettings,
  demandSnapshot,
  isPlanCover,
  isViewState,
} from './record.ts';
import type { RawRecord } from './set-aside.ts';
import { demandVersion } from './versions.ts';

interface Work {
  readonly openedAt: number;
  readonly snapshot: Snapshot | undefined;
  readonly entries: readonly JournalEntry[];
}

const NOTHING: Work = { openedAt: 0, snapshot: undefined, entries: [] };

function revisionOf(work: Work): number {
  return (work.snapshot?.revision ?? 0) + work.entries.length;
}

interface KeptVersion {
  readonly version: NamedVersion;
  readonly content: VersionContent;
}

class MemoryStore implements PlanStore {
  readonly kind = 'memory';
  readonly #works = new Map<string, Work>();
  readonly #plans = new Map<string, { readonly plan: Plan; readonly cover: PlanCover }>();
  readonly #lessons = new Map<string, ReadonlyMap<string, Lesson | LessonDraft>>();
  readonly #versions = new Map<string, Map<string, KeptVersion>>();
  readonly #views = new Map<string, ViewState>();
  #settings: Settings = {};
  #isClosed = false;

  async list(): Promise<readonly StoredSummary[]> {
    return this.#answer(() =>
      [...this.#works]
        .map(([plan, work]) => ({ plan, revision: revisionOf(work), openedAt: work.openedAt }))
        .sort((a, b) => b.openedAt - a.openedAt || (a.plan < b.plan ? -1 : 1)),
    );
  }

  async open(plan: string, at: number): Promise<StoredWork> {
    return this.#answer(() => {
      const work = { ...this.#find(plan), openedAt: at };
      this.#works.set(plan, work);
      const { snapshot, entries } = work;
      return {
        snapshot,
        entries,
        revision: revisionOf(work),
        view: this.#views.get(plan),
        damaged: [],
        unplaced: [],
      };
    });
  }

  async append(plan: string, revision: number, entries: readonly JournalEntry[]): Promise<number> {
    return this.#answer(() => {
      demandEntries(entries);
      const work = this.#works.get(plan) ?? { ...NOTHING, openedAt: entries[0]?.at ?? 0 };
      if (revision !== revisionOf(work)) throw new StorageProblem('stale_revision');
      const next = { ...work, entries: [...work.entries, ...copyOf(entries)] };
      this.#works.set(plan, next);
      return revisionOf(next);
    });
  }

  async follow(plan: string, revision: number): Promise<Followed> {
    return this.#answer(() => {
      const work = this.#find(plan);
      const { snapshot, entries } = work;
      const start = snapshot?.revision ?? 0;
      const head = revisionOf(work);
      const isWhole = revision < start || revision > head;
      if (isWhole) return { isWhole, snapshot, entries, revision: head };
      return { isWhole, snapshot: undefined, entries: entries.slice(revision - start), revision: head };
    });
  }

  async readRecords(): Promise<readonly RawRecord[]> {
    // nothing can be damaged here
    return this.#answer(() => []);
  }

  async removeLeft(): Promise<void> {
    return this.#answer(() => undefined);
  }

  async snapshot(plan: string, snapshot: Snapshot): Promise<void> {
    return this.#answer(() => {
      demandSnapshot(snapshot);
      const work = this.#find(plan);
      const start = work.snapshot?.revision ?? 0;
      if (snapshot.revision < start || snapshot.revision > revisionOf(work))
        throw new StorageProblem('stale_revision');
      const entries = work.entries.slice(snapshot.revision - start);
      this.#works.set(plan, { ...work, snapshot: copyOf(snapshot), entries });
    });
  }

  async resume(plan: string, snapshot: Snapshot, at: number): Promise<void> {
    return this.#answer(() => {
      demandSnapshot(snapshot);
      if (snapshot.revision <= revisionOf(this.#find(plan))) throw new StorageProblem('stale_revision');
      this.#works.set(plan, { openedAt: at, snapshot: copyOf(snapshot), entries: [] });
    });
  }

  async keepView(plan: string, view: ViewState): Promise<void> {
    return this.#answer(() => {
      demand(isViewState(view), 'view');
      this.#views.set(plan, copyOf(view));
    });
  }

  async readSettings(): Promise<Settings> {
    return this.#answer(() => this.#settings);
  }

  async keepSettings(settings: Settings): Promise<void> {
    return this.#answer(() => {
      demandSettings(settings);
      this.#settings = copyOf(settings);
    });
  }

  async listPlans(): Promise<readonly PlanCover[]> {
    return this.#answer(() =>
      [...this.#plans.values()].map(({ cover }) => cover).sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
  }

  async readPlan(id: string): Promise<unknown> {
    return this.#answer(() => this.#plans.get(id)?.plan);
  }

  async keepPlan(plan: Plan, scenarios: readonly Scenario[], at: number): Promise<void> {
    return this.#answer(() => {
      demandPlan(plan, scenarios);
      if (this.#plans.has(plan.id)) throw new StorageProblem('stale_revision');
      this.#plans.set(plan.id, { plan: copyOf(plan), cover: coverOf(copyOf(plan)) });
      const snapshot: Snapshot = { revision: 0, scenarios: copyOf(scenarios), history: NO_HISTORY };
      this.#works.set(plan.id, {
        ...NOTHING,
        openedAt: at,
        snapshot: scenarios.length > 0 ? snapshot : undefined,
      });
    });
  }

  async keepCover(cover: PlanCover): Promise<void> {
    return this.#answer(() => {
      demand(isPlanCover(cover), 'cover');
      const own = this.#plans.get(cover.id);
      if (own) this.#plans.set(cover.id, { ...own, cover: copyOf(cover) });
    });
  }

  async readLessons(): Promise<readonly KeptLesson[]> {
    return this.#answer(() =>
      [...this.#lessons].flatMap(([plan, byId]) =>
        [...byId].map(([id, lesson]) => toKeptLesson(plan, id, lesson)),
      ),
    );
  }

  async keepLesson(plan: string, id: string, lesson: Lesson | LessonDraft | undefined): Promise<void> {
    return this.#answer(() => {
      demandLesson(id, lesson);
      const byId = new Map(this.#lessons.get(plan));
      if (lesson) byId.set(id, copyOf(lesson));
      else byId.delete(id);
      this.#lessons.set(plan, byId);
    });
  }

  keepLessonDraft(plan: string, draft: LessonDraft | undefined): Promise<void> {
    return this.keepLesson(plan, DRAFT_ID, draft);
  }

  async remove(plan: string): Promise<void> {
    return this.#answer(() => {
      this.#lessons.delete(plan);
      this.#plans.delete(plan);
      this.#works.delete(plan);
      this.#views.delete(plan);
      this.#versions.delete(plan);
    });
  }

  async keepVersion(plan: string, version: NamedVersion, content: VersionContent): Promise<void> {
    return this.#answer(() => {
      demandVersion(version, content);
      const known = this.#versions.get(plan) ?? new Map<string, KeptVersion>();
      known.set(version.id, copyOf({ version, content }));
      this.#versions.set(plan, known);
    });
  }

  async listVersions(plan: string): Promise<readonly NamedVersion[]> {
    return this.#answer(() =>
      [...(this.#versions.get(plan)?.values() ?? [])]
        .map(({ version }) => version)
        .sort((a, b) => b.revision - a.revision || b.at - a.at),
    );
  }

  async readVersion(plan: string, id: string): Promise<VersionContent | undefined> {
    return this.#answer(() => this.#versions.get(plan)?.get(id)?.content);
  }

  async removeVersion(plan: string, id: string): Promise<void> {
    return this.#answer(() => void this.#versions.get(plan)?.delete(id));
  }

  close(): void {
    this.#isClosed = true;
  }

  #find(plan: string): Work {
    return this.#works.get(plan) ?? NOTHING;
  }

  /** Every method answers through here: refused after closing, and with a copy that shares nothing. */
  #answer<T>(give: () => T): Promise<T> {
    return new Promise((resolve) => {
      if (this.#isClosed) throw new StorageProblem('closed');
      resolve(copyOf(give()));
    });
  }
}

/** Builds a store that keeps nothing after the page is closed. */
export function buildMemoryStore(): PlanStore {
  return new MemoryStore();
}
