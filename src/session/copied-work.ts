/** What leaves the program of a safety copy. */
import { writeBundle } from '#exchange';
import type { CopiedWork } from './lost-work.svelte.ts';

/** Writes a safety copy as the bundle that can be opened like any other. */
export function copyFileOf({ plan, scenarios }: CopiedWork): Uint8Array<ArrayBuffer> {
  return writeBundle(plan, [...plan.scenarios, ...scenarios]);
}
