/** A person asks where a number comes from: in the panel, as mathematics, as text, and along the cells of the grid. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { findings } from './axe.ts';

const selected = (page: Page): Locator => page.locator('.ht_master td.current');
const panel = (page: Page): Locator => page.getByRole('region', { name: 'Explain', exact: true });
const cell = (page: Page, name: RegExp): Locator => panel(page).getByRole('button', { name });

async function open(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'EN, English' }).click();
  await page.getByRole('button', { name: /^Lishui financial/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Lishui/ })).toBeVisible();
}

/** Selects the first target's cell, the value added of the financial sector in 2025, as the plan does when it is opened. */
async function openGrid(page: Page): Promise<void> {
  await open(page);
  await expect(page.locator('.ht_master td').first()).toBeVisible();
  await selected(page).click();
}

test('a number unfolds down to the printed figure, is copied, and is read as mathematics', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openGrid(page);
  await page.keyboard.press('F9');
  await expect(page.getByRole('tab', { name: 'Explain', selected: true })).toBeVisible();
  await expect(cell(page, /2025 173\.0/)).toHaveAttribute('aria-expanded', 'true');

  await panel(page).getByRole('button', { name: 'Unfold all' }).click();
  await expect(panel(page).getByText(/^Printed “117.9”/)).toBeVisible();
  expect(await findings(page)).toEqual([]);

  await page.evaluate(() => {
    Object.assign(navigator.clipboard, {
      writeText: (text: string) => {
        document.body.dataset['copied'] = text;
        return Promise.resolve();
      },
    });
  });
  await panel(page).getByRole('button', { name: 'Copy as text' }).click();
  await expect(page.getByText(/^The explanation was copied: \d+ cells/)).toBeVisible();
  expect(await page.evaluate(() => document.body.dataset['copied'])).toMatch(
    /2025: 173\.0[^]+Printed “117.9”/,
  );

  await panel(page).getByRole('button', { name: 'Mathematics' }).click();
  const set = panel(page).locator('math').first();
  await expect(set).toBeVisible();
  expect(await set.evaluate((math) => math.querySelector('msub')?.namespaceURI)).toBe(
    'http://www.w3.org/1998/Math/MathML',
  );
  await page.getByRole('button', { name: 'Switch to dark' }).click();
  expect(await findings(page)).toEqual([]);
});

test('the tree is walked by keys, leads to a cell of the grid, and stays with its own', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openGrid(page);
  await page.keyboard.press('F9');
  const root = cell(page, /2025 173\.0/);
  await root.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(cell(page, / 2024 160\.2/)).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Enter');
  await expect(selected(page)).toHaveText('160.2');
  await expect(selected(page)).toBeFocused();
  await expect(root).toBeVisible();
  await expect(panel(page).getByText(/^Still about/)).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect(panel(page).getByText(/^Still about/)).toHaveCount(0);
});

test('the grid marks inputs and dependents, and keys go along them and back', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openGrid(page);
  await page.keyboard.press('F9');
  await panel(page).getByRole('button', { name: 'Mark in the grid' }).click();
  await expect(page.locator('.ht_master td[data-trace="input"]')).not.toHaveCount(0);
  await selected(page).click();
  const strip = page.getByRole('contentinfo').getByRole('status').first();
  await page.keyboard.press('Control+[');
  await expect(strip).toHaveText(/^Input 1 of 3 of .*2025/);
  await expect(selected(page)).toHaveText('160.2');
  await page.keyboard.press('Alt+ArrowDown');
  await expect(strip).toHaveText(/^Input 2 of 3/);
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(selected(page)).toHaveText('173.0');
  await expect(strip).toHaveText('');
  await page.keyboard.press('Control+[');
  await page.keyboard.press('Control+]');
  await expect(strip).toHaveText(/^Dependent 1 of \d+ of .*2024/);
  await expect(page.locator('[data-save-state="saved"]')).toBeVisible();
  await page.reload();
  await expect(page.locator('.ht_master td[data-trace]').first()).toBeVisible();
});

test('in a tight window the explanation slides over; in a hand it stands below the line', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await openGrid(page);
  await page.keyboard.press('F9');
  await expect(cell(page, /2025 173\.0/)).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Line' }).click();
  await expect(cell(page, /2025 173\.0/)).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(await findings(page)).toEqual([]);
  await panel(page)
    .getByRole('button', { name: /^Go to .* 2024 in the grid/ })
    .first()
    .click();
  await expect(page.getByRole('main', { name: 'Grid' })).toBeVisible();
});
