/** A person makes a shipped plan their own and changes the plan itself: lines, targets, names. All is kept, all can be undone. */
import { expect, test } from '@playwright/test';
import { findings } from './axe.ts';

const LANGUAGES = {
  'zh-CN': {
    plan: /^丽水市/,
    copy: /丽水市.*副本/,
    model: '模型',
    own: '另存为自己的',
    outline: '规划的组成',
    add: '在“推算与校核”中新增行',
    title: '中文名',
    formula: '公式',
    unit: '单位',
    save: '保存',
    remove: '删除',
    up: '上移',
    addTarget: '新增目标',
    targetLine: '行',
    value: '数值',
    influence: '影响最大',
    loans: '各项贷款余额（推算）',
    line: '非绿色贷款',
    typed: '=各项贷款',
    rest: '-绿色贷款余额',
    whole: '=各项贷款余额（推算）-绿色贷款余额',
    renamed: '全部贷款',
    followed: '=全部贷款-绿色贷款余额',
    used: /还有 \d+ 个公式在用这一行/,
    grid: '表格',
    unsaved: /^模型\s*尚未保存$/,
    written: '其余贷款',
    revert: '恢复原样',
    addLine: '新增行',
    newLine: '新行',
    undo: '撤销',
    back: '回首页',
    deleted: /已删除规划/,
    restore: '找回',
  },
  'en-GB': {
    plan: /^Lishui financial/,
    copy: /Copy of Lishui/,
    model: 'Model',
    own: 'Make it my own',
    outline: 'Parts of the plan',
    add: 'Add a line to “Implied values and cross-checks”',
    title: 'English name',
    formula: 'Formula',
    unit: 'Unit',
    save: 'Save',
    remove: 'Delete',
    up: 'Move up',
    addTarget: 'Add a target',
    targetLine: 'Line',
    value: 'Value',
    influence: 'Most influential',
    loans: 'Total loans (implied)',
    line: 'Other loans',
    typed: '=Total loa',
    rest: '-Green loans',
    whole: '=Total loans (implied)-Green loans',
    renamed: 'All loans',
    followed: '=All loans-Green loans',
    used: /\d+ formulas still read this line/,
    grid: 'Grid',
    unsaved: /^Model\s*not saved yet$/,
    written: 'Remaining loans',
    revert: 'Revert',
    addLine: 'Add a line',
    newLine: 'New line',
    undo: 'Undo',
    back: 'Back to the plans',
    deleted: /The plan .* was deleted/,
    restore: 'Bring back',
  },
} as const;

for (const [locale, say] of Object.entries(LANGUAGES)) {
  test.describe(locale, () => {
    test.use({ locale, viewport: { width: 1440, height: 900 } });

    test('a line with a formula, a target on it, a line renamed, a line that is used', async ({ page }) => {
      await page.goto('/');
      await page.getByRole('button', { name: say.plan }).first().click();
      await page.getByRole('button', { name: say.model, exact: true }).click();
      await page.getByRole('button', { name: say.own, exact: true }).click();
      await expect(page.getByRole('heading', { level: 1, name: say.copy })).toBeVisible();
      await page.getByRole('button', { name: say.model, exact: true }).click();
      const outline = page.getByRole('navigation', { name: say.outline });
      const field = (name: string) => page.getByRole('textbox', { name, exact: true });
      const save = page.getByRole('button', { name: say.save, exact: true });
      await expect(outline).toBeVisible();
      expect(await findings(page)).toEqual([]);

      // a line whose formula is completed while it is typed
      await outline.getByRole('button', { name: say.add }).click();
      await field(say.title).fill(say.line);
      await page.getByRole('combobox', { name: say.unit }).fill('亿元');
      const formula = field(say.formula);
      await formula.click();
      await formula.pressSequentially(say.typed);
      await expect(page.getByRole('option', { name: say.loans })).toBeVisible();
      await formula.press('Tab');
      await formula.pressSequentially(say.rest);
      await expect(formula).toHaveValue(say.whole);
      await save.click();
      await expect(page.getByRole('heading', { level: 2, name: say.line })).toBeFocused();
      expect(await findings(page)).toEqual([]);

      // a target on it, which the board judges at once
      await outline.getByRole('button', { name: say.addTarget }).click();
      await page.getByRole('combobox', { name: say.targetLine, exact: true }).selectOption(say.line);
      await field(say.value).fill('2000');
      await save.click();
      const onBoard = page.getByRole('table').getByRole('row', { name: say.line });
      await expect(onBoard).toBeVisible();
      // what moves it most is looked for when there is time
      await expect(onBoard).toContainText(say.influence);
      const judged = await onBoard.textContent();
      // 10,000 × 44.35 % of loans in 2025 less a tenth of them that are green
      expect(judged).toMatch(/3,?991/);

      // a line that both read is renamed: the formula follows, the value stays
      await outline.getByRole('button', { name: say.loans, exact: true }).click();
      await field(say.title).fill(say.renamed);
      await save.click();
      await expect(page.getByRole('heading', { level: 2, name: say.renamed })).toBeVisible();
      await outline.getByRole('button', { name: say.line, exact: true }).first().click();
      await expect(formula).toHaveValue(say.followed);
      await expect.poll(() => onBoard.textContent()).toBe(judged);

      // what is written stays while the grid is looked at, and at home, until it is saved or reverted
      const view = (name: string) => page.getByRole('button', { name, exact: true });
      const unsaved = page.getByRole('button', { name: say.unsaved });
      await field(say.title).fill(say.written);
      await view(say.grid).click();
      await expect(unsaved).toBeVisible();
      await page.getByRole('button', { name: say.back }).click();
      await page.getByRole('button', { name: say.copy }).first().click();
      await unsaved.click();
      await expect(field(say.title)).toHaveValue(say.written);
      await page.getByRole('button', { name: say.revert, exact: true }).click();
      await expect(field(say.title)).toHaveValue(say.line);
      await expect(unsaved).toHaveCount(0);

      // in the grid F2 on a name opens its form, and a line is begun
      await view(say.grid).click();
      const inGrid = page.locator('.ht_clone_inline_start [data-cell="name"]');
      await inGrid.getByText(say.line, { exact: true }).click();
      await page.keyboard.press('F2');
      await expect(page.getByRole('heading', { level: 2, name: say.line })).toBeVisible();
      await view(say.grid).click();
      await page.getByRole('button', { name: say.addLine, exact: true }).click();
      await expect(page.getByRole('heading', { level: 2, name: say.newLine })).toBeVisible();

      // it cannot be deleted while formulas read it; they are named and lead there
      await outline.getByRole('button', { name: say.renamed, exact: true }).click();
      await page.getByRole('button', { name: say.remove, exact: true }).click();
      await expect(page.getByText(say.used)).toBeVisible();
      await page.locator('form').getByRole('button', { name: say.line, exact: true }).click();
      await expect(page.getByRole('heading', { level: 2, name: say.line })).toBeVisible();

      // the new line goes with its target, and comes back with it
      await page.getByRole('button', { name: say.remove, exact: true }).click();
      await expect(outline.getByRole('button', { name: say.line, exact: true })).toHaveCount(0);
      await expect(onBoard).toHaveCount(0);
      await page.getByRole('button', { name: say.undo, exact: true }).first().click();
      await expect(outline.getByRole('button', { name: say.line, exact: true })).toHaveCount(1);
      await expect(onBoard).toBeVisible();

      await expect(page.locator('[data-save-state="saved"]')).toBeVisible();
      await page.reload();
      await expect(page.getByRole('heading', { level: 1, name: say.copy })).toBeVisible();
      await expect(onBoard).toBeVisible();
      await expect.poll(() => onBoard.textContent()).toBe(judged);

      // at home it stands among one's own; deleted it can be brought back
      await page.getByRole('button', { name: say.back }).click();
      const own = page.getByRole('article').filter({ hasText: say.copy });
      await expect(own).toBeVisible();
      expect(await findings(page)).toEqual([]);
      await own.getByRole('button', { name: new RegExp(`^${say.remove}`) }).click();
      await expect(page.getByText(say.deleted)).toBeVisible();
      await expect(own).toHaveCount(0);
      await page.getByRole('button', { name: say.restore }).click();
      await own.getByRole('button', { name: say.copy }).first().click();
      await expect(onBoard).toBeVisible();
    });
  });
}
