/**
 * The slope of a function by differences, for a function whose closed form is not written yet: central differences over
 * shrinking steps, extrapolated to a step of zero (Ridders). Good to about ten digits where the function is smooth.
 */

/** The first step against the number, and what each further one is divided by. */
const FIRST_STEP = 0.02;
const SHRINK = 1.6;

/** Steps; rounding spoils what comes after. */
const STEPS = 12;

/** An extrapolation this much worse than the best one ends the search. */
const GIVE_UP = 2;

/** Finds the slope at x. Fails: NaN where the function has no number on both sides. */
export function slopeByDifference(at: (x: number) => number, x: number): number {
  let step = FIRST_STEP * Math.max(Math.abs(x), FIRST_STEP);
  let [best, error] = [NaN, Infinity];
  let before: number[] = [];
  for (let round = 0; round < STEPS; round += 1, step /= SHRINK) {
    const now = [(at(x + step) - at(x - step)) / (2 * step)];
    let factor = SHRINK * SHRINK;
    for (const [order, coarse] of before.entries()) {
      const fine = now[order] as number;
      const better = (fine * factor - coarse) / (factor - 1);
      factor *= SHRINK * SHRINK;
      const apart = Math.max(Math.abs(better - fine), Math.abs(better - coarse));
      if (apart <= error) [best, error] = [better, apart];
      now.push(better);
    }
    const last = before.at(-1);
    if (last !== undefined && Math.abs((now.at(-1) as number) - last) >= GIVE_UP * error) break;
    before = now;
  }
  return best;
}
