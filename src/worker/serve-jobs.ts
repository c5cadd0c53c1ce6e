/** The worker's side: prepares documents, runs jobs in slices, and answers. */
import { cutAnswer } from './answer-pieces.ts';
import { drive } from './drive.ts';
import { platformClock, type Clock } from './clock.ts';
import type { Job, JobRegistry, JobTable } from './job.ts';
import { buffersIn, type FromWorker, type PagePort, type ToWorker } from './port.ts';

/** Serves the jobs of a registry at the worker's end. */
export function serveJobs<Document extends object, Subject, Table extends JobTable<Subject>>(
  { prepare, jobs }: JobRegistry<Document, Subject, Table>,
  port: PagePort,
  clock: Clock = platformClock(),
): void {
  const documents = new Map<number, Document>();
  const subjects = new WeakMap<Document, Subject>();
  const stopped = new Set<number>();
  const running = new Set<number>();

  const subjectOf = (document: Document): Subject => {
    const subject = subjects.get(document) ?? prepare(document);
    subjects.set(document, subject);
    return subject;
  };

  async function run({
    run,
    job: name,
    document: number,
    input,
    seed,
  }: Extract<ToWorker, { kind: 'run' }>): Promise<void> {
    // kept while it is needed, whatever is forgotten meanwhile
    const document = documents.get(number);
    const isStopped = () => stopped.has(run);
    const say = (message: FromWorker) =>
      port.post(message, message.kind === 'done' ? buffersIn(message.output) : []);
    running.add(run);
    try {
      const job = jobs[name] as unknown as Job<Subject, unknown, unknown> | undefined;
      if (!job || !document) throw new Error(`no job ${name}, or no document ${number}`);
      await clock.breathe();
      const subject = isStopped() ? undefined : subjectOf(document);
      const start = () => {
        say({ kind: 'started', run });
        return job(subject as Subject, input, { seed });
      };
      const ended = await drive(start, {
        clock,
        isStopped,
        onProgress: (share) => say({ kind: 'progress', run, share }),
      });
      if (!ended || isStopped()) {
        say({ kind: 'stopped', run });
        return;
      }
      const pieces = cutAnswer(ended.output);
      for (const steps of pieces ?? []) say({ kind: 'piece', run, steps });
      say(pieces ? { kind: 'done', run } : { kind: 'done', run, output: ended.output });
    } catch (error) {
      const { name: kind, message } = error instanceof Error ? error : new Error(String(error));
      say({ kind: 'failed', run, name: kind, message });
    } finally {
      running.delete(run);
      stopped.delete(run);
    }
  }

  port.listen((message) => {
    switch (message.kind) {
      case 'document':
        documents.set(message.document, message.content as Document);
        return;
      case 'forget':
        documents.delete(message.document);
        return;
      case 'cancel':
        if (running.has(message.run)) stopped.add(message.run);
        return;
      case 'run':
        void run(message);
    }
  });
}
