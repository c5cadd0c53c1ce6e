/** An error of the program is shown, with what became of the work; a calculation that failed does not look right. */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { findings } from './axe.ts';
import { dialog, openPlan, setGrowth, temporaryFolder, total } from './sharing.ts';

const folder = temporaryFolder('tuiyan-faults');

const NAMES = {
  en: { title: 'The program has made an error', save: 'Save a file', goOn: 'Go on', report: 'Report' },
  zh: { title: '程序出错了', save: '保存文件', goOn: '继续', report: '出错报告' },
} as const;

/** Lets something throw that nobody catches. */
function provoke(page: Page, message: string): Promise<void> {
  return page.evaluate((text) => {
    setTimeout(() => {
      throw new Error(text);
    });
  }, message);
}

for (const [language, locale] of [
  ['en', 'en-GB'],
  ['zh', 'zh-CN'],
] as const) {
  test.describe(locale, () => {
    test.use({ locale, viewport: { width: 1440, height: 900 } });
    const names = NAMES[language];

    test('an error is shown with the standing of the work, a file and a report', async ({ page }) => {
      await openPlan(page);
      await setGrowth(page, '9%');
      await expect(page.locator('[data-save-state="saved"]')).toBeVisible();
      await provoke(page, 'a provoked <b>error</b>');
      await expect(dialog(page)).toContainText(names.title);
      await expect(dialog(page)).toContainText('a provoked <b>error</b>');
      await expect(dialog(page)).toContainText(language === 'en' ? 'is saved in this browser' : '已全部保存');
      const report = dialog(page).getByRole('textbox', { name: names.report });
      await expect(report).toHaveValue(/Tuiyan \d[^]*lishui[^]*saving: saved[^]*a provoked/);
      // numbers of the plan are not in it
      await expect(report).not.toHaveValue(/0\.09/);
      expect(await findings(page)).toEqual([]);

      const [download] = await Promise.all([
        page.waitForEvent('download'),
        dialog(page).getByRole('button', { name: names.save }).click(),
      ]);
      const path = `${folder}/${language}.json`;
      await download.saveAs(path);
      expect(readFileSync(path, 'utf8')).toContain('0.09');

      await page.keyboard.press('Escape');
      await expect(dialog(page)).toHaveCount(0);
      // the same error again is not shown again; another one is
      await provoke(page, 'a provoked <b>error</b>');
      await page.evaluate(() => void Promise.reject(new TypeError('a promise nobody kept')));
      await expect(dialog(page).getByRole('listitem')).toHaveCount(2);
      await dialog(page).getByRole('button', { name: names.goOn }).click();
      await expect(dialog(page)).toHaveCount(0);
    });
  });
}

/** Lets calculations fail until `mend` is called: in a revision, to look through the layers of a scenario throws. */
function breakCalculations(page: Page): Promise<void> {
  return page.evaluate(() => {
    const { flatMap } = Array.prototype;
    function broken(this: unknown[], ...given: Parameters<typeof flatMap>): unknown[] {
      if (new Error('here').stack?.includes('.revise ')) throw new Error('provoked in a calculation');
      return flatMap.apply(this, given);
    }
    Array.prototype.flatMap = broken as typeof flatMap;
    (globalThis as { mend?: () => void }).mend = () => (Array.prototype.flatMap = flatMap);
  });
}

test.describe('a calculation that fails', () => {
  test.use({ locale: 'en-GB', viewport: { width: 1440, height: 900 } });

  test('is said above the numbers it leaves old, and is made good', async ({ page }) => {
    await openPlan(page);
    await setGrowth(page, '9%');
    const numbers = total(page);
    await expect(page.locator('[data-save-state="saved"]')).toBeVisible();
    const before = await numbers.textContent();
    await breakCalculations(page);
    await setGrowth(page, '12%');
    await expect(dialog(page)).toContainText('provoked in a calculation');
    await expect(dialog(page)).toContainText('the numbers shown are those of before the change');
    await page.keyboard.press('Escape');
    const strip = page.getByRole('alert').filter({ hasText: 'The latest calculation was not finished' });
    await expect(strip).toBeVisible();
    expect(await numbers.textContent()).toBe(before);
    expect(await findings(page)).toEqual([]);
    // the change itself is kept
    await expect(page.locator('[data-save-state="saved"]')).toBeVisible();

    await page.evaluate(() => (globalThis as { mend?: () => void }).mend?.());
    await strip.getByRole('button', { name: 'Calculate again' }).click();
    await expect(strip).toHaveCount(0);
    await expect(numbers).not.toHaveText(before ?? '');
  });
});
