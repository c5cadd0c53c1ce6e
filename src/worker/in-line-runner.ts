/** Runs jobs on the thread that asks, in slices: where there are no workers, and on the command line. */
import { drive } from './drive.ts';
import { platformClock, type Clock } from './clock.ts';
import type {
  Job,
  JobOptions,
  JobRegistry,
  JobRequest,
  JobRunner,
  JobTable,
  Outcome,
  OutputOf,
} from './job.ts';

/** Opens a runner on this thread. */
export function openInLineRunner<Document extends object, Subject, Table extends JobTable<Subject>>(
  { prepare, jobs }: JobRegistry<Document, Subject, Table>,
  clock: Clock = platformClock(),
): JobRunner<Document, Table> {
  const subjects = new WeakMap<Document, Subject>();
  /** What stops the newest request of each kind. */
  const current = new Map<string, (how: 'cancelled' | 'superseded') => void>();

  const subjectOf = (document: Document): Subject => {
    const subject = subjects.get(document) ?? prepare(document);
    subjects.set(document, subject);
    return subject;
  };

  function run<Kind extends keyof Table & string>(
    request: JobRequest<Document, Table, Kind>,
    { onProgress, signal }: JobOptions = {},
  ): Promise<Outcome<OutputOf<Table, Kind>>> {
    const { kind, document, input, seed } = request;
    current.get(kind)?.('superseded');
    if (signal?.aborted) return Promise.resolve({ kind: 'cancelled' });
    return new Promise((resolve, reject) => {
      let isStopped = false;
      const leave = () => {
        isStopped = true;
        signal?.removeEventListener('abort', cancel);
        if (current.get(kind) === stop) current.delete(kind);
      };
      const stop = (how: 'cancelled' | 'superseded') => {
        leave();
        resolve({ kind: how });
      };
      const cancel = () => stop('cancelled');
      current.set(kind, stop);
      signal?.addEventListener('abort', cancel);
      const job = jobs[kind] as unknown as Job<Subject, unknown, unknown>;
      drive(() => job(subjectOf(document), input, { seed }), {
        clock,
        isStopped: () => isStopped,
        onProgress: (share) => onProgress?.(share),
      }).then(
        (ended) => {
          if (ended === undefined || isStopped) return;
          leave();
          resolve({ kind: 'done', output: ended.output as OutputOf<Table, Kind> });
        },
        (error: unknown) => {
          if (isStopped) return;
          leave();
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
    });
  }

  return {
    run,
    close: () => {
      for (const stop of [...current.values()]) stop('cancelled');
    },
  };
}
