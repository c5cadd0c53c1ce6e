/** Opens the runner of analyses: in a worker, or on this thread where there are none. */
import type { Plan } from '#plan';
import type { AnalysisJobs } from '#analysis';
import { openInLineRunner, openWorkerRunner, portOfWorker, withFallback, type JobRunner } from '#worker';

/** Brought when it is needed only: with a worker the page itself holds no analyses. */
async function openInLine(): Promise<JobRunner<Plan, AnalysisJobs>> {
  const { analysisRegistry } = await import('./analysis-jobs.ts');
  return openInLineRunner(analysisRegistry);
}

/**
 * Opens the runner. The worker is started by the first request; where its file cannot be loaded, analyses run in slices on
 * this thread from then on. `inlineWorker` is where a page with everything in line has its worker.
 */
export function openAnalysis(inlineWorker?: string): JobRunner<Plan, AnalysisJobs> {
  const openWorker = () =>
    portOfWorker(
      inlineWorker === undefined
        ? // the address is written out here, so that the build sees it and gives the worker a file in `assets/`
          new Worker(new URL('./analysis-worker.ts', import.meta.url), { type: 'module' })
        : // a page from disk may start a worker from a text of its own, but no module
          new Worker(inlineWorker),
    );
  const hasWorkers = typeof Worker !== 'undefined';
  return withFallback(hasWorkers ? openWorkerRunner<Plan, AnalysisJobs>(openWorker) : undefined, openInLine);
}
