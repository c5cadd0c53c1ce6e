/** A person follows a change through the logic map: by pointer, by keyboard, as a list, in both languages and themes. */
import { expect, test, type Page } from '@playwright/test';
import { findings } from './axe.ts';

test.use({ viewport: { width: 1440, height: 900 } });

async function openMap(page: Page, plan: RegExp, view: string): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: plan }).first().click();
  await page.getByRole('button', { name: view, exact: true }).click();
  await expect(page.locator('[data-node]').first()).toBeVisible();
}

for (const [locale, plan, view, theme, picture, play, end] of [
  ['zh-CN', /^丽水市/, '逻辑图', 'light', '逻辑图', '播放', '结束'],
  ['en-GB', /^Lishui/, 'Logic map', 'dark', 'Logic map', 'Play', 'End'],
] as const) {
  test.describe(`${locale}, ${theme}`, () => {
    test.use({ locale, colorScheme: theme });
    test('the map, a step of a change and the list have no finding', async ({ page }) => {
      await openMap(page, plan, view);
      const map = page.getByRole('application', { name: new RegExp(`^${picture}`) });
      await expect(map.locator('[data-node]')).toHaveCount(63);
      expect(await findings(page)).toEqual([]);
      await page.getByRole('button', { name: play, exact: true }).click();
      await expect(map.locator('.reached').first()).toBeVisible();
      expect(await findings(page)).toEqual([]);
      await page.getByRole('button', { name: end, exact: true }).click();
      await page.getByRole('button', { name: locale === 'zh-CN' ? '以列表显示' : 'Show as a list' }).click();
      await expect(
        page.getByRole('list', { name: locale === 'zh-CN' ? /^图中各行/ : /^The lines/ }),
      ).toBeVisible();
      expect(await findings(page)).toEqual([]);
    });
  });
}

test.describe('with less motion', () => {
  test.use({ locale: 'zh-CN', reducedMotion: 'reduce' });
  test('a lever is moved by keys and its change is stepped through', async ({ page }) => {
    await openMap(page, /^丽水市/, '逻辑图');
    const bar = page.getByRole('region', { name: '变动怎样传导' });
    await page.getByRole('slider', { name: /^名义GDP增速/ }).focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Tab');
    await expect(bar.getByRole('status')).toContainText(/^第 1 步，共 \d+ 步。名义GDP增速 5\.38% → /);
    await expect(bar.getByRole('button', { name: '播放' })).toHaveCount(0);
    await bar.getByRole('button', { name: '下一步' }).focus();
    await page.keyboard.press('ArrowRight');
    await expect(bar.getByRole('status')).toContainText(/^第 2 步.*地区生产总值（推算） 2,000\.0 → /);
    await page.keyboard.press('Escape');
    await expect(bar.getByRole('status')).toHaveText('');
  });

  test('a line is found, looked at alone and walked from by keys', async ({ page }) => {
    await openMap(page, /^丽水市/, '逻辑图');
    await page.keyboard.press('Control+f');
    await page.keyboard.type('保费收入');
    await page.keyboard.press('Enter');
    const premiums = page.getByRole('button', { name: /^保费收入，计算。/ });
    await expect(premiums).toBeFocused();
    await page.getByRole('button', { name: '邻近各行' }).click();
    await page.getByRole('menuitemradio', { name: '相距不超过 1 步' }).click();
    await expect(page.getByText(/^只显示“保费收入”及与之相连的行/)).toBeVisible();
    await premiums.focus();
    await page.keyboard.press('ArrowLeft');
    await expect(premiums).not.toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(premiums).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page.locator('[data-node]')).toHaveCount(63);
  });
});

test.describe('in a hand', () => {
  test.use({ locale: 'zh-CN', viewport: { width: 390, height: 844 } });
  test('the list comes first, and the picture is one press away', async ({ page }) => {
    await page.goto('/');
    await page
      .getByRole('button', { name: /^吉安市/ })
      .first()
      .click();
    await page.getByRole('button', { name: '分析' }).click();
    await page.getByRole('button', { name: '逻辑图', exact: true }).click();
    await expect(page.getByRole('list', { name: /^图中各行/ })).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: '以图显示' }).click();
    await expect(page.locator('[data-node]').first()).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });
});
