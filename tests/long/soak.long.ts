/**
 * A plan is edited for an hour: levers, undo and redo, other scenarios. The memory in use at the end is that after the first
 * minute and at most a fifth more, and an edit takes no longer. `--minutes 60 --edits 100000`: it ends when both are reached.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from 'vitest';
import { edit, leverOf, openApp, openPlan, openTrial, readShown, serveBuiltApp } from './editing.ts';
import { option, tell } from './option.ts';

const MINUTE_MS = 60_000;

/** Edits of a round; between rounds it is undone, done again, and another scenario is looked at. */
const ROUND = 200;
const UNDONE = 5;

/** The most that memory may have grown since the first minute. */
const GROWTH = 1.2;

/** The bytes in use after a collection. */
async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}

/** Moves the lever, one step a frame as a held key does; gives the milliseconds that an edit takes the page, the middle one. */
function editRound(page: Page): Promise<number> {
  return leverOf(page).evaluate(async (lever, round) => {
    const times: number[] = [];
    for (let press = 0; press < round; press += 1) {
      const key = press % 3 === 2 ? 'ArrowLeft' : 'ArrowRight';
      const began = performance.now();
      for (const type of ['keydown', 'keyup'])
        lever.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true, cancelable: true }));
      times.push(performance.now() - began);
      await new Promise((resolve) => requestAnimationFrame(resolve));
      if (press % 50 === 49)
        for (const back of Array.from({ length: 16 }, () => 'ArrowLeft'))
          lever.dispatchEvent(new KeyboardEvent('keydown', { key: back, bubbles: true, cancelable: true }));
    }
    return times.sort((a, b) => a - b)[round >> 1] ?? NaN;
  }, ROUND);
}

test('soak', async () => {
  const minutes = option('minutes', 60);
  const edits = option('edits', 100_000);
  const server = await serveBuiltApp();
  const folder = mkdtempSync(join(tmpdir(), 'tuiyan-soak-'));
  const times: number[] = [];
  const counts = { edits: 0, 'undone and done again': 0, 'scenarios looked at': 0 };
  let first = NaN;
  let last: number;
  try {
    const opened = await openApp(folder, server.address);
    const { page } = opened;
    await openPlan(page);
    await edit(page, 1);
    const began = Date.now();
    while (Date.now() - began < minutes * MINUTE_MS || counts.edits < edits) {
      times.push(await editRound(page));
      counts.edits += ROUND;
      for (const key of ['Control+z', 'Control+y'])
        for (let time = 0; time < UNDONE; time += 1) await leverOf(page).press(key);
      counts['undone and done again'] += UNDONE;
      await page
        .getByRole('tab', { name: /压力|Stress/ })
        .first()
        .click();
      await openTrial(page);
      counts['scenarios looked at'] += 2;
      if (Number.isNaN(first) && Date.now() - began >= MINUTE_MS) {
        await readShown(page);
        first = await heapOf(page);
      }
    }
    await readShown(page);
    last = await heapOf(page);
    await opened.close();
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  const tenth = Math.max(1, Math.floor(times.length / 10));
  const middle = (some: readonly number[]) => some.toSorted((a, b) => a - b)[some.length >> 1] ?? NaN;
  const [early, late] = [middle(times.slice(0, tenth)), middle(times.slice(-tenth))];
  tell({
    ...counts,
    'heap after a minute, MB': (first / 1e6).toFixed(1),
    'heap at the end, MB': (last / 1e6).toFixed(1),
    'an edit in the first tenth, ms': early.toFixed(2),
    'an edit in the last tenth, ms': late.toFixed(2),
  });
  expect(last).toBeLessThan(first * GROWTH);
  // as machines are: twice is growth, a tenth more is the neighbour's work
  expect(late).toBeLessThan(early * 2);
});
