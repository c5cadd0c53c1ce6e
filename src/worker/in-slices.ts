/** What the page's own thread has to do itself, in slices. */
import type { Turns } from '#plan';
import { platformClock } from './clock.ts';
import { drive } from './drive.ts';

/** Does work that yields wherever it may rest, without keeping the page. */
export async function inSlices<T>(work: Turns<T>): Promise<T>;
/** The same, until a signal stops it: undefined where that was before its end. */
export async function inSlices<T>(work: Turns<T>, signal: AbortSignal): Promise<T | undefined>;
export async function inSlices<T>(work: Turns<T>, signal?: AbortSignal): Promise<T | undefined> {
  const ended = await drive(() => withoutShare(work), {
    clock: platformClock(),
    isStopped: () => signal?.aborted === true,
    onProgress: () => undefined,
  });
  return ended && (ended.output as T);
}

/** A job tells how much is done; this work does not know. */
function* withoutShare<T>(work: Turns<T>): Generator<number, T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    yield 0;
  }
}
