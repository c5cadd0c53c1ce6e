/** Jobs off the page's thread: one interface, in line or in a worker. */
export { platformClock } from './clock.ts';
export type { Clock } from './clock.ts';
export { openInLineRunner } from './in-line-runner.ts';
export { inSlices } from './in-slices.ts';
export type {
  InputOf,
  Job,
  JobOptions,
  JobRegistry,
  JobRequest,
  JobRunner,
  JobSetting,
  JobTable,
  Outcome,
  OutputOf,
} from './job.ts';
export { portOfScope, portOfWorker, waitingPort } from './port.ts';
export type { FromWorker, MessageScope, PagePort, ToWorker, WorkerPort } from './port.ts';
export { serveJobs } from './serve-jobs.ts';
export { openWorkerRunner } from './worker-runner.ts';
export { withFallback } from './with-fallback.ts';
