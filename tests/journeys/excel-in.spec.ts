/** Workbooks come in: ours with what was typed over, others as a plan of one's own or as numbers for the open plan. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { typed } from '../exchange/workbook-edits.ts';
import { foreignBytes, type Rows } from '../helpers/foreign-workbook.ts';
import { temporaryFolder } from './sharing.ts';
import { findings } from './axe.ts';

const folder = temporaryFolder('tuiyan-excel-in');

const PLAN = /^(Lishui financial|丽水市金融)/;
const saved = (name: string) => resolve(import.meta.dirname, '../saved/workbooks', `${name}.xlsx`);
/** The row of the sheet of drivers with the growth of deposits and loans, its level; column I is the plan's. */
const GROWTH = 'I10';

const NAMES = {
  en: {
    share: 'Share',
    workbook: 'Excel workbook',
    home: 'Open a file',
    add: 'Add as new',
    addPlan: 'Add as my own plan',
    take: 'Take in',
    cancel: 'Cancel',
    unchanged: /Nothing was changed in the workbook/,
    same: /values were calculated and compared: all/,
    asTable: /^A table/,
    years: 'Years of “Down”',
    first: 'Year of the first one',
    line: 'RMB deposits and loans of financial institutions',
  },
  zh: {
    share: '共享',
    workbook: 'Excel 工作簿',
    home: '打开文件',
    add: '作为新情景加入',
    addPlan: '作为我的规划加入',
    take: '填入',
    cancel: '取消',
    unchanged: /工作簿自导出以来没有改动/,
    same: /全部一致/,
    asTable: /^表格/,
    years: '“Down”的年份',
    first: '首列对应的年份',
    line: '金融机构人民币存贷款余额',
  },
} as const;
type Names = (typeof NAMES)[keyof typeof NAMES];

const dialog = (page: Page) => page.getByRole('dialog');
const growth = (page: Page) => page.getByRole('textbox', { name: /^(Deposits and loans growth|存贷款)/ });

async function openPlan(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: PLAN }).first().click();
  await expect(page.locator('.ht_master')).toBeVisible();
}

async function give(page: Page, path: string): Promise<void> {
  await page.locator('input[type="file"]').setInputFiles(path);
  await expect(dialog(page)).toBeVisible();
}

async function file(name: string, bytes: Uint8Array | Promise<Uint8Array>): Promise<string> {
  const path = join(folder, name);
  writeFileSync(path, await bytes);
  return path;
}

/** Drops a file on an element, as a file manager does. */
async function drop(page: Page, selector: string, path: string, name: string): Promise<void> {
  const bytes = [...readFileSync(path)];
  const transfer = await page.evaluateHandle(
    ([content, label]) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(content)], label));
      return data;
    },
    [bytes, name] as const,
  );
  for (const event of ['dragenter', 'dragover', 'drop'])
    await page.dispatchEvent(selector, event, { dataTransfer: transfer });
}

async function saveWorkbook(page: Page, names: Names, path: string): Promise<void> {
  await page.getByRole('button', { name: names.share, exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: names.workbook }).click(),
  ]);
  await download.saveAs(path);
}

for (const [locale, names] of [
  ['en-GB', NAMES.en],
  ['zh-CN', NAMES.zh],
] as const) {
  test.describe(locale, () => {
    test.use({ locale, viewport: { width: 1440, height: 900 } });

    test('a workbook of ours: what was typed over is shown, added, and taken back', async ({ page }) => {
      await openPlan(page);
      const path = join(folder, `${locale}.xlsx`);
      await saveWorkbook(page, names, path);
      await give(page, path);
      await expect(dialog(page).getByText(names.unchanged)).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(dialog(page)).toBeHidden();

      const edited = typed(new Uint8Array(readFileSync(path)), 1, { [GROWTH]: 0.08, I12: 'x' });
      await give(page, await file(`${locale}-edited.xlsx`, edited));
      await expect(dialog(page).getByRole('row', { name: new RegExp(`${GROWTH}.*8\\.00%`) })).toBeVisible();
      await expect(dialog(page).getByText(/I12.*“x”/)).toBeVisible();
      expect(await findings(page)).toEqual([]);
      const tabs = await page.getByRole('tab').count();
      await dialog(page).getByRole('button', { name: names.add }).click();
      await expect(growth(page)).toHaveValue('8.00%');
      await page.keyboard.press('Control+z');
      await expect(page.getByRole('tab')).toHaveCount(tabs);
    });

    test('a workbook of others becomes a plan of one’s own, from home', async ({ page }) => {
      await page.goto('/');
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        page.getByRole('button', { name: names.home, exact: true }).click(),
      ]);
      await chooser.setFiles(saved('three-statements.calculated'));
      await expect(dialog(page).getByText(names.same)).toBeVisible();
      await expect(
        dialog(page).getByRole('row', { name: /^Sales .*=Sales\[t-1\]\*\(1\+Sales growth\)/ }),
      ).toBeVisible();
      await expect(dialog(page).getByRole('radio', { name: names.asTable })).toBeDisabled();
      expect(await findings(page)).toEqual([]);
      await dialog(page).getByRole('button', { name: names.addPlan }).click();
      await expect(page.locator('.ht_master')).toBeVisible();
      await expect(page.getByRole('heading', { name: 'three-statements.calculated' })).toBeVisible();
      // 1,100 in 2023, four years at 8 %
      await expect(page.locator('.ht_master td', { hasText: '1,496.5' }).first()).toBeVisible();
    });

    test('years in a column are asked for; a workbook fills lines of the open plan; leaving changes nothing', async ({
      page,
    }) => {
      const across: Rows = [
        ['', 2023, 2024],
        [names.line, 7000.5, 7500],
        ['no such line', 1, 2],
      ];
      const down: Rows = [
        ['Year', 'GDP'],
        [2020, 100],
        [2021, '=B2*2|200'],
        [2022, '=B3*2|400'],
      ];
      const path = await file(`${locale}-other.xlsx`, foreignBytes({ Across: across, Down: down }));
      await openPlan(page);
      const tabs = await page.getByRole('tab').count();

      await drop(page, '.ht_master', path, 'other.xlsx');
      await dialog(page).getByRole('checkbox', { name: 'Across' }).uncheck();
      const years = dialog(page).getByRole('combobox', { name: names.years });
      await expect(dialog(page).getByRole('alert')).toBeVisible();
      await years.selectOption({ index: 1 });
      await expect(dialog(page).getByRole('row', { name: /^GDP .*=GDP\[t-1\]\*2/ })).toBeVisible();
      expect(await findings(page)).toEqual([]);
      await dialog(page).getByRole('button', { name: names.cancel }).click();
      await expect(dialog(page)).toBeHidden();
      await expect(page.getByRole('tab')).toHaveCount(tabs);

      await drop(page, '.ht_master', path, 'other.xlsx');
      await dialog(page).getByRole('radio', { name: names.asTable }).check();
      await expect(dialog(page).getByText(/7,000\.5/)).toBeVisible();
      expect(await findings(page)).toEqual([]);
      await dialog(page).getByRole('button', { name: names.take }).click();
      await expect(page.getByRole('tab')).toHaveCount(tabs + 1);
      await expect(page.locator('.ht_master td', { hasText: '7,500.0' }).first()).toBeAttached();
    });

    test('a head that only counts needs the year of its first', async ({ page }) => {
      const rows: Rows = [
        ['', 'Year 1', 'Year 2', 'Year 3'],
        ['GDP', 100, '=B2*2|200', '=C2*2|400'],
      ];
      const path = await file(`${locale}-counted.xlsx`, foreignBytes({ Down: rows }));
      await page.goto('/');
      await expect(page.getByRole('button', { name: PLAN }).first()).toBeVisible();
      await give(page, path);
      await dialog(page).getByRole('combobox', { name: names.years }).selectOption({ index: 1 });
      const year = dialog(page).getByRole('textbox', { name: names.first });
      await year.fill('soon');
      await year.press('Tab');
      await expect(year).toHaveAttribute('aria-invalid', 'true');
      await expect(dialog(page).getByRole('button', { name: names.addPlan })).toBeDisabled();
      await year.fill('2030');
      await year.press('Tab');
      await expect(dialog(page).getByRole('row', { name: /^GDP .*=GDP\[t-1\]\*2/ })).toBeVisible();
      await expect(dialog(page).getByRole('button', { name: names.addPlan })).toBeEnabled();
      expect(await findings(page)).toEqual([]);
    });

    test('a file that is no workbook says so in a sentence', async ({ page }) => {
      await page.goto('/');
      const old = new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
      const path = await file(`${locale}.xls`, old);
      await expect(page.getByRole('button', { name: PLAN }).first()).toBeVisible();
      await drop(page, 'body', path, 'old.xls');
      await expect(dialog(page).getByRole('alert')).toContainText(/\.xls.*\.xlsx/);
      expect(await findings(page)).toEqual([]);
    });
  });
}
