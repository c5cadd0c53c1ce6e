/** A runner that gives way to another when there is no worker to be had. */
import type { JobOptions, JobRequest, JobRunner, Outcome, OutputOf } from './job.ts';
import { WORKER_FAILURE } from './port.ts';

/**
 * Runs jobs in `first` until its worker fails as such, or from the beginning where there is none; from then on in what
 * `openOther` brings. What was under way in the failed one is asked again there. An error of a job itself changes nothing.
 */
export function withFallback<Document extends object, Table>(
  first: JobRunner<Document, Table> | undefined,
  openOther: () => Promise<JobRunner<Document, Table>>,
): JobRunner<Document, Table> {
  let other: Promise<JobRunner<Document, Table>> | undefined;
  let isClosed = false;
  return {
    async run<Kind extends keyof Table & string>(
      request: JobRequest<Document, Table, Kind>,
      options: JobOptions = {},
    ): Promise<Outcome<OutputOf<Table, Kind>>> {
      if (first && !other) {
        try {
          return await first.run(request, options);
        } catch (error) {
          if (!(error instanceof Error) || error.name !== WORKER_FAILURE) throw error;
        }
      }
      other ??= openOther();
      const runner = await other;
      return isClosed ? { kind: 'cancelled' } : runner.run(request, options);
    },
    close() {
      isClosed = true;
      first?.close();
      void other?.then((runner) => runner.close());
    },
  };
}
