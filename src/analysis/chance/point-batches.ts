/** Into how many batches points come: apart from placing them, which a page that asks does not load. */
import type { SamplingMethod } from './sampling.ts';

/** Batches of a run; between 16 of them a standard error is known to about a fifth. */
const BATCHES = 16;

/** Largest hypercube, in points: what a batch holds in memory at once. */
const MAX_CUBE = 4096;

/** Points of the largest batch of a hypercube: all of them are held at once. */
export function cubeSize(count: number): number {
  return Math.ceil(count / batchesOf('latin', count));
}

/** Fewer samples than the wanted number of batches make batches of two. */
export function batchesOf(method: SamplingMethod, count: number): number {
  const wanted = method === 'latin' ? Math.max(BATCHES, Math.ceil(count / MAX_CUBE)) : BATCHES;
  return Math.max(1, Math.min(wanted, Math.floor(count / 2)));
}
