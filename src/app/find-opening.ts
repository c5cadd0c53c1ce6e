/** What a page offers to open and where work on that is kept: the shipped plans, or the one plan that it holds. */
import { templates } from 'virtual:templates';
import type { PageStanding } from '#session';
import { buildMemoryStore, type OpenedStore, type PlanStore } from '#storage';
import type { HeldPlan } from './held-plan.ts';
import type { PageFile } from './page-file.ts';

/** A plan that can be opened, and how it is loaded. */
export type OfferedPlan = (typeof templates)[number];

/** What a page begins with. */
export interface Opening extends Pick<OpenedStore, 'store' | 'problem'> {
  readonly standing: PageStanding;
  readonly offered: readonly OfferedPlan[];
  /** The plan in the page. */
  readonly held?: HeldPlan;
}

/** Looks for a plan in the page: where there is one, the page is about it alone. */
export async function findOpening(
  file: PageFile | undefined,
  { store, problem }: OpenedStore,
): Promise<Opening> {
  const shipped = { offered: templates, store, problem };
  if (!file?.held) return { ...shipped, standing: { isFile: file !== undefined } };
  const { readHeldPlan, storeForHeld } = await import('./held-plan.ts');
  const { text, use } = file.held;
  const read = readHeldPlan(text);
  if (!read.ok) return { ...shipped, standing: { isFile: true, problems: read.problems } };
  const held = read.value;
  const { id, title, place, periods, questions = [] } = held.plan;
  const plan = { id, title, place, periods, questions, load: () => Promise.resolve(held.plan) };
  const standing = { isFile: true, use };
  if (use === 'editable')
    return { standing, offered: [plan], store: storeForHeld(store, held), problem, held };
  // what is tried on a page to look at ends with it, so a browser that keeps nothing is no problem there
  const passing = await passingStore(problem ? undefined : store);
  return { standing, offered: [plan], store: storeForHeld(passing, held), problem: undefined, held };
}

/** A store in memory that knows the person's language and light, where these can be read. */
async function passingStore(store: PlanStore | undefined): Promise<PlanStore> {
  const passing = buildMemoryStore();
  if (store) await passing.keepSettings(await store.readSettings());
  return passing;
}
