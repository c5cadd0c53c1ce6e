/** Tables and texts from elsewhere: saved here and read back, written in other ways, pasted. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import {
  NAMES,
  dialog,
  dump,
  growth,
  openFile,
  openPlan,
  paste,
  saveFrom,
  setGrowth,
  tabs,
  total,
  temporaryFolder,
} from './sharing.ts';

test.use({ locale: 'en-GB', viewport: { width: 1440, height: 900 } });
const names = NAMES.en;
const folder = temporaryFolder('tuiyan-table');

const delimiter = (page: Page) => dialog(page).getByRole('combobox', { name: /^Delimiter/ });
const decimal = (page: Page) => dialog(page).getByRole('combobox', { name: /^Decimal sign/ });
const take = (page: Page) => dialog(page).getByRole('button', { name: 'Take in' });

function fileOf(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

test('a table that was saved here is changed elsewhere and read back', async ({ page }) => {
  await openPlan(page);
  await setGrowth(page, '8%');
  await expect(total(page)).toContainText('9,165.5');
  const { path } = await saveFrom(page, names, names.table, folder);
  const rows = readFileSync(path, 'utf8').split('\r\n');
  const years = rows[0]?.split(',') ?? [];
  const changed = rows.map((row) => {
    const cells = row.split(',');
    if (!cells.includes('deposits_loans')) return row;
    return cells.map((cell, at) => (years[at] === '2025' ? '9500.5' : cell)).join(',');
  });
  expect(changed).not.toEqual(rows);
  writeFileSync(path, changed.join('\r\n'));

  await openFile(page, names, path);
  await expect(delimiter(page)).toHaveValue(',');
  await expect(decimal(page)).toHaveValue('.');
  // read in another way nothing fits, and nothing can be taken
  await delimiter(page).selectOption(';');
  await expect(take(page)).toBeDisabled();
  await delimiter(page).selectOption(',');
  await expect(dialog(page).getByText('2025: 9,500.5', { exact: false })).toBeVisible();
  await take(page).click();
  await expect(dialog(page)).toBeHidden();
  await expect(total(page)).toContainText('9,500.5');
  await page.keyboard.press('Control+z');
  await expect(total(page)).toContainText('9,165.5');
});

for (const [kind, content, guessed] of [
  ['semicolons and decimal commas', 'id;2024;2025\ndeposits_loans;9000,25;9500,5\n', ';'],
  ['tabs and decimal commas', 'id\t2024\t2025\ndeposits_loans\t9000,25\t9500,5\n', '\t'],
] as const) {
  test(`a table with ${kind} is read as it was meant`, async ({ page }) => {
    await openPlan(page);
    await openFile(page, names, fileOf(guessed === ';' ? 'a.csv' : 'a.tsv', content));
    await expect(delimiter(page)).toHaveValue(guessed);
    await expect(decimal(page)).toHaveValue(',');
    await expect(dialog(page).getByText('2024: 9,000.3 · 2025: 9,500.5')).toBeVisible();
    await take(page).click();
    await expect(total(page)).toContainText('9,500.5');
  });
}

test('a decimal sign that cannot be told is a guess that says so, and can be changed by hand', async ({
  page,
}) => {
  await openPlan(page);
  // a thousand and a half, or a million and five hundred thousand: the file does not say
  await openFile(page, names, fileOf('unsure.csv', 'id;2025\ndeposits_loans;9.500\n'));
  await expect(dialog(page).getByText('guessed: please check').first()).toBeVisible();
  await decimal(page).selectOption('.');
  await expect(dialog(page).getByText('2025: 9.5', { exact: false })).toBeVisible();
  await decimal(page).selectOption(',');
  await expect(dialog(page).getByText('2025: 9,500.0', { exact: false })).toBeVisible();
  await take(page).click();
  await expect(total(page)).toContainText('9,500.0');
});

test('a scenario and a table are pasted anywhere on the page; looking changes nothing', async ({ page }) => {
  await openPlan(page);
  await setGrowth(page, '8%');
  const { path } = await saveFrom(page, names, names.file, folder);
  const text = readFileSync(path, 'utf8').replace('0.08', '0.07');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  const before = await dump(page);
  const count = await tabs(page).count();
  await page.getByRole('tab').first().focus();
  await paste(page, text);
  await expect(dialog(page).getByRole('row', { name: /7\.00%/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  expect(await dump(page)).toBe(before);

  await paste(page, text);
  await dialog(page).getByRole('button', { name: names.add }).click();
  await expect(tabs(page)).toHaveCount(count + 1);
  await expect(growth(page)).toHaveValue('7.00%');

  await page.getByRole('tab').first().focus();
  await paste(page, 'id\t2025\ndeposits_loans\t9500.5');
  await take(page).click();
  await expect(total(page)).toContainText('9,500.5');
});

test('what is pasted into a field stays in the field', async ({ page }) => {
  await openPlan(page);
  await growth(page).focus();
  await paste(page, '8%');
  await expect(dialog(page)).toHaveCount(0);
  await expect(growth(page)).toHaveValue(/8%/);
});
