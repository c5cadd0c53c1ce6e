/** A browser whose room for the app is bounded by the debugging protocol, and other data of the site that fills it. */
import { readFileSync } from 'node:fs';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { browserArgs, browserEnv, browserPath } from './browser.mjs';

/** A browser with a profile on disk, where the app keeps what a person has done and nothing else. */
export function openOnDisk(folder: string, locale: 'zh-CN' | 'en-GB' = 'zh-CN'): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, {
    executablePath: browserPath(),
    args: browserArgs,
    env: browserEnv(),
    viewport: { width: 1440, height: 900 },
    locale,
    // what is cached for a page without a network takes room, and gives it back, at a time of its own
    serviceWorkers: 'block',
  });
}

/** The room that the page's origin has. */
export interface Room {
  /** Sets how many bytes may be used; what is used already stays. */
  bound(bytes: number): Promise<void>;
  /** Lets other data of the site take all room but this much; gives how many bytes it took. */
  fill(left?: number): Promise<number>;
}

/** Takes hold of the room of the page that is open. */
export async function roomOf(page: Page): Promise<Room> {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  return {
    bound: (quotaSize) =>
      session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize }).then(() => undefined),
    async fill(left = 0) {
      const { usage, quota } = await session.send('Storage.getUsageAndQuota', { origin });
      return page.evaluate(takeRoom, quota - usage - left);
    },
  };
}

/** Writes what cannot be compressed into a database of its own, in ever smaller pieces, until the browser refuses. */
async function takeRoom(bytes: number): Promise<number> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('others', 1);
    request.addEventListener('upgradeneeded', () =>
      request.result.createObjectStore('data', { autoIncrement: true }),
    );
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('no reason')));
  });
  const write = (piece: Uint8Array) =>
    new Promise<boolean>((resolve) => {
      const transaction = database.transaction('data', 'readwrite', { durability: 'strict' });
      transaction.objectStore('data').add(piece);
      transaction.addEventListener('complete', () => resolve(true));
      transaction.addEventListener('abort', () => resolve(false));
    });
  let taken = 0;
  for (const size of [60_000, 6_000, 600, 60]) {
    while (taken + size <= bytes) {
      if (!(await write(crypto.getRandomValues(new Uint8Array(size))))) break;
      taken += size;
    }
  }
  database.close();
  return taken;
}

/** What the status bar says of the saving. */
export interface Told {
  /** Milliseconds from the key that was pressed to the sentence. */
  readonly ms: number;
  readonly sentence: string;
}

/** Notes in the page when a key was last pressed and when it was told after that that nothing could be kept. */
export async function watchTelling(page: Page): Promise<() => Promise<Told | undefined>> {
  await page.evaluate(() => {
    const seen = globalThis as { pressedAt?: number; told?: { ms: number; sentence: string } };
    addEventListener('keydown', () => (seen.pressedAt = performance.now()), { capture: true });
    new MutationObserver(() => {
      const sign = document.querySelector('[data-save-state="failed"]');
      const alerts = [...document.querySelectorAll('[role="alert"]')];
      const sentence = alerts
        .map((one) => one.textContent.trim())
        .join(' ')
        .trim();
      if (!sign || !sentence) return;
      seen.told ??= { ms: performance.now() - (seen.pressedAt ?? 0), sentence };
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  return () => page.evaluate(() => (globalThis as { told?: Told }).told);
}

/** Saves the file that the status bar offers; gives what is in it. */
export async function saveOffered(page: Page): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^(保存成文件|Save a file)$/ }).click(),
  ]);
  return readFileSync(await download.path(), 'utf8');
}
