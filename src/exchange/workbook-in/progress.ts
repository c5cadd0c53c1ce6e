/** Work in steps: each yields the share that is done, so that it can be shown and stopped. */

/** A part of the work as a part of the whole: what it yields from 0 to 1 is yielded from `from` to `to`. */
export function* shareOf<Result>(
  from: number,
  to: number,
  work: Generator<number, Result>,
): Generator<number, Result> {
  let step = work.next();
  while (!step.done) {
    yield from + (to - from) * step.value;
    step = work.next();
  }
  return step.value;
}
