/** The five-minute tour of the README: what if Lishui's loans grow 8 %? */
import { expect, test } from '@playwright/test';

test.use({ locale: 'en-GB' });

test('what if Lishui’s loans grow 8 %', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: /^Lishui financial/ }).click();
  const lever = page.getByRole('textbox', { name: /^Deposits and loans growth/ });
  await expect(lever).toHaveValue('9.90%');

  // the lever begins a scenario of one's own, and the targets follow
  await lever.fill('8%');
  await lever.press('Enter');
  await expect(page.getByRole('tab', { name: /Trial 1/ })).toHaveAttribute('aria-selected', 'true');
  const board = page.getByRole('region', { name: 'Targets' });
  const total = board.getByRole('row').filter({ hasText: 'RMB deposits and loans' }).first();
  await expect(total).toContainText('9,165.5');
  await expect(total).toContainText('834.5');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();

  // the plan itself has not moved
  await page.getByRole('tab', { name: /^Plan/ }).click();
  await expect(lever).toHaveValue('9.90%');
  await page.getByRole('tab', { name: /Trial 1/ }).click();
  await expect(lever).toHaveValue('8.00%');

  // everything is as it was left, the way back included
  await page.reload();
  await expect(page.getByRole('tab', { name: /Trial 1/ })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('textbox', { name: /^Deposits and loans growth/ })).toHaveValue('8.00%');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('tab', { name: /Trial 1/ })).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: /^Deposits and loans growth/ })).toHaveValue('9.90%');
});
