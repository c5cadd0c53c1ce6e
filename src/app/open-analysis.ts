/** Opens the runner of analyses: in a worker, or on this thread where there are none. */
import type { Plan } from '#plan';
import type { AnalysisJobs } from '#analysis';
import { openInLineRunner, openWorkerRunner, withFallback, type JobRunner } from '#worker';
import { workerFor } from './open-worker.ts';

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
  const open = workerFor('analysis', inlineWorker);
  return withFallback(open && openWorkerRunner<Plan, AnalysisJobs>(open), openInLine);
}
