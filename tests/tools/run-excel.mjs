/**
 * `npm run test:excel`: workbooks of ours, calculated by LibreOffice and compared with the engine.
 *
 * LibreOffice Calc is Debian's package `libreoffice-calc`. Where it is missing it is installed, if this machine lets us;
 * where that does not work one line says what is missing, and the tests do not run. Exit code 2 says so to a caller.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const NOT_RUN = 2;

function isInstalled() {
  const named = process.env.TUIYAN_SOFFICE;
  const places = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'soffice'));
  return [...(named ? [named] : []), ...places, '/usr/bin/soffice'].some((path) => existsSync(path));
}

/** Installs the package where that needs no question to be asked: as root on Debian and its like. */
function install() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return;
  console.log('LibreOffice Calc is missing: installing Debian’s package libreoffice-calc.');
  const quiet = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update'], quiet);
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'libreoffice-calc'], quiet);
}

if (!isInstalled()) install();
if (isInstalled()) {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const config = join('tests', 'tools', 'excel.config.ts');
  const { status } = spawnSync(process.execPath, [vitest, 'run', '-c', config, ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
} else {
  console.log(
    'Not run: LibreOffice Calc (soffice) is neither installed nor could it be; name it in TUIYAN_SOFFICE.',
  );
  process.exitCode = NOT_RUN;
}
