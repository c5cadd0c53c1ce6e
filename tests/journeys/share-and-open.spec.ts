/** A scenario goes from one person to another: as a file, as a link, dropped, damaged, merged. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { findings } from './axe.ts';
import {
  NAMES,
  choose,
  dialog,
  dump,
  growth,
  openFile,
  openPlan,
  saveFrom,
  setGrowth,
  somebodyElse,
  tabs,
  temporaryFolder,
} from './sharing.ts';

const folder = temporaryFolder('tuiyan-share');

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
      const { path } = await saveFrom(page, names, names.file, folder);

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
      const { path: first } = await saveFrom(page, names, names.file, folder);
      const other = await somebodyElse(browser, locale);
      await openPlan(other, baseURL);
      await openFile(other, names, first);
      await dialog(other).getByRole('button', { name: names.add }).click();
      await setGrowth(other, '6%');
      // meanwhile its author goes on with the same scenario
      await setGrowth(page, '8%');
      const { path: second } = await saveFrom(page, names, names.file, folder);
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
  const { path } = await saveFrom(one, NAMES.en, NAMES.en.file, folder);
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
  await tabs(other).filter({ hasText: 'Trial 1', hasNotText: '(2)' }).click();
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
