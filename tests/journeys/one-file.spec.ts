/** The whole app in one file, opened from disk with the network off: empty, with a colleague's plan, and damaged. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import {
  NAMES,
  dialog,
  growth,
  makeOwn,
  openFile as openFromMenu,
  saveFrom,
  setGrowth,
  tabs,
  total,
  temporaryFolder,
} from './sharing.ts';
import { blockId, fillSkeleton, withPlan, type PageUse } from '../../src/app/standalone-text.ts';

test.use({ locale: 'en-GB', viewport: { width: 1440, height: 900 } });

const EMPTY = 'dist/standalone.html';
const folder = temporaryFolder('tuiyan-file');

/** A name that would end its block, and would run, where it were taken for markup. */
const NAME = '</script><img src=x onerror="globalThis.smuggled=1"><!-- 8 %';

/** A bundle as a colleague has it: deposits and loans grow 8 %. */
const bundle = {
  kind: 'bundle',
  format: 1,
  plan: JSON.parse(readFileSync('models/lishui-2021-2025.plan.json', 'utf8')) as Record<string, unknown>,
  scenario: 'slower',
  scenarios: [
    {
      id: 'slower',
      name: { zh: NAME, en: NAME },
      basedOn: 'plan',
      changes: [{ line: 'deposits_loans_growth', set: 0.08 }],
    },
  ],
};

function writePage(name: string, json: string, use: PageUse): string {
  const page = withPlan(readFileSync(EMPTY, 'utf8'), json, use);
  if (page === undefined) throw new Error(`${EMPTY} has no block for a plan`);
  const path = join(folder, name);
  writeFileSync(path, page);
  return path;
}

/** Opens a file without a network; gives what the page complained about and whom it asked. */
async function openFile(page: Page, path: string): Promise<string[]> {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const { protocol } = new URL(request.url());
    if (protocol.startsWith('http')) complaints.push(`asked ${request.url()}`);
  });
  await page.context().setOffline(true);
  await page.goto(pathToFileURL(path).href);
  return complaints;
}

test('the tour of the README from disk', async ({ page }) => {
  // a worker that cannot start is replaced in line without a word, so its answers are counted
  await page.addInitScript(() => {
    const counted = globalThis as unknown as { answers: number; Worker: typeof Worker };
    counted.answers = 0;
    counted.Worker = class extends Worker {
      constructor(address: string | URL, options?: WorkerOptions) {
        super(address, options);
        this.addEventListener('message', () => (counted.answers += 1));
      }
    };
  });
  const complaints = await openFile(page, EMPTY);
  await expect(page.getByRole('article')).toHaveCount(5);
  await page.getByRole('button', { name: /^Lishui financial/ }).click();
  await expect(growth(page)).toHaveValue('9.90%');
  await growth(page).fill('8%');
  await growth(page).press('Enter');
  await expect(page.getByRole('tab', { name: /Trial 1/ })).toHaveAttribute('aria-selected', 'true');
  await expect(total(page)).toContainText('9,165.5');
  await expect(total(page)).toContainText('834.5');

  // a number in a cell
  await page.keyboard.press('Control+f');
  await page.keyboard.type('RMB deposits and loans');
  await expect(page.getByRole('option').first()).toContainText('RMB deposits and loans');
  await page.keyboard.press('Enter');
  const cell = page.locator('.ht_master td.current');
  await expect(cell).toBeFocused();
  await page.keyboard.type('9500');
  await page.keyboard.press('Enter');
  await expect(total(page)).not.toContainText('9,165.5');
  await page.keyboard.press('Control+z');
  await expect(total(page)).toContainText('9,165.5');
  await expect(page.getByText('Saved in this browser', { exact: true })).toBeVisible();

  // what comes later in the served app is here: an analysis, answered by the worker in the page
  await page.getByRole('button', { name: 'Sensitivity', exact: true }).click();
  await expect(page.getByRole('main', { name: 'Sensitivity' }).getByRole('table').first()).toBeVisible();
  const answers = await page.evaluate(() => (globalThis as unknown as { answers: number }).answers);
  expect(answers).toBeGreaterThan(0);

  await page.reload();
  await expect(page.getByRole('tab', { name: /Trial 1/ })).toHaveAttribute('aria-selected', 'true');
  await expect(growth(page)).toHaveValue('8.00%');
  expect(complaints).toEqual([]);
});

test('the browser keeps the parts as they were written, so that the page can write itself', async ({
  page,
}) => {
  await openFile(page, EMPTY);
  await expect(page.getByRole('article')).toHaveCount(5);
  const texts = await page.evaluate(
    (ids) => ids.map((id) => document.getElementById(id)?.textContent ?? ''),
    (['skeleton', 'styles', 'worker', 'program'] as const).map(blockId),
  );
  const [skeleton = '', styles = '', worker = '', program = ''] = texts;
  const again = fillSkeleton(JSON.parse(skeleton) as string, { styles, worker, program });
  expect(again === readFileSync(EMPTY, 'utf8')).toBe(true);
});

test('a colleague opens a plan to look at: everything moves, nothing is kept', async ({ page }) => {
  const complaints = await openFile(page, writePage('look.html', JSON.stringify(bundle), 'read-only'));
  const own = page.getByRole('tab', { name: NAME });
  await expect(own).toHaveAttribute('aria-selected', 'true');
  await expect(growth(page)).toHaveValue('8.00%');
  await expect(total(page)).toContainText('9,165.5');
  await expect(page.getByText('Read-only page: try anything, nothing is kept')).toBeVisible();
  await growth(page).fill('9%');
  await growth(page).press('Enter');
  await expect(total(page)).not.toContainText('9,165.5');
  await page.reload();
  await expect(growth(page)).toHaveValue('8.00%');
  await expect(total(page)).toContainText('9,165.5');
  expect(await page.evaluate(() => 'smuggled' in globalThis)).toBe(false);
  expect(complaints).toEqual([]);
});

test('a colleague works on a plan: it is kept apart from the work on the shipped one', async ({ page }) => {
  await openFile(page, writePage('work.html', JSON.stringify(bundle), 'editable'));
  await expect(growth(page)).toHaveValue('8.00%');
  await growth(page).fill('9%');
  await growth(page).press('Enter');
  await expect(page.getByText('Saved in this browser', { exact: true })).toBeVisible();
  await page.reload();
  await expect(growth(page)).toHaveValue('9.00%');
  // the page is about its one plan
  await page.getByRole('button', { name: 'Back to the plans' }).click();
  await expect(page.getByRole('article')).toHaveCount(1);
  // and the file with the shipped plans knows nothing of it
  await page.goto(pathToFileURL(EMPTY).href);
  await page.getByRole('button', { name: /^Lishui financial/ }).click();
  await expect(growth(page)).toHaveValue('9.90%');
});

test('a damaged plan is answered with a sentence', async ({ page }) => {
  const json = JSON.stringify(bundle);
  const complaints = await openFile(page, writePage('cut.html', json.slice(0, json.length / 2), 'editable'));
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('The plan in this page cannot be read.');
  await expect(alert).toContainText('ask for a scenario file instead');
  await expect(page.getByRole('article')).toHaveCount(5);
  expect(complaints).toEqual([]);
});

for (const [use, item] of [
  ['read-only', NAMES.en.pageToSee],
  ['editable', NAMES.en.pageToEdit],
] as const) {
  test(`the ${use} page that was saved from the menu holds an own plan with its scenarios`, async ({
    page,
    browser,
  }) => {
    await makeOwn(page);
    await setGrowth(page, '8%');
    await page.getByRole('tab').first().click();
    await setGrowth(page, '7%');
    const shown = await tabs(page).allInnerTexts();
    const { path } = await saveFrom(page, NAMES.en, item, folder);

    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } });
    const colleague = await context.newPage();
    const complaints = await openFile(colleague, path);
    await expect(colleague.getByRole('heading', { level: 1, name: /Copy of Lishui/ })).toBeVisible();
    expect(await tabs(colleague).allInnerTexts()).toEqual(shown);
    await expect(growth(colleague)).toHaveValue('7.00%');
    await setGrowth(colleague, '6%');
    await expect(growth(colleague)).toHaveValue('6.00%');
    await expect(
      colleague.getByText(
        use === 'editable' ? 'Saved in this browser' : 'Read-only page: try anything, nothing is kept',
      ),
    ).toBeVisible();
    // what was done is taken along as a file
    const saved = await saveFrom(colleague, NAMES.en, NAMES.en.file, folder);
    const { scenario, scenarios } = JSON.parse(readFileSync(saved.path, 'utf8')) as {
      scenario: string;
      scenarios: { id: string; changes?: { set?: number }[] }[];
    };
    expect(scenarios.find(({ id }) => id === scenario)?.changes?.map(({ set }) => set)).toEqual([0.06]);
    await colleague.reload();
    await expect(growth(colleague)).toHaveValue(use === 'editable' ? '6.00%' : '7.00%');
    expect(complaints).toEqual([]);
    await context.close();
  });
}

test('the page on disk reads what somebody sends, and writes the whole plan as a file', async ({ page }) => {
  const complaints = await openFile(page, EMPTY);
  await page.getByRole('button', { name: /^Lishui financial/ }).click();
  await setGrowth(page, '8%');
  const sent = await saveFrom(page, NAMES.en, NAMES.en.file, folder);
  await growth(page).fill('6%');
  await growth(page).press('Enter');
  await openFromMenu(page, NAMES.en, sent.path);
  await expect(dialog(page).getByRole('row', { name: /6\.00%.*8\.00%/ })).toBeVisible();
  await dialog(page).getByRole('button', { name: NAMES.en.add }).click();
  await expect(growth(page)).toHaveValue('8.00%');
  const table = join(folder, 'sent.csv');
  writeFileSync(table, 'id;2025\ndeposits_loans;9500,5\n');
  await openFromMenu(page, NAMES.en, table);
  await dialog(page).getByRole('button', { name: 'Take in' }).click();
  await expect(total(page)).toContainText('9,500.5');
  const bundleFile = await saveFrom(page, NAMES.en, NAMES.en.bundle, folder);
  expect(JSON.parse(readFileSync(bundleFile.path, 'utf8'))).toMatchObject({ kind: 'bundle', format: 1 });
  expect(complaints).toEqual([]);
});
