/** Opens the runner of analyses: in a worker, or on this thread where there are none. */
import type { Plan } from '#plan';
import { openInLineRunner, openWorkerRunner, portOfWorker, type JobRunner } from '#worker';
import { analysisRegistry, type AnalysisJobs } from './analysis-jobs.ts';

/** Opens the runner. The worker is started by the first request. */
export function openAnalysis(): JobRunner<Plan, AnalysisJobs> {
  if (typeof Worker === 'undefined') return openInLineRunner(analysisRegistry);
  // the address is written out here, so that the build sees it and gives the worker a file in `assets/`
  return openWorkerRunner(() =>
    portOfWorker(new Worker(new URL('./analysis-worker.ts', import.meta.url), { type: 'module' })),
  );
}
