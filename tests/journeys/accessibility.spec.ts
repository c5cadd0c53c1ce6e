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

test.describe('where the system gives the colours', () => {
  test.use({ contextOptions: { forcedColors: 'active' }, viewport: { width: 1440, height: 900 } });

  test('levers, gauges, counts, the selection and what is chosen are seen', async ({ page }) => {
    await page.goto('/');
    await page.getByRole('button', { name: /^(Lishui financial|丽水市金融)/ }).click();
    await page.locator('.ht_master td').nth(20).click();
    const drawn = [
      '.levers .rail',
      '.levers .knob',
      '.gauge .fill',
      '.board .bar .met',
      '.ht_master .wtBorder.current',
    ];
    for (const part of drawn) {
      const one = page.locator(part).first();
      await expect(one).toBeAttached();
      const [ground, edge, behind] = await one.evaluate((element) => {
        const { backgroundColor, borderTopColor, borderTopWidth } = getComputedStyle(element);
        return [
          backgroundColor,
          borderTopWidth === '0px' ? '' : borderTopColor,
          getComputedStyle(document.body).backgroundColor,
        ];
      });
      expect(
        [ground, edge].some((color) => color !== '' && color !== behind),
        part,
      ).toBe(true);
    }
    const chosen = page
      .locator('[aria-pressed="true"], [aria-selected="true"], [aria-current="page"]')
      .first();
    expect(await chosen.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('solid');
    await page.getByRole('button', { name: /^(Logic map|逻辑图)$/ }).click();
    const node = page.locator('.node .body').first();
    const [fill, stroke] = await node.evaluate((element) => {
      const { fill: inside, stroke: around } = getComputedStyle(element);
      return [inside, around];
    });
    expect(stroke).not.toBe(fill);
    expect(await findings(page)).toEqual([]);
  });
});
