/** A person looks at what a target hangs on: bars, slopes, the way to it, and a map that is read and used by keyboard. */
import { expect, test } from '@playwright/test';
import { findings } from './axe.ts';

test.use({ viewport: { width: 1440, height: 900 } });

for (const [locale, plan, view, parts] of [
  ['zh-CN', /^丽水市/, '敏感性', ['摆动幅度', '影响强弱', '离目标多远', '数据表']],
  ['en-GB', /^Lishui/, 'Sensitivity', ['Tornado', 'Influence', 'Distance to target', 'Data tables']],
] as const) {
  test.describe(locale, () => {
    test.use({ locale });
    test('every part has an answer at once, and no finding', async ({ page }) => {
      await page.goto('/');
      await page.getByRole('button', { name: plan }).first().click();
      await page.getByRole('button', { name: view, exact: true }).click();
      for (const part of parts) {
        await page.getByRole('tab', { name: part }).click();
        await expect(page.getByRole('tabpanel', { name: part }).locator('table').first()).toBeAttached();
        expect(await findings(page)).toEqual([]);
      }
    });
  });
}

test.describe('the map of two drivers', () => {
  test.use({ locale: 'zh-CN' });
  test('is read by arrow keys, and Enter moves both drivers as one edit', async ({ page }) => {
    await page.goto('/');
    await page
      .getByRole('button', { name: /^丽水市/ })
      .first()
      .click();
    await page.getByRole('button', { name: '敏感性', exact: true }).click();
    await page.getByRole('tab', { name: '数据表' }).click();
    await page.getByText('11', { exact: true }).click();
    const map = page.getByRole('application');
    await map.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowUp');
    await expect(page.getByText(/^名义GDP增速 −2\.0+%，.+：.+亿元，(达标|未达标)$/)).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('tab', { name: /试算 1/ })).toHaveAttribute('aria-selected', 'true');
    await page.getByRole('button', { name: '撤销', exact: true }).click();
    await expect(page.getByRole('button', { name: '撤销', exact: true })).toBeDisabled();
  });
});
