/** Work that is done in turns: what is long lets the page have its own between two of them. */

/** Work that yields wherever it may rest, and returns what comes of it. */
export type Turns<T> = Generator<undefined, T>;

/** How long a turn may be: less than a frame. Milliseconds. */
const TURN_MS = 10;

/** Does all of it at once. */
export function atOnce<T>(work: Turns<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** Does it turn by turn; `rest` resolves when the next one may begin. */
export async function inTurns<T>(work: Turns<T>, rest: () => Promise<unknown>): Promise<T> {
  for (let began = performance.now(); ;) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (performance.now() - began < TURN_MS) continue;
    await rest();
    began = performance.now();
  }
}
