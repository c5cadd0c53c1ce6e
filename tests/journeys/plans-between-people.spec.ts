/** A plan goes from one person to another: as a bundle, as another version of itself, as a workbook, as one that is too large to wait for. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { findings } from './axe.ts';
import {
  NAMES,
  dialog,
  dump,
  growth,
  makeOwn,
  openFile,
  openPlan,
  saveFrom,
  setGrowth,
  somebodyElse,
  tabs,
  temporaryFolder,
} from './sharing.ts';

test.use({ locale: 'en-GB', viewport: { width: 1440, height: 900 } });
const names = NAMES.en;
const folder = temporaryFolder('tuiyan-plan');

/** Opens a file from home, where no plan is open. */
async function openAtHome(page: Page, path: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Open a file', exact: true }).click(),
  ]);
  await chooser.setFiles(path);
  await expect(dialog(page)).toBeVisible();
}

interface PlanText {
  plan: {
    version: string;
    targets: { line: string; value: number }[];
    lines: {
      id: string;
      formula?: string;
      note?: { zh: string; en: string };
      figures?: { value: number }[];
    }[];
  };
}

test('a bundle of an own plan becomes an own plan elsewhere; its next version is told apart in words', async ({
  page,
  browser,
  baseURL,
}) => {
  await makeOwn(page);
  await setGrowth(page, '8%');
  await page.getByRole('tab').first().click();
  await setGrowth(page, '7%');
  const shown = await tabs(page).allInnerTexts();
  const { path } = await saveFrom(page, names, names.bundle, folder);

  const other = await somebodyElse(browser, 'en-GB');
  await other.goto(baseURL ?? '');
  await openAtHome(other, path);
  await expect(dialog(other)).toContainText('This plan is not here.');
  expect(await findings(other)).toEqual([]);
  await dialog(other).getByRole('button', { name: 'Add as my own plan' }).click();
  await expect(other.getByRole('heading', { level: 1, name: /Copy of Lishui/ })).toBeVisible();
  await expect(growth(other)).toHaveValue('7.00%');
  expect(await tabs(other).allInnerTexts()).toEqual(shown);
  // it is the person's own: its model can be edited, and it is kept
  await expect(other.getByText('Saved', { exact: true })).toBeVisible();
  await other.reload();
  await expect(growth(other)).toHaveValue('7.00%');
  expect(await tabs(other).allInnerTexts()).toEqual(shown);

  // the first person goes on with the plan itself
  const bundle = JSON.parse(readFileSync(path, 'utf8')) as PlanText;
  const { plan } = bundle;
  const target = plan.targets.find((one) => one.line === 'deposits_loans');
  const formulaLine = plan.lines.find((one) => one.formula !== undefined && one.formula !== '');
  const figureLine = plan.lines.find((one) => one.id === 'deposits_loans');
  const figure = figureLine?.figures?.[0];
  if (!target || !formulaLine || !figure || !figureLine) throw new Error('another plan than expected');
  target.value = 10_500;
  figure.value = 1234.5;
  figureLine.note = { zh: '改过', en: 'changed by hand' };
  formulaLine.formula = `(${String(formulaLine.formula).replace(/^=/, '')}) * 2`;
  plan.version = '9.9.9';
  const next = join(folder, 'next version.json');
  writeFileSync(next, JSON.stringify(bundle));
  await openFile(other, names, next);
  await expect(dialog(other)).toContainText('Another version of this plan is here.');
  const row = (name: RegExp) => dialog(other).getByRole('row', { name });
  await expect(row(/^RMB deposits and loans.* 2025 .*10,000.*10,500/)).toBeVisible();
  await expect(row(/=\(.*\) \* 2/)).toBeVisible();
  await expect(row(/1,234\.5/)).toBeVisible();
  await expect(row(/changed by hand/)).toBeVisible();
  await expect(row(/^Version .*9\.9\.9/)).toBeVisible();
  expect(await findings(other)).toEqual([]);
  const before = await dump(other);
  await dialog(other).getByRole('button', { name: names.cancel }).click();
  expect(await dump(other)).toBe(before);
  await other.context().close();
});

test('a workbook is saved with the sheets that a reader looks for', async ({ page }) => {
  await openPlan(page);
  await setGrowth(page, '8%');
  const { path, name } = await saveFrom(page, names, names.workbook, folder);
  expect(name).toMatch(/\.xlsx$/);
  const parts = unzipSync(readFileSync(path));
  const book = strFromU8(parts['xl/workbook.xml'] ?? new Uint8Array());
  const sheets = [...book.matchAll(/<sheet [^>]*name="([^"]+)"/g)].map(([, sheet]) => sheet);
  expect(sheets.slice(0, 3)).toEqual(['Drivers', 'Lines', 'Targets']);
  expect(Object.values(parts).every((bytes) => bytes.length > 0)).toBe(true);
});

test('a large file is left while it is read: by Escape, by Stop, and nothing is changed', async ({
  page,
}) => {
  await openPlan(page);
  await setGrowth(page, '8%');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  const before = await dump(page);
  const count = await tabs(page).count();
  const plan = JSON.parse(readFileSync('models/lishui-2021-2025.plan.json', 'utf8')) as { id: string };
  const scenarios = Array.from({ length: 900 }, (_, at) => ({
    id: `large_${at}`,
    name: { zh: `大${at}`, en: `Large ${at}` },
    note: { zh: '长'.repeat(3990), en: 'long '.repeat(790) },
    basedOn: 'plan',
  }));
  const large = join(folder, 'large.json');
  writeFileSync(large, JSON.stringify({ kind: 'bundle', format: 1, plan, scenarios }));
  await openFile(page, names, large);
  await expect(dialog(page).getByRole('progressbar')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();

  // pressed as soon as it is there: a quick machine has read the file before a click arrives from outside
  await page.evaluate(() => {
    const press = new MutationObserver(() => {
      const buttons = Array.from(document.querySelectorAll<HTMLElement>('dialog button'));
      const stop = buttons.find((one) => one.textContent.trim() === 'Stop');
      if (stop) press.disconnect();
      stop?.click();
    });
    press.observe(document.body, { subtree: true, childList: true });
  });
  await openFile(page, names, large);
  await expect(dialog(page).getByText('Reading was stopped; nothing was changed.')).toBeVisible();
  await dialog(page).getByRole('button', { name: names.close }).last().click();

  // what is opened next is what is shown, and nothing of the large one came after it
  const small = join(folder, 'small.json');
  writeFileSync(small, '{"kind":"scenario"');
  await openFile(page, names, small);
  await expect(dialog(page).getByRole('alert')).toContainText('Nothing was changed.');
  await page.keyboard.press('Escape');
  await expect(tabs(page)).toHaveCount(count);
  await expect(growth(page)).toHaveValue('8.00%');
  expect(await dump(page)).toBe(before);
});
