// @vitest-environment node
/** The promises of a job runner, kept in line and in a worker: one suite run on both. */
import { describe, expect, it } from 'vitest';
import {
  openInLineRunner,
  openWorkerRunner,
  portOfScope,
  serveJobs,
  type Clock,
  type FromWorker,
  type JobRunner,
  type MessageScope,
  type ToWorker,
  type WorkerPort,
} from '#worker';

interface Numbers {
  readonly base: number;
}

/** What the jobs did, as seen from outside. */
interface Witness {
  prepared: number;
  steps: number;
  closed: string[];
}

/** Jobs whose doings can be counted; `until` ends a long one by itself. */
function registryOf(witness: Witness) {
  return {
    prepare({ base }: Numbers) {
      witness.prepared += 1;
      return { twice: base * 2 };
    },
    jobs: {
      sum: ({ twice }: { twice: number }, by: number, { seed }: { seed: number }) => twice + by + seed,
      fail(_: { twice: number }, message: string): number {
        throw new RangeError(message);
      },
      *count({ twice }: { twice: number }, input: { until: number; name: string }) {
        try {
          for (let step = 1; step <= input.until; step += 1) {
            witness.steps += 1;
            yield step / input.until;
          }
          return {
            name: input.name,
            twice,
            values: Float64Array.from({ length: 3 }, (_, index) => index * twice),
          };
        } finally {
          witness.closed.push(input.name);
        }
      },
      *other(_: { twice: number }, until: number) {
        for (let step = 1; step <= until; step += 1) yield step / until;
        return until;
      },
      strange: () => ({ cannotBeSent: () => 1 }),
    },
  };
}

type Registry = ReturnType<typeof registryOf>;
type Runner = JobRunner<Numbers, Registry['jobs']>;

/** A clock by which every step of a job takes long, so that each is a slice of its own; nothing waits. */
class StepClock implements Clock {
  #now = 0;
  readonly due: (() => void)[] = [];

  now(): number {
    this.#now += 20;
    return this.#now;
  }

  breathe(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }

  later(work: () => void): () => void {
    this.due.push(work);
    return () => this.due.splice(this.due.indexOf(work), 1);
  }
}

/** A worker on this thread: the same two sides over a real channel. */
function channelWorker(registry: Registry, clock: Clock): WorkerPort {
  const { port1, port2 } = new MessageChannel();
  serveJobs(registry, portOfScope(port2 as unknown as MessageScope), clock);
  return {
    post: (message) => port1.postMessage(message),
    listen(onMessage) {
      port1.onmessage = ({ data }: MessageEvent<FromWorker>) => onMessage(data);
    },
    terminate() {
      port1.close();
      port2.close();
    },
  };
}

const document = { base: 4 };
const LONG = 1_000_000;

describe.each<[string, (registry: Registry, clock: Clock) => Runner]>([
  ['in line', (registry, clock) => openInLineRunner(registry, clock)],
  ['in a worker', (registry, clock) => openWorkerRunner(() => channelWorker(registry, clock), clock)],
])('a runner %s', (_, open) => {
  function opened() {
    const witness: Witness = { prepared: 0, steps: 0, closed: [] };
    const runner = open(registryOf(witness), new StepClock());
    return { witness, runner };
  }

  /** Resolves when something has become true; turns of the loop pass, no time. */
  async function until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) await new Promise((resolve) => setImmediate(resolve));
  }

  it('gives what the job gives, from document, input and seed', async () => {
    const { runner } = opened();
    expect(await runner.run({ kind: 'sum', document, input: 10, seed: 7 })).toEqual({
      kind: 'done',
      output: 25,
    });
    runner.close();
  });

  it('hands over arrays', async () => {
    const { runner } = opened();
    const ended = await runner.run({ kind: 'count', document, input: { until: 2, name: 'a' }, seed: 1 });
    expect(ended).toEqual({
      kind: 'done',
      output: { name: 'a', twice: 8, values: Float64Array.of(0, 8, 16) },
    });
    runner.close();
  });

  it('tells progress that rises, and none after the end', async () => {
    const { runner } = opened();
    const shares: number[] = [];
    const request = { kind: 'count', document, input: { until: 4, name: 'a' }, seed: 1 } as const;
    await runner.run(request, { onProgress: (share) => shares.push(share) });
    expect(shares).toEqual([0.25, 0.5, 0.75, 1]);
    runner.close();
  });

  it('lets an error surface with its name, and others go on', async () => {
    const { runner } = opened();
    const other = runner.run({ kind: 'other', document, input: 5, seed: 1 });
    const failing = runner.run({ kind: 'fail', document, input: 'too far', seed: 1 });
    await expect(failing).rejects.toMatchObject({ name: 'RangeError', message: 'too far' });
    expect(await other).toEqual({ kind: 'done', output: 5 });
    expect(await runner.run({ kind: 'sum', document, input: 0, seed: 0 })).toEqual({
      kind: 'done',
      output: 8,
    });
    runner.close();
  });

  it('lets a newer request supersede an older one of its kind, which stops', async () => {
    const { runner, witness } = opened();
    const told: string[] = [];
    const older = runner.run(
      { kind: 'count', document, input: { until: LONG, name: 'older' }, seed: 1 },
      { onProgress: () => told.push('older') },
    );
    await until(() => told.length > 2);
    const other = runner.run({ kind: 'other', document, input: 3, seed: 1 });
    const newer = runner.run({ kind: 'count', document, input: { until: 2, name: 'newer' }, seed: 1 });
    const toldBefore = told.length;
    expect(await older).toEqual({ kind: 'superseded' });
    expect(await newer).toMatchObject({ kind: 'done', output: { name: 'newer' } });
    expect(await other).toEqual({ kind: 'done', output: 3 });
    expect(told.length).toBe(toldBefore);
    await until(() => witness.closed.includes('older'));
    expect(witness.steps).toBeLessThan(LONG);
    runner.close();
  });

  it('runs only the last of many requests that come at once', async () => {
    const { runner, witness } = opened();
    const names = ['a', 'b', 'c', 'd'];
    const ended = await Promise.all(
      names.map((name) => runner.run({ kind: 'count', document, input: { until: 1, name }, seed: 1 })),
    );
    expect(ended.map(({ kind }) => kind)).toEqual(['superseded', 'superseded', 'superseded', 'done']);
    expect(witness.closed).toEqual(['d']);
    runner.close();
  });

  it('cancels what is under way, which stops, and what has not begun', async () => {
    const { runner, witness } = opened();
    const controller = new AbortController();
    let isUnderWay = false;
    const request = { kind: 'count', document, input: { until: LONG, name: 'long' }, seed: 1 } as const;
    const running = runner.run(request, {
      signal: controller.signal,
      onProgress: () => {
        isUnderWay = true;
      },
    });
    await until(() => isUnderWay);
    controller.abort();
    expect(await running).toEqual({ kind: 'cancelled' });
    await until(() => witness.closed.includes('long'));
    const { steps } = witness;
    expect(await runner.run(request, { signal: controller.signal })).toEqual({ kind: 'cancelled' });
    expect(witness.steps).toBe(steps);
    runner.close();
  });

  it('prepares a document once, and another one again', async () => {
    const { runner, witness } = opened();
    await runner.run({ kind: 'sum', document, input: 1, seed: 1 });
    await runner.run({ kind: 'other', document, input: 1, seed: 1 });
    expect(witness.prepared).toBe(1);
    const other = await runner.run({ kind: 'sum', document: { base: 50 }, input: 0, seed: 0 });
    expect(other).toEqual({ kind: 'done', output: 100 });
    expect(witness.prepared).toBe(2);
    await runner.run({ kind: 'sum', document, input: 1, seed: 1 });
    expect(witness.prepared).toBe(2);
    runner.close();
  });

  it('ends what is under way when it is closed', async () => {
    const { runner } = opened();
    const running = runner.run({ kind: 'count', document, input: { until: LONG, name: 'long' }, seed: 1 });
    runner.close();
    expect(await running).toEqual({ kind: 'cancelled' });
  });
});

describe('a worker', () => {
  /** A worker whose answers the test gives. */
  function silentWorker() {
    const heard: ToWorker[] = [];
    let say: (message: FromWorker) => void = () => undefined;
    let breakDown: (error: Error) => void = () => undefined;
    const port: WorkerPort & { isEnded: boolean } = {
      isEnded: false,
      post: (message) => heard.push(message),
      listen(onMessage, onError) {
        [say, breakDown] = [onMessage, onError];
      },
      terminate() {
        port.isEnded = true;
      },
    };
    return {
      port,
      heard,
      say: (message: FromWorker) => say(message),
      breakDown: (error: Error) => breakDown(error),
    };
  }

  function openedOn(...workers: { port: WorkerPort }[]) {
    const clock = new StepClock();
    let next = 0;
    const runner: Runner = openWorkerRunner(() => (workers[next++] as { port: WorkerPort }).port, clock);
    return { runner, clock, count: () => next };
  }

  it('that does not answer in time is ended; a fresh one begins again with what is still wanted', async () => {
    const [stuck, fresh] = [silentWorker(), silentWorker()];
    const { runner, clock } = openedOn(stuck, fresh);
    const controller = new AbortController();
    const long = runner.run({ kind: 'sum', document, input: 1, seed: 5 }, { signal: controller.signal });
    const other = runner.run({ kind: 'other', document, input: 2, seed: 6 });
    stuck.say({ kind: 'started', run: 1 });
    controller.abort();
    expect(await long).toEqual({ kind: 'cancelled' });
    expect(stuck.port.isEnded).toBe(false);
    clock.due.shift()?.();
    await clock.breathe();
    await clock.breathe();
    expect(stuck.port.isEnded).toBe(true);
    expect(fresh.heard).toEqual([
      { kind: 'document', document: 2, content: document },
      { kind: 'run', run: 2, job: 'other', document: 2, input: 2, seed: 6 },
    ]);
    // what the ended one may still say is not heard
    stuck.say({ kind: 'done', run: 2, output: 'old' });
    fresh.say({ kind: 'done', run: 2, output: 'new' });
    expect(await other).toEqual({ kind: 'done', output: 'new' });
  });

  it('that stops in time goes on', async () => {
    const worker = silentWorker();
    const { runner, clock } = openedOn(worker);
    const older = runner.run({ kind: 'other', document, input: 1, seed: 1 });
    worker.say({ kind: 'started', run: 1 });
    const newer = runner.run({ kind: 'other', document, input: 2, seed: 1 });
    expect(await older).toEqual({ kind: 'superseded' });
    expect(clock.due).toHaveLength(1);
    worker.say({ kind: 'stopped', run: 1 });
    expect(clock.due).toHaveLength(0);
    worker.say({ kind: 'done', run: 2, output: 9 });
    expect(await newer).toEqual({ kind: 'done', output: 9 });
    expect(worker.port.isEnded).toBe(false);
  });

  it('is given the time to prepare a document, and the grace begins when the job does', async () => {
    const worker = silentWorker();
    const { runner, clock } = openedOn(worker);
    const older = runner.run({ kind: 'other', document, input: 1, seed: 1 });
    void runner.run({ kind: 'other', document, input: 2, seed: 1 });
    expect(await older).toEqual({ kind: 'superseded' });
    expect(clock.due).toHaveLength(0);
    worker.say({ kind: 'started', run: 1 });
    expect(clock.due).toHaveLength(1);
    runner.close();
  });

  it('that breaks down fails what was asked of it, and the next request opens another', async () => {
    const [broken, fresh] = [silentWorker(), silentWorker()];
    const { runner, count } = openedOn(broken, fresh);
    const asked = runner.run({ kind: 'other', document, input: 1, seed: 1 });
    broken.breakDown(new Error('could not be loaded'));
    await expect(asked).rejects.toThrow('could not be loaded');
    expect(broken.port.isEnded).toBe(true);
    void runner.run({ kind: 'other', document, input: 1, seed: 1 });
    expect(count()).toBe(2);
    expect(fresh.heard.map(({ kind }) => kind)).toEqual(['document', 'run']);
    runner.close();
  });

  it('is sent a document once, and told which to forget', () => {
    const worker = silentWorker();
    const { runner } = openedOn(worker);
    const documents = [1, 2, 3, 4].map((base) => ({ base }));
    for (const one of [0, 1, 0, 2, 3, 0]) {
      void runner.run({ kind: 'other', document: documents[one] as Numbers, input: 1, seed: 1 });
    }
    const told = worker.heard.filter(({ kind }) => kind === 'document' || kind === 'forget');
    // the second was used longest ago
    expect(told.map(({ kind, ...rest }) => [kind, (rest as { document: number }).document])).toEqual([
      ['document', 1],
      ['document', 2],
      ['document', 3],
      ['document', 4],
      ['forget', 2],
    ]);
    runner.close();
  });

  it('hands its arrays over instead of copying them', async () => {
    const own = Float64Array.of(1, 2, 3);
    const witness: Witness = { prepared: 0, steps: 0, closed: [] };
    const registry = {
      ...registryOf(witness),
      jobs: { ...registryOf(witness).jobs, strange: () => ({ deep: [{ own }] }) },
    };
    const clock = new StepClock();
    const runner = openWorkerRunner<Numbers, typeof registry.jobs>(
      () => channelWorker(registry as unknown as Registry, clock),
      clock,
    );
    const ended = await runner.run({ kind: 'strange', document, input: undefined, seed: 1 });
    expect(ended).toEqual({ kind: 'done', output: { deep: [{ own: Float64Array.of(1, 2, 3) }] } });
    expect(own.length).toBe(0);
    runner.close();
  });

  it('says what cannot be sent, either way', async () => {
    const witness: Witness = { prepared: 0, steps: 0, closed: [] };
    const clock = new StepClock();
    const runner: Runner = openWorkerRunner(() => channelWorker(registryOf(witness), clock), clock);
    const input = (() => 1) as unknown as number;
    await expect(runner.run({ kind: 'sum', document, input, seed: 1 })).rejects.toMatchObject({
      name: 'DataCloneError',
    });
    await expect(runner.run({ kind: 'strange', document, input: undefined, seed: 1 })).rejects.toMatchObject({
      name: 'DataCloneError',
    });
    expect(await runner.run({ kind: 'sum', document, input: 1, seed: 1 })).toEqual({
      kind: 'done',
      output: 10,
    });
    runner.close();
  });
});
