/** Times one contender on one workload, in Node and in a browser alike. */
import { MEASURED_DRIVERS, type Workload } from './workloads.ts';
import type { Contender, Model } from './contenders/contender.ts';

/** One thing that was measured: milliseconds, or bytes for the heap. */
export type Phase = 'first build' | 'build' | 'heap' | Share | `${Share}, best`;

type Share = (typeof MEASURED_DRIVERS)[number]['share'];

/** Takes what has been measured as it comes; `values` are those to be compared. */
export interface Listener {
  measured(phase: Phase, number: number): void;
  values(phase: Phase, values: Float64Array): void;
}

/** The bytes in use after a collection; undefined where nobody can tell. */
export type HeapMeter = () => number | undefined;

/** How long one measure may take, in milliseconds, once it has been taken three times. */
const BUDGET_MS = 1200;
const MAX_TIMES = 41;
/** A time shorter than this is that of several changes, divided. */
const SHORTEST_MS = 1;
/** Short work is done for so long before it is timed: it is measured as it runs once it runs often, for all contenders alike. */
const WARM_MS = 150;
/** Builds beyond the first, while they are quick. */
const MORE_BUILDS = 4;
const QUICK_BUILD_MS = 1500;

/** The middle one. */
export function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;
}

function time(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

/** Milliseconds of one run: the middle one, and the least, which other programs on the machine disturb least. */
export interface Times {
  readonly median: number;
  readonly best: number;
}

/** Times a piece of work that is given the number of the run; work that is very short is timed by the dozen. */
export function measure(work: (run: number) => void): Times {
  let run = 0;
  const once = (): void => work((run += 1));
  let spent = time(once);
  // the second one tells how many fit into the shortest time that a clock can tell
  const second = time(once);
  spent += second;
  let many = 1;
  const batch = () => {
    for (let one = 0; one < many; one += 1) once();
  };
  if (second < SHORTEST_MS) {
    for (;;) {
      const took = time(batch);
      if (took >= SHORTEST_MS || many > 1e5) break;
      many *= 2;
    }
    for (let warm = 0; warm < WARM_MS;) warm += time(batch);
  }
  const times = many === 1 ? [second] : [];
  while (times.length < MAX_TIMES && (times.length < 3 || spent < BUDGET_MS) && spent < 10 * BUDGET_MS) {
    const took = time(batch);
    spent += took;
    times.push(took / many);
  }
  return { median: median(times), best: Math.min(...times) };
}

/** The value of a driver in a run; never the same as in the run before. */
function valueOf(run: number): number {
  return 0.05 + 0.0001 * (run % 97);
}

/** Where drivers stand when values are compared. */
export const COMPARED_AT = 0.0625;

/** Measures all there is to measure, and tells it as it comes. */
export async function run(
  contender: Contender,
  workload: Workload,
  listener: Listener,
  heap: HeapMeter = () => undefined,
): Promise<void> {
  await contender.load?.();
  const before = heap();
  const model = buildTimed(contender, workload, listener);
  const after = heap();
  if (before !== undefined && after !== undefined) listener.measured('heap', after - before);
  for (const { driver, share } of MEASURED_DRIVERS) {
    const times = measure((turn) => model.change([{ driver, value: valueOf(turn) }]));
    listener.measured(share, times.median);
    listener.measured(`${share}, best`, times.best);
    model.change([{ driver, value: COMPARED_AT }]);
    listener.values(share, model.values());
  }
}

/**
 * Builds several times where that is quick, and gives the last. The document is let go: what a contender keeps of it is
 * counted with what it keeps.
 */
function buildTimed(contender: Contender, workload: Workload, listener: Listener): Model {
  const document = contender.spell(workload);
  const builds: number[] = [];
  for (;;) {
    const began = performance.now();
    const model = contender.build(document);
    const took = performance.now() - began;
    if (builds.length === 0) listener.measured('first build', took);
    builds.push(took);
    if (took < QUICK_BUILD_MS && builds.length <= MORE_BUILDS) continue;
    listener.measured('build', median(builds));
    return model;
  }
}
