/**
 * What a large plan costs in Chromium: opening a file of it, moving about, editing, saving, loading the page anew, closing.
 * `npm run bench:large` takes the app as it was built last; `lines periods` may follow.
 *
 * Printed for each step: milliseconds that the page's thread was busy (median and 95 % of the repetitions), the longest
 * task by the clock, and what the page does afterwards when the hand rests. Busy time is read from the system (Linux), so
 * that what else the machine does is not counted; the clock counts it.
 */
import { mkdtempSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { browserArgs, browserEnv, browserPath } from '../tools/browser.mjs';

const PATIENCE_MS = 600_000;
/** The page rests when no turn of a timer came later than this for so long. */
const LATE_MS = 14;
const REST_MS = 800;

const root = resolve(import.meta.dirname, '../..');
const [lines = 10_000, periods = 100] = process.argv.slice(2).map(Number);
const say = (text) => process.stdout.write(`${text}\n`);

async function writeBundle(folder) {
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    build: {
      ssr: 'tests/bench/plan-document.ts',
      outDir: folder,
      rolldownOptions: { output: { entryFileNames: '[name].mjs' } },
    },
  });
  const { largeBundle } = await import(pathToFileURL(join(folder, 'plan-document.mjs')).href);
  const file = join(folder, 'large.json');
  writeFileSync(file, JSON.stringify(largeBundle(lines, periods, 'large-plan')));
  return file;
}

/** Measures steps on a page. */
async function gauge(browser, page) {
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');
  await page.addInitScript(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longTasks.push(Math.round(duration));
    }).observe({ type: 'longtask', buffered: true });
    // the browser counts the memory of WebAssembly nowhere by itself
    const held = new Set();
    const Memory = WebAssembly.Memory;
    WebAssembly.Memory = class extends Memory {
      constructor(limits) {
        super(limits);
        held.add(new WeakRef(this));
      }
    };
    window.compiledBytes = () =>
      [...held].reduce((sum, one) => sum + (one.deref()?.buffer.byteLength ?? 0), 0);
  });
  const system = await browser.newBrowserCDPSession();
  const busy = async () => {
    const { processInfo } = await system.send('SystemInfo.getProcessInfo');
    const [renderer] = processInfo
      .filter(({ type }) => type === 'renderer')
      .sort((a, b) => b.cpuTime - a.cpuTime);
    const file = `/proc/${renderer?.id}/task/${renderer?.id}/schedstat`;
    return existsSync(file) ? Number(readFileSync(file, 'utf8').split(' ')[0]) / 1e6 : NaN;
  };
  const tasks = () => page.evaluate(() => window.longTasks.splice(0).sort((a, b) => b - a));
  const painted = () =>
    page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
    );
  const rest = () =>
    page.evaluate(
      async ([late, length]) => {
        let [began, last] = [performance.now(), performance.now()];
        while (performance.now() - began < length) {
          await new Promise((next) => setTimeout(next, 4));
          const now = performance.now();
          if (now - last > late) began = now;
          last = now;
        }
      },
      [LATE_MS, REST_MS],
    );
  const ms = (value) => value.toFixed(0).padStart(6);

  return {
    async step(name, times, work) {
      await tasks();
      const spent = [];
      for (let time = 0; time < times; time += 1) {
        const before = await busy();
        await work(time);
        await painted();
        spent.push((await busy()) - before);
      }
      spent.sort((a, b) => a - b);
      const during = await tasks();
      const before = await busy();
      await rest();
      const [after, tail] = [(await busy()) - before, await tasks()];
      const at = (share) => ms(spent[Math.floor(share * (spent.length - 1))]);
      const longest = (all) => `${ms(all[0] ?? 0)} (${all.length} over 50)`;
      say(
        `${name.padEnd(28)} busy ${at(0.5)} ${at(0.95)}  longest task ${longest(during)}  afterwards busy ${ms(after)}, longest ${longest(tail)}`,
      );
    },
    async weigh(name) {
      await client.send('HeapProfiler.collectGarbage');
      const { metrics } = await client.send('Performance.getMetrics');
      const of = (key) => metrics.find((one) => one.name === key)?.value ?? NaN;
      const { usedSize, backingStorageSize } = await client.send('Runtime.getHeapUsage');
      const compiled = await page.evaluate(() => window.compiledBytes());
      const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
      say(
        `${name.padEnd(28)} heap ${megabytes(usedSize)}, buffers ${megabytes(backingStorageSize)}, WebAssembly ${megabytes(compiled)}, ${of('Nodes')} nodes, ${of('JSEventListeners')} listeners`,
      );
    },
  };
}

/** The panels and views of a large plan. */
async function lookAround(page, step) {
  const tab = (name) => page.getByRole('tab', { name, exact: true });
  const view = (name) => page.getByRole('button', { name, exact: true });
  await step('look at the line', 1, () => tab('Line').click());
  await step('look at where it comes from', 1, () => tab('Explain').click());
  await step('ask', 1, () => tab('Ask').click());
  await step('look at the scenario', 1, () => tab('Scenario').click());
  await tab('Line').click();
  for (const name of [
    'Compare',
    'What must be true',
    'Sensitivity',
    'Uncertainty',
    'Logic map',
    'Plan audit',
  ])
    await step(`open ${name}`, 1, () => view(name).click());
  await step('open the grid', 1, () => view('Grid').click());
}

/**
 * Edits of the plan itself, and files of it. Parts of the page are found by selectors: among ten thousand buttons a search by
 * role takes the tool seconds, which are not the app's.
 */
async function editPlan(page, step) {
  const view = (name) => page.getByRole('button', { name, exact: true });
  const press = (selector) => page.evaluate((to) => document.querySelector(to).click(), selector);
  const title = page.locator('form input[aria-label="English name"]');
  const taken = (name) =>
    page.waitForFunction(
      (text) => [...document.querySelectorAll('h2')].some((head) => head.textContent.includes(text)),
      name,
    );
  const take = async (name) => {
    await title.fill(name);
    await press('form button[type="submit"]');
    await taken(name);
  };
  await step('open Model', 1, () => view('Model').click());
  await press('nav .section .name button:nth-of-type(2)');
  await title.waitFor();
  await page.locator('form textarea').first().fill('=l600*2');
  await step('add a line', 1, () => take('Something new'));
  await step('rename a line', 3, (time) => take(`Something else ${time}`));
  await step('undo what was done to the plan', 4, () => page.keyboard.press('Control+z'));
  await step('back to the grid', 1, () => view('Grid').click());
  const share = view('Share');
  for (const name of ['Save scenario file', 'Save bundle with all scenarios', 'Excel workbook'])
    await step(name, 1, async () => {
      await share.click();
      const saved = page.waitForEvent('download');
      await page.getByRole('menuitem', { name, exact: true }).click();
      await saved;
    });
}

async function measure(address, file) {
  const browser = await chromium.launch({
    executablePath: browserPath(),
    args: browserArgs,
    env: browserEnv(),
  });
  try {
    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    const { step, weigh } = await gauge(browser, page);
    const open = page.getByRole('button', { name: 'Open a file', exact: true });
    const number = page.locator('.ht_master td').filter({ hasText: /\d/ }).first();
    const cell = (row, column) => page.locator('.ht_master tbody tr').nth(row).locator('td').nth(column);
    const driver = (of) => page.getByRole('textbox', { name: new RegExp(`^Line ${of}\\b`) });
    const scrollTo = (place) =>
      page.evaluate((to) => document.querySelector('.ht_master .wtHolder').scrollTo(to), place);

    await page.goto(address);
    await open.waitFor();
    await weigh('home');
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), open.click()]);
    const add = page.getByRole('dialog').getByRole('button', { name: 'Add as my own plan' });
    await step('read the file', 1, async () => {
      await chooser.setFiles(file);
      await add.waitFor();
    });
    await step('keep, open, first figures', 1, async () => {
      await add.click();
      await number.waitFor();
    });
    await weigh('open');
    await step('scroll down', 20, (time) => scrollTo({ top: 500 * (time + 1), left: 0 }));
    await step('jump', 10, (time) => scrollTo({ top: 20_000 * time, left: 0 }));
    await step('scroll to the right', 10, (time) => scrollTo({ top: 0, left: 600 * time }));
    await scrollTo({ top: 0, left: 0 });
    await cell(3, 4).click();
    await step('select the next cell', 20, () => page.keyboard.press('ArrowDown'));
    const lever = page.getByRole('slider').first();
    const box = await lever.boundingBox();
    const [middle, height] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(middle, height);
    await page.mouse.down();
    await step('move a lever', 40, (time) =>
      page.mouse.move(middle + box.width * 0.4 * Math.sin((time + 1) / 4), height),
    );
    await step('let it go', 1, () => page.mouse.up());
    await step('type into a lever', 5, async (time) => {
      await driver(1).fill(String(0.03 + time / 100));
      await driver(1).press('Enter');
    });
    await cell(8, 5).click();
    await step('type into a cell', 10, async (time) => {
      await page.keyboard.type(String(time + 1));
      await page.keyboard.press('Enter');
    });
    await step('type a formula', 1, () => page.keyboard.type('=Line 50'));
    await step('take a formula', 1, async () => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await page.keyboard.type('=l600*2');
      await page.keyboard.press('Enter');
    });
    await step('undo', 6, () => page.keyboard.press('Control+z'));
    await step('redo', 6, () => page.keyboard.press('Control+y'));
    await step('open another scenario', 6, (time) =>
      page
        .getByRole('tab', { name: time % 2 === 0 ? /^Plan/ : /^Trial/ })
        .first()
        .click(),
    );
    await lookAround(page, step);
    await editPlan(page, step);
    await step('1,000 edits, one snapshot in 200', 1000, async (time) => {
      await driver(0).fill(String(0.02 + time / 20_000));
      await driver(0).press('Enter');
    });
    await page.getByText('Saved', { exact: true }).first().waitFor();
    await weigh('after 1,000 edits');
    await step('load the page anew', 1, async () => {
      await page.reload();
      await number.waitFor();
    });
    await weigh('open again');
    await step('close', 1, async () => {
      await page.getByRole('button', { name: 'Back to the plans' }).click();
      await open.waitFor();
    });
    await weigh('closed');
  } finally {
    await browser.close();
  }
}

if (!existsSync(join(root, 'dist', 'index.html'))) {
  process.stderr.write('There is no built app: run `npm run build` first.\n');
  process.exit(1);
}
const folder = mkdtempSync(join(root, 'node_modules', '.bench-'));
try {
  const file = await writeBundle(folder);
  const server = await preview({ root, logLevel: 'error', preview: { host: '127.0.0.1', port: 0 } });
  try {
    say(
      `${lines} lines, ${periods} periods; load ${loadavg()
        .map((one) => one.toFixed(1))
        .join(' ')}; milliseconds`,
    );
    await measure(`http://127.0.0.1:${server.httpServer.address().port}/`, file);
  } finally {
    await server.close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
