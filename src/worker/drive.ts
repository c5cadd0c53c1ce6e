/** Runs a job in slices, so that whoever shares its thread is never kept waiting. */
import type { Clock } from './clock.ts';

/** How long a job may run before it lets others have their turn: less than a frame. */
const SLICE_MS = 12;

/** How the driven job stands with those who asked for it. */
export interface Driver {
  readonly clock: Clock;
  readonly isStopped: () => boolean;
  readonly onProgress: (share: number) => void;
}

/** The output of a job; undefined when it was stopped before its end. */
export async function drive(
  start: () => unknown,
  { clock, isStopped, onProgress }: Driver,
): Promise<{ readonly output: unknown } | undefined> {
  await clock.breathe();
  if (isStopped()) return undefined;
  /** What is written in the end may take its own time, as packing a file does. */
  const ended = async (result: unknown) => {
    const output: unknown = await result;
    return isStopped() ? undefined : { output };
  };
  let began = clock.now();
  const given = start();
  if (!isGenerator(given)) return ended(given);
  for (let told = 0; ;) {
    const next = given.next();
    const step = next instanceof Promise ? await next : next;
    if (step.done === true) return ended(step.value);
    if (clock.now() - began < SLICE_MS) continue;
    if (step.value > told) {
      told = step.value;
      onProgress(told);
    }
    await clock.breathe();
    if (isStopped()) {
      void given.return(undefined);
      return undefined;
    }
    began = clock.now();
  }
}

function isGenerator(given: unknown): given is Generator<number> | AsyncGenerator<number> {
  return (
    typeof given === 'object' &&
    given !== null &&
    (Symbol.iterator in given || Symbol.asyncIterator in given) &&
    'next' in given &&
    'return' in given
  );
}
