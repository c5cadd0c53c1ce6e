/**
 * Jobs and the interface behind which they run, in line or in a worker.
 *
 * Promises of every `JobRunner`:
 * 1. A job is a pure function: the same document, input and seed give the same output wherever it runs.
 * 2. A newer request of a kind supersedes the older one: the older ends as `superseded`, and what it may still find is
 *    never delivered.
 * 3. A request whose signal is aborted ends as `cancelled` at once; what it occupied is free within 100 ms.
 * 4. Progress only rises, and none is told after the end.
 * 5. An error in a job surfaces as a rejection with its name and message; other requests go on.
 */

/** What a job may use besides its document and its input. */
export interface JobSetting {
  /** The only source of chance. */
  readonly seed: number;
}

/**
 * A named calculation on a prepared document. One that may take long is a generator: it yields the share that is done,
 * from 0 to 1, wherever it may be stopped, and may wait between. What it returns, at once or as a promise, it gives away: its arrays are handed to
 * the other thread.
 */
export type Job<Subject, Input, Output> = (
  subject: Subject,
  input: Input,
  setting: JobSetting,
) => Output | Promise<Output> | Generator<number, Output | Promise<Output>> | AsyncGenerator<number, Output>;

/** Jobs by name. */
export type JobTable<Subject> = Readonly<Record<string, Job<Subject, never, unknown>>>;

/** All that can be asked of a document: how it is made ready, once, and the jobs on it. */
export interface JobRegistry<Document extends object, Subject, Table extends JobTable<Subject>> {
  readonly prepare: (document: Document) => Subject;
  readonly jobs: Table;
}

/** What a job of a table takes. */
export type InputOf<Table, Kind extends keyof Table> =
  Table[Kind] extends Job<never, infer Input, unknown> ? Input : never;

/** What a job of a table gives. */
export type OutputOf<Table, Kind extends keyof Table> = Table[Kind] extends (...args: never) => infer Given
  ? Given extends Generator<number, infer Output> | AsyncGenerator<number, infer Output>
    ? Awaited<Output>
    : Awaited<Given>
  : never;

/** One request. The document is recognised by identity: the same object is prepared once. */
export interface JobRequest<Document extends object, Table, Kind extends keyof Table> {
  readonly kind: Kind;
  readonly document: Document;
  readonly input: InputOf<Table, Kind>;
  readonly seed: number;
}

/** How a request is watched and stopped. */
export interface JobOptions {
  /** Told the share that is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
}

/** How a request ended. */
export type Outcome<Output> =
  | { readonly kind: 'done'; readonly output: Output }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'superseded' };

/** Runs jobs. Fails: the promise rejects with what the job threw, or with why there is no worker. */
export interface JobRunner<Document extends object, Table> {
  run<Kind extends keyof Table & string>(
    request: JobRequest<Document, Table, Kind>,
    options?: JobOptions,
  ): Promise<Outcome<OutputOf<Table, Kind>>>;
  /** Ends everything that is under way as cancelled; nothing runs afterwards. */
  close(): void;
}
