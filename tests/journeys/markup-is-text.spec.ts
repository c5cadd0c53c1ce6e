/**
 * A plan whose every text is markup: shown as text everywhere, with the policy of the page off, and nobody is asked for
 * anything. Rows 16 to 19 of the table of threats and promise 16.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { NAMES, choose, dialog, openFile, openPlan, saveFrom, temporaryFolder } from './sharing.ts';

// what holds without the policy holds with it
test.use({ bypassCSP: true, locale: 'en-GB', viewport: { width: 1440, height: 900 } });

const names = NAMES.en;
const folder = temporaryFolder('tuiyan-markup');
const MARKUP = '<img src=x onerror=globalThis.smuggled=1>';

/** Puts markup into every text that a person reads; what the program reads stays. */
function poisoned(value: unknown, isText = false): unknown {
  if (typeof value === 'string') return isText ? `${value.slice(0, 120)}${MARKUP}` : value;
  if (Array.isArray(value)) return value.map((one) => poisoned(one, isText));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      poisoned(part, typeof part === 'string' ? ['zh', 'en', 'asPrinted'].includes(key) : key === 'source'),
    ]),
  );
}

function writeBundle(): string {
  const { $schema: _, ...plan } = JSON.parse(
    readFileSync('models/lishui-2021-2025.plan.json', 'utf8'),
  ) as Record<string, unknown>;
  const path = join(folder, 'markup.bundle.json');
  const scenario = {
    id: 'smuggler',
    name: { zh: MARKUP, en: MARKUP },
    note: { zh: MARKUP, en: MARKUP },
    basedOn: 'plan',
    changes: [{ line: 'deposits_loans_growth', set: 0.08 }],
    distributions: { deposits_loans_growth: { kind: 'normal', mean: 0.08, sd: 0.01 } },
  };
  const bundle = {
    kind: 'bundle',
    format: 1,
    plan: { ...(poisoned(plan) as object), id: 'poisoned' },
    scenario: scenario.id,
    scenarios: [scenario],
  };
  writeFileSync(path, JSON.stringify(bundle));
  return path;
}

/** Whom the page asked besides its own server; the source of the image is of its own server too, and is asked for by none. */
function watch(page: Page, origin: string): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    const { origin: other, protocol, pathname } = new URL(request.url());
    if (pathname.endsWith('/x') || (protocol.startsWith('http') && other !== origin))
      asked.push(request.url());
  });
  return asked;
}

/** Nothing of the markup became an element, and nothing of it ran. */
async function expectText(page: Page, where: string): Promise<void> {
  const found = await page.evaluate(() => ({
    images: document.querySelectorAll('img[src="x"], [onerror]').length,
    ran: (globalThis as { smuggled?: number }).smuggled,
  }));
  expect(found, where).toEqual({ images: 0, ran: undefined });
}

/** Goes over what shows something when it is pointed at. */
async function pointAround(page: Page): Promise<void> {
  const places = page.locator('main th, main [title], main [aria-describedby], main canvas, main button');
  for (const place of (await places.all()).slice(0, 25)) {
    const box = await place.boundingBox();
    if (box && box.width > 0) await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  }
}

const VIEWS = [
  'Compare',
  'What must be true',
  'Sensitivity',
  'Uncertainty',
  'Logic map',
  'Lessons',
  'Plan audit',
  'Model',
] as const;

test('the markup would run where it were taken for markup', async ({ page }) => {
  await page.goto('/');
  const control = await page.evaluate(async (markup) => {
    const box = document.createElement('div');
    // without the policy the browser asks nobody before it makes elements of a text
    box.innerHTML = markup;
    document.body.append(box);
    await new Promise((resolve) => box.firstElementChild?.addEventListener('error', resolve));
    return (globalThis as { smuggled?: number }).smuggled;
  }, MARKUP);
  expect(control).toBe(1);
});

test('a plan of markup is shown as text on every surface', async ({ page, baseURL }) => {
  test.setTimeout(300_000);
  const asked = watch(page, new URL(baseURL ?? '').origin);
  await openPlan(page);
  await openFile(page, names, writeBundle());
  await expect(dialog(page)).toContainText(MARKUP);
  await expectText(page, 'what arrives');
  await dialog(page).getByRole('button', { name: 'Add as my own plan' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(MARKUP);
  await expect(page.locator('.ht_master')).toBeVisible();
  await expectText(page, 'the bench');

  // the grid: heads, menus, a selected line, its explanation
  await pointAround(page);
  const cell = page.locator('.ht_master td').nth(3);
  await cell.click();
  await cell.click({ button: 'right' });
  await expectText(page, 'the menu of a cell');
  await page.keyboard.press('Escape');
  await pointAround(page);
  await expectText(page, 'the grid');

  for (const view of VIEWS) {
    await page.getByRole('button', { name: view, exact: true }).click();
    await expect(page.locator('main')).toContainText('<img');
    await pointAround(page);
    await expectText(page, view);
  }
  await page.getByRole('button', { name: 'Grid', exact: true }).click();

  // what is saved and said of it
  for (const item of [names.file, names.bundle, names.table, names.workbook]) {
    await saveFrom(page, names, item, folder);
    await expectText(page, item);
  }
  await choose(page, names, names.code);
  await expectText(page, names.code);
  await page.keyboard.press('Escape');

  // home, and the plan opened again
  await page.goto('/');
  await expect(page.locator('#app')).toContainText('<img');
  await expectText(page, 'after a reload');
  expect(asked).toEqual([]);
});
