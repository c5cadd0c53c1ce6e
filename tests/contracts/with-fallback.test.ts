// @vitest-environment node
/** Analyses go on where a worker cannot be had: its file is refused, or it has broken down. */
import { expect, it } from 'vitest';
import { openInLineRunner, openWorkerRunner, portOfWorker, withFallback, type JobRunner } from '#worker';

const registry = {
  prepare: ({ base }: { base: number }) => base,
  jobs: {
    sum: (base: number, by: number) => base + by,
    fail: (_: number, message: string): number => {
      throw new RangeError(message);
    },
  },
};
type Runner = JobRunner<{ base: number }, typeof registry.jobs>;
const document = { base: 40 };
const sum = { kind: 'sum', document, input: 2, seed: 1 } as const;

/** A worker as the platform gives one whose file cannot be loaded: it says so a moment later and never answers. */
function aDeadWorker(): Worker {
  const worker = {
    onmessage: null,
    onerror: null as ((event: { message: string }) => void) | null,
    onmessageerror: null,
    postMessage: () => queueMicrotask(() => worker.onerror?.({ message: '' })),
    terminate: () => undefined,
  };
  return worker as unknown as Worker;
}

it('asks again in line what a worker that could not be loaded was asked', async () => {
  let opened = 0;
  const first: Runner = openWorkerRunner(() => portOfWorker(aDeadWorker()));
  const runner = withFallback(first, () => {
    opened += 1;
    return Promise.resolve(openInLineRunner(registry));
  });
  expect(await runner.run(sum)).toEqual({ kind: 'done', output: 42 });
  expect(await runner.run(sum)).toEqual({ kind: 'done', output: 42 });
  expect(opened).toBe(1);
});

it('runs in line from the beginning where there are no workers', async () => {
  const runner = withFallback(undefined, () => Promise.resolve(openInLineRunner(registry)));
  expect(await runner.run(sum)).toEqual({ kind: 'done', output: 42 });
});

it('leaves the error of a job to whoever asked', async () => {
  const runner = withFallback(openInLineRunner(registry), () => Promise.reject(new Error('not needed')));
  await expect(runner.run({ kind: 'fail', document, input: 'too much', seed: 1 })).rejects.toThrow(
    'too much',
  );
});

it('runs nothing after it was closed', async () => {
  const runner = withFallback<{ base: number }, typeof registry.jobs>(undefined, () =>
    Promise.resolve(openInLineRunner(registry)),
  );
  const asked = runner.run(sum);
  runner.close();
  expect(await asked).toEqual({ kind: 'cancelled' });
});
