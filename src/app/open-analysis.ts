/** Opens the runner of analyses: in a worker, or on this thread where there are none. */
import type { Plan } from '#plan';
import type { AnalysisJobs } from '#analysis';
import { openInLineRunner, openWorkerRunner, portOfWorker, withFallback, type JobRunner } from '#worker';
import { analysisRegistry } from './analysis-jobs.ts';

/**
 * Opens the runner. The worker is started by the first request; where its file cannot be loaded, analyses run in slices on
 * this thread from then on.
 */
export function openAnalysis(): JobRunner<Plan, AnalysisJobs> {
  const openInLine = () => openInLineRunner(analysisRegistry);
  if (typeof Worker === 'undefined') return openInLine();
  // the address is written out here, so that the build sees it and gives the worker a file in `assets/`
  const runner = openWorkerRunner<Plan, AnalysisJobs>(() =>
    portOfWorker(new Worker(new URL('./analysis-worker.ts', import.meta.url), { type: 'module' })),
  );
  return withFallback(runner, openInLine);
}
