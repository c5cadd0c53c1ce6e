/** Lessons from start to end, with wrong and right answers, in both languages; the presenter by keyboard. */
import { readFileSync } from 'node:fs';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { findings } from './axe.ts';
import { NAMES, openPlan, saveFrom, setGrowth, tabs, temporaryFolder } from './sharing.ts';

type Language = 'zh' | 'en';
type Text = Readonly<Record<Language, string>>;

interface Step {
  readonly kind: 'read' | 'predict' | 'task' | 'find';
  readonly title: Text;
  readonly guess?: { readonly of: 'number' | 'formula' | 'curve' };
  readonly hints?: readonly unknown[];
  readonly solution?: readonly { readonly line: string; readonly set?: number; readonly add?: number }[];
  readonly faults?: readonly { readonly line: string; readonly period?: number; readonly explain: Text }[];
}

interface Lesson {
  readonly id: string;
  readonly title: Text;
  readonly steps: readonly Step[];
}

interface Plan {
  readonly title: Text;
  readonly lines: readonly { readonly id: string; readonly name: Text; readonly unit: string }[];
}

const read = <T>(name: string) =>
  JSON.parse(readFileSync(new URL(`../../models/${name}.json`, import.meta.url), 'utf8')) as T;

const SAID = {
  zh: {
    en: '中，中文',
    wrong: /估计偏高|估计偏低|有的年份偏高/,
    right: '估计与模型相符。',
    give: '提交估计',
    redo: '重做本步',
    open: '条件还没有全部满足。',
    done: '任务完成。',
    hint: '提示',
    nothing: /这里没有问题|不是这一年|找对了/,
    found: '已全部找到。',
    next: '下一步',
    finish: '完成课程',
    over: '课程结束',
    table: '在表中填写',
    of: (line: string, period: number) => `${line}，${period} 年`,
  },
  en: {
    en: 'EN, English',
    wrong: /Your guess is too/,
    right: 'Your guess agrees with the model.',
    give: 'Give the guess',
    redo: 'Redo this step',
    open: 'Not all conditions hold yet.',
    done: 'The task is done.',
    hint: 'Hint',
    nothing: /Nothing is wrong there|another year|Found\./,
    found: 'All of them are found.',
    next: 'Next',
    finish: 'Finish',
    over: 'End of the lesson',
    table: 'Type the numbers',
    of: (line: string, period: number) => `${line}, ${period}`,
  },
} as const;

async function openLesson(page: Page, lesson: Lesson, language: Language): Promise<void> {
  await page.goto('/');
  if (language === 'en') await page.getByRole('button', { name: SAID.en.en }).click();
  const summaries = page.locator('.lessons summary');
  await expect(summaries.first()).toBeVisible();
  for (const summary of await summaries.all()) await summary.click();
  await page.getByRole('button', { name: lesson.title[language], exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: lesson.title[language] })).toBeVisible();
}

/** The number that the table of answers shows for the model, as a person would type it. */
async function answers(page: Page): Promise<string[]> {
  const texts = await page.locator('.lesson td.model').allTextContents();
  return texts.map((text) => /[-−]?[\d,]+(\.\d+)?[%‰]?/.exec(text)?.[0] ?? '');
}

const said = (page: Page): Locator => page.locator('.lesson div.said');

async function predict(page: Page, step: Step, language: Language): Promise<void> {
  const words = SAID[language];
  const give = page.getByRole('button', { name: words.give });
  const isCurve = step.guess?.of === 'curve';
  if (!isCurve) await page.locator('.lesson .ask input').fill('-987654321');
  else {
    const point = page.locator('.lesson .ask [role="slider"]').last();
    const before = await point.getAttribute('aria-valuenow');
    await point.focus();
    for (let press = 0; press < 6; press += 1) await page.keyboard.press('PageUp');
    expect(await point.getAttribute('aria-valuenow')).not.toBe(before);
  }
  await give.click();
  await expect(said(page)).toContainText(words.wrong);
  const right = await answers(page);
  await page.getByRole('button', { name: words.redo }).click();
  if (isCurve) await page.getByText(words.table, { exact: true }).click();
  const fields = page.locator('.lesson .ask input');
  for (const [index, answer] of right.entries()) await fields.nth(index).fill(answer);
  await give.click();
  await expect(said(page)).toContainText(words.right);
}

async function task(page: Page, step: Step, plan: Plan, language: Language): Promise<void> {
  const words = SAID[language];
  await expect(said(page)).toContainText(words.open);
  if (step.hints) {
    await page.getByRole('button', { name: words.hint, exact: true }).click();
    await expect(page.locator('.lesson .hint')).toBeVisible();
  }
  for (const { line, set, add = 0 } of step.solution ?? []) {
    const found = plan.lines.find(({ id }) => id === line);
    const row = page.locator('.lesson .levers li').filter({ hasText: found?.name[language] ?? line });
    const box = row.getByRole('textbox');
    const isPercent = found?.unit === '%';
    const standing = Number((await box.inputValue()).replace(/[,%]/g, '')) / (isPercent ? 100 : 1);
    const level = set ?? standing + add;
    await box.fill(isPercent ? `${Number((level * 100).toFixed(8))}%` : String(level));
    await box.press('Enter');
  }
  await expect(said(page)).toContainText(words.done);
}

async function find(page: Page, step: Step, plan: Plan, language: Language): Promise<void> {
  const words = SAID[language];
  await page.locator('.lesson .stage td button').first().click();
  await expect(said(page)).toContainText(words.nothing);
  for (const { line, period, explain } of step.faults ?? []) {
    const name = plan.lines.find(({ id }) => id === line)?.name[language] ?? line;
    const row = page
      .locator('.stage tbody tr')
      .filter({ has: page.getByRole('rowheader', { name, exact: true }) });
    const cells = row.getByRole('button');
    await (
      period === undefined ? cells.first() : row.getByRole('button', { name: new RegExp(String(period)) })
    ).click();
    await expect(said(page)).toContainText(explain[language]);
  }
  await expect(said(page)).toContainText(words.found);
}

for (const { plan: planId, lesson: lessonId, language } of [
  { plan: 'lishui-2021-2025', lesson: 'first-steps', language: 'zh' },
  { plan: 'lishui-2021-2025', lesson: 'first-steps', language: 'en' },
  { plan: 'lishui-2021-2025', lesson: 'two-targets', language: 'zh' },
  { plan: 'jian-2021-2025', lesson: 'risk-fund', language: 'en' },
  { plan: 'zhoushan-2021-2025', lesson: 'multiple-and-increase', language: 'zh' },
] as const) {
  test(`${lessonId} is gone through from start to end (${language})`, async ({ page }) => {
    test.slow();
    await page.setViewportSize({ width: 1440, height: 900 });
    const plan = read<Plan>(`${planId}.plan`);
    const lesson = read<Lesson>(`${planId}.${lessonId}.lesson`);
    const words = SAID[language];
    await openLesson(page, lesson, language);
    for (const [index, step] of lesson.steps.entries()) {
      await expect(
        page.getByRole('heading', { level: 2, name: step.title[language], exact: true }),
      ).toBeFocused();
      if (step.kind === 'predict') await predict(page, step, language);
      if (step.kind === 'task') await task(page, step, plan, language);
      if (step.kind === 'find') await find(page, step, plan, language);
      const isLast = index === lesson.steps.length - 1;
      await page.getByRole('button', { name: isLast ? words.finish : words.next, exact: true }).click();
    }
    await expect(page.getByRole('heading', { name: words.over })).toBeVisible();
    await expect(page.locator('.lesson nav')).toContainText(`${lesson.steps.length}`);
    expect(await page.locator('.lesson ol button.done').count()).toBe(lesson.steps.length);
  });
}

test('the place is kept, the plan is as it was, and axe finds nothing in either light', async ({ page }) => {
  test.slow();
  const lesson = read<Lesson>('lishui-2021-2025.first-steps.lesson');
  await openLesson(page, lesson, 'en');
  for (const light of ['light', 'dark']) {
    if (light === 'dark')
      await page.locator('.lesson').getByRole('button', { name: 'Switch to dark' }).click();
    for (const [index] of lesson.steps.entries()) {
      await page.locator('.lesson ol button').nth(index).click();
      await expect(page.locator('.lesson .text').first()).toBeVisible();
      expect(await findings(page)).toEqual([]);
    }
  }
  await page.locator('.lesson ol button').nth(2).click();
  await page.getByRole('button', { name: 'Back to the plan', exact: true }).click();
  await expect(page.getByRole('tab', { name: /Trial/ })).toHaveCount(0);
  await page.reload();
  await page.getByRole('button', { name: 'Lessons', exact: true }).click();
  await page.getByRole('button', { name: lesson.title.en, exact: true }).click();
  await expect(page.getByRole('heading', { level: 2, name: lesson.steps[2]?.title.en ?? '' })).toBeVisible();
});

test('a room is shown one thing at a time, by keys alone', async ({ page }) => {
  test.slow();
  await page.setViewportSize({ width: 1024, height: 768 });
  const lesson = read<Lesson>('lishui-2021-2025.first-steps.lesson');
  await openLesson(page, lesson, 'zh');
  await page.getByRole('button', { name: '投屏' }).click();
  const room = page.getByRole('dialog', { name: '投屏讲解' });
  await expect(room).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('3');
  await expect(room.getByRole('button', { name: '公式' })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('1');
  const place = room.locator('footer [role="status"]');
  await expect(place).toContainText('第 1/');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('ArrowRight');
  await expect(place).toContainText('第 2/');
  await page.keyboard.press('PageUp');
  await expect(place).toContainText('第 1/');
  await page.keyboard.press('Escape');
  await expect(room).toHaveCount(0);
  await expect(page.getByRole('button', { name: '投屏' })).toBeVisible();
});

test('a trainer drops five returned files at once, and sees one board', async ({ page }) => {
  test.slow();
  await page.setViewportSize({ width: 1440, height: 900 });
  await openPlan(page);
  await setGrowth(page, '9');
  const { path } = await saveFrom(page, NAMES.zh, NAMES.zh.file, temporaryFolder('class'));
  const written = readFileSync(path, 'utf8');
  const tabCount = await tabs(page).count();
  /** The same file as another learner would have written it. */
  const by = (name: string, level: string) =>
    written.replaceAll(/(试算|Trial) 1/g, name).replaceAll(/"set": 0\.09\b/g, `"set": ${level}`);
  const file = (name: string, content: string) => ({
    name,
    mimeType: 'application/json',
    buffer: Buffer.from(content),
  });
  await page.getByRole('button', { name: '课程', exact: true }).click();
  await page
    .locator('input[type="file"][multiple]')
    .setInputFiles([
      file('chen.json', by('陈', '0.09')),
      file('lin.json', by('林', '0.1')),
      file('wu.json', by('吴', '0.12')),
      file('other.json', written.replaceAll('lishui-2021-2025', 'fuzhou-2021-2025')),
      file('broken.json', '{ "format"'),
    ]);
  await expect(page.getByText('已读取 3 个情景，2 个文件未采用。')).toBeVisible();
  const board = page.getByRole('table', { name: '各人结果' });
  for (const name of ['陈', '林', '吴']) {
    await expect(board.getByRole('rowheader', { name, exact: true })).toBeVisible();
  }
  await expect(page.getByRole('listitem').filter({ hasText: 'other.json' })).toContainText('属于规划');
  await page.getByRole('combobox', { name: '看哪一行' }).selectOption('deposits_loans_growth');
  await expect(
    page.getByRole('img', { name: /3 个答案，从 9\.00% 到 12\.00%，中位数 10\.00%/ }),
  ).toBeVisible();
  expect(await findings(page)).toEqual([]);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出 CSV' }).click(),
  ]);
  expect(readFileSync(await download.path(), 'utf8')).toMatch(/wu\.json,吴,\d+,12%/);
  expect(await tabs(page).count()).toBe(tabCount);
  await board.getByRole('button', { name: '把“吴”加入我的情景' }).click();
  await expect(tabs(page).filter({ hasText: '吴' })).toHaveCount(1);
});
