/** What the analysis runners serve: the table of analyses, on an engine that is built once a plan. */
import type { Plan } from '#plan';
import { buildEngine, type Engine } from '#engine';
import { analysisJobs } from '#analysis';

/** Plans, the engines that they become, and what may be asked of these. */
export const analysisRegistry = {
  prepare: (plan: Plan): Engine => buildEngine(plan),
  jobs: analysisJobs,
} as const;
