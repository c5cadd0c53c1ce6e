/** The served app after the first visit: without a network, and when a newer version is there. */
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { startAppServer, writeNextVersion, type AppServer } from '../tools/app-server.ts';
import { temporaryFolder } from './sharing.ts';

test.use({ locale: 'en-GB', viewport: { width: 1440, height: 900 } });

const folder = temporaryFolder('tuiyan-next');

/** Opens a plan and waits until the whole app is kept on this device. */
async function visit(page: Page, server: AppServer): Promise<void> {
  await page.goto(server.address);
  await page.getByRole('button', { name: /^Lishui financial/ }).click();
  await expect(growth(page)).toHaveValue('9.90%');
  await expect
    .poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state), { timeout: 60_000 })
    .toBe('activated');
}

/** What a page that stays open does from time to time. */
async function lookForVersion(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration?.update();
  });
  await expect
    .poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting?.state))
    .toBe('installed');
}

const growth = (page: Page): Locator => page.getByRole('textbox', { name: /^Deposits and loans growth/ });
const offer = (page: Page): Locator => page.getByText('A new version is ready.');
const build = (page: Page): Promise<string | null> => page.locator('html').getAttribute('data-build');

test('it opens without a network, with all plans and views, from a folder of a server', async ({ page }) => {
  const server = await startAppServer('dist');
  await visit(page, server);
  await server.close();
  await page.reload();
  await expect(growth(page)).toHaveValue('9.90%');
  await page.getByRole('button', { name: 'Compare' }).click();
  await expect(page.getByRole('main', { name: 'Compare' }).getByRole('table').first()).toBeVisible();
  await page.getByRole('button', { name: 'Back to the plans' }).click();
  await page.getByRole('button', { name: /^Huzhou/ }).click();
  await expect(page.getByRole('slider').first()).toBeVisible();
});

test('a newer version is offered between two edits and taken on a click; another tab goes on', async ({
  page,
  context,
}) => {
  const next = join(folder, 'next');
  writeNextVersion('dist', next, 'compare');
  const server = await startAppServer('dist');
  await visit(page, server);
  const other = await context.newPage();
  await other.goto(server.address);
  await expect(growth(other)).toHaveValue('9.90%');

  // a cell is being edited while the version arrives
  await page.bringToFront();
  await page.locator('.ht_master td[data-cell="forecast"]').first().dblclick();
  await expect(page.locator('.handsontableInput')).toBeFocused();
  await page.keyboard.type('1');
  server.serve(next);
  await lookForVersion(page);
  await expect(offer(other)).toBeVisible();
  await expect(offer(page)).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(offer(page)).toBeVisible();
  expect(await build(page)).toBeNull();

  await page.getByRole('button', { name: 'Reload', exact: true }).click();
  await expect.poll(() => build(page)).toBe('next');
  await expect(growth(page)).toHaveValue('9.90%');

  // the other tab still has the scripts that it began with, though the server has not
  expect(await build(other)).toBeNull();
  await other.getByRole('button', { name: 'Compare' }).click();
  await expect(other.getByRole('main', { name: 'Compare' }).getByRole('table').first()).toBeVisible();

  // when no page of the older version is open, its files go
  const versions = () =>
    page.evaluate(async () => (await caches.keys()).filter((name) => name.includes(' version ')).length);
  expect(await versions()).toBe(2);
  await other.close();
  await page.reload();
  await expect.poll(versions).toBe(1);
  await server.close();
});
