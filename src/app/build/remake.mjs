/**
 * Makes something again when what it is made of has changed, and else leaves it. What is made lies in the cache of the
 * packages; several processes may make it at a time.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../../..');
export const cache = join(root, 'node_modules', '.cache', 'tuiyan');

/**
 * Calls `make` with an empty folder of its own, from which it moves what it has made into place, unless `isThere` and the
 * `state` is that of the last time. The state names everything that goes into it, as a text. Where `make` fails, nothing is
 * noted and it is made the next time.
 */
export async function remake({ name, state, isThere, make }) {
  const stamp = join(cache, `${name}.stamp`);
  if (isThere() && existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return;
  mkdirSync(cache, { recursive: true });
  const fresh = mkdtempSync(join(cache, `${name}-`));
  try {
    await make(fresh);
    writeFileSync(stamp, state);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}
