/** A person makes scenarios of their own, names them, copies one, deletes one and gets it back; all is kept. */
import { expect, test } from '@playwright/test';

test.use({ viewport: { width: 1440, height: 900 } });

test('scenarios are begun, named, copied, deleted and brought back', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: /^丽水市/ }).click();
  const tab = (name: RegExp | string) =>
    page.getByRole('tablist', { name: '情景' }).getByRole('tab', { name });
  await tab('压力').click();
  await page.getByRole('button', { name: '新情景' }).click();
  await expect(tab('试算 1')).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByText('基于“压力” · 尚无改动')).toBeVisible();

  const box = page.getByRole('textbox', { name: '名义GDP增速：数值' });
  await box.fill('4%');
  await box.press('Enter');
  await expect(tab(/试算 1.*改动 1 行/)).toBeVisible();

  await tab(/试算 1/).press('F2');
  await page.getByRole('textbox', { name: '名称' }).fill('低增长');
  await page.getByRole('textbox', { name: '说明' }).fill('名义增速只有 4%');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(tab(/低增长/)).toBeFocused();

  await page.getByRole('button', { name: '“低增长”的操作' }).click();
  await page.getByRole('menuitem', { name: '复制' }).click();
  await expect(tab(/低增长 副本/)).toHaveAttribute('aria-selected', 'true');
  await expect(box).toHaveValue('4.00%');

  await tab(/低增长 副本/).press('Delete');
  await expect(tab(/副本/)).toHaveCount(0);
  await expect(page.getByText('按“撤销”可以找回。')).toBeVisible();
  await page.getByRole('button', { name: '撤销', exact: true }).click();
  await expect(tab(/低增长 副本/)).toHaveCount(1);

  await expect(page.locator('[data-save-state="saved"]')).toBeVisible();
  await page.reload();
  await tab(/低增长 副本/).click();
  await expect(box).toHaveValue('4.00%');
});
