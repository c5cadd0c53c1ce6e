/**
 * A person opens a plan of thousands of lines as their own: what is seen is drawn and no more, an edit is there at once
 * however much hangs on it, and it is there again after the page was loaded anew.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { toBundle } from '../bench/plan-document.ts';
import { SHAPES, buildWorkload, type Shape } from '../bench/workloads.ts';
import { temporaryFolder } from './sharing.ts';

test.use({ locale: 'en-GB', viewport: { width: 1440, height: 900 } });

const folder = temporaryFolder('large-plan');
const shape = SHAPES['wide'] as Shape;
const workload = buildWorkload('wide', shape);

/** A line that only grows with the first driver: what it comes to can be told without an engine. */
const grown = workload.lines.findIndex(({ formula }) => formula?.kind === 'growth');
const first = workload.lines[grown]?.first ?? NaN;
const lastOf = (driver: number) =>
  (first * (1 + driver / 2) ** (shape.periods - 1)).toLocaleString('en-GB', {
    minimumFractionDigits: 4,
    maximumFractionDigits: 4,
  });

const cells = (page: Page) => page.locator('.ht_master td');
const sliders = (page: Page) => page.getByRole('region', { name: 'Levers' }).getByRole('slider');
const driver = (page: Page) => page.getByRole('textbox', { name: /^Line 0\b/ });
const saved = (page: Page) => page.getByText('Saved', { exact: true }).first();

/** Goes to a line by its name; the cell of its last period is selected then. */
async function goTo(page: Page, line: number): Promise<void> {
  await page.keyboard.press('Control+f');
  await page.keyboard.type(`Line ${line}`);
  await page.keyboard.press('Enter');
}
const selected = (page: Page) => page.locator('.ht_master td.current');

test('a plan of 2,000 lines opens, is edited, and is as it was left when it is opened again', async ({
  page,
}) => {
  const file = join(folder, 'large.json');
  writeFileSync(file, JSON.stringify(toBundle(workload, 'large-plan')));
  await page.goto('/');
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Open a file', exact: true }).click(),
  ]);
  await chooser.setFiles(file);
  await page.getByRole('dialog').getByRole('button', { name: 'Add as my own plan' }).click();
  await expect(cells(page).filter({ hasText: /\d/ }).first()).toBeVisible();

  // what is seen is drawn, and a little more: 2,000 lines would be 120,000 cells, and there are 100 levers
  const few = await cells(page).count();
  expect(few).toBeGreaterThan(100);
  expect(few).toBeLessThan(2000);
  await expect(sliders(page).first()).toBeVisible();
  expect(await sliders(page).count()).toBeLessThan(workload.drivers);

  // the next levers are drawn when the end of those that are comes near
  await expect(async () => {
    await sliders(page).last().scrollIntoViewIfNeeded();
    expect(await sliders(page).count()).toBe(workload.drivers);
  }).toPass();
  await page.getByRole('searchbox').first().fill('Line 99');
  await expect(sliders(page)).toHaveCount(1);
  await page.getByRole('searchbox').first().fill('');

  // everything hangs on the first driver
  await driver(page).fill('0.03');
  await driver(page).press('Enter');
  await goTo(page, grown);
  await expect(selected(page)).toHaveText(lastOf(0.03));
  await driver(page).fill('0.06');
  await driver(page).press('Enter');
  await expect(selected(page)).toHaveText(lastOf(0.06));
  await selected(page).click();
  await page.keyboard.press('Control+z');
  await expect(selected(page)).toHaveText(lastOf(0.03));

  // far away as well no more is drawn
  await goTo(page, shape.lines - 1);
  await expect(
    page.locator('.ht_clone_inline_start td').filter({ hasText: `Line ${shape.lines - 1}` }),
  ).toBeVisible();
  expect(await cells(page).count()).toBeLessThan(2000);

  await goTo(page, grown);
  await expect(selected(page)).toHaveText(lastOf(0.03));
  await expect(saved(page)).toBeVisible();
  await page.reload();
  await expect(driver(page)).toHaveValue('0.0300');
  await goTo(page, grown);
  await expect(selected(page)).toHaveText(lastOf(0.03));
});
