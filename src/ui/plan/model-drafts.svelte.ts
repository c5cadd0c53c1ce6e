/**
 * What is written in a form of a plan and not saved yet, for each plan. It stays while the page is open: a look at the grid,
 * at another plan or at home drops nothing.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { AppSession } from '#session';
import type { Chosen } from './editing.ts';

/** The part that is being written, and the fields in which it differs from the plan. */
interface ModelDraft {
  readonly part: Chosen;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The drafts of all plans, by the plan's id. */
class ModelDrafts extends SvelteMap<string, ModelDraft> {}

const known = new WeakMap<AppSession, ModelDrafts>();

/** The drafts of an app; the same for all who ask. */
export function modelDraftsOf(app: AppSession): ModelDrafts {
  const drafts = known.get(app) ?? new ModelDrafts();
  known.set(app, drafts);
  return drafts;
}
