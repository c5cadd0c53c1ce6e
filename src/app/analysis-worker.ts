/** The analysis worker's composition root: the jobs, at the worker's own scope. */
import { portOfScope, serveJobs, type MessageScope } from '#worker';
import { analysisRegistry } from './analysis-jobs.ts';

serveJobs(analysisRegistry, portOfScope(globalThis as unknown as MessageScope));
