/** Turns of the store: none of them holds the page up. */
import { atOnce, type Turns } from '#plan';

export { atOnce };
export type { Turns };

/** How long a turn may be: less than a frame. Milliseconds. */
const TURN_MS = 10;

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
