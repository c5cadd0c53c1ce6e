/** A person makes drivers uncertain, reads how likely the targets are, runs a million samples, cancels, and takes all back. */
import { expect, test } from '@playwright/test';
import { findings } from './axe.ts';

test.use({ viewport: { width: 1440, height: 900 } });

const WORDS = {
  'zh-CN': {
    view: '不确定性',
    guess: '设定初步估计',
    targets: '目标达成概率',
    likely: /^概率 \d/,
    samples: /^样本数/,
    run: '运行 1,000,000 个样本',
    cancel: '取消',
    cancelled: /^已取消/,
    undo: '撤销',
    none: '还没有不确定的驱动因素',
  },
  'en-GB': {
    view: 'Uncertainty',
    guess: 'Give a first guess',
    targets: 'Probability of the targets',
    likely: /^\d+(\.\d)?% ± [\d.<]+ likely$/,
    samples: /^Samples/,
    run: 'Run 1,000,000 samples',
    cancel: 'Cancel',
    cancelled: /^Cancelled/,
    undo: 'Undo',
    none: 'Nothing is uncertain yet',
  },
} as const;

for (const locale of ['zh-CN', 'en-GB'] as const) {
  test.describe(locale, () => {
    test.use({ locale });
    const words = WORDS[locale];

    test('from a first guess to probabilities, a long run that is cancelled, and back', async ({ page }) => {
      await page.goto('/');
      await page.getByRole('button', { name: /^(Lishui financial|丽水市金融业)/ }).click();
      await page.getByRole('button', { name: words.view, exact: true }).click();
      const view = page.getByRole('main', { name: words.view });
      await view.getByRole('button', { name: words.guess }).click();

      await expect(view.getByRole('heading', { name: words.targets })).toBeVisible();
      await expect(page.getByText(words.likely).first()).toBeVisible();
      await expect(view.getByRole('figure').first().locator('svg').first()).toBeVisible();
      await expect(view.getByRole('progressbar')).toHaveCount(0);
      expect(await findings(page)).toEqual([]);

      await view.getByRole('button', { name: words.samples }).click();
      await page.getByRole('menuitemradio', { name: '1,000,000' }).click();
      // the page itself presses Cancel the moment it is there, and takes the time: a fast run may end before a test could press
      const waited = await view.evaluate(
        (place, { run, cancel }) =>
          new Promise<number>((resolve) => {
            const press = (name: string) => {
              const button = [...place.querySelectorAll('button')].find(
                (one) => one.textContent.trim() === name,
              );
              button?.click();
              return button !== undefined;
            };
            let pressed: number | undefined;
            const look = new MutationObserver(() => {
              if (pressed === undefined) {
                const now = performance.now();
                if (press(cancel)) pressed = now;
              } else if (!place.querySelector('[role="status"] progress')) {
                look.disconnect();
                resolve(performance.now() - pressed);
              }
            });
            look.observe(place, { childList: true, subtree: true });
            if (!press(run)) throw new Error(`there is no button ${run}`);
          }),
        { run: words.run, cancel: words.cancel },
      );
      expect(waited).toBeLessThan(100);
      await expect(view.getByText(words.cancelled)).toBeVisible();

      await page.getByRole('button', { name: words.undo, exact: true }).click();
      await expect(view.getByText(words.none)).toBeVisible();
      await expect(page.getByText(words.likely)).toHaveCount(0);
    });
  });
}
