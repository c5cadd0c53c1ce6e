/**
 * Runs a command of the app on Node. Node 20 runs no TypeScript, so `src/app/<name>.ts` is built first, into
 * `node_modules/.cache/tuiyan/<name>.mjs`, and again only when something that it can be made of has changed. Prints nothing
 * of its own on standard output, which belongs to the command; passes its arguments, its input and its exit code through.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');
const cache = join(root, 'node_modules', '.cache', 'tuiyan');

/** Everything that a command can be made of; the compiled words are made of `messages/`. */
const INGREDIENTS = ['src', 'models', 'package-lock.json', 'vite.config.ts'];

/** Names the state of the ingredients: every path with its size and time of change. */
function fingerprint() {
  const hash = createHash('sha256');
  const visit = (path) => {
    if (path === join(root, 'src', 'words', 'compiled')) return;
    const state = statSync(path);
    if (state.isDirectory()) {
      for (const name of readdirSync(path).sort()) visit(join(path, name));
      return;
    }
    hash.update(`${path}\0${state.size}\0${state.mtimeMs}\n`);
  };
  for (const name of INGREDIENTS.map((part) => join(root, part)).filter(existsSync)) visit(name);
  return hash.digest('hex');
}

/** Builds into a folder of its own and moves the file into place in one step. */
function build(name, state, program, stamp) {
  mkdirSync(cache, { recursive: true });
  const fresh = mkdtempSync(join(cache, `${name}-`));
  try {
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    const task = ['build', '--ssr', `src/app/${name}.ts`, '--outDir', fresh, '--logLevel', 'error'];
    const run = spawnSync(process.execPath, [vite, ...task], { cwd: root, encoding: 'utf8' });
    if (run.status !== 0) {
      process.stderr.write(`${run.stdout}${run.stderr}\n${name} could not be built.\n`);
      process.exit(1);
    }
    renameSync(join(fresh, `${name}.mjs`), program);
    writeFileSync(stamp, state);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Runs `src/app/<name>.ts` with the arguments of this process, and ends with its exit code. */
export function runCommand(name) {
  const program = join(cache, `${name}.mjs`);
  const stamp = join(cache, `${name}.stamp`);
  const state = fingerprint();
  const isBuilt = existsSync(program) && existsSync(stamp) && readFileSync(stamp, 'utf8') === state;
  if (!isBuilt) build(name, state, program, stamp);
  const run = spawnSync(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exit(run.status ?? 1);
}
