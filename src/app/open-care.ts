/** Opens what is outside of the database: marks, safety copies, and what the browser says of its room. */
import type { Plan } from '#plan';
import { PlanNotOpened, WorkCare, type LostParts } from '#session';
import {
  buildMemoryStore,
  findLosses,
  openBrowserSpace,
  openCanary,
  openCopies,
  openStore,
  StorageProblem,
  watchStore,
  type OpenedStore,
  type Replayed,
  type SafetyCopies,
  type Standings,
} from '#storage';
import { orWithout } from './start-watch.ts';

/** A store that is watched, and what watches it. */
export interface WatchedStore extends OpenedStore {
  readonly copies: SafetyCopies;
  /** The work that was lost, beside what is in the database and how plans are read. */
  readonly lost: (
    kept: Pick<Standings, 'summaries' | 'covers'>,
    read: {
      readonly work: (plan: string) => Promise<Replayed>;
      readonly shipped: (plan: string) => Promise<Plan> | undefined;
    },
  ) => LostParts;
}

/** Opens the store of this browser with its watch; `page` is where it is said when storage does not answer. */
export async function openWatchedStore(page: Document): Promise<WatchedStore> {
  const opened = await orWithout(page, openStore(), withoutStorage);
  const [canary, copies] = [openCanary(), openCopies()];
  const removed = (plan: string) => void copies.forget(plan);
  return {
    ...opened,
    store: watchStore(opened.store, canary, removed),
    copies,
    lost: (kept, read) => ({
      copies,
      isReported: opened.isDataLost,
      findLosses: async () => findLosses({ ...kept, marks: canary.readAll(), copies: await copies.list() }),
      workOf: (plan) => read.work(plan).catch(goneOnly),
      shippedPlan: async (plan) => read.shipped(plan),
      letGo: (plan) => canary.amend(plan, { isLetGo: true }),
    }),
  };
}

/** A store for a page whose database does not answer: nothing is kept, and that is said. */
function withoutStorage(): OpenedStore {
  return { store: buildMemoryStore(), problem: new StorageProblem('unavailable'), isDataLost: false };
}

/** That a plan is not there is an answer. */
function goneOnly(thrown: unknown): undefined {
  if (!(thrown instanceof PlanNotOpened)) throw thrown;
}

/** Opens the care for works of this page. */
export function openCare(copies: SafetyCopies, now: () => number): WorkCare {
  const after = (ms: number, work: () => void) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  };
  return new WorkCare({ copies, space: openBrowserSpace(), after, now });
}
