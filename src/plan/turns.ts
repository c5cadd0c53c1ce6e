/** Work that is done in turns: what is long lets the page have its own between two of them. */

/** Work that yields wherever it may rest, and returns what comes of it. */
export type Turns<T> = Generator<undefined, T>;

/** Does all of it at once. */
export function atOnce<T>(work: Turns<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
