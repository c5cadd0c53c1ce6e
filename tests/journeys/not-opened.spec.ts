/** A page that does not open says so, with a way out, and home shows where the work is kept. */
import { expect, test, type Page } from '@playwright/test';
import { findings } from './axe.ts';

/** What is told of itself waits this long at most; the machine may be busy. */
const PATIENCE = { timeout: 60_000 };

const NAMES = {
  zh: {
    late: '推演还没有打开',
    again: '重新载入',
    home: '打开文件',
    place: '工作保存在哪里',
    all: '保存全部规划',
  },
  en: {
    late: 'Tuiyan has not opened',
    again: 'load the page again',
    home: 'Open a file',
    place: 'Where your work is kept',
    all: 'Save all plans',
  },
} as const;

const late = (page: Page) => page.locator('.late');

test.use({ viewport: { width: 1024, height: 800 } });

test('a part of the program that does not load is told at once, and loading anew opens the page', async ({
  page,
}) => {
  await page.route('**/assets/start-page-*.js', (route) => route.abort());
  await page.goto('/');
  await expect(late(page)).toBeVisible();
  await expect(late(page)).toContainText(NAMES.zh.late);
  await expect(late(page)).toContainText(NAMES.en.late);
  await expect(late(page)).toContainText('What is saved was not touched');
  await expect(late(page)).toContainText('start-page');
  await expect(late(page).getByRole('button')).toBeHidden();
  expect(await findings(page)).toEqual([]);
  await page.unroute('**/assets/start-page-*.js');
  await late(page).getByRole('link', { name: NAMES.en.again }).click();
  await expect(page.getByRole('button', { name: NAMES.zh.home })).toBeVisible();
  await expect(late(page)).toHaveCount(0);
});

test('a page of which no script arrives says so by itself', async ({ page }) => {
  await page.route('**/assets/*.js', (route) => route.abort());
  await page.goto('/');
  await expect(late(page)).toBeHidden();
  await expect(late(page)).toBeVisible(PATIENCE);
  await page.unroute('**/assets/*.js');
  await late(page).getByRole('link', { name: NAMES.zh.again }).click();
  await expect(page.getByRole('button', { name: NAMES.zh.home })).toBeVisible();
});

test('storage that does not answer is told, and the page can be opened without', async ({ page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
  });
  await page.goto('/');
  const without = page.getByRole('button', { name: /Open it without saving/ });
  await expect(without).toBeVisible(PATIENCE);
  expect(await findings(page)).toEqual([]);
  await without.click();
  await expect(page.getByRole('button', { name: NAMES.zh.home })).toBeVisible();
  await expect(page.getByText('浏览器不让本页保存数据').first()).toBeVisible();
});

for (const [language, locale] of [
  ['zh', 'zh-CN'],
  ['en', 'en-GB'],
] as const) {
  test.describe(locale, () => {
    test.use({ locale });
    const names = NAMES[language];

    test('home shows where the work is kept', async ({ page }) => {
      await page.goto('/');
      const open = page.getByRole('button', { name: names.place });
      await open.click();
      const place = page.getByRole('dialog', { name: names.place });
      await expect(place).toBeVisible();
      await expect(place).toContainText(language === 'zh' ? '还没有需要保存的内容' : 'Nothing to keep yet');
      await expect(place.getByRole('button', { name: names.all })).toHaveCount(0);
      expect(await findings(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(place).toHaveCount(0);
      await expect(open).toBeFocused();
    });
  });
}
