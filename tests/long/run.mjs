/**
 * `npm run test:long`: the tests that need minutes or hours, one after another, with their counts.
 *
 * `npm run test:long` runs every part; `npm run test:long -- fuzz soak` runs those parts; `--runs 5000`, `--minutes 3` and
 * the like are passed to the parts, which read them with `option` of `tests/long/option.ts`. A part is a file
 * `tests/long/<part>.long.ts`. Parts that open the app in a browser need `npm run build` first.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const ENDING = '.long.ts';
const known = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(ENDING))
  .map((name) => name.slice(0, -ENDING.length))
  .sort();

/** Splits what was typed into names of parts and `--name value` pairs. */
function readTyped(typed) {
  const parts = [];
  const options = {};
  for (let at = 0; at < typed.length; at += 1) {
    if (!typed[at].startsWith('--')) parts.push(typed[at]);
    else options[typed[at].slice(2)] = typed[(at += 1)] ?? '';
  }
  return { parts, options };
}

const { parts, options } = readTyped(process.argv.slice(2));
const strangers = parts.filter((part) => !known.includes(part));
if (strangers.length > 0) {
  console.log(`There is no part ${strangers.join(', ')}. Parts: ${known.join(', ')}`);
  process.exit(2);
}

const failed = [];
for (const part of parts.length > 0 ? parts : known) {
  console.log(`\n── ${part}`);
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const task = [vitest, 'run', '-c', join('tests', 'long', 'long.config.ts'), `${part}${ENDING}`];
  const { status } = spawnSync(process.execPath, task, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, TUIYAN_LONG: JSON.stringify(options) },
  });
  if (status !== 0) failed.push(part);
}
console.log(failed.length > 0 ? `\nfailed: ${failed.join(', ')}` : '\nall parts passed');
process.exitCode = failed.length > 0 ? 1 : 0;
