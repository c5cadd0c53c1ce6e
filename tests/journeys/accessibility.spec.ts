/** Every screen in both languages and both themes, looked at by axe. */
import { expect, test } from '@playwright/test';
import { findings } from './axe.ts';

for (const locale of ['zh-CN', 'en-GB']) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`${locale}, ${colorScheme}`, () => {
      test.use({ locale, colorScheme, viewport: { width: 1440, height: 900 } });

      test('home and an open plan have no finding', async ({ page }) => {
        await page.goto('/');
        const plan = page.getByRole('button', { name: /^(Lishui financial|丽水市金融)/ });
        await expect(plan).toBeVisible();
        expect(await findings(page)).toEqual([]);
        await plan.click();
        await expect(page.getByRole('slider').first()).toBeVisible();
        await expect(page.locator('.ht_master')).toBeVisible();
        expect(await findings(page)).toEqual([]);
        for (const name of [/^(Line|本行)/, /^(Ask|提问)/]) {
          await page.getByRole('tab', { name }).click();
          expect(await findings(page)).toEqual([]);
        }
      });
    });
  }
}
