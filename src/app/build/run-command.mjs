/**
 * Runs a command of the app on Node. Node 20 runs no TypeScript, so `src/app/<name>.ts` is built first, into
 * `node_modules/.cache/tuiyan/<name>.mjs`, and again only when something that it can be made of has changed. Prints nothing
 * of its own on standard output, which belongs to the command; passes its arguments, its input and its exit code through.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { cache, remake, root } from './remake.mjs';

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

/** Builds into `fresh` and moves the file into place in one step. Fails: with what the build has said. */
function build(name, fresh, program) {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const task = ['build', '--ssr', `src/app/${name}.ts`, '--outDir', fresh, '--logLevel', 'error'];
  const run = spawnSync(process.execPath, [vite, ...task], { cwd: root, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`${run.stdout}${run.stderr}\n${name} could not be built.`);
  renameSync(join(fresh, `${name}.mjs`), program);
}

/** Runs `src/app/<name>.ts` with the arguments of this process, and ends with its exit code. */
export async function runCommand(name) {
  const program = join(cache, `${name}.mjs`);
  try {
    await remake({
      name,
      state: fingerprint(),
      isThere: () => existsSync(program),
      make: (fresh) => build(name, fresh, program),
    });
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
  const run = spawnSync(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exit(run.status ?? 1);
}
