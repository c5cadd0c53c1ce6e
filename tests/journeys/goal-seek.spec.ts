/** A person asks what it takes to reach a value, applies the answer, takes it back, and asks why scenarios differ. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';

test.use({ viewport: { width: 1440, height: 900 } });

test('what it takes is found, applied as one edit, and explained against the plan', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: /^丽水市/ }).click();
  await expect(page.locator('.ht_master')).toBeVisible();
  await page.getByRole('button', { name: '金融机构人民币存贷款余额', exact: true }).first().click();
  await page.getByRole('tab', { name: '提问' }).click();
  const panel = page.getByRole('tabpanel', { name: '提问' });

  const wanted = panel.getByRole('textbox', { name: '想要达到' });
  await expect(wanted).toHaveValue('10,000.0');
  await expect(panel).toContainText('已经达到：存贷款余额增速现为 9.90%。');
  await wanted.fill('10500');
  await expect(panel).toContainText('存贷款余额增速需要由 9.90% 调到这里');
  await panel.getByRole('button', { name: /^采用/ }).click();
  await expect(page.getByRole('tab', { name: /试算 1/ })).toHaveAttribute('aria-selected', 'true');
  await expect(panel).toContainText('2025 年，现为 10,500.0 亿元');

  await expect(panel).toContainText('“规划”为 10,000.0 亿元，“试算 1”为 10,500.0 亿元，相差 +500.0 亿元');
  await expect(panel.getByRole('row', { name: /^存贷款余额增速 .*\+500\.0/ })).toBeVisible();

  // the way from one scenario to the other is a picture for a report: XML that can be read, with its words in it
  await panel.getByRole('button', { name: '图表菜单' }).first().click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: /SVG/ }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('金融机构人民币存贷款余额 2025.svg');
  const reader = await page.context().newPage();
  const read = await reader.evaluate(
    (text) => {
      const document = new DOMParser().parseFromString(text, 'image/svg+xml');
      return {
        fault: document.querySelector('parsererror')?.textContent,
        words: document.documentElement.textContent,
      };
    },
    readFileSync(await download.path(), 'utf8'),
  );
  expect(read.fault).toBeUndefined();
  expect(read.words).toContain('存贷款余额增速');
  expect(read.words).toContain('+500.0');
  await reader.close();

  await wanted.fill('99999');
  await expect(panel).toContainText(/达不到：存贷款余额增速到上限/);

  await page.getByRole('button', { name: '撤销', exact: true }).click();
  await expect(panel).toContainText('2025 年，现为 10,000.0 亿元');
  await expect(page.getByRole('button', { name: '撤销', exact: true })).toBeDisabled();
});
