/** One record of the database is damaged: what is healthy opens, the damaged record is named and can be saved as a file. */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { findings } from './axe.ts';

const LANGUAGES = {
  'zh-CN': {
    plan: /^舟山市/,
    lost: '浏览器丢失了一部分工作',
    named: /有 2 条记录读不出来.*（第 3 步到第 4 步）/,
    save: '把这些记录存成文件',
    goOn: '不取回，继续工作',
  },
  'en-GB': {
    plan: /^Zhoushan/,
    lost: 'The browser has lost some of your work',
    named: /cannot be read.*: 2 \(changes 3 to 4\)/,
    save: 'Save these records as a file',
    goOn: 'Go on without',
  },
} as const;

const lever = (page: Page) => page.getByRole('slider').first();

/** Writes over the third change of the one work that is in the database. */
function damage(): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('tuiyan');
    request.addEventListener('error', () => reject(request.error ?? new Error('no reason')));
    request.addEventListener('success', () => {
      const transaction = request.result.transaction('journal', 'readwrite');
      const journal = transaction.objectStore('journal');
      const keys = journal.getAllKeys();
      keys.addEventListener('success', () => {
        const third = keys.result.find((key) => Array.isArray(key) && key[1] === 3);
        if (third !== undefined) journal.put({ id: 'rubbish', note: '损坏' }, third);
      });
      transaction.addEventListener('complete', () => {
        request.result.close();
        resolve();
      });
    });
  });
}

for (const locale of ['zh-CN', 'en-GB'] as const) {
  const say = LANGUAGES[locale];
  test.describe(locale, () => {
    test.use({ locale });

    test('a damaged record hides no healthy one, is named and can be saved', async ({ page }) => {
      await page.goto('./');
      await page.getByRole('button', { name: say.plan }).first().click();
      const levels: (string | null)[] = [];
      for (const revision of [1, 2, 3, 4]) {
        await lever(page).press('ArrowRight');
        await expect(page.locator(`[data-save-state="saved"][data-revision="${revision}"]`)).toBeVisible();
        levels.push(await lever(page).getAttribute('aria-valuenow'));
      }
      // the app has to be closed meanwhile: a page of the same place that is none of its own
      await page.goto('./manifest.webmanifest');
      await page.evaluate(damage);

      await page.goto('./');
      const dialog = page.getByRole('dialog', { name: say.lost });
      await expect(dialog.getByText(say.named)).toBeVisible();
      expect(await findings(page)).toEqual([]);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        dialog.getByRole('button', { name: say.save }).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(/\.set-aside\.json$/);
      const file = JSON.parse(readFileSync(await download.path(), 'utf8')) as { setAside: unknown };
      expect(file.setAside).toMatchObject([
        { kind: 'change', revision: 3, content: [{ id: 'rubbish', note: '损坏' }] },
        { kind: 'change', revision: 4, content: [{ entry: { kind: 'edit' } }] },
      ]);

      // what came before the damage is there, and one can go on from it
      await dialog.getByRole('button', { name: say.goOn }).click();
      await expect(dialog).toHaveCount(0);
      await expect(lever(page)).toHaveAttribute('aria-valuenow', levels[1] ?? '');
      await lever(page).press('ArrowRight');
      await expect(page.locator('[data-save-state="saved"]')).toBeVisible();
      const kept = (await lever(page).getAttribute('aria-valuenow')) ?? '';
      await page.reload();
      await expect(lever(page)).toHaveAttribute('aria-valuenow', kept);
      await expect(dialog).toHaveCount(0);
    });
  });
}
