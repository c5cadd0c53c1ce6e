/**
 * A person makes a scenario of their own, lets a driver grow from 2023, stacks two others on it, sees where these contradict
 * each other, compares three, takes everything back, and undoes that.
 */
import { expect, test } from '@playwright/test';
import { findings } from './axe.ts';

test.use({ viewport: { width: 1440, height: 900 } });

test('a scenario is made, stacked, compared, emptied, and all of it undone', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: /^丽水市金融/ }).click();
  const tab = (name: RegExp | string) =>
    page.getByRole('tablist', { name: '情景' }).getByRole('tab', { name });
  const inspector = page.locator('[data-side="inspector"]');
  const row = page.locator('.ht_master tr').filter({ hasText: '5.38%' }).first();
  await expect(row).toBeVisible();

  // three clicks and a number: the cell's menu, the kind of change, apply
  const cell = row.locator('td').filter({ hasText: '5.38%' }).nth(2);
  await cell.click({ button: 'right' });
  await page.getByRole('menuitem', { name: '按年增长…' }).click();
  const editor = page.getByRole('dialog', { name: '改动' });
  await expect(editor.getByRole('textbox')).toBeFocused();
  await page.keyboard.type('3%');
  await editor.getByRole('combobox', { name: '结束年份' }).selectOption('2024');
  await expect(editor.getByRole('row', { name: /改后/ })).toContainText('5.71%');
  expect(await findings(page)).toEqual([]);
  await editor.getByRole('button', { name: '应用' }).click();
  await expect(tab(/试算 1.*改动 1 行/)).toHaveAttribute('aria-selected', 'true');
  // then as the base
  await expect(row.locator('td').filter({ hasText: '5.71%' })).toHaveCount(1);
  await expect(row.locator('td').filter({ hasText: '5.38%' })).toHaveCount(3);

  await tab(/试算 1/).press('F2');
  await page.getByRole('textbox', { name: '名称' }).fill('先快后稳');
  await page.getByRole('textbox', { name: '说明' }).fill('两年加快，再回到规划');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page.getByText('两年加快，再回到规划')).toBeVisible();

  await page.getByRole('button', { name: '“先快后稳”的操作' }).click();
  await page.getByRole('menuitem', { name: '内容与叠加' }).click();
  for (const name of ['压力', '趋势']) {
    await inspector.getByRole('button', { name: '叠加', exact: true }).click();
    await page.getByRole('menuitem', { name, exact: true }).click();
  }
  await expect(inspector.getByText('以“趋势”的公式为准，“压力”的取值不起作用。')).toBeVisible();
  await expect(inspector.getByText('年增长 +3%')).toBeVisible();
  expect(await findings(page)).toEqual([]);

  await page.getByRole('button', { name: '比较', exact: true }).click();
  const table = page.getByRole('group', { name: '情景对照表' });
  const label = (text: string) => page.getByRole('main').locator('label').filter({ hasText: text });
  await label('趋势').click();
  const line = table.getByRole('row', { name: /^金融业增加值 / });
  await expect(table.getByRole('columnheader')).toHaveText(['行', /^规划/, '压力', '先快后稳']);
  await expect(line.getByRole('cell')).toHaveCount(3);
  await label('差额').click();
  await expect(line.getByRole('cell').nth(1)).toHaveText('−15.4');
  expect(await findings(page)).toEqual([]);

  const before = await line.getByRole('cell').last().textContent();
  await inspector.getByRole('button', { name: '全部恢复' }).click();
  await expect(inspector.getByText('年增长 +3%')).toHaveCount(0);
  await expect(line.getByRole('cell').last()).not.toHaveText(before ?? '');
  await page.getByRole('button', { name: /^撤销/ }).click();
  await expect(line.getByRole('cell').last()).toHaveText(before ?? '');
  const undo = page.getByRole('button', { name: /^撤销/ });
  // growth, name, two in the stack
  for (let gesture = 0; gesture < 4; gesture += 1) await undo.click();
  await expect(undo).toBeDisabled();
  await expect(tab(/先快后稳|试算/)).toHaveCount(0);
  await expect(table.getByRole('columnheader')).toHaveText(['行', /^规划/, '压力']);
});

test.describe('in English', () => {
  test.use({ locale: 'en-GB', colorScheme: 'dark' });

  test('the comparison and a scenario’s contents have no finding', async ({ page }) => {
    await page.goto('/');
    await page.getByRole('button', { name: /^Lishui financial/ }).click();
    await page.getByRole('tab', { name: 'Scenario', exact: true }).click();
    await page.getByRole('button', { name: 'Stack another' }).click();
    await page.getByRole('menuitem', { name: 'Stress', exact: true }).click();
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await expect(page.getByRole('group', { name: 'Table of the compared scenarios' })).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: /^Years:/ }).click();
    await page.getByText('Years ahead').click();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('row', { name: /Trial 1/ }).first()).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });
});
