/** The browser gives the app 5 MB, and other data of the site takes all of it: what is done goes on, and is kept when there is room. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { openOnDisk, roomOf, saveOffered } from '../tools/room.ts';

/** It is tried again at growing intervals, of at most a minute. */
const PATIENCE = { timeout: 180_000 };

/** Edits that may still find room. */
const MOST_EDITS = 1000;

// a context of its own, with a recording of its own
test.use({ trace: 'off' });

test('full storage: a sentence, a file, and saving by itself when there is room again', async ({
  baseURL,
}) => {
  test.setTimeout(600_000);
  const folder = mkdtempSync(join(tmpdir(), 'tuiyan-full-'));
  const context = await openOnDisk(folder);
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    const lever = page.getByRole('slider').first();
    const sign = (state: string) => page.locator(`[data-save-state="${state}"]`);
    const ended = sign('saved').or(sign('failed'));
    await page.goto(baseURL ?? '');
    await page
      .getByRole('button', { name: /^舟山市/ })
      .first()
      .click();
    await lever.press('ArrowRight');
    await expect(page.locator('[data-save-state="saved"][data-revision="1"]')).toBeVisible(PATIENCE);
    const room = await roomOf(page);
    await room.bound(5_000_000);
    await room.fill();

    // there and back, so that the lever never comes to an end
    for (let time = 0; time < MOST_EDITS && (await sign('failed').count()) === 0; time += 1) {
      await lever.press(time % 2 === 0 ? 'ArrowRight' : 'ArrowLeft');
      await expect(ended).toBeVisible(PATIENCE);
    }
    await expect(page.getByRole('alert').filter({ hasText: '存储空间已满' })).toBeVisible(PATIENCE);
    for (let time = 0; time < 4; time += 1) await lever.press('ArrowRight');
    const value = (await lever.getAttribute('aria-valuenow')) ?? '';
    await expect(sign('failed')).toBeVisible(PATIENCE);
    expect(await saveOffered(page)).toContain('试算 1');

    await room.bound(50_000_000);
    await expect(sign('saved')).toBeVisible(PATIENCE);
    const kept = await sign('saved').getAttribute('data-revision');
    await page.reload();
    // what was looked at last may not have found room
    await page.getByRole('tab', { name: '试算 1' }).click(PATIENCE);
    await expect(lever).toHaveAttribute('aria-valuenow', value, PATIENCE);
    await expect(sign('saved')).toHaveAttribute('data-revision', kept ?? '');
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});
