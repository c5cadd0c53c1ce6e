/** A session on a small plan, with a store in memory and time that only moves when a test says so. */
import { atOnce, readPlan, type Plan, type Turns } from '#plan';
import { buildEngine } from '#engine';
import { anAnalyst } from '#tests/analyst';
import { buildMemoryStore, replay, type PlanStore, type TabChannel } from '#storage';
import { PlanSession, type Later, type WorkCare } from '#session';

/** Work that was put off until there is time; `run` is that time. */
export interface Deferred {
  later: Later;
  run(): void;
  waiting(): number;
}

function deferred(): Deferred {
  let queue: (() => Turns<void>)[] = [];
  return {
    later(work) {
      queue.push(work);
      return () => {
        queue = queue.filter((one) => one !== work);
      };
    },
    run() {
      const now = queue;
      queue = [];
      for (const work of now) atOnce(work());
    },
    waiting: () => queue.length,
  };
}

/** What tells one tab from another. */
export interface TabParts {
  readonly channel?: TabChannel;
  /** Goes behind the ids of scenarios that are begun in it. */
  readonly mark?: () => string;
}

/** Opens a session as the app does: what the store has kept is replayed. */
export async function openSession(
  plan: Plan,
  store: PlanStore = buildMemoryStore(),
  time: Deferred = deferred(),
  care?: WorkCare,
  { channel, mark = () => '' }: TabParts = {},
) {
  const work = await store.open(plan.id, 0);
  const kept = { ...replay(work), revision: work.revision, entries: work.entries.length, view: work.view };
  const session = new PlanSession({
    engine: buildEngine(plan),
    store,
    analyst: anAnalyst(),
    kept,
    channel,
    care,
    now: () => 0,
    later: time.later,
    scenarioWord: { zh: '试算', en: 'Trial' },
    originMark: mark,
  });
  return { session, store, time };
}

/** Opens a plan of the person's own that the store keeps, as the app does. */
export async function openOwnSession(
  id: string,
  store: PlanStore,
  time: Deferred = deferred(),
  { channel, mark = () => '' }: TabParts = {},
) {
  const read = readPlan(await store.readPlan(id));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const work = await store.open(id, 0);
  const replayed = replay(work, [], read.value);
  const session = new PlanSession({
    engine: buildEngine(replayed.plan ?? read.value),
    store,
    analyst: anAnalyst(),
    kept: { ...replayed, revision: work.revision, entries: work.entries.length, view: work.view },
    channel,
    now: () => 0,
    later: time.later,
    scenarioWord: { zh: '试算', en: 'Trial' },
    originMark: mark,
  });
  return { session, store, time };
}

/** A store that does as another does, but for some of its methods. */
export function storeWith(real: PlanStore, changed: Partial<PlanStore>): PlanStore {
  return {
    kind: real.kind,
    list: () => real.list(),
    open: (plan, at) => real.open(plan, at),
    append: (plan, revision, entries) => real.append(plan, revision, entries),
    follow: (plan, revision) => real.follow(plan, revision),
    readRecords: (plan, which) => real.readRecords(plan, which),
    removeLeft: (plan) => real.removeLeft(plan),
    snapshot: (plan, snapshot) => real.snapshot(plan, snapshot),
    resume: (plan, snapshot, at) => real.resume(plan, snapshot, at),
    keepView: (plan, view) => real.keepView(plan, view),
    readSettings: () => real.readSettings(),
    keepSettings: (settings) => real.keepSettings(settings),
    listPlans: () => real.listPlans(),
    readPlan: (id) => real.readPlan(id),
    keepPlan: (plan, scenarios, at) => real.keepPlan(plan, scenarios, at),
    keepCover: (cover) => real.keepCover(cover),
    readLessons: () => real.readLessons(),
    keepLesson: (plan, id, lesson) => real.keepLesson(plan, id, lesson),
    keepLessonDraft: (plan, draft) => real.keepLessonDraft(plan, draft),
    remove: (plan) => real.remove(plan),
    keepVersion: (plan, version, content) => real.keepVersion(plan, version, content),
    listVersions: (plan) => real.listVersions(plan),
    readVersion: (plan, id) => real.readVersion(plan, id),
    removeVersion: (plan, id) => real.removeVersion(plan, id),
    close: () => real.close(),
    ...changed,
  };
}
