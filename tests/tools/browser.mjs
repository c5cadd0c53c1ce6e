/**
 * Where the browser of the journeys comes from.
 *
 * In this order: the one named by TUIYAN_BROWSER; the one inside @sparticuz/chromium, which `npm ci` brings
 * along; one that is installed; on Debian and Ubuntu, as root, one that is installed now. A browser counts only
 * when it starts: each is asked for its version first.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

const root = resolve(import.meta.dirname, '../..');
const modules = join(root, 'node_modules');
const cache = join(modules, '.cache', 'chromium');
const shipped = join(modules, '@sparticuz', 'chromium');

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** The package's own arguments switch site isolation and web security off, so these are ours. */
export const browserArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export function findBrowser() {
  const named = process.env.TUIYAN_BROWSER;
  if (named) return { path: named };
  const unpacked = findShipped();
  if (unpacked) return unpacked;
  const installed = INSTALLED.find(starts);
  if (installed) {
    return {
      path: installed,
      note: `The browser from npm does not run on this machine: using ${installed}.`,
    };
  }
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.stderr.write('No browser runs on this machine: installing chromium with apt-get.\n');
    for (const task of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
      spawnSync('apt-get', ['-qq', ...task], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
    }
    if (starts('/usr/bin/chromium')) {
      return { path: '/usr/bin/chromium', note: 'Using the chromium that apt-get installed.' };
    }
  }
  throw new Error(
    'No browser that starts was found. Install Chrome or Chromium, or set TUIYAN_BROWSER to the path of one.',
  );
}

/**
 * The browser's path, found once: the answer travels to child processes in the environment, so that the workers
 * of a test run neither look again nor repeat the note.
 */
export function browserPath() {
  if (!process.env.TUIYAN_BROWSER) {
    const { path, libraries, note } = findBrowser();
    if (note) process.stderr.write(`${note}\n`);
    process.env.TUIYAN_BROWSER = path;
    if (libraries) process.env.TUIYAN_BROWSER_LIBRARIES = libraries;
  }
  return process.env.TUIYAN_BROWSER;
}

export function browserEnv() {
  browserPath();
  const env = { ...process.env, ...withLibraries(process.env.TUIYAN_BROWSER_LIBRARIES) };
  const fonts = join(modules, '@embedpdf', 'fonts-sc', 'fonts');
  if (process.platform !== 'linux' || !existsSync(fonts)) return env;
  // Without the machine's own configuration Latin text would fall back to a serif.
  const parts = [
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>',
    '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>',
    `<dir>${fonts}</dir><cachedir>${join(cache, 'fonts')}</cachedir></fontconfig>`,
  ];
  mkdirSync(cache, { recursive: true });
  const configuration = join(cache, 'fonts.conf');
  if (!existsSync(configuration) || readFileSync(configuration, 'utf8') !== parts.join('')) {
    writeFileSync(configuration, parts.join(''));
  }
  return { ...env, FONTCONFIG_FILE: configuration };
}

/** The browser of the package, unpacked once per version; with its own libraries where the machine lacks them. */
function findShipped() {
  const manifest = join(shipped, 'package.json');
  if (process.platform !== 'linux' || process.arch !== 'x64' || !existsSync(manifest)) return undefined;
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
  const home = join(cache, version);
  if (!existsSync(home)) unpack(home);
  const path = join(home, 'chromium');
  if (starts(path)) return { path };
  const libraries = join(home, 'al2023', 'lib');
  return starts(path, libraries) ? { path, libraries } : undefined;
}

/** Unpacks beside the goal and moves into place in one step: two runs at once do no harm. */
function unpack(home) {
  mkdirSync(cache, { recursive: true });
  const fresh = mkdtempSync(join(cache, 'unpacking-'));
  // The package unpacks to the system's temporary folder, which this sets for the child.
  const program = "import chromium from '@sparticuz/chromium'; await chromium.executablePath();";
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: root,
    env: { ...process.env, TMPDIR: fresh },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const archive = join(fresh, 'al2023.tar');
  writeFileSync(archive, brotliDecompressSync(readFileSync(join(shipped, 'bin', 'al2023.tar.br'))));
  mkdirSync(join(fresh, 'al2023'));
  spawnSync('tar', ['-xf', archive, '-C', join(fresh, 'al2023')], { stdio: 'ignore' });
  rmSync(archive, { force: true });
  if (run.status === 0 && !existsSync(home)) renameSync(fresh, home);
  else rmSync(fresh, { recursive: true, force: true });
}

function starts(path, libraries) {
  if (!existsSync(path)) return false;
  const run = spawnSync(path, [...browserArgs, '--version'], {
    env: { ...process.env, ...withLibraries(libraries) },
    stdio: 'ignore',
    timeout: 20_000,
  });
  return run.status === 0;
}

function withLibraries(folder) {
  if (!folder) return {};
  const known = process.env.LD_LIBRARY_PATH;
  return { LD_LIBRARY_PATH: known ? `${folder}:${known}` : folder };
}
