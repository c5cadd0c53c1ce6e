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
  leverOf,
  lossDialog,
  openApp,
  openPlan,
  openTrial,
  readShown,
  serveBuiltApp,
  templateOf,
  type Shown,
} from './editing.ts';
import { option, tell } from './option.ts';

/** Machines are busy; this is a limit for what hangs. */
const PATIENCE = { timeout: 120_000 };

/** What cannot be clicked for so long is covered, and looked at anew. */
const AT_ONCE = { timeout: 5_000 };

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
  writeFileSync(path, bytes.fill(0, at, Math.min(bytes.length, at + PAGE)));
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
      PATIENCE,
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
  const wasOpened = await opensPlan(page);
  if (wasOpened && (await isWhole(page, known))) return 'intact';
  const isTold = await dialog.waitFor(PATIENCE).then(done, () => false);
  if (!isTold) return 'silent';
  await dialog.getByRole('button', { name: '取回副本' }).click(PATIENCE);
  const beside = page.getByRole('dialog').filter({ hasNot: page.getByText('浏览器丢失了一部分工作') });
  const taken = page.getByText(/^已取回/);
  await seen(taken.or(beside).first()).toBeVisible(PATIENCE);
  if (!(await taken.isVisible())) return 'told, laid beside';
  await openPlan(page);
  await openTrial(page);
  await seen(leverOf(page)).toHaveAttribute('aria-valuenow', known.value, PATIENCE);
  return 'told, taken back';
}

/** Opens the plan; false where the app has told of a loss before. */
async function opensPlan(page: Page): Promise<boolean> {
  const told = lossDialog(page);
  for (;;) {
    await seen(told.or(templateOf(page)).or(leverOf(page)).first()).toBeVisible(PATIENCE);
    if (await told.isVisible()) return false;
    if (await leverOf(page).isVisible()) return true;
    // a dialog that comes meanwhile stands before what is to be opened
    await templateOf(page).click(AT_ONCE).catch(none);
  }
}

/** Whether the open plan has all that was known of it, and nothing is told of a loss before that is seen. */
async function isWhole(page: Page, known: Shown): Promise<boolean> {
  if ((await readShown(page)).revision < known.revision) return false;
  const told = lossDialog(page)
    .waitFor(PATIENCE)
    .then(() => false);
  const shown = openTrial(page)
    .then(() => seen(leverOf(page)).toHaveAttribute('aria-valuenow', known.value, PATIENCE))
    .then(done, () => false);
  return Promise.race([shown, told]);
}

const none = () => undefined;
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
