/**
 * Two tabs edit the same scenario of the same plan without a pause: levers at random, some of them taken back. Both come to the
 * same, a third that is opened then shows it too, and every level that was set is in the journal or was told of.
 * `--edits 10000` for each tab.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from 'vitest';
import { leverOf, openApp, openPlan, openTrial, serveBuiltApp } from './editing.ts';
import { option, tell } from './option.ts';

/** Levers that are moved: few, so that the tabs meet. */
const LEVERS = 4;

/** Edits between two looks at the journal: fewer than after which it is drawn together. */
const ROUND = 50;

/** Machines are busy; this is a limit for what hangs. */
const PATIENCE = 600_000;

/** A level that was set in a tab: of which lever, and what it says. */
interface SetLevel {
  readonly lever: string;
  readonly level: number;
}

const { lines } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../models/zhoushan-2021-2025.plan.json'), 'utf8'),
) as { lines: { id: string; name: { zh: string } }[] };

/** Moves levers at random, one gesture a frame; gives the levels that were set. */
function editRound(page: Page, seed: number): Promise<{ set: SetLevel[]; undone: number }> {
  return page.evaluate(
    async ({ seed: start, round, levers }) => {
      let state = start;
      const chance = (below: number) => {
        state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
        return (state >> 8) % below;
      };
      const set: { lever: string; level: number }[] = [];
      let undone = 0;
      const key = (target: EventTarget, name: string, type: string, ctrlKey = false) =>
        target.dispatchEvent(
          new KeyboardEvent(type, { key: name, ctrlKey, bubbles: true, cancelable: true }),
        );
      for (let edit = 0; edit < round; edit += 1) {
        const all = [...document.querySelectorAll<HTMLElement>('[role="slider"]')].slice(0, levers);
        const lever = all[chance(all.length)];
        if (!lever) throw new Error('there are no levers');
        if (chance(10) === 0) {
          key(document.body, chance(3) === 0 ? 'y' : 'z', 'keydown', true);
          undone += 1;
        } else {
          const before = Number(lever.getAttribute('aria-valuenow'));
          const [least, most] = [lever.ariaValueMin, lever.ariaValueMax].map(Number);
          // away from the end at which it stands
          const isUp = before <= (least ?? 0) || (before < (most ?? 0) && chance(2) === 0);
          for (let step = chance(3); step >= 0; step -= 1)
            key(lever, isUp ? 'ArrowRight' : 'ArrowLeft', 'keydown');
          key(lever, isUp ? 'ArrowRight' : 'ArrowLeft', 'keyup');
          await Promise.resolve();
          const level = Number(lever.getAttribute('aria-valuenow'));
          if (level !== before) set.push({ lever: lever.getAttribute('aria-label') ?? '', level });
        }
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      return { set, undone };
    },
    { seed, round: ROUND, levers: LEVERS },
  );
}

/** An entry of the journal, as far as it sets levels. */
interface Entry {
  readonly revision: number;
  readonly levels: readonly { readonly line: string; readonly level: number }[];
}

/** Lets every page that is opened from now on note what of its journal entries was kept: they are drawn together later. */
function noteEntries(context: BrowserContext): Promise<unknown> {
  return context.addInitScript(() => {
    const kept = new Map<number, unknown>();
    Object.assign(globalThis, { keptEntries: kept });
    // called on the store below
    // eslint-disable-next-line @typescript-eslint/unbound-method
    const { add } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.add = function (value: unknown, key?: IDBValidKey) {
      const request = add.call(this, value, key);
      if (this.name === 'journal' && Array.isArray(key) && key.length === 2)
        this.transaction.addEventListener('complete', () => kept.set(key[1] as number, value));
      return request;
    };
  });
}

async function readJournal(page: Page): Promise<Entry[]> {
  return page.evaluate(() => {
    interface Overlay {
      values?: Record<string, number>;
      changes?: { set?: number }[];
    }
    interface Kept {
      entry: { kind: string; patches?: { kind: string; line: string; after: Overlay | null }[] };
    }
    const { keptEntries } = globalThis as unknown as { keptEntries: Map<number, Kept> };
    return [...keptEntries].map(([revision, { entry }]) => ({
      revision,
      levels: (entry.patches ?? []).flatMap(({ kind, line, after }) =>
        kind === 'line'
          ? (after?.changes ?? []).flatMap(({ set }) => (set === undefined ? [] : [{ line, level: set }]))
          : [],
      ),
    }));
  });
}

/** What a tab shows: the levels of all levers, and how the targets stand. */
function shownIn(page: Page): Promise<string> {
  return page.evaluate(() =>
    JSON.stringify([
      ...[...document.querySelectorAll('[role="slider"]')].map((one) => [
        one.getAttribute('aria-label'),
        one.getAttribute('aria-valuenow'),
      ]),
      document.querySelector('.board')?.textContent,
      [...document.querySelectorAll('[role="tablist"] [role="tab"]')].map((one) => one.textContent),
    ]),
  );
}

const revisionOf = (page: Page) =>
  page.evaluate(() =>
    Number(document.querySelector<HTMLElement>('[data-save-state="saved"]')?.dataset['revision'] ?? -1),
  );

const meetingsIn = (page: Page) =>
  page.evaluate(() =>
    Number(document.querySelector<HTMLElement>('[data-meetings]')?.dataset['meetings'] ?? 0),
  );

test('two tabs', async () => {
  const edits = option('edits', 10_000);
  const server = await serveBuiltApp();
  const folder = mkdtempSync(join(tmpdir(), 'tuiyan-tabs-'));
  const set: SetLevel[] = [];
  let undone = 0;
  try {
    const opened = await openApp(folder, server.address);
    const one = opened.page;
    const context = one.context();
    await noteEntries(context);
    await one.reload();
    await openPlan(one);
    await leverOf(one).press('ArrowRight');
    const another = await context.newPage();
    await another.setViewportSize({ width: 1440, height: 900 });
    await another.goto(server.address);
    await openPlan(another);
    await openTrial(another);
    await openTrial(one);
    const began = Date.now();
    for (let done = 0; done < edits; done += ROUND) {
      const rounds = await Promise.all(
        [one, another].map((page, index) => editRound(page, done * 2 + index + 1)),
      );
      for (const round of rounds) {
        set.push(...round.set);
        undone += round.undone;
      }
    }
    await expect
      .poll(async () => [await revisionOf(one), (await revisionOf(one)) === (await revisionOf(another))], {
        timeout: PATIENCE,
        interval: 500,
      })
      .toEqual([expect.any(Number), true]);
    const revision = await revisionOf(one);
    await expect
      .poll(async () => (await shownIn(one)) === (await shownIn(another)), {
        timeout: PATIENCE,
        interval: 500,
      })
      .toBe(true);
    const minutes = (Date.now() - began) / 60_000;
    const third = await context.newPage();
    await third.setViewportSize({ width: 1440, height: 900 });
    await third.goto(server.address);
    await openPlan(third);
    await openTrial(third);
    await expect
      .poll(async () => (await shownIn(third)) === (await shownIn(one)), { timeout: PATIENCE, interval: 500 })
      .toBe(true);
    const journal = (await Promise.all([one, another].map(readJournal))).flat();
    const idOf = new Map(lines.map(({ id, name }) => [name.zh, id]));
    const levelsOf = new Map<string, Set<string>>();
    for (const { line, level } of journal.flatMap(({ levels }) => levels)) {
      const known = levelsOf.get(line) ?? new Set();
      levelsOf.set(line, known.add(level.toFixed(9)));
    }
    const traceless = set.filter(
      ({ lever, level }) => !levelsOf.get(idOf.get(lever) ?? lever)?.has(level.toFixed(9)),
    );
    const [met, metThere] = [await meetingsIn(one), await meetingsIn(another)];
    tell({
      'levels set in both tabs': set.length,
      'undo and redo': undone,
      'entries in the journal': revision,
      'of these, kept by one tab or the other': new Set(journal.map((entry) => entry.revision)).size,
      'edits that met, told in one and the other': `${met} and ${metThere}`,
      'levels without a trace': traceless.length,
      minutes: minutes.toFixed(1),
    });
    await opened.close();
    expect(new Set(journal.map((entry) => entry.revision)).size).toBe(revision);
    expect(traceless).toEqual([]);
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});
