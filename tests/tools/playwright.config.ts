/** How the journeys run: a real browser against the built app, on this machine alone. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { browserArgs, browserEnv, browserPath } from './browser.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const port = process.env['TUIYAN_PORT'] ?? '4187';
const address = `http://127.0.0.1:${port}`;

export default defineConfig({
  testDir: '../journeys',
  outputDir: '../../test-results',
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  workers: 2,
  // a limit for what hangs, not a measure of speed: machines are busy
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  // what is measured runs alone, when the others are done
  projects: [
    { name: 'journeys', testIgnore: /lever-speed/ },
    { name: 'speed', testMatch: /lever-speed/, dependencies: ['journeys'] },
  ],
  use: {
    baseURL: address,
    browserName: 'chromium',
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    trace: 'retain-on-failure',
    // Recording needs an ffmpeg that Playwright would have to download.
    video: 'off',
    launchOptions: { executablePath: browserPath(), args: browserArgs, env: browserEnv() },
  },
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${port} --strictPort`,
    cwd: root,
    url: address,
    reuseExistingServer: false,
  },
});
