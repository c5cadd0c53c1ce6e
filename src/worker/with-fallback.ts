/** A runner that gives way to another when there is no worker to be had. */
import type { JobOptions, JobRequest, JobRunner, Outcome, OutputOf } from './job.ts';
import { WORKER_FAILURE } from './port.ts';

/**
 * Runs jobs in `first` until its worker fails as such; from then on in what `openOther` gives. What was under way in the
 * failed one is asked again there. An error of a job itself changes nothing.
 */
export function withFallback<Document extends object, Table>(
  first: JobRunner<Document, Table>,
  openOther: () => JobRunner<Document, Table>,
): JobRunner<Document, Table> {
  let other: JobRunner<Document, Table> | undefined;
  return {
    async run<Kind extends keyof Table & string>(
      request: JobRequest<Document, Table, Kind>,
      options: JobOptions = {},
    ): Promise<Outcome<OutputOf<Table, Kind>>> {
      if (other) return other.run(request, options);
      try {
        return await first.run(request, options);
      } catch (error) {
        if (!(error instanceof Error) || error.name !== WORKER_FAILURE) throw error;
        other ??= openOther();
        return other.run(request, options);
      }
    },
    close() {
      first.close();
      other?.close();
    },
  };
}
