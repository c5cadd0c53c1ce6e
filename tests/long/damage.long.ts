/**
 * The files of the browser's database are damaged in nine ways while it is closed. When the app is opened again, either all is
 * there, or it says in words what is missing and offers the last copy. `--runs 10` of each kind, or of the one that `--kind 9` names.
 */
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect as seen, type Page } from '@playwright/test';
import { expect, test } from 'vitest';
import {
  edit,
  lossDialog,
  openApp,
  openPlan,
  openTrial,
  readShown,
  serveBuiltApp,
  type Shown,
} from './editing.ts';
import { option, tell } from './option.ts';

/** The files of the database with this ending or beginning. */
function filesIn(database: string, name: RegExp): string[] {
  return readdirSync(database)
    .filter((one) => name.test(one))
    .map((one) => join(database, one));
}

const below = (size: number) => Math.floor(Math.random() * size);

function flip(path: string): void {
  const bytes = readFileSync(path);
  const at = below(bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (1 + below(255));
  writeFileSync(path, bytes);
}

/** What a disk writes or loses at once. */
const PAGE = 4096;

function zero(path: string): void {
  const bytes = readFileSync(path);
  const at = below(bytes.length);
  writeFileSync(path, bytes.fill(0, at, at + PAGE));
}

function cut(path: string): void {
  truncateSync(path, below(readFileSync(path).length));
}

const each = (name: RegExp, damage: (path: string) => void) => (database: string) =>
  filesIn(database, name).forEach(damage);

const KINDS: Readonly<Record<string, (database: string) => void>> = {
  'a byte of the log': each(/\.log$/, flip),
  'the log cut off': each(/\.log$/, cut),
  'the log gone': each(/\.log$/, (path) => rmSync(path)),
  'a page of the log zeroed': each(/\.log$/, zero),
  'rubbish behind the log': each(/\.log$/, (path) => appendFileSync(path, randomBytes(PAGE))),
  'a byte of the manifest': each(/^MANIFEST/, flip),
  'the manifest cut off': each(/^MANIFEST/, cut),
  'the pointer gone': each(/^CURRENT$/, (path) => rmSync(path)),
  'all of it gone': (database) => rmSync(database, { recursive: true }),
};

/** Waits until a copy of the newest revision lies beside the database. */
async function copied(page: Page, revision: number): Promise<void> {
  await seen
    .poll(
      () =>
        page.evaluate(async () => {
          const revisions: number[] = [];
          const root = await navigator.storage.getDirectory();
          const folder = await root.getDirectoryHandle('tuiyan-copies', { create: true });
          const files = folder as unknown as { values(): AsyncIterable<FileSystemFileHandle> };
          for await (const handle of files.values()) {
            const text = await (await handle.getFile()).text();
            if (text !== '') revisions.push((JSON.parse(text.split('\n')[0] ?? '') as Shown).revision);
          }
          return Math.max(0, ...revisions);
        }),
      { timeout: 60_000 },
    )
    .toBeGreaterThanOrEqual(revision);
}

/** A profile on which was worked three times. */
async function prepare(folder: string, address: string): Promise<Shown> {
  for (let session = 0; ; session += 1) {
    const opened = await openApp(folder, address);
    await openPlan(opened.page);
    const shown = await edit(opened.page, 15);
    await copied(opened.page, shown.revision);
    await opened.close();
    if (session === 2) return shown;
  }
}

type Outcome = 'intact' | 'told, taken back' | 'told, laid beside' | 'silent';

/** What the app makes of a damaged profile. */
async function lookAt(page: Page, known: Shown): Promise<Outcome> {
  const dialog = lossDialog(page);
  // a dialog that comes late stands before what is to be opened
  const isOpen = !(await isShownSoon(page)) && (await openPlan(page).then(done, () => false));
  if (isOpen) {
    const found = await readShown(page);
    if (!(await isShownSoon(page))) {
      if (found.revision < known.revision) return 'silent';
      await openTrial(page);
      return (await readShown(page)).value === known.value ? 'intact' : 'silent';
    }
  }
  await dialog.getByRole('button', { name: '取回副本' }).click();
  const beside = page.getByRole('dialog').filter({ hasNot: page.getByText('浏览器丢失了一部分工作') });
  const taken = page.getByText(/^已取回/);
  await seen(taken.or(beside).first()).toBeVisible({ timeout: 60_000 });
  if (!(await taken.isVisible())) return 'told, laid beside';
  await openPlan(page);
  await openTrial(page);
  expect((await readShown(page)).value).toBe(known.value);
  return 'told, taken back';
}

function isShownSoon(page: Page): Promise<boolean> {
  return lossDialog(page)
    .waitFor({ timeout: 10_000 })
    .then(done, () => false);
}

const done = () => true;

test('damage', async () => {
  const runs = option('runs', 10);
  const server = await serveBuiltApp();
  const home = mkdtempSync(join(tmpdir(), 'tuiyan-damage-'));
  const counts: Record<string, string> = {};
  let silent = 0;
  try {
    const healthy = join(home, 'healthy');
    const known = await prepare(healthy, server.address);
    const only = option('kind', 0);
    for (const [kind, damage] of Object.entries(KINDS).filter((_, at) => only === 0 || at + 1 === only)) {
      const outcomes = new Map<Outcome, number>();
      for (let run = 0; run < runs; run += 1) {
        const folder = join(home, 'damaged');
        cpSync(healthy, folder, { recursive: true });
        const databases = join(folder, 'Default', 'IndexedDB');
        for (const name of readdirSync(databases).filter((one) => one.endsWith('.leveldb')))
          damage(join(databases, name));
        const opened = await openApp(folder, server.address);
        const outcome = await lookAt(opened.page, known);
        await opened.kill();
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      }
      silent += outcomes.get('silent') ?? 0;
      counts[kind] = [...outcomes].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
    }
  } finally {
    await server.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    tell({ ...counts, silent });
  }
  expect(silent).toBe(0);
});
