/** A person asks what must be true on Lishui: what contradicts itself, the ways out, the edit, and back; axe in both languages. */
import { expect, test } from '@playwright/test';
import { findings } from './axe.ts';

test.use({ viewport: { width: 1440, height: 900 } });

test('Lishui: 332, 10 % and 10,000 contradict each other while the loan share is held; both repairs are shown', async ({
  page,
}) => {
  await page.goto('/');
  await page.getByRole('button', { name: /^丽水市/ }).click();
  await page.getByRole('button', { name: '必要条件' }).click();
  const view = page.getByRole('region', { name: '必要条件' });

  // a set to choose at once: green loans and what they are made of
  await view.getByRole('button', { name: '选择目标' }).click();
  await view.getByRole('button', { name: '成组选择' }).click();
  await page.getByRole('menuitemradio', { name: '绿色贷款余额及其组成（3）' }).click();
  await view.getByRole('button', { name: '选择目标' }).click();
  await view.getByRole('radio', { name: '正好等于' }).check();
  for (const name of ['各项存款余额', '贷存比']) {
    await view.getByRole('searchbox', { name: '查找要查看的数' }).fill(name);
    await page.keyboard.press('Enter');
  }
  await view.getByRole('checkbox', { name: '“贷款占存贷款比重”可以变动' }).uncheck();

  await expect(view.getByText('在允许的范围内没有找到同时达到所选目标的办法。')).toBeVisible();
  await expect(view.getByText('这 3 项不能同时成立')).toBeVisible();
  const freed = view.getByRole('group', { name: /^放开“贷款占存贷款比重”：由 44\.35% 到 33\.20%/ });
  await expect(freed).toContainText('3,320.0 亿元（由目标限制）');
  await expect(freed).toContainText('6,680.0 亿元（由目标限制）');
  await expect(freed).toContainText('49.7');
  const dropped = view.getByRole('group', { name: '放弃：绿色贷款余额 2025 年正好 332 亿元' });
  await expect(dropped).toContainText('443.5 亿元（由目标限制）');
  expect(await findings(page)).toEqual([]);

  await freed.getByRole('button', { name: '采用' }).click();
  await expect(view.getByText('所选目标都已达到，驱动因素不必变动。')).toBeVisible();
  await expect(page.getByRole('tab', { name: /试算 1/ })).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('button', { name: '撤销', exact: true }).click();
  await expect(freed).toBeVisible();

  // freed instead of applied: the same answer, as the smallest change
  await freed.getByRole('button', { name: '让它变动' }).click();
  await expect(view.getByText('可以达到，只需变动“贷款占存贷款比重”：−11.15 个百分点。')).toBeVisible();
  const loans = view.getByRole('row', { name: /^各项贷款余额（推算）/ });
  await expect(loans).toContainText('3,320.0 由目标限制');
});

test.describe('in English', () => {
  test.use({ locale: 'en-GB', colorScheme: 'dark' });

  test('premiums of 100 at a depth of 5 % need a GDP of 2,000; what was chosen stays', async ({ page }) => {
    await page.goto('/');
    await page.getByRole('button', { name: /^Lishui financial/ }).click();
    await page.getByRole('tab', { name: 'Stress' }).click();
    await page.getByRole('button', { name: 'What must be true' }).click();
    const view = page.getByRole('region', { name: 'What must be true' });
    await view.getByRole('button', { name: 'Choose targets' }).click();
    await view.getByRole('button', { name: 'Choose a set' }).click();
    await page.getByRole('menuitemradio', { name: 'Premium income and its parts (2)' }).click();
    await view.getByRole('button', { name: 'Choose targets' }).click();
    await view.getByRole('radio', { name: 'as exactly' }).check();
    const gdp = view.getByRole('row', { name: /^Gross regional product/ });
    await expect(gdp).toContainText('2,000.0');
    // (2000 / 1539.16) ^ (1/5) − 1
    await expect(view.getByRole('row', { name: /^Nominal GDP growth may move/ })).toContainText('5.38%');
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Grid', exact: true }).click();
    await page.getByRole('button', { name: 'What must be true' }).click();
    await expect(gdp).toContainText('2,000.0');
  });
});
