/** A lever is dragged on the largest template: how much scripting stands between the hand and the painted grid. */
import { expect, test } from '@playwright/test';

// a trace would be measured with it
test.use({ locale: 'en-GB', viewport: { width: 1440, height: 900 }, trace: 'off' });

test('a drag follows the hand', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: /^Ji’an financial/ }).click();
  const lever = page.getByRole('slider', { name: 'Nominal GDP growth' });
  await expect(lever).toBeVisible();
  await page.waitForLoadState('networkidle');
  const box = await lever.boundingBox();
  if (!box) throw new Error('the lever has no box');
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');
  const scripting = async (): Promise<number> => {
    const { metrics } = await client.send('Performance.getMetrics');
    return (metrics.find((metric) => metric.name === 'ScriptDuration')?.value ?? NaN) * 1000;
  };

  const middle = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width / 2, middle);
  await page.mouse.down();
  const milliseconds: number[] = [];
  const levels = new Set<string | null>();
  for (let step = 0; step < 80; step += 1) {
    const before = await scripting();
    await page.mouse.move(box.x + box.width * (0.5 + 0.45 * Math.sin(step / 8)), middle);
    // two frames: the one that takes the movement and the one that has painted it
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    milliseconds.push((await scripting()) - before);
    levels.add(await lever.getAttribute('aria-valuenow'));
  }
  await page.mouse.up();
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]?.toFixed(1);
  // printed and not asserted: machines are noisy, and a slow one is no fault of the code
  console.log(
    `lever to painted grid, scripting a movement: median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms, most ${at(1)} ms`,
  );
  expect(levels.size).toBeGreaterThan(20);
  expect(milliseconds.every((value) => Number.isFinite(value))).toBe(true);
  await expect(page.getByRole('tab', { name: /Trial 1/ })).toBeVisible();
});
