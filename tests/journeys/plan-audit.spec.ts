/** A person has a plan's own arithmetic checked: rows exchanged, years miscounted, a window that the plan's scenario leaves. */
import { expect, test, type Page } from '@playwright/test';
import { findings } from './axe.ts';

test.use({ viewport: { width: 1440, height: 900 } });

async function openAudit(page: Page, plan: RegExp, view: string): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: plan }).first().click();
  await page.getByRole('button', { name: view, exact: true }).click();
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ locale: 'zh-CN', colorScheme });
    test('Huzhou: deposits and loans look exchanged, and four rows were reckoned over four years', async ({
      page,
    }) => {
      await openAudit(page, /^湖州市/, '规划审核');
      await expect(page.getByText('发现 9 处矛盾、1 处尾差、3 条提示。')).toBeVisible();
      const exchanged = page.getByRole('button', { name: /存款余额 · .+贷款余额 .+印出年均增长 21\.15%/ });
      await expect(exchanged).toContainText('由 3,089.7 到 5,956.58 亿元，5 年为 14.03%');
      await exchanged.click();
      await expect(page.getByText(/^把“.+存款余额”与“.+贷款余额”印出的数互换/)).toBeVisible();
      await expect(page.getByText('= (5956.58 亿元 ÷ 3089.7 亿元)^(1 ÷ 5) − 1')).toBeVisible();
      expect(await findings(page)).toEqual([]);
      await exchanged.press('Enter');
      await expect(exchanged).toHaveAttribute('aria-expanded', 'false');

      const heads = page.getByRole('button', { name: /^矛盾 .+印出年均增长/ });
      let overFour = 0;
      for (const head of await heads.all()) {
        await head.click();
        if (await page.getByText('按 4 年而不是 5 年计算，即得印出的数。').isVisible()) overFour += 1;
        await head.click();
      }
      expect(overFour).toBe(4);
    });
  });
}

test.describe('in English', () => {
  test.use({ locale: 'en-GB' });
  test('Lishui: the window of loans is left by the plan, and its rows are gone to', async ({ page }) => {
    await openAudit(page, /^Lishui/, 'Plan audit');
    const group = page.getByRole('region', { name: 'What the targets leave open' });
    const loans = group.getByRole('button', { name: /^Doubt Total loans \(implied\)/ });
    await expect(loans).toContainText('at most 3,325 ×100m yuan');
    // from at least 165.5 ÷ 6.5% = 2,546 in 2020: (3,325 ÷ 2,546)^(1/5) − 1
    await expect(loans).toContainText('growth a year since the base: at most 5.48%');
    await expect(loans).toContainText('expects 4,435 ×100m yuan, which is outside');
    await loans.click();
    await expect(group.getByText('= (332 ×100m yuan) ÷ 10%')).toBeVisible();
    await group.getByRole('button', { name: 'Green loans', exact: true }).first().click();
    await page.getByRole('tab', { name: 'Line' }).click();
    await expect(page.getByRole('tabpanel', { name: 'Line' })).toContainText('Green loans');
    expect(await findings(page)).toEqual([]);

    // read as at least, green loans may be more, and nothing bounds loans from above
    await page.getByRole('radio', { name: 'as at least' }).check();
    await expect(loans).toBeHidden();
  });
});
