/**
 * The browser gives the app 5 MB, and other data of the site takes most of it. A plan is edited until the browser refuses; then it
 * is edited on, saved as a file, given room again and opened anew. `--levels 20`: how much room is left at first differs.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect as seen, type Page } from '@playwright/test';
import { expect, test } from 'vitest';
import { openOnDisk, roomOf, saveOffered, watchTelling } from '../tools/room.ts';
import { edit, leverOf, openPlan, openTrial, readShown, serveBuiltApp } from './editing.ts';
import { option, tell } from './option.ts';

const QUOTA = 5_000_000;
const MORE = 50_000_000;

/** Edits that the least room of a level may still take. */
const MOST_EDITS = 600;

/** How much more room each level leaves. Bytes. */
const STEP = 2_000;

/** Edits after the browser has refused. */
const EDITED_ON = 12;

/** Saving is tried again at intervals of at most a minute. */
const PATIENCE = { timeout: 120_000 };

const sign = (page: Page) => page.locator('[data-save-state]');

/** Moves the lever there and back, so that it never comes to an end. */
const move = (page: Page, time: number) => leverOf(page).press(time % 2 === 0 ? 'ArrowRight' : 'ArrowLeft');

/** Edits until the browser refuses; gives the revision that was kept last. */
async function editUntilRefused(page: Page, from: number): Promise<number> {
  for (let revision = from; revision < from + MOST_EDITS; revision += 1) {
    await move(page, revision);
    const kept = `[data-save-state="saved"][data-revision="${revision + 1}"]`;
    const refused = page.locator('[data-save-state="failed"]');
    await seen(page.locator(kept).or(refused)).toBeVisible(PATIENCE);
    if (await refused.isVisible()) return revision;
  }
  throw new Error('the browser has refused nothing');
}

test('quota', async () => {
  const levels = option('levels', 20);
  const server = await serveBuiltApp();
  const home = mkdtempSync(join(tmpdir(), 'tuiyan-quota-'));
  const counts = {
    levels: 0,
    'edits kept before the browser refused': 0,
    'edits in memory': 0,
    'longest until it was told, ms': 0,
    'longest until it was kept after there was room again, ms': 0,
    'edits lost': 0,
  };
  try {
    for (let level = 0; level < levels; level += 1) {
      const folder = join(home, String(level));
      const context = await openOnDisk(folder);
      const page = context.pages()[0] ?? (await context.newPage());
      await page.goto(server.address);
      await openPlan(page);
      const before = await edit(page, 1);
      const room = await roomOf(page);
      await room.bound(QUOTA);
      await room.fill(level * STEP);
      const told = await watchTelling(page);
      const refused = await editUntilRefused(page, before.revision);
      counts['edits kept before the browser refused'] += refused - before.revision;
      await seen.poll(told).toBeDefined();
      const { ms, sentence } = (await told()) ?? { ms: Infinity, sentence: '' };
      expect(sentence).toMatch(/存储空间已满/);
      counts['longest until it was told, ms'] = Math.max(
        counts['longest until it was told, ms'],
        Math.round(ms),
      );

      for (let time = 1; time <= EDITED_ON; time += 1) await move(page, refused + time);
      const value = await leverOf(page).getAttribute('aria-valuenow');
      counts['edits in memory'] += EDITED_ON + 1;
      await seen(page.locator('[data-save-state="failed"]')).toBeVisible(PATIENCE);
      expect(Number(await sign(page).getAttribute('data-revision'))).toBe(refused);
      const file = JSON.parse(await saveOffered(page)) as { readonly scenarios?: unknown };
      expect(JSON.stringify(file)).toContain('试算 1');

      const since = Date.now();
      await room.bound(MORE);
      await seen(page.locator('[data-save-state="saved"]')).toBeVisible(PATIENCE);
      const waited = 'longest until it was kept after there was room again, ms';
      counts[waited] = Math.max(counts[waited], Date.now() - since);
      expect(await readShown(page)).toEqual({ revision: refused + EDITED_ON + 1, value });
      await page.reload();
      await openPlan(page);
      await openTrial(page);
      const after = await readShown(page);
      counts['edits lost'] += refused + EDITED_ON + 1 - after.revision;
      expect(after.value).toBe(value);
      counts.levels += 1;
      await context.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  } finally {
    await server.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    tell(counts);
  }
  expect(counts['edits lost']).toBe(0);
  expect(counts['longest until it was told, ms']).toBeLessThan(1000);
});
