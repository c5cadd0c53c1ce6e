/**
 * The whole browser is killed at random moments while a plan is edited without a pause. Whatever was shown as saved must be
 * there when it is opened again, and the plan must open. `--kills 200`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from 'vitest';
import { edit, lossDialog, openApp, openPlan, readShown, serveBuiltApp, type Shown } from './editing.ts';
import { option, tell } from './option.ts';

/** The longest that is edited before a kill, in milliseconds. */
const EDITED_MS = 1500;

/**
 * Moves the lever, a gesture a frame, until the page is gone. A key goes down and up at once: while it is held the lever shows a
 * level that is not the plan's yet, beside the sign of what was saved before.
 */
function editOn(page: Page): Promise<void> {
  return page.evaluate(async () => {
    for (let press = 0; ; press += 1) {
      const lever = document.querySelector('[role="slider"]');
      if (!lever) throw new Error('there are no levers');
      const key = press % 3 === 2 ? 'ArrowLeft' : 'ArrowRight';
      for (const type of ['keydown', 'keyup'])
        lever.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true, cancelable: true }));
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  });
}

test('kills', async () => {
  const kills = option('kills', 200);
  const server = await serveBuiltApp();
  const folder = mkdtempSync(join(tmpdir(), 'tuiyan-kills-'));
  const counts = {
    kills: 0,
    'edits shown as saved': 0,
    'edits lost': 0,
    'plans unreadable': 0,
    'losses told': 0,
  };
  let last: Shown = { revision: 0, value: '' };
  try {
    for (let time = 0; time <= kills; time += 1) {
      const opened = await openApp(folder, server.address);
      const { page } = opened;
      try {
        await openPlan(page);
        const found = await readShown(page);
        if (await lossDialog(page).isVisible()) counts['losses told'] += 1;
        counts['edits lost'] += Math.max(0, last.revision - found.revision);
        if (found.revision === last.revision && last.value !== '') expect(found.value).toBe(last.value);
      } catch (thrown) {
        counts['plans unreadable'] += 1;
        console.log(String(thrown).slice(0, 300));
      }
      if (time === kills) {
        await opened.close();
        break;
      }
      const seen = { ...(await edit(page, 1)) };
      last = seen;
      // each change of the sign is told as it is shown, so that what was told before the kill was shown before it
      await page.exposeFunction('tellShown', (shown: Shown) => (last = shown));
      await page.evaluate(() => {
        const tellShown = (globalThis as unknown as { tellShown: (shown: Shown) => void }).tellShown;
        const lever = document.querySelector('[role="slider"]');
        const tellIfSaved = () => {
          const sign = document.querySelector<HTMLElement>('[data-save-state="saved"]');
          if (!sign || !lever) return;
          tellShown({
            revision: Number(sign.dataset['revision']),
            value: lever.getAttribute('aria-valuenow') ?? '',
          });
        };
        new MutationObserver(tellIfSaved).observe(document.body, {
          subtree: true,
          attributes: true,
          attributeFilter: ['data-save-state', 'data-revision'],
        });
      });
      const editing = editOn(page).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * EDITED_MS));
      await opened.kill();
      await editing;
      counts.kills += 1;
      counts['edits shown as saved'] = last.revision;
    }
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    tell(counts);
  }
  expect(counts).toMatchObject({ 'edits lost': 0, 'plans unreadable': 0, 'losses told': 0 });
});
