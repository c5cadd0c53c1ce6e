/**
 * A browser with a profile on disk, which can be killed as a whole and whose files can be damaged: the contexts that
 * Playwright opens by itself live in memory.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { chromium, type Browser, type Page } from '@playwright/test';
import { browserArgs, browserEnv, browserPath } from './browser.mjs';

/** A running browser. */
export interface ProfileBrowser {
  readonly browser: Browser;
  readonly page: Page;
  /** Ends the browser as a person does; resolves when its processes have gone. */
  close(): Promise<void>;
  /** Kills all of the browser's processes at once; resolves when they have gone. */
  kill(): Promise<void>;
}

/** Starts a browser on a profile; the folder is made where there is none. */
export async function openProfile(
  folder: string,
  language: 'zh-CN' | 'en-GB' = 'zh-CN',
): Promise<ProfileBrowser> {
  const args = [
    ...browserArgs,
    '--headless=new',
    `--user-data-dir=${folder}`,
    `--lang=${language}`,
    `--accept-lang=${language}`,
    '--remote-debugging-port=0',
    'about:blank',
  ];
  // a group of its own, so that all of its processes can be ended with one signal
  const child = spawn(browserPath(), args, {
    env: browserEnv(),
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const gone = once(child, 'exit');
  const browser = await chromium.connectOverCDP(await addressOf(child));
  const [context] = browser.contexts();
  if (!context) throw new Error('the browser has no profile');
  const page = context.pages()[0] ?? (await context.newPage());
  await page.setViewportSize({ width: 1440, height: 900 });
  return {
    browser,
    page,
    async close() {
      const session = await browser.newBrowserCDPSession();
      await session.send('Browser.close').catch(() => undefined);
      await gone;
    },
    async kill() {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      await gone;
    },
  };
}

async function addressOf({ stderr }: ChildProcess): Promise<string> {
  if (!stderr) throw new Error('the browser says nothing');
  for await (const line of createInterface({ input: stderr })) {
    const address = /^DevTools listening on (ws:.*)$/.exec(line)?.[1];
    if (address !== undefined) {
      stderr.resume();
      return address;
    }
  }
  throw new Error('the browser ended before it listened');
}
