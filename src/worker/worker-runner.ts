/**
 * The page's side: runs jobs in a worker that is opened when it is first needed.
 *
 * A job that has been stopped and does not say so in time does not yield: its worker is ended and a fresh one takes over
 * what else was asked for. That a document is being prepared is no reason to end a worker, since whatever comes next needs
 * it as well.
 */
import { Assembly } from './answer-pieces.ts';
import { platformClock, type Clock } from './clock.ts';
import type { JobOptions, JobRequest, JobRunner, Outcome, OutputOf } from './job.ts';
import type { FromWorker, WorkerPort } from './port.ts';

/** How long a stopped job may take to say so; the rest of the promised 100 ms is for opening another worker. */
const GRACE_MS = 60;

/** Documents that a worker keeps prepared: the open plan, and what it is compared with. */
const MAX_DOCUMENTS = 3;

/** A request that has not ended. */
interface Pending {
  readonly run: number;
  readonly kind: string;
  readonly document: object;
  readonly input: unknown;
  readonly seed: number;
  /** The share that was told last. */
  share: number;
  readonly onProgress: (share: number) => void;
  readonly end: (outcome: Outcome<unknown>) => void;
  readonly fail: (error: Error) => void;
}

/** Opens a runner in a worker; `open` starts one. */
export function openWorkerRunner<Document extends object, Table>(
  open: () => WorkerPort,
  clock: Clock = platformClock(),
): JobRunner<Document, Table> {
  const desk = new WorkerDesk(open, clock);
  return {
    run: <Kind extends keyof Table & string>(
      request: JobRequest<Document, Table, Kind>,
      options: JobOptions = {},
    ) => desk.run(request, options) as Promise<Outcome<OutputOf<Table, Kind>>>,
    close: () => desk.close(),
  };
}

class WorkerDesk {
  readonly #open: () => WorkerPort;
  readonly #clock: Clock;
  #port: WorkerPort | undefined;
  #runs = 0;
  #documents = 0;
  readonly #pending = new Map<number, Pending>();
  /** Documents that the worker of now has, oldest first. */
  #sent = new Map<object, number>();
  readonly #started = new Set<number>();
  /** Outputs of which pieces have come. */
  readonly #assemblies = new Map<number, Assembly>();
  /** Requests that have ended here and not yet there; with what calls off the end of the worker. */
  readonly #stopping = new Map<number, (() => void) | undefined>();

  constructor(open: () => WorkerPort, clock: Clock) {
    this.#open = open;
    this.#clock = clock;
  }

  run(
    { kind, document, input, seed }: { kind: string; document: object; input: unknown; seed: number },
    { onProgress, signal }: JobOptions,
  ): Promise<Outcome<unknown>> {
    for (const older of [...this.#pending.values()]) if (older.kind === kind) this.#stop(older, 'superseded');
    if (signal?.aborted) return Promise.resolve({ kind: 'cancelled' });
    this.#runs += 1;
    const run = this.#runs;
    return new Promise((resolve, reject) => {
      const cancel = () => this.#stop(pending, 'cancelled');
      const leave = () => {
        signal?.removeEventListener('abort', cancel);
        this.#pending.delete(run);
      };
      const pending: Pending = {
        run,
        kind,
        document,
        input,
        seed,
        share: 0,
        onProgress: (share) => onProgress?.(share),
        end: (outcome) => {
          leave();
          resolve(outcome);
        },
        fail: (error) => {
          leave();
          reject(error);
        },
      };
      this.#pending.set(run, pending);
      signal?.addEventListener('abort', cancel);
      this.#post(pending);
    });
  }

  close(): void {
    for (const pending of [...this.#pending.values()]) pending.end({ kind: 'cancelled' });
    this.#end();
  }

  /** Ends a request here at once and asks the worker to stop it. */
  #stop(pending: Pending, how: 'cancelled' | 'superseded'): void {
    pending.end({ kind: how });
    if (!this.#port) return;
    this.#stopping.set(pending.run, undefined);
    this.#port.post({ kind: 'cancel', run: pending.run });
    if (this.#started.has(pending.run)) this.#giveGrace(pending.run);
  }

  #giveGrace(run: number): void {
    this.#stopping.set(
      run,
      this.#clock.later(() => this.#restart(), GRACE_MS),
    );
  }

  /** Ends a worker that does not answer; the fresh one begins again with what is still wanted. */
  #restart(): void {
    this.#end();
    for (const pending of this.#pending.values()) this.#post(pending);
  }

  #end(): void {
    this.#port?.terminate();
    this.#port = undefined;
    this.#sent = new Map();
    this.#started.clear();
    this.#assemblies.clear();
    for (const callOff of this.#stopping.values()) callOff?.();
    this.#stopping.clear();
  }

  #post(pending: Pending): void {
    const { run, kind, input, seed } = pending;
    try {
      const port = (this.#port ??= this.#opened());
      port.post({
        kind: 'run',
        run,
        job: kind,
        document: this.#documentOf(pending.document, port),
        input,
        seed,
      });
    } catch (error) {
      // what cannot be sent is the caller's mistake and concerns nobody else
      pending.fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #opened(): WorkerPort {
    const port = this.#open();
    port.listen(
      (message) => {
        if (port === this.#port) this.#receive(message);
      },
      (error) => {
        if (port !== this.#port) return;
        this.#end();
        for (const pending of [...this.#pending.values()]) pending.fail(error);
      },
    );
    return port;
  }

  #documentOf(document: object, port: WorkerPort): number {
    const known = this.#sent.get(document);
    if (known !== undefined) {
      // the one used last is the last to be forgotten
      this.#sent.delete(document);
      this.#sent.set(document, known);
      return known;
    }
    this.#documents += 1;
    const number = this.#documents;
    port.post({ kind: 'document', document: number, content: document });
    this.#sent.set(document, number);
    const [oldest] = this.#sent;
    if (this.#sent.size > MAX_DOCUMENTS && oldest) {
      this.#sent.delete(oldest[0]);
      port.post({ kind: 'forget', document: oldest[1] });
    }
    return number;
  }

  #receive(message: FromWorker): void {
    const { run } = message;
    if (message.kind === 'started') {
      this.#started.add(run);
      if (this.#stopping.has(run)) this.#giveGrace(run);
      return;
    }
    const pending = this.#pending.get(run);
    if (message.kind === 'progress') {
      // a job that begins again in a fresh worker does not tell what was told before
      if (!pending || message.share <= pending.share) return;
      pending.share = message.share;
      pending.onProgress(message.share);
      return;
    }
    if (message.kind === 'piece') {
      if (!pending) return;
      const assembly = this.#assemblies.get(run) ?? new Assembly();
      this.#assemblies.set(run, assembly);
      assembly.take(message.steps);
      return;
    }
    const assembly = this.#assemblies.get(run);
    this.#assemblies.delete(run);
    this.#started.delete(run);
    this.#stopping.get(run)?.();
    this.#stopping.delete(run);
    if (message.kind === 'done')
      pending?.end({ kind: 'done', output: assembly ? assembly.answer : message.output });
    else if (message.kind === 'failed') pending?.fail(errorOf(message));
  }
}

function errorOf({ name, message }: { readonly name: string; readonly message: string }): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}
