/** What the two sides of a worker say to each other, and the two ends at which they say it. */
import type { Step } from './answer-pieces.ts';

/** From the page to the worker. */
export type ToWorker =
  /** Hands over a document once; requests name it by its number. */
  | { readonly kind: 'document'; readonly document: number; readonly content: object }
  | { readonly kind: 'forget'; readonly document: number }
  | {
      readonly kind: 'run';
      readonly run: number;
      readonly job: string;
      readonly document: number;
      readonly input: unknown;
      readonly seed: number;
    }
  | { readonly kind: 'cancel'; readonly run: number };

/** From the worker to the page. */
export type FromWorker =
  /** The document is prepared and the job begins: from here on it answers, or it is one that does not yield. */
  | { readonly kind: 'started'; readonly run: number }
  | { readonly kind: 'progress'; readonly run: number; readonly share: number }
  /** A piece of a large output, in order; `done` without an output follows. */
  | { readonly kind: 'piece'; readonly run: number; readonly steps: readonly Step[] }
  | { readonly kind: 'done'; readonly run: number; readonly output?: unknown }
  | { readonly kind: 'failed'; readonly run: number; readonly name: string; readonly message: string }
  | { readonly kind: 'stopped'; readonly run: number };

/** The page's end. */
export interface WorkerPort {
  post(message: ToWorker): void;
  listen(onMessage: (message: FromWorker) => void, onError: (error: Error) => void): void;
  /** Ends the worker in the middle of whatever it does. */
  terminate(): void;
}

/** The worker's end. */
export interface PagePort {
  post(message: FromWorker, transfer: ArrayBuffer[]): void;
  listen(onMessage: (message: ToWorker) => void): void;
}

/** The name of an error that is not a job's but of the worker itself: it could not be loaded, or has broken down. */
export const WORKER_FAILURE = 'WorkerFailure';

function workerFailure(message: string): Error {
  const error = new Error(message);
  error.name = WORKER_FAILURE;
  return error;
}

/** The page's end of a worker of the platform. */
export function portOfWorker(worker: Worker): WorkerPort {
  return {
    post: (message) => worker.postMessage(message),
    listen(onMessage, onError) {
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => onMessage(data);
      worker.onerror = ({ message }) => onError(workerFailure(message || 'the worker could not be loaded'));
      worker.onmessageerror = () => onError(workerFailure('a message of the worker could not be read'));
    },
    terminate: () => worker.terminate(),
  };
}

/** What a worker's own global scope offers, or one end of a channel. */
export interface MessageScope {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
}

/** The worker's end at its own global scope. */
export function portOfScope(scope: MessageScope): PagePort {
  return {
    post: (message, transfer) => scope.postMessage(message, transfer),
    listen(onMessage) {
      scope.onmessage = ({ data }) => onMessage(data);
    },
  };
}

/** An end whose listener comes later: what arrives before waits for it. */
export function waitingPort(port: PagePort): PagePort {
  const waiting: ToWorker[] = [];
  let deliver = (message: ToWorker): void => {
    waiting.push(message);
  };
  port.listen((message) => deliver(message));
  return {
    post: (message, transfer) => port.post(message, transfer),
    listen(onMessage) {
      deliver = onMessage;
      waiting.splice(0).forEach(onMessage);
    },
  };
}

/** The buffers in a result, each once, so that arrays are handed over and not copied. */
export function buffersIn(value: unknown): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  const seen = new Set<object>();
  const open: unknown[] = [value];
  while (open.length > 0) {
    const one = open.pop();
    if (typeof one !== 'object' || one === null || seen.has(one)) continue;
    seen.add(one);
    if (ArrayBuffer.isView(one)) {
      if (one.buffer instanceof ArrayBuffer) buffers.add(one.buffer);
    } else if (one instanceof ArrayBuffer) buffers.add(one);
    else if (one instanceof Map) open.push(...one.keys(), ...one.values());
    else if (Array.isArray(one)) for (const item of one) open.push(item);
    else for (const item of Object.values(one)) open.push(item);
  }
  return [...buffers];
}
