/** Where work is kept: safety copies, a backup folder, named versions; and a database that is gone at the next opening. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { openProfile } from '../tools/profile.ts';
import { findings } from './axe.ts';

const LANGUAGES = {
  'zh-CN': {
    plan: /^舟山市/,
    place: '工作保存在哪里',
    copy: /到第 \d+ 步，.* kB/,
    folder: '选文件夹',
    written: /“backup”，.*写过/,
    versions: '版本…',
    name: '给现在的样子起个名',
    keep: '留存',
    close: '关闭',
    restore: '恢复“初稿”',
    remove: '删除“初稿”',
    question: '删除“初稿”？删了就找不回来。',
    confirm: '删除',
    none: '还没有命名的版本。',
    undo: '撤销',
    lost: '浏览器丢失了一部分工作',
    missing: /少了 \d+ 步/,
    takeBack: '取回副本',
    open: '打开',
    trial: /试算 1/,
  },
  'en-GB': {
    plan: /^Zhoushan/,
    place: 'Where your work is kept',
    copy: /up to change \d+, .* kB/,
    folder: 'Choose a folder',
    written: /“backup”, written/,
    versions: 'Versions…',
    name: 'A name for the plan as it is now',
    keep: 'Keep',
    close: 'Close',
    restore: 'Restore “初稿”',
    remove: 'Delete “初稿”',
    question: 'Delete “初稿”? It cannot be brought back.',
    confirm: 'Delete',
    none: 'There are no named versions yet.',
    undo: 'Undo',
    lost: 'The browser has lost some of your work',
    missing: /\d+ of them are missing/,
    takeBack: 'Take the copy back',
    open: 'Open',
    trial: /Trial 1/,
  },
} as const;

// a recording would be asked of browsers that this journey has closed or killed
test.use({ trace: 'off' });

const lever = (page: Page) => page.getByRole('slider').first();
const level = (page: Page) => lever(page).getAttribute('aria-valuenow');

for (const locale of ['zh-CN', 'en-GB'] as const) {
  const say = LANGUAGES[locale];

  test(`${locale}: what is kept, named, lost and taken back`, async ({ baseURL }) => {
    // a context of Playwright's own lives in memory, and this is about what lies on a disk
    const folder = mkdtempSync(join(tmpdir(), 'tuiyan-kept-'));
    const address = baseURL ?? '';
    let opened = await openProfile(folder, locale);
    try {
      let { page } = opened;
      await page.addInitScript(() => {
        const chosen = async () =>
          (await navigator.storage.getDirectory()).getDirectoryHandle('backup', { create: true });
        Object.assign(globalThis, { showDirectoryPicker: chosen });
      });
      await page.goto(address);
      await page.getByRole('button', { name: say.plan }).first().click();
      for (let press = 0; press < 4; press += 1) await lever(page).press('ArrowRight');
      await expect(page.locator('[data-save-state="saved"]')).toBeVisible();
      const drafted = await level(page);

      // the place where work is kept: a copy is there when one has paused, and a folder is written to
      const place = page.getByRole('button', { name: say.place });
      await expect(async () => {
        await page.keyboard.press('Escape');
        await place.click();
        await expect(page.getByText(say.copy).first()).toBeVisible({ timeout: 1000 });
      }).toPass();
      expect(await findings(page)).toEqual([]);
      await page.getByRole('button', { name: say.folder }).click();
      await expect(page.getByText(say.written)).toBeVisible();

      // a version is named, worked on from, taken back as one gesture that can be undone
      await page.getByRole('button', { name: say.versions }).click();
      await page.getByRole('textbox', { name: say.name }).fill('初稿');
      await page.getByRole('button', { name: say.keep, exact: true }).click();
      await expect(page.getByRole('button', { name: say.restore })).toBeVisible();
      expect(await findings(page)).toEqual([]);
      await page.getByRole('dialog').getByRole('button', { name: say.close, exact: true }).click();
      for (let press = 0; press < 3; press += 1) await lever(page).press('ArrowRight');
      const later = await level(page);
      await place.click();
      await page.getByRole('button', { name: say.versions }).click();
      await page.getByRole('button', { name: say.restore }).click();
      await expect.poll(() => level(page)).toBe(drafted);
      await page.getByRole('button', { name: say.undo, exact: true }).first().click();
      await expect.poll(() => level(page)).toBe(later);
      await place.click();
      await page.getByRole('button', { name: say.versions }).click();
      await page.getByRole('button', { name: say.remove }).click();
      await expect(page.getByText(say.question)).toBeVisible();
      await page.getByRole('button', { name: say.confirm, exact: true }).click();
      await expect(page.getByText(say.none)).toBeVisible();
      await page.getByRole('dialog').getByRole('button', { name: say.close, exact: true }).click();
      const copies = () =>
        page.evaluate(async () => {
          const root = await navigator.storage.getDirectory();
          const revisions: number[] = [];
          const directory = (await root.getDirectoryHandle('tuiyan-copies')) as unknown as {
            values(): AsyncIterable<FileSystemFileHandle>;
          };
          for await (const handle of directory.values()) {
            const text = await (await handle.getFile()).text();
            if (text !== '')
              revisions.push((JSON.parse(text.split('\n')[0] ?? '') as { revision: number }).revision);
          }
          return Math.max(...revisions);
        });
      const revision = Number(await page.locator('[data-save-state]').getAttribute('data-revision'));
      await expect.poll(copies).toBe(revision);
      await opened.close();

      // the browser loses its database: it says so, and the copy is taken back with its history
      const databases = join(folder, 'Default', 'IndexedDB');
      for (const name of readdirSync(databases)) rmSync(join(databases, name), { recursive: true });
      opened = await openProfile(folder, locale);
      ({ page } = opened);
      await page.goto(address);
      const dialog = page.getByRole('dialog', { name: say.lost });
      await expect(dialog.getByText(say.missing)).toBeVisible();
      expect(await findings(page)).toEqual([]);
      await dialog.getByRole('button', { name: say.takeBack }).click();
      await expect(dialog).toHaveCount(0);
      await page.getByRole('button', { name: say.open, exact: true }).click();
      await page.getByRole('tab', { name: say.trial }).click();
      await expect.poll(() => level(page)).toBe(later);
      await expect(page.getByRole('button', { name: say.undo, exact: true }).first()).toBeEnabled();
      await page.reload();
      await expect(lever(page)).toBeVisible();
      await expect(dialog).toHaveCount(0);
    } finally {
      await opened.kill().catch(() => undefined);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  });
}
