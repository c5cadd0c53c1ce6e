/**
 * `npm test`: the whole check, in the order in which a mistake is cheapest to find.
 *
 * The first step that fails ends the run with its name. The last line always reads `N passed, N failed` and sums
 * the unit tests, the journeys, the kept promises and the workbooks; a step without tests of its own (types, lint, build) counts as one failure
 * when it fails, so that the line never says 0 failed about a run that failed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const cache = join(root, 'node_modules', '.cache', 'tuiyan');
mkdirSync(cache, { recursive: true });
const results = mkdtempSync(join(cache, 'test-'));
const unitResults = join(results, 'unit.json');
const journeyResults = join(results, 'journeys.json');
const promiseResults = join(results, 'promises.json');
const excelResults = join(results, 'excel.json');

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const script = (name, ...options) => [
  npm,
  'run',
  '-s',
  name,
  ...(options.length > 0 ? ['--', ...options] : []),
];

function countVitest({ numPassedTests, numFailedTests, numPendingTests, numTodoTests }) {
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}

const STEPS = [
  { name: 'words', command: script('words') },
  { name: 'types', command: script('types') },
  { name: 'lint', command: script('lint') },
  {
    name: 'unit',
    command: script('unit', '--reporter=default', '--reporter=json', `--outputFile.json=${unitResults}`),
    results: unitResults,
    count: countVitest,
  },
  { name: 'build', command: script('build') },
  {
    name: 'journeys',
    // The built app is the one of the step before.
    command: [
      process.execPath,
      join('node_modules', '@playwright', 'test', 'cli.js'),
      'test',
      '-c',
      join('tests', 'tools', 'playwright.config.ts'),
      '--reporter=list,json',
    ],
    environment: { PLAYWRIGHT_JSON_OUTPUT_FILE: journeyResults },
    results: journeyResults,
    count: ({ stats: { expected, flaky, unexpected, skipped } }) => {
      return { passed: expected + flaky, failed: unexpected, skipped };
    },
  },
  {
    // What was saved is there after kills and damage: short runs of what `npm run test:long` does at length, in the built app.
    name: 'promises',
    command: [
      process.execPath,
      join('node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '-c',
      join('tests', 'long', 'long.config.ts'),
      // a limit for what hangs, not a measure of speed: machines are busy
      '--testTimeout=1200000',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${promiseResults}`,
      'kills.long.ts',
      'damage.long.ts',
      'two-tabs.long.ts',
    ],
    environment: { TUIYAN_LONG: JSON.stringify({ kills: 20, runs: 1, edits: 200 }) },
    results: promiseResults,
    count: countVitest,
  },
  {
    name: 'excel',
    command: script(
      'test:excel',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${excelResults}`,
    ),
    results: excelResults,
    count: countVitest,
    // Without LibreOffice there is nobody to calculate the workbooks; the step says so in a line.
    notRun: 2,
  },
];

function runStep({ name, command, environment, results: file, count, notRun }) {
  console.log(`\n── ${name}`);
  const [program, ...options] = command;
  const { status } = spawnSync(program, options, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
    shell: process.platform === 'win32',
  });
  if (notRun !== undefined && status === notRun) return { passed: 0, failed: 0, skipped: 1 };
  const hasCount = file !== undefined && existsSync(file);
  const counted = hasCount
    ? count(JSON.parse(readFileSync(file, 'utf8')))
    : { passed: 0, failed: 0, skipped: 0 };
  if (status === 0) return counted;
  return { ...counted, failed: Math.max(counted.failed, 1) };
}

const total = { passed: 0, failed: 0, skipped: 0 };
try {
  for (const step of STEPS) {
    const { passed, failed, skipped } = runStep(step);
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
    if (failed > 0) {
      console.log(`\nThe step "${step.name}" failed; the steps after it did not run.`);
      break;
    }
  }
} finally {
  rmSync(results, { recursive: true, force: true });
}
if (total.skipped > 0) console.log(`\n${total.skipped} skipped`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
