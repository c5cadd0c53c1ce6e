/** A scenario goes from one person to another: as a file, as a link, dropped, damaged, merged. */
import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Browser, type Download, type Page } from '@playwright/test';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'tuiyan-share-'));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PLAN = /^(Lishui financial|丽水市金融)/;
const NAMES = {
  en: {
    share: 'Share',
    file: 'Save scenario file',
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
    code: '显示二维码',
    open: '打开文件…',
    add: '作为新情景加入',
    merge: '合并…',
    mergeDo: '合并',
    cancel: '取消',
    close: '关闭',
  },
} as const;
type Names = (typeof NAMES)[keyof typeof NAMES];

const growth = (page: Page) =>
  page.getByRole('textbox', { name: /^(Deposits and loans growth|存贷款增速|存贷款余额增速|存贷款增长率)/ });
const dialog = (page: Page) => page.getByRole('dialog');
const tabs = (page: Page) => page.getByRole('tab');

async function openPlan(page: Page, address = '/'): Promise<void> {
  await page.goto(address);
  await page.getByRole('button', { name: PLAN }).first().click();
  await expect(page.locator('.ht_master')).toBeVisible();
}

async function setGrowth(page: Page, text: string): Promise<void> {
  await growth(page).fill(text);
  await growth(page).press('Enter');
}

async function choose(page: Page, names: Names, item: string): Promise<void> {
  await page.getByRole('button', { name: names.share, exact: true }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

async function saveScenario(page: Page, names: Names, name: string): Promise<string> {
  const [download] = await Promise.all<[Promise<Download>, Promise<void>]>([
    page.waitForEvent('download'),
    choose(page, names, names.file),
  ]);
  const path = join(folder, name);
  await download.saveAs(path);
  return path;
}

async function openFile(page: Page, names: Names, path: string): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), choose(page, names, names.open)]);
  await chooser.setFiles(path);
  await expect(dialog(page)).toBeVisible();
}

/** Everything that the database holds, as text. */
function dump(page: Page): Promise<string> {
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

async function findings(page: Page): Promise<string[]> {
  const client = await page.context().newCDPSession(page);
  await client.send('Page.setBypassCSP', { enabled: true });
  await client.send('Runtime.evaluate', { expression: axe });
  const run =
    '(async () => JSON.stringify((await axe.run(document, { resultTypes: ["violations"] })).violations.map(({ id, nodes }) => id + ": " + nodes.map((node) => node.html.slice(0, 160)).join(" | "))))()';
  const { result } = await client.send('Runtime.evaluate', { expression: run, awaitPromise: true });
  return JSON.parse(String(result.value)) as string[];
}

/** Somebody else: another browser profile, with a plan open. */
async function somebodyElse(browser: Browser, locale: string): Promise<Page> {
  const context = await browser.newContext({ locale, viewport: { width: 1440, height: 900 } });
  return context.newPage();
}

for (const [locale, names] of [
  ['en-GB', NAMES.en],
  ['zh-CN', NAMES.zh],
] as const) {
  test.describe(locale, () => {
    test.use({ locale, viewport: { width: 1440, height: 900 } });

    test('a file goes out and comes in: the difference first, then a scenario, then undo', async ({
      page,
      browser,
      baseURL,
    }) => {
      await openPlan(page);
      await setGrowth(page, '8%');
      const path = await saveScenario(page, names, `${locale}.json`);

      const other = await somebodyElse(browser, locale);
      await openPlan(other, baseURL);
      const count = await tabs(other).count();
      await openFile(other, names, path);
      await expect(dialog(other).getByRole('row', { name: /8\.00%/ })).toBeVisible();
      await expect(tabs(other)).toHaveCount(count);
      expect(await findings(other)).toEqual([]);
      await dialog(other).getByRole('button', { name: names.add }).click();
      await expect(growth(other)).toHaveValue('8.00%');
      await expect(tabs(other)).toHaveCount(count + 1);
      await other.keyboard.press('Control+z');
      await expect(tabs(other)).toHaveCount(count);
      await other.context().close();
    });

    test('a link opens the same dialog elsewhere, and leaves the address', async ({ page, browser }) => {
      await openPlan(page);
      await setGrowth(page, '8%');
      await choose(page, names, names.code);
      await expect(dialog(page).getByRole('img')).toBeVisible();
      expect(await findings(page)).toEqual([]);
      const link = await dialog(page).getByRole('textbox').inputValue();
      expect(link.length).toBeLessThan(2000);
      await page.keyboard.press('Escape');
      await expect(dialog(page)).toBeHidden();

      const other = await somebodyElse(browser, locale);
      const asked: string[] = [];
      other.on('request', (request) => asked.push(request.url()));
      await other.goto(link);
      await expect(dialog(other).getByRole('row', { name: /8\.00%/ })).toBeVisible();
      expect(new URL(other.url()).hash).toBe('');
      // the address itself is what the person opened; nothing of the link is in any other
      expect(asked.slice(1).filter((address) => address.includes('s1.'))).toEqual([]);
      await dialog(other).getByRole('button', { name: names.add }).click();
      await expect(growth(other)).toHaveValue('8.00%');

      // one letter of it is another: a sentence, and nothing else
      await expect(other.getByText(/^(Saved|已保存)$/)).toBeVisible();
      const before = await dump(other);
      const at = link.length - 40;
      const damaged = link.slice(0, at) + (link[at] === 'A' ? 'B' : 'A') + link.slice(at + 1);
      await other.evaluate((hash) => (location.hash = hash), new URL(damaged).hash);
      await expect(dialog(other).getByRole('alert')).toContainText(/checksum|校验/);
      await dialog(other).getByRole('button', { name: names.close }).last().click();
      expect(await dump(other)).toBe(before);
      await other.context().close();
    });

    test('a merge asks for what both changed, by keyboard', async ({ page, browser, baseURL }) => {
      await openPlan(page);
      await setGrowth(page, '7%');
      const first = await saveScenario(page, names, `${locale}-first.json`);
      const other = await somebodyElse(browser, locale);
      await openPlan(other, baseURL);
      await openFile(other, names, first);
      await dialog(other).getByRole('button', { name: names.add }).click();
      await setGrowth(other, '6%');
      // meanwhile its author goes on with the same scenario
      await setGrowth(page, '8%');
      const second = await saveScenario(page, names, `${locale}-second.json`);
      await openFile(other, names, second);
      await dialog(other).getByRole('button', { name: names.merge }).press('Enter');
      const merge = dialog(other).getByRole('button', { name: names.mergeDo, exact: true });
      await expect(merge).toBeDisabled();
      expect(await findings(other)).toEqual([]);
      await dialog(other)
        .getByRole('radio', { name: /(Take theirs|采用对方的)$/ })
        .first()
        .press('Space');
      await expect(merge).toBeEnabled();
      await merge.press('Enter');
      await expect(dialog(other)).toBeHidden();
      await expect(growth(other)).toHaveValue('8.00%');
      await other.keyboard.press('Control+z');
      await expect(growth(other)).toHaveValue('6.00%');
      await other.context().close();
    });
  });
}

test('what two people begin apart is not merged, though both call it the first', async ({
  browser,
  baseURL,
}) => {
  const [one, other] = [await somebodyElse(browser, 'en-GB'), await somebodyElse(browser, 'en-GB')];
  await openPlan(one, baseURL);
  await setGrowth(one, '8%');
  const path = await saveScenario(one, NAMES.en, 'apart.json');
  await openPlan(other, baseURL);
  await setGrowth(other, '6%');
  const count = await tabs(other).count();
  await openFile(other, NAMES.en, path);
  await expect(dialog(other).getByRole('row', { name: /8\.00%/ })).toBeVisible();
  await expect(dialog(other).getByRole('button', { name: NAMES.en.merge })).toHaveCount(0);
  await dialog(other).getByRole('button', { name: NAMES.en.add }).click();
  await expect(tabs(other)).toHaveCount(count + 1);
  await expect(tabs(other).filter({ hasText: 'Trial 1 (2)' })).toHaveAttribute('aria-selected', 'true');
  await expect(growth(other)).toHaveValue('8.00%');
  await tabs(other)
    .filter({ hasText: /^Trial 1$/ })
    .click();
  await expect(growth(other)).toHaveValue('6.00%');
  for (const page of [one, other]) await page.context().close();
});

test.describe('what cannot be taken', () => {
  test.use({ locale: 'en-GB', viewport: { width: 1440, height: 900 } });

  /** Drops a file on the window as a file manager does. */
  async function drop(page: Page, content: string, name: string): Promise<void> {
    const transfer = await page.evaluateHandle(
      ([text, fileName]) => {
        const carried = new DataTransfer();
        carried.items.add(new File([text], fileName));
        return carried;
      },
      [content, name] as const,
    );
    await page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer });
    await expect(page.getByText('Drop to open')).toBeVisible();
    await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
    await expect(page.getByText('Drop to open')).toBeHidden();
  }

  test('a broken file that is dropped gets a sentence, and the store stays as it is', async ({ page }) => {
    await openPlan(page);
    await setGrowth(page, '8%');
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    const before = await dump(page);
    await drop(page, '{"kind":"scenario","format":1,', 'broken.json');
    await expect(dialog(page).getByRole('alert')).toContainText('Nothing was changed.');
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toBeHidden();
    expect(await dump(page)).toBe(before);
  });

  test('twenty megabytes of anything are refused while the page stays awake', async ({ page }) => {
    await openPlan(page);
    const path = join(folder, 'junk.json');
    writeFileSync(path, `{"kind":"scenario","format":1,"junk":[${'"0123456789",'.repeat(1_600_000)}0]}`);
    await page.evaluate(() => {
      const longest = { ms: 0 };
      Object.assign(window, { longest });
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longest.ms = Math.max(longest.ms, duration);
      }).observe({ type: 'longtask' });
    });
    await openFile(page, NAMES.en, path);
    await expect(dialog(page).getByRole('alert')).toContainText('Nothing was changed.');
    const longest = await page.evaluate(() => (window as unknown as { longest: { ms: number } }).longest.ms);
    test.info().annotations.push({ type: 'longest task while 20 MB are read', description: `${longest} ms` });
    console.log(`longest task while 20 MB are read: ${longest} ms`);
    // a stall that a person would feel; on a quiet machine it is far less
    expect(longest).toBeLessThan(500);
  });
});
