/** Starts a worker of the app, where there are workers. */
import { portOfWorker, type WorkerPort } from '#worker';

/**
 * Gives what starts a worker that serves one kind of jobs; `inlineWorker` is where a page with everything in line has its
 * script. Missing: undefined where there are no workers.
 */
export function workerFor(
  name: 'analysis' | 'exchange',
  inlineWorker: string | undefined,
): (() => WorkerPort) | undefined {
  if (typeof Worker === 'undefined') return undefined;
  return () =>
    portOfWorker(
      inlineWorker === undefined
        ? // the address is written out here, so that the build sees it and gives the worker a file in `assets/`
          new Worker(new URL('./job-worker.ts', import.meta.url), { type: 'module', name })
        : // a page from disk may start a worker from a text of its own, but no module
          new Worker(inlineWorker, { name }),
    );
}
