/** The two stores that keep one set of promises. */
import { buildMemoryStore, openIdbStore, StorageProblem, type PlanStore } from '#storage';
import { aBrowser } from '../storage/browsers.ts';

/** Opens the same work again and again: each opening is another tab. */
export type Tabs = () => Promise<PlanStore>;

export const KINDS: [PlanStore['kind'], () => Tabs][] = [
  [
    'memory',
    () => {
      const store = buildMemoryStore();
      return () => Promise.resolve(store);
    },
  ],
  [
    'indexeddb',
    () => {
      const { factory } = aBrowser();
      return async () => (await openIdbStore(factory)).store;
    },
  ],
];

/** The code of the problem that a call ends with; `done` for none. */
export const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof StorageProblem ? error.code : error),
  );
