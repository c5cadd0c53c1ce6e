/** A person drags a lever and watches the targets and the chart; then takes it back. */
import { expect, test, type Locator, type Page } from '@playwright/test';

test.use({ viewport: { width: 1440, height: 900 } });

async function openLishui(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: /^丽水市/ }).click();
  await expect(page.getByRole('slider', { name: '存贷款余额增速' })).toBeVisible();
}

async function middleOf(target: Locator): Promise<{ x: number; y: number; width: number }> {
  const box = await target.boundingBox();
  if (!box) throw new Error('not on the page');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width };
}

const targetRow = (page: Page, name: string): Locator =>
  page.getByRole('region', { name: '目标' }).getByRole('row').filter({ hasText: name }).first();

test('the targets follow while a lever is dragged; one undo takes the whole drag back', async ({ page }) => {
  await openLishui(page);
  const lever = page.getByRole('slider', { name: '存贷款余额增速' });
  const total = targetRow(page, '金融机构人民币存贷款余额');
  await expect(total).toContainText('10,000.0');
  const undo = page.getByRole('button', { name: '撤销', exact: true });

  const { x, y, width } = await middleOf(lever);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - width / 4, y, { steps: 8 });
  await expect(total).not.toContainText('10,000.0');
  await expect(total.getByRole('img', { name: '未达成' })).toBeVisible();
  await expect(total).toContainText(/少 [\d,.]+ 亿元/);
  await expect(undo).toBeDisabled();
  await page.mouse.up();
  await expect(page.getByRole('tab', { name: /试算 1/ })).toHaveAttribute('aria-selected', 'true');
  await undo.click();
  await expect(total).toContainText('10,000.0');
  await expect(undo).toBeDisabled();
});

test('Escape during a drag leaves everything as it was', async ({ page }) => {
  await openLishui(page);
  const lever = page.getByRole('slider', { name: '存贷款余额增速' });
  const before = await lever.getAttribute('aria-valuetext');
  const { x, y, width } = await middleOf(lever);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + width / 4, y, { steps: 4 });
  await expect(lever).not.toHaveAttribute('aria-valuetext', before ?? '');
  await page.keyboard.press('Escape');
  await expect(lever).toHaveAttribute('aria-valuetext', before ?? '');
  await page.mouse.up();
  await expect(lever).toHaveAttribute('aria-valuetext', before ?? '');
  await expect(page.getByRole('tab', { name: /试算/ })).toHaveCount(0);
});

test('a number that cannot be read stays in its box with a sentence', async ({ page }) => {
  await openLishui(page);
  const box = page.getByRole('textbox', { name: '存贷款余额增速：数值' });
  await box.fill('百分之八');
  await box.press('Enter');
  await expect(page.locator('.levers').getByRole('alert')).toContainText('“百分之八”不是数');
  await expect(box).toHaveValue('百分之八');
  await box.fill('8');
  await box.press('Enter');
  await expect(box).toHaveValue('8.00%');
  await expect(targetRow(page, '金融机构人民币存贷款余额')).toContainText('9,165.5');
});

test('a target leads to its line, whose course is drawn and read by keys', async ({ page }) => {
  await openLishui(page);
  await page.getByRole('button', { name: '绿色贷款余额', exact: true }).first().click();
  const chart = page.getByRole('figure', { name: '走势' });
  await expect(chart.getByRole('heading', { name: /绿色贷款余额/ })).toBeVisible();
  await expect(chart.locator('.drawing path[stroke-width="2"]').first()).toBeVisible();
  const cursor = chart.getByRole('slider');
  await expect(cursor).toHaveAttribute('aria-valuetext', /^2025 年：规划 443\.5 亿元/);
  await cursor.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(cursor).toHaveAttribute('aria-valuetext', /^2024 年：/);
});
