/** The built app in a browser with a profile on disk, and a plan in it that is edited. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { startAppServer, type AppServer } from '../tools/app-server.ts';
import { openProfile, type ProfileBrowser } from '../tools/profile.ts';

/** What the status bar shows as saved: the revision, and what the lever says then. */
export interface Shown {
  readonly revision: number;
  readonly value: string;
}

const TEMPLATE = /^Zhoushan|^舟山市/;

/** Machines are busy; this is a limit for what hangs. */
const PATIENCE = { timeout: 120_000 };

/** Serves the app as it was built last. Fails: throws where it was not built. */
export function serveBuiltApp(): Promise<AppServer> {
  const dist = resolve(import.meta.dirname, '../../dist');
  if (!existsSync(dist)) throw new Error('the app is not built: run npm run build first');
  return startAppServer(dist);
}

/** The plan at home. */
export const templateOf = (page: Page) => page.getByRole('button', { name: TEMPLATE }).first();
export const leverOf = (page: Page) => page.getByRole('slider').first();
export const lossDialog = (page: Page) =>
  page.getByRole('dialog', { name: /浏览器丢失|The browser has lost/ });

/** The sign of a plan whose newest change is kept. */
const savedSign = (page: Page) => page.locator('[data-save-state="saved"]');

/** Opens the app and waits until it shows its plans, an open plan, or that work is lost. */
export async function openApp(folder: string, address: string): Promise<ProfileBrowser> {
  const opened = await openProfile(folder);
  const { page } = opened;
  await page.goto(address);
  const home = templateOf(page);
  await expect(lossDialog(page).or(home).or(leverOf(page)).first()).toBeVisible(PATIENCE);
  return opened;
}

/** Opens the plan, unless it is open or being opened. */
export async function openPlan(page: Page): Promise<void> {
  const home = templateOf(page);
  await expect(home.or(leverOf(page)).first()).toBeVisible(PATIENCE);
  if (!(await leverOf(page).isVisible())) await home.click(PATIENCE);
  await expect(leverOf(page)).toBeVisible(PATIENCE);
}

/** Opens the scenario that is edited: what a person looked at may be lost where the work is not. */
export async function openTrial(page: Page): Promise<void> {
  const trial = page.getByRole('tab', { name: /试算 1|Trial 1/ }).first();
  await trial.click(PATIENCE);
  await expect(trial).toHaveAttribute('aria-selected', 'true');
}

/** What is shown as saved, now that nothing is on its way. */
export async function readShown(page: Page): Promise<Shown> {
  await expect(savedSign(page)).toBeVisible(PATIENCE);
  return {
    revision: Number(await savedSign(page).getAttribute('data-revision')),
    value: (await leverOf(page).getAttribute('aria-valuenow')) ?? '',
  };
}

/** Moves the lever so many times and waits until that is kept; gives what is shown then. */
export async function edit(page: Page, times: number): Promise<Shown> {
  for (let time = 0; time < times; time += 1)
    await leverOf(page).press(time % 3 === 2 ? 'ArrowLeft' : 'ArrowRight');
  return readShown(page);
}
