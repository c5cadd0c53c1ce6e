/**
 * The engine, the hand-written loops and HyperFormula in Chromium, on a page that is served with the app's own headers, its
 * CSP among them: `npm run bench:browser`, with `--only wide`, `--limit 60` and `--json FILE` as `npm run bench`.
 *
 * Every contender has a browser of its own and is not waited for beyond the limit.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { browserArgs, browserEnv, browserPath } from '../tools/browser.mjs';

const CONTENDERS = ['loops', 'ours, reference', 'ours, compiled', 'HyperFormula'];
const WORKLOADS = ['plan', 'wide'];

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    limit: { type: 'string', default: '60' },
    json: { type: 'string' },
  },
});
const limitSeconds = Number(options.limit);
const root = resolve(import.meta.dirname, '../..');
const fresh = mkdtempSync(join(root, 'node_modules', '.bench-'));
const load = () => loadavg().map((one) => one.toFixed(1));

/** Builds the page, and beside it the printing of tables, which is TypeScript too. */
async function buildPage() {
  const common = { configFile: false, logLevel: 'error' };
  await build({
    ...common,
    root: join(root, 'tests', 'bench', 'browser'),
    base: './',
    build: { outDir: join(fresh, 'page'), target: 'es2022', chunkSizeWarningLimit: 2000 },
  });
  await build({
    ...common,
    root,
    build: {
      ssr: 'tests/bench/table.ts',
      outDir: join(fresh, 'node'),
      rolldownOptions: { output: { entryFileNames: '[name].mjs' } },
    },
  });
  return import(pathToFileURL(join(fresh, 'node', 'table.mjs')).href);
}

/** Measures one contender in a browser of its own. */
async function measure(address, name, who) {
  const browser = await chromium.launch({
    executablePath: browserPath(),
    args: browserArgs,
    env: browserEnv(),
  });
  const version = browser.version();
  try {
    const page = await browser.newPage();
    const refused = [];
    page.on('pageerror', (error) => refused.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && refused.push(message.text()));
    await page.goto(`${address}#${encodeURIComponent(`${name}/${who}`)}`);
    const done = page.locator('output[data-end]');
    const isDone = await done.waitFor({ state: 'attached', timeout: limitSeconds * 1000 }).then(
      () => true,
      () => false,
    );
    for (const text of refused) process.stderr.write(`${who} on ${name}: ${text}\n`);
    if (!isDone) return { version, outcome: { who, end: 'stopped', numbers: {}, values: {} } };
    const text = await done.textContent();
    if ((await done.getAttribute('data-end')) === 'done') return { version, outcome: JSON.parse(text) };
    process.stderr.write(`${who} on ${name}: ${text}\n`);
    return { version, outcome: { who, end: 'failed', numbers: {}, values: {} } };
  } finally {
    await browser.close();
  }
}

async function measureAll(address, { compareValues, printWorkload }) {
  const [processor] = cpus();
  const machine = { processor: processor.model, cores: cpus().length, load: load() };
  process.stdout.write(`${machine.processor}, ${machine.cores} cores, load ${machine.load.join(' ')}\n`);
  const only = options.only.split(',').filter(Boolean);
  const workloads = {};
  for (const name of WORKLOADS.filter((one) => only.length === 0 || only.includes(one))) {
    const outcomes = [];
    for (const who of CONTENDERS) {
      const { version, outcome } = await measure(address, name, who);
      machine.browser = version;
      outcomes.push({ ...outcome, difference: compareValues(outcome, outcomes[0] ?? outcome) });
    }
    process.stdout.write(`\nChromium ${machine.browser}, load ${load().join(' ')}\n`);
    process.stdout.write(printWorkload({ name, limitSeconds }, outcomes));
    const contenders = outcomes.map(({ who, end, numbers, difference }) => [
      who,
      { end, ...numbers, difference },
    ]);
    workloads[name] = { load: load(), contenders: Object.fromEntries(contenders) };
  }
  return { date: new Date().toISOString(), machine, limitSeconds, workloads };
}

try {
  const tables = await buildPage();
  const server = await preview({
    root,
    logLevel: 'error',
    build: { outDir: join(fresh, 'page') },
    preview: { host: '127.0.0.1', port: 0 },
  });
  try {
    const { port } = server.httpServer.address();
    const measured = await measureAll(`http://127.0.0.1:${port}/`, tables);
    if (options.json) writeFileSync(options.json, `${JSON.stringify(measured, null, 2)}\n`);
  } finally {
    await server.close();
  }
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
