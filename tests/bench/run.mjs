/**
 * Runs a benchmark of `tests/bench/` on Node: builds its TypeScript into one file first, as the app is built, so that what
 * is measured is what is shipped. `node tests/bench/run.mjs analysis`
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const [name, ...rest] = process.argv.slice(2);
if (!name || !/^[\w-]+$/.test(name)) {
  process.stderr.write('Name a benchmark: node tests/bench/run.mjs analysis\n');
  process.exit(2);
}
const root = resolve(import.meta.dirname, '../..');
const fresh = mkdtempSync(join(root, 'node_modules', '.bench-'));
try {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const task = ['build', '--ssr', `tests/bench/${name}.ts`, '--outDir', fresh, '--logLevel', 'error'];
  const built = spawnSync(process.execPath, [vite, ...task], { cwd: root, encoding: 'utf8' });
  if (built.status !== 0) {
    process.stderr.write(`${built.stdout}${built.stderr}\nThe benchmark could not be built.\n`);
    process.exitCode = 1;
  } else {
    const run = spawnSync(process.execPath, ['--expose-gc', join(fresh, `${name}.mjs`), ...rest], {
      cwd: root,
      stdio: 'inherit',
    });
    process.exitCode = run.status ?? 1;
  }
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
