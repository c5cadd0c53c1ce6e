/** A person opens the app for the first time: it starts under its own policy and speaks to nobody else. */
import { expect, test, type Page } from '@playwright/test';

/** What a page complained about, and whom it asked, since it was opened. */
interface Observed {
  readonly complaints: string[];
  readonly foreignRequests: string[];
}

async function observe(page: Page, origin: string): Promise<Observed> {
  const observed: Observed = { complaints: [], foreignRequests: [] };
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      observed.complaints.push(`console ${message.type()}: ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => observed.complaints.push(`uncaught: ${error.message}`));
  page.on('requestfailed', (request) => observed.complaints.push(`request failed: ${request.url()}`));
  page.on('request', (request) => {
    const { origin: asked, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && asked !== origin) observed.foreignRequests.push(request.url());
  });
  await page.exposeFunction('reportViolation', (text: string) => observed.complaints.push(text));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { reportViolation } = globalThis as unknown as { reportViolation: (text: string) => void };
      reportViolation(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  return observed;
}

test('the first screen opens without a complaint', async ({ page, baseURL }) => {
  const observed = await observe(page, new URL(baseURL ?? '').origin);
  const response = await page.goto('/');
  expect(response?.headers()['content-security-policy']).toContain("frame-ancestors 'none'");
  await expect(page).toHaveTitle(/推演/);
  await expect(page.locator('#app .loading')).toHaveCount(0);
  await expect(page.locator('#app')).not.toBeEmpty();
  await page.waitForLoadState('networkidle');
  expect(observed).toEqual({ complaints: [], foreignRequests: [] });
});

test('the page itself carries the policy, for servers that send no header', async ({ page }) => {
  await page.goto('/');
  const policy = page.locator('meta[http-equiv="Content-Security-Policy"]');
  await expect(policy).toHaveAttribute('content', /require-trusted-types-for 'script'/);
  await expect(policy).not.toHaveAttribute('content', /frame-ancestors/);
});

test('the policy refuses what a formula or a file could smuggle in', async ({ page }) => {
  await page.goto('/');
  await expect(page.locator('#app .loading')).toHaveCount(0);
  const outcome = await page.evaluate(async () => {
    // The debugger's own call may use eval; what runs after it is under the page's policy.
    await new Promise((resolve) => setTimeout(resolve, 0));
    const attempt = (action: () => unknown): string => {
      try {
        action();
        return 'allowed';
      } catch {
        return 'refused';
      }
    };
    const box = document.createElement('div');
    box.innerHTML = '<img src="x" onerror="globalThis.smuggled = true">';
    const script = document.createElement('script');
    return {
      markup: box.childElementCount,
      eval: attempt(() => (0, eval)('1')),
      foreignScript: attempt(() => (script.src = 'https://example.org/assets/x.js')),
      foreignWorker: attempt(() => new Worker('data:text/javascript,1')),
      shared: crossOriginIsolated,
    };
  });
  expect(outcome).toEqual({
    markup: 0,
    eval: 'refused',
    foreignScript: 'refused',
    foreignWorker: 'refused',
    shared: true,
  });
});

for (const [locale, width] of [
  ['en-GB', 1440],
  ['zh-CN', 1440],
  ['en-GB', 1280],
  ['zh-CN', 1024],
] as const) {
  test.describe(`${locale}, ${width} wide`, () => {
    test.use({ locale, viewport: { width, height: 900 } });

    test('a plan opens with whole years beside the names, the last one in view', async ({ page }) => {
      await page.goto('/');
      await page.getByRole('button', { name: /^(Lishui financial|丽水市金融)/ }).click();
      await expect(page.locator('.ht_master td').first()).toBeVisible();
      /** Where years begin beside the names, and where the last one ends before the edge. Pixels. */
      const places = () =>
        page.evaluate(() => {
          const right = (selector: string) =>
            document.querySelector(selector)?.getBoundingClientRect().right ?? NaN;
          const names = right('.ht_clone_top_inline_start_corner');
          const years = [...document.querySelectorAll('.ht_clone_top thead tr:last-child th')]
            .filter((head) => /^[A-Z]+20\d\d/.test(head.textContent))
            .map((head) => head.getBoundingClientRect());
          return {
            begins: years.map(({ left }) => Math.round(left - names)),
            ends: Math.round((years.at(-1)?.right ?? NaN) - right('.ht_master .wtHolder')),
          };
        });
      await expect.poll(async () => (await places()).begins).toContain(0);
      expect((await places()).ends).toBe(0);
    });
  });
}
