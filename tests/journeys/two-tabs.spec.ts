/** Two tabs with the same plan: what is done in one is seen in the other, and where edits meet both are told and can take the other. */
import { expect, test, type Page } from '@playwright/test';
import { findings } from './axe.ts';

test.use({ viewport: { width: 1440, height: 900 } });

const growth = (page: Page) => page.getByRole('textbox', { name: '名义GDP增速：数值' });
const slider = (page: Page) => page.getByRole('slider', { name: '名义GDP增速' });
const trial = (page: Page) => page.getByRole('tab', { name: /试算 1/ });
const saved = (page: Page) => expect(page.locator('[data-save-state="saved"]')).toBeVisible();

async function enter(page: Page, text: string): Promise<void> {
  await growth(page).fill(text);
  await growth(page).press('Enter');
}

/** Opens a plan, unless it opens by itself: the one that was opened last does. */
async function openPlan(page: Page, plan: RegExp): Promise<void> {
  await page.goto('/');
  const button = page.getByRole('button', { name: plan }).first();
  await expect(button.or(page.getByRole('heading', { level: 1, name: plan })).first()).toBeVisible();
  if (await button.isVisible()) await button.click();
  await expect(page.getByRole('slider').first()).toBeVisible();
}

test('a lever in one tab moves the other; edits that meet are told in both, and the other one is taken and undone', async ({
  context,
}) => {
  const [here, there] = [await context.newPage(), await context.newPage()];
  for (const page of [here, there]) await openPlan(page, /^丽水市/);

  // a scenario that is begun in one is there in the other, which stays where it is
  await enter(here, '4%');
  await trial(there).click();
  await expect(growth(there)).toHaveValue('4.00%');
  await enter(here, '4.5%');
  await expect(growth(there)).toHaveValue('4.50%');
  await enter(there, '5%');
  await expect(growth(here)).toHaveValue('5.00%');

  // an edit is taken back where it was made; the other tab's stays
  await here.keyboard.press('Escape');
  await here.getByRole('button', { name: '撤销', exact: true }).first().click();
  await expect(here.getByText(/没有撤回/)).toBeVisible();
  await expect(growth(there)).toHaveValue('5.00%');
  await here.locator('[data-meetings]').getByRole('button', { name: '关闭' }).first().click();
  await expect(here.locator('[data-meetings]')).toHaveCount(0);

  // a lever is held in one while it is entered in the other: the later one stands
  const box = await slider(there).boundingBox();
  if (!box) throw new Error('the lever is not there');
  await there.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await there.mouse.down();
  await there.mouse.move(box.x + box.width * 0.8, box.y + box.height / 2, { steps: 4 });
  await enter(here, '3%');
  await saved(here);
  await there.mouse.up();
  await saved(there);
  const later = await growth(there).inputValue();
  expect(later).not.toBe('3.00%');
  await expect(growth(here)).toHaveValue(later);
  for (const page of [here, there]) {
    await expect(page.locator('[data-meetings]')).toContainText('名义GDP增速');
    await expect(page.locator('[data-meetings]')).toContainText('3.00%');
    expect(await findings(page)).toEqual([]);
  }

  // the other one is taken as an edit like any other
  await here.getByRole('button', { name: '改用另一个' }).click();
  for (const page of [here, there]) await expect(growth(page)).toHaveValue('3.00%');
  await here.getByRole('button', { name: '撤销', exact: true }).first().click();
  for (const page of [here, there]) await expect(growth(page)).toHaveValue(later);

  // what both have come to is what is kept
  await saved(here);
  await there.reload();
  await expect(growth(there)).toHaveValue(later);
});

test('two tabs with different plans keep their work without waiting for each other', async ({ context }) => {
  const [here, there] = [await context.newPage(), await context.newPage()];
  await openPlan(here, /^丽水市/);
  await there.goto('/');
  await there.getByRole('button', { name: '回首页' }).click();
  await there
    .getByRole('button', { name: /^舟山市/ })
    .first()
    .click();
  const lever = (page: Page) => page.getByRole('slider').first();
  for (let press = 0; press < 5; press += 1)
    await Promise.all([lever(here).press('ArrowRight'), lever(there).press('ArrowRight')]);
  for (const page of [here, there]) {
    await saved(page);
    await expect(page.locator('[data-revision="5"]')).toBeVisible();
    await expect(page.locator('[data-meetings]')).toHaveCount(0);
  }
});
