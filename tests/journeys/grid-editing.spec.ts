/** A person works in the table as in a spreadsheet: types, fills, copies, pastes, undoes, finds, and leaves. */
import { expect, test, type Locator, type Page } from '@playwright/test';

test.use({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });

/** The clipboard as a spreadsheet fills and reads it, without asking the browser for leave. */
async function copied(page: Page): Promise<string> {
  return page.evaluate(() => {
    const clipboardData = new DataTransfer();
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }),
    );
    return clipboardData.getData('text/plain');
  });
}

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((block) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', block);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);
}

const formula = (page: Page): Locator => page.getByRole('textbox', { name: '公式或数' });
const selected = (page: Page): Locator => page.locator('.ht_master td.current');
const editor = (page: Page): Locator => page.locator('.handsontableInput');

/** The row of a line in the part that scrolls; frozen columns stand in a copy of the table. */
async function rowOf(page: Page, name: string): Promise<Locator> {
  const names = page.locator('.ht_clone_inline_start tbody tr');
  const index = await names.evaluateAll(
    (rows, sought) =>
      rows.findIndex((row) => row.querySelector('[data-cell="name"]')?.textContent === sought),
    name,
  );
  return page.locator('.ht_master tbody tr').nth(index);
}

/** The cell of a line in a forecast year: 0 is the first after the base. */
async function cellOf(page: Page, name: string, year: number): Promise<Locator> {
  return (await rowOf(page, name)).locator('td[data-cell="forecast"]').nth(year);
}

/** Finds a line the way a person does, and waits until the grid has it. */
async function goTo(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+f');
  await page.keyboard.type(name);
  await expect(page.getByRole('option').first()).toContainText(name);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: '公式栏' })).toContainText(name);
  await expect(selected(page)).toBeFocused();
}

test.beforeEach(async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: /^丽水市金融/ }).click();
  await expect(page.locator('.ht_master td').first()).toBeVisible();
});

test('a number typed into a cell overrides it, is marked, and Undo takes it back', async ({ page }) => {
  const cell = await cellOf(page, '名义GDP增速', 0);
  await cell.click();
  await expect(formula(page)).toHaveValue(/^=RRI\(5, /);
  await page.keyboard.type('4.5%');
  await page.keyboard.press('Enter');
  await expect(cell).toHaveText('4.50%');
  await expect(cell).toHaveAttribute('data-marks', /override/);
  await expect(page.getByRole('tab', { name: /试算 1/ })).toHaveAttribute('aria-selected', 'true');
  // Enter has gone down, and F2 opens a cell with its whole entry
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('F2');
  await expect(editor(page)).toHaveValue('4.5%');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+z');
  await expect(cell).toHaveText('5.38%');
  await page.keyboard.press('Control+y');
  await expect(cell).toHaveText('4.50%');
  await page.keyboard.press('Delete');
  await expect(cell).toHaveText('5.38%');
});

test('an entry that cannot be read is refused with the reason, and waits to be put right', async ({
  page,
}) => {
  const cell = await cellOf(page, '名义GDP增速', 0);
  await cell.click();
  await page.keyboard.type('=存贷款余额增速 * (2');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('括号');
  await expect(cell).toHaveText('5.38%');
  await expect(formula(page)).toHaveValue('=存贷款余额增速 * (2');
  await expect(selected(page)).toHaveAttribute('data-marks', /refused/);
  await page.keyboard.press('F2');
  await expect(editor(page)).toHaveValue('=存贷款余额增速 * (2');
  await page.keyboard.type(' / 4)');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: '括号' })).toHaveCount(0);
  await expect(cell).toHaveText('4.95%');
});

test('a formula takes names by completion and cells by a press', async ({ page }) => {
  const cell = await cellOf(page, '名义GDP增速', 1);
  await cell.click();
  await page.keyboard.type('=存贷');
  await expect(page.getByRole('option').first()).toContainText('存贷款余额增速');
  await page.keyboard.press('Tab');
  await expect(editor(page)).toHaveValue('=存贷款余额增速');
  await page.keyboard.type('*');
  await (await cellOf(page, '绿色贷款占各项贷款比重', 0)).click();
  await expect(editor(page)).toHaveValue('=存贷款余额增速*绿色贷款占各项贷款比重[t-1]');
  await page.keyboard.press('Enter');
  await expect(cell).toHaveText('0.67%');
});

test('an address means the cell that is seen there', async ({ page }) => {
  await (await cellOf(page, '名义GDP增速', 0)).click();
  await expect(page.getByText('I2', { exact: true })).toBeVisible();
  await page.keyboard.type('=I4/2');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowUp');
  await expect(formula(page)).toHaveValue('=存贷款余额增速 / 2');
  await expect(await cellOf(page, '名义GDP增速', 0)).toHaveText('4.95%');
});

test('blocks go to a spreadsheet with all digits and come back as one gesture', async ({ page }) => {
  const cell = await cellOf(page, '名义GDP增速', 0);
  await cell.click();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByText('计数 4')).toBeVisible();
  expect(await copied(page)).toMatch(/^5\.3778\d+%\t5\.3778\d+%\r\n2\.593\d+%\t2\.593\d+%$/);

  await paste(page, '6%\t6.25%\r\n1%\t1.5%\r\n');
  await expect(cell).toHaveText('6.00%');
  await expect(await cellOf(page, '金融业增加值增速超出GDP增速', 1)).toHaveText('1.50%');
  await page.keyboard.press('Control+z');
  await expect(cell).toHaveText('5.38%');

  await paste(page, '6%\t6.25\r\n1%\tabc');
  await expect(page.getByRole('alert')).toContainText('4 格中有 2 格读不懂，所以什么都没有改动。');
  await expect(page.getByRole('alert')).toContainText('625%');
  await expect(cell).toHaveText('5.38%');
});

test('filling right, by key and by hand', async ({ page }) => {
  const cell = await cellOf(page, '名义GDP增速', 0);
  await cell.click();
  await page.keyboard.type('4%');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Control+r');
  await expect(await cellOf(page, '名义GDP增速', 1)).toHaveText('4.00%');

  await cell.click();
  await expect(page.getByText(/^计数/)).toHaveCount(0);
  const corner = await page.locator('.ht_master .wtBorder.current.corner').boundingBox();
  const goal = await (await cellOf(page, '名义GDP增速', 2)).boundingBox();
  if (!corner || !goal) throw new Error('the handle or its goal is not drawn');
  await page.mouse.move(corner.x + 4, corner.y + 4);
  await page.mouse.down();
  await page.mouse.move(goal.x + goal.width / 2, goal.y + goal.height / 2, { steps: 8 });
  await page.mouse.up();
  await expect(await cellOf(page, '名义GDP增速', 2)).toHaveText('4.00%');
});

test('keys move as in a spreadsheet', async ({ page }) => {
  await (await cellOf(page, '名义GDP增速', 0)).click();
  const where = page.getByRole('group', { name: '公式栏' });
  for (const [key, address] of [
    ['ArrowDown', 'I3'],
    ['ArrowRight', 'J3'],
    ['Tab', 'K3'],
    ['Shift+Tab', 'J3'],
    ['Enter', 'J4'],
    ['Shift+Enter', 'J3'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(where).toContainText(address);
  }
});

test('sections and empty years fold, and a found line unfolds its section', async ({ page }) => {
  const band = page.locator('.ht_clone_inline_start td[data-cell="band"]').filter({ hasText: '总体指标' });
  const line = page
    .locator('.ht_clone_inline_start td[data-cell="name"]')
    .filter({ hasText: /^金融业增加值$/ });
  await expect(line).toBeVisible();
  await band.click();
  await expect(line).toHaveCount(0);
  await expect(band).toHaveAttribute('aria-expanded', 'false');
  await goTo(page, '金融业增加值');
  await expect(band).toHaveAttribute('aria-expanded', 'true');

  await expect(page.locator('.ht_clone_top th').filter({ hasText: '2016' })).toHaveCount(0);
  await selected(page).click({ button: 'right' });
  await page.getByRole('menuitem', { name: '展开没有数的年份' }).click();
  await expect(page.locator('.ht_clone_top th').filter({ hasText: '2016' })).toBeVisible();
});

test('the selection is where it was when the plan is opened again', async ({ page }) => {
  await goTo(page, '不良贷款余额（推算）');
  await expect(page.getByText('已保存', { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('group', { name: '公式栏' })).toContainText('不良贷款余额（推算）');
  await expect(selected(page)).toBeVisible();
});

test('a composing input method finds the editor open at its first key', async ({ page }) => {
  await (await cellOf(page, '名义GDP增速', 0)).click();
  const client = await page.context().newCDPSession(page);
  await client.send('Input.dispatchKeyEvent', {
    type: 'rawKeyDown',
    key: 'Process',
    windowsVirtualKeyCode: 229,
    nativeVirtualKeyCode: 229,
  });
  await client.send('Input.imeSetComposition', { text: '＝', selectionStart: 1, selectionEnd: 1 });
  await client.send('Input.insertText', { text: '＝存贷款余额增速' });
  await expect(editor(page)).toHaveValue('＝存贷款余额增速');
  await page.keyboard.press('Enter');
  await expect(await cellOf(page, '名义GDP增速', 0)).toHaveText('9.90%');
});
