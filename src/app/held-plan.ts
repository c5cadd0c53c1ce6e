/** The plan that a page holds: read like a file from a stranger, and where work on it is kept. */
import type { Problem } from '#quantity';
import type { Lesson, Plan, Scenario } from '#plan';
import { hashText, placeImport, readFile, writeBundle, type Bundle } from '#exchange';
import type { PlanStore, ViewState } from '#storage';

/** A plan with its scenarios, checked. */
export interface HeldPlan {
  readonly plan: Plan;
  /** The scenarios that the plan does not ship. */
  readonly scenarios: readonly Scenario[];
  /** The lessons about it that came with it. */
  readonly lessons: readonly Lesson[];
  /** What to show who opens it for the first time. */
  readonly view: ViewState | undefined;
  /** The name under which work on it is kept. */
  readonly key: string;
}

/** Either the plan, or why it cannot be read. */
export type ReadHeldPlan =
  | { readonly ok: true; readonly value: HeldPlan }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Digits that tell the contents of pages apart. */
const KEY_DIGITS = 16;

/** Reads what stands in the page: a bundle, whole or not at all. */
export function readHeldPlan(text: string): ReadHeldPlan {
  const read = readFile(text);
  if (!read.ok) return read;
  const placed = placeImport(read.document, undefined);
  if (!placed.ok) return placed;
  const { plan, scenarios, scenario, lessons } = placed.value;
  const shipped = new Set(plan.scenarios.map((one) => one.id));
  return {
    ok: true,
    value: {
      plan,
      scenarios: scenarios.filter((one) => !shipped.has(one.id)),
      lessons,
      view: scenario === undefined ? undefined : { scenario, foldedSections: [] },
      key: `${plan.id}@${hashText(text, KEY_DIGITS)}`,
    },
  };
}

/** Prints a plan for a page: the text of a bundle file, the same for the same content. */
export function printHeldPlan({ plan, scenarios, scenario, lessons }: Bundle): string {
  return new TextDecoder().decode(writeBundle(plan, [...plan.scenarios, ...scenarios], scenario, lessons));
}

/**
 * The store for a page with a plan: all pages from disk share one database in some browsers, so work on this page's
 * content is kept under a name of its own, and the plan that another page has open stays the one it has open.
 */
export function storeForHeld(store: PlanStore, { plan: { id }, key }: HeldPlan): PlanStore {
  const kept = (plan: string) => (plan === id ? key : plan);
  return {
    kind: store.kind,
    list: async () => (await store.list()).flatMap((one) => (one.plan === key ? [{ ...one, plan: id }] : [])),
    open: (plan, at) => store.open(kept(plan), at),
    append: (plan, revision, entries) => store.append(kept(plan), revision, entries),
    follow: (plan, revision) => store.follow(kept(plan), revision),
    readRecords: (plan, which) => store.readRecords(kept(plan), which),
    removeLeft: (plan) => store.removeLeft(kept(plan)),
    snapshot: (plan, snapshot) => store.snapshot(kept(plan), snapshot),
    resume: (plan, snapshot, at) => store.resume(kept(plan), snapshot, at),
    keepView: (plan, view) => store.keepView(kept(plan), view),
    readSettings: async () => ({ ...(await store.readSettings()), openPlan: id }),
    async keepSettings({ openPlan: _, ...settings }) {
      const { openPlan } = await store.readSettings();
      await store.keepSettings({ ...settings, ...(openPlan !== undefined && { openPlan }) });
    },
    // the page is about its one plan: plans of the person's own are in the app
    listPlans: () => Promise.resolve([]),
    readPlan: () => Promise.resolve(undefined),
    keepPlan: (plan, scenarios, at) => store.keepPlan(plan, scenarios, at),
    keepCover: (cover) => store.keepCover(cover),
    readLessons: async () =>
      (await store.readLessons()).flatMap((one) => (one.plan === key ? [{ ...one, plan: id }] : [])),
    keepLesson: (plan, lesson, content) => store.keepLesson(kept(plan), lesson, content),
    keepLessonDraft: (plan, draft) => store.keepLessonDraft(kept(plan), draft),
    remove: (plan) => store.remove(kept(plan)),
    keepVersion: (plan, version, content) => store.keepVersion(kept(plan), version, content),
    listVersions: (plan) => store.listVersions(kept(plan)),
    readVersion: (plan, id) => store.readVersion(kept(plan), id),
    removeVersion: (plan, id) => store.removeVersion(kept(plan), id),
    close: () => store.close(),
  };
}
