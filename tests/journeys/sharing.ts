/** What the journeys of sharing have in common: opening the plan, the share menu, files that come and go. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Browser, type Download, type Locator, type Page } from '@playwright/test';

/** A folder for files of a journey; it goes with the process, since a worker may be given another test of the same file. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

const PLAN = /^(Lishui financial|丽水市金融)/;
export const NAMES = {
  en: {
    share: 'Share',
    file: 'Save scenario file',
    bundle: 'Save bundle with all scenarios',
    table: 'CSV table, this scenario',
    workbook: 'Excel workbook',
    pageToSee: 'Standalone page, read-only',
    pageToEdit: 'Standalone page, editable',
    code: 'Show QR code',
    open: 'Open a file…',
    add: 'Add as new',
    merge: 'Merge…',
    mergeDo: 'Merge',
    cancel: 'Cancel',
    close: 'Close',
  },
  zh: {
    share: '共享',
    file: '保存情景文件',
    bundle: '保存规划包（含全部情景）',
    table: 'CSV 表格（本情景）',
    workbook: 'Excel 工作簿',
    pageToSee: '独立网页（只读）',
    pageToEdit: '独立网页（可编辑）',
    code: '显示二维码',
    open: '打开文件…',
    add: '作为新情景加入',
    merge: '合并…',
    mergeDo: '合并',
    cancel: '取消',
    close: '关闭',
  },
} as const;
export type Names = (typeof NAMES)[keyof typeof NAMES];

let saved = 0;

export const growth = (page: Page) =>
  page.getByRole('textbox', { name: /^(Deposits and loans growth|存贷款增速|存贷款余额增速|存贷款增长率)/ });
export const dialog = (page: Page) => page.getByRole('dialog');
export const tabs = (page: Page) => page.getByRole('tab');

export async function openPlan(page: Page, address = '/'): Promise<void> {
  await page.goto(address);
  await page.getByRole('button', { name: PLAN }).first().click();
  await expect(page.locator('.ht_master')).toBeVisible();
}

export async function setGrowth(page: Page, text: string): Promise<void> {
  await growth(page).fill(text);
  await growth(page).press('Enter');
}

export async function choose(page: Page, names: Names, item: string): Promise<void> {
  await page.getByRole('button', { name: names.share, exact: true }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

/** Chooses an item that saves a file; gives where the file lies and what it is called. */
export async function saveFrom(
  page: Page,
  names: Names,
  item: string,
  folder: string,
): Promise<{ path: string; name: string }> {
  const [download] = await Promise.all<[Promise<Download>, Promise<void>]>([
    page.waitForEvent('download'),
    choose(page, names, item),
  ]);
  const name = download.suggestedFilename();
  const path = join(folder, `${(saved += 1)} ${name}`);
  await download.saveAs(path);
  return { path, name };
}

export async function openFile(page: Page, names: Names, path: string): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), choose(page, names, names.open)]);
  await chooser.setFiles(path);
  await expect(dialog(page)).toBeVisible();
}

/** Everything that the database holds, as text. */
export function dump(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const result: Record<string, unknown> = {};
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(String(request.error)));
      });
      for (const store of database.objectStoreNames) {
        const request = database.transaction(store).objectStore(store).getAll();
        result[`${name}/${store}`] = await new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(new Error(String(request.error)));
        });
      }
      database.close();
    }
    return JSON.stringify(result);
  });
}

/** Somebody else: another browser profile, with a plan open. */
export async function somebodyElse(browser: Browser, locale: string): Promise<Page> {
  const context = await browser.newContext({ locale, viewport: { width: 1440, height: 900 } });
  return context.newPage();
}

/** The row of the board that the growth of deposits and loans decides. */
export const total = (page: Page): Locator =>
  page
    .getByRole('region', { name: 'Targets' })
    .getByRole('row')
    .filter({ hasText: 'RMB deposits and loans' })
    .first();

/** Pastes a text wherever the focus is, as the keyboard does. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((content) => navigator.clipboard.writeText(content), text);
  await page.keyboard.press('Control+v');
}

/** Makes a copy of the plan the person's own and opens it; in English. */
export async function makeOwn(page: Page, address = '/'): Promise<void> {
  await openPlan(page, address);
  await page.getByRole('button', { name: 'Model', exact: true }).click();
  await page.getByRole('button', { name: 'Make it my own', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: /Copy of Lishui/ })).toBeVisible();
}
