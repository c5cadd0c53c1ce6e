/**
 * One record of the database is damaged: what is healthy opens, the damaged record is named and can be saved as a file, and stays
 * on offer until it is removed. A plan that cannot be read is saved as it lies there, and its safety copy opened.
 */
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
    place: '工作保存在哪里',
    left: /接不上：第 3 步到第 4 步。/,
    saveLeft: '存成文件',
    remove: '删除',
    question: /删了就找不回来/,
    removed: '这些记录已删除。',
    own: /^将“丽水市.*”另存为自己的规划$/,
    newer: /格式（99）比本程序认识的/,
    saveStored: '把存下的内容存成文件',
    openCopy: '把副本作为另一份规划打开',
    trial: /试算 1/,
  },
  'en-GB': {
    plan: /^Zhoushan/,
    lost: 'The browser has lost some of your work',
    named: /cannot be read.*: 2 \(changes 3 to 4\)/,
    save: 'Save these records as a file',
    goOn: 'Go on without',
    place: 'Where your work is kept',
    left: /do not follow from what is there: changes 3 to 4\./,
    saveLeft: 'Save as a file',
    remove: 'Remove',
    question: /cannot be brought back/,
    removed: 'The records were removed.',
    own: /^Make “Lishui.*” my own$/,
    newer: /has format 99, newer than/,
    saveStored: 'Save what is stored as a file',
    openCopy: 'Open the copy as another plan',
    trial: /Trial 1/,
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

/** Lets the one own plan that is in the database be of a format that nobody knows yet. */
function makeNewer(): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('tuiyan');
    request.addEventListener('error', () => reject(request.error ?? new Error('no reason')));
    request.addEventListener('success', () => {
      const transaction = request.result.transaction('plans', 'readwrite');
      const cursor = transaction.objectStore('plans').openCursor();
      cursor.addEventListener('success', () => {
        cursor.result?.update({ ...(cursor.result.value as object), format: 99 });
      });
      transaction.addEventListener('complete', () => {
        request.result.close();
        resolve();
      });
    });
  });
}

/** The furthest revision of which a copy lies beside the database. */
async function copied(): Promise<number> {
  const revisions: number[] = [];
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('tuiyan-copies', { create: true });
  const files = folder as unknown as { values(): AsyncIterable<FileSystemFileHandle> };
  for await (const handle of files.values()) {
    const text = await (await handle.getFile()).text();
    if (text !== '') revisions.push((JSON.parse(text.split('\n')[0] ?? '') as { revision: number }).revision);
  }
  return Math.max(0, ...revisions);
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
      // what was set aside stays on offer where the work is kept, until it is removed
      const place = page.getByRole('dialog', { name: say.place });
      const left = place.getByRole('definition').filter({ hasText: say.left });
      await page.getByRole('button', { name: say.place }).click();
      await expect(left).toBeVisible();
      expect(await findings(page)).toEqual([]);
      const [again] = await Promise.all([
        page.waitForEvent('download'),
        left.getByRole('button', { name: say.saveLeft }).click(),
      ]);
      expect(JSON.parse(readFileSync(await again.path(), 'utf8'))).toEqual(file);
      await left.getByRole('button', { name: say.remove }).click();
      const asked = place.getByRole('definition').filter({ hasText: say.question });
      await asked.getByRole('button', { name: say.remove }).click();
      await expect(place.getByText(say.removed)).toBeVisible();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: say.place }).click();
      await expect(place).toBeVisible();
      await expect(left).toHaveCount(0);
      await page.keyboard.press('Escape');

      await lever(page).press('ArrowRight');
      await expect(page.locator('[data-save-state="saved"]')).toBeVisible();
      const kept = (await lever(page).getAttribute('aria-valuenow')) ?? '';
      await page.reload();
      await expect(lever(page)).toHaveAttribute('aria-valuenow', kept);
      await expect(dialog).toHaveCount(0);
    });

    test('a plan that cannot be read is saved as it lies there, and its copy is opened', async ({ page }) => {
      await page.goto('./');
      await page.getByRole('button', { name: say.own }).click();
      for (const revision of [1, 2]) {
        await lever(page).press('ArrowRight');
        await expect(page.locator(`[data-save-state="saved"][data-revision="${revision}"]`)).toBeVisible();
      }
      const level = (await lever(page).getAttribute('aria-valuenow')) ?? '';
      await expect.poll(() => page.evaluate(copied)).toBe(2);
      await page.goto('./manifest.webmanifest');
      await page.evaluate(makeNewer);

      await page.goto('./');
      await expect(page.getByText(say.newer)).toBeVisible();
      await expect(page.getByRole('button', { name: say.openCopy })).toBeVisible();
      expect(await findings(page)).toEqual([]);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: say.saveStored }).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(/\.stored\.json$/);
      const { stored } = JSON.parse(readFileSync(await download.path(), 'utf8')) as {
        stored: { name: string; kind: string; content: unknown }[];
      };
      const changes = stored.filter(({ kind }) => kind === 'change');
      expect(changes.map(({ name }) => name.split('/').at(-1))).toEqual(['1', '2']);
      expect(stored.find(({ name }) => name.startsWith('plans/'))).toMatchObject({
        content: [{ format: 99 }],
      });

      await page.getByRole('button', { name: say.openCopy }).click();
      await page.getByRole('tab', { name: say.trial }).first().click();
      await expect(lever(page)).toHaveAttribute('aria-valuenow', level);
    });
  });
}
