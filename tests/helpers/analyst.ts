/** A runner of analyses on the test's own thread, as the app has one where there are no workers. */
import type { Analyst } from '#session';
import { openInLineRunner } from '#worker';
import { analysisRegistry } from '../../src/app/analysis-jobs.ts';

/** Opens the runner. */
export function anAnalyst(): Analyst {
  return openInLineRunner(analysisRegistry);
}
