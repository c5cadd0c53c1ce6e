/** A person looks around: the plans, one of them, the panels, the languages, the two themes, small windows. */
import { expect, test, type Page } from '@playwright/test';
import { findings } from './axe.ts';

async function openPlan(page: Page, title: RegExp): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: title }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
}

const widthOf = async (page: Page, name: string): Promise<number> =>
  Number(await page.getByRole('separator', { name }).getAttribute('aria-valuenow'));

test('home shows five plans, how each stands, and is read by everybody', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('article')).toHaveCount(5);
  await expect(page.getByText(/^\d+\/\d+ 个目标达成/)).toHaveCount(5);
  expect(await findings(page)).toEqual([]);
  await page.getByRole('button', { name: 'EN, English' }).click();
  await expect(page.getByText(/^\d+ of \d+ targets met/)).toHaveCount(5);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.getByRole('button', { name: 'Switch to dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await findings(page)).toEqual([]);
});

test('panels fold and resize by keys, and stay so after a reload', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openPlan(page, /^丽水市/);
  await expect(
    page.getByRole('main').getByRole('treegrid').or(page.getByRole('main').getByRole('grid')).first(),
  ).toBeVisible();
  await page.getByRole('separator', { name: '驱动栏的宽度' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => widthOf(page, '驱动栏的宽度')).toBe(320);
  await page.getByRole('button', { name: '收起右栏' }).click();
  await expect(page.getByRole('button', { name: '展开右栏' })).toBeFocused();
  await expect(page.locator('[data-save-state="saved"]')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: /丽水市/ })).toBeVisible();
  await expect.poll(() => widthOf(page, '驱动栏的宽度')).toBe(320);
  await page.getByRole('button', { name: '展开右栏' }).click();
  await expect(page.getByRole('tab', { name: /^目标/ })).toBeVisible();
});

test('the panel of a line tells where its figures come from, in the reader’s language', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openPlan(page, /^丽水市/);
  await page.getByRole('button', { name: 'EN, English' }).click();
  await page.getByRole('tab', { name: 'Line' }).click();
  const panel = page.getByRole('tabpanel');
  await expect(panel.getByRole('heading', { level: 3, name: 'Figures' })).toBeVisible();
  await expect(panel.locator('.as-printed').first()).toBeVisible();
  expect(await findings(page)).toEqual([]);
});

test('in a tight window the inspector slides over and Escape sends it away', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await openPlan(page, /^湖州市/);
  await page.getByRole('button', { name: '展开右栏' }).click();
  await expect(page.getByRole('tab', { name: /^目标/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('tab', { name: /^目标/ })).toHaveCount(0);
  await expect(page.getByRole('button', { name: '展开右栏' })).toBeFocused();
});

test('in a hand the levers come first and every view is one press away', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openPlan(page, /^湖州市/);
  await expect(page.getByRole('slider').first()).toBeVisible();
  const views = page.getByRole('navigation', { name: '视图' });
  await views.getByRole('button', { name: '目标' }).click();
  await expect(page.getByRole('slider')).toHaveCount(0);
  await views.getByRole('button', { name: '表格' }).click();
  await expect(page.getByRole('main', { name: '表格' })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});

test('a lever that was moved is undone and redone by key and by button', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openPlan(page, /^湖州市/);
  const undo = page.getByRole('button', { name: '撤销', exact: true });
  const slider = page.getByRole('slider').first();
  const before = await slider.getAttribute('aria-valuetext');
  await expect(undo).toBeDisabled();
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await expect(slider).not.toHaveAttribute('aria-valuetext', before ?? '');
  await page.keyboard.press('Control+z');
  await expect(slider).toHaveAttribute('aria-valuetext', before ?? '');
  await page.getByRole('button', { name: '重做' }).click();
  await expect(slider).not.toHaveAttribute('aria-valuetext', before ?? '');
  await expect(undo).toBeEnabled();
});
