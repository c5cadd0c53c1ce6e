/** Every screen in both languages and both themes, looked at by axe. */
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe finds on the page; run by the debugger, whose scripts the page's policy does not bind. */
async function findings(page: Page): Promise<string[]> {
  const client = await page.context().newCDPSession(page);
  await client.send('Page.setBypassCSP', { enabled: true });
  await client.send('Runtime.evaluate', { expression: axe });
  const run =
    '(async () => JSON.stringify((await axe.run(document, { resultTypes: ["violations"] })).violations))()';
  const { result } = await client.send('Runtime.evaluate', { expression: run, awaitPromise: true });
  const violations = JSON.parse(String(result.value)) as Finding[];
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
  );
}

for (const locale of ['zh-CN', 'en-GB']) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`${locale}, ${colorScheme}`, () => {
      test.use({ locale, colorScheme, viewport: { width: 1440, height: 900 } });

      test('home and an open plan have no finding', async ({ page }) => {
        await page.goto('/');
        const plan = page.getByRole('button', { name: /^(Lishui financial|丽水市金融)/ });
        await expect(plan).toBeVisible();
        expect(await findings(page)).toEqual([]);
        await plan.click();
        await expect(page.getByRole('slider').first()).toBeVisible();
        await expect(page.locator('.ht_master')).toBeVisible();
        expect(await findings(page)).toEqual([]);
        for (const name of [/^(Line|本行)/, /^(Ask|提问)/]) {
          await page.getByRole('tab', { name }).click();
          expect(await findings(page)).toEqual([]);
        }
      });
    });
  }
}
