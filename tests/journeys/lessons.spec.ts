/**
 * Every lesson from start to end, with wrong and right answers, in both languages; the presenter by keyboard. The right numbers
 * are those that were worked out by hand in `tests/models/*.lesson-checks.json`, not those that the page shows.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { findings } from './axe.ts';
import {
  NAMES,
  dialog,
  dump,
  openFile,
  openPlan,
  saveFrom,
  setGrowth,
  tabs,
  temporaryFolder,
} from './sharing.ts';

type Language = 'zh' | 'en';
type Text = Readonly<Record<Language, string>>;

interface Move {
  readonly line: string;
  readonly set?: number;
  readonly add?: number;
}

interface Step {
  readonly kind: 'read' | 'predict' | 'task' | 'find';
  readonly id: string;
  readonly title: Text;
  readonly guess?: { readonly of: 'number' | 'formula' | 'curve' };
  readonly hints?: readonly { readonly text: Text }[];
  readonly mistakes?: readonly { readonly text: Text }[];
  readonly solution?: readonly Move[];
  readonly faults?: readonly { readonly line: string; readonly period?: number; readonly explain: Text }[];
}

interface Lesson {
  readonly id: string;
  readonly title: Text;
  readonly steps: readonly Step[];
}

/** What was worked out by hand. */
interface Checks {
  /** In the unit that is shown, so 7.5 is 7.5 % where it says `percent`. */
  readonly answers: Readonly<
    Record<string, { readonly equals: readonly number[]; readonly percent?: boolean }>
  >;
  /** Wrong numbers that the step knows, one a known mistake. Unit: percent as fraction. */
  readonly mistakes: Readonly<Record<string, readonly number[]>>;
  /** Wrong ways of a task, and which hint is meant for each. */
  readonly wrong: Readonly<
    Record<string, readonly { readonly changes: readonly Move[]; readonly hint: number }[]>
  >;
}

interface Plan {
  readonly title: Text;
  readonly lines: readonly { readonly id: string; readonly name: Text; readonly unit: string }[];
}

const read = <T>(name: string) =>
  JSON.parse(readFileSync(new URL(`../../models/${name}.json`, import.meta.url), 'utf8')) as T;

const folder = temporaryFolder('lessons');
const lessonFiles = readdirSync(new URL('../../models/', import.meta.url)).filter((name) =>
  name.endsWith('.lesson.json'),
);
const checksOf = (name: string) =>
  JSON.parse(
    readFileSync(new URL(`../models/${name}.lesson-checks.json`, import.meta.url), 'utf8'),
  ) as Checks;

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
    level: (line: string) => `${line}：数值`,
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
    level: (line: string) => `${line}: number`,
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

const said = (page: Page): Locator => page.locator('.lesson div.said');

async function predict(page: Page, step: Step, checks: Checks, language: Language): Promise<void> {
  const words = SAID[language];
  const give = page.getByRole('button', { name: words.give });
  const isCurve = step.guess?.of === 'curve';
  const answer = checks.answers[step.id];
  if (!answer) throw new Error(`nobody worked out ${step.id}`);
  const sign = answer.percent === true ? '%' : '';
  const [mistake] = checks.mistakes[step.id] ?? [];
  if (isCurve) {
    const point = page.locator('.lesson .ask [role="slider"]').last();
    const before = await point.getAttribute('aria-valuenow');
    await point.focus();
    for (let press = 0; press < 6; press += 1) await page.keyboard.press('PageUp');
    expect(await point.getAttribute('aria-valuenow')).not.toBe(before);
  } else {
    const wrong = mistake === undefined ? -987654321 : sign === '%' ? mistake * 100 : mistake;
    await page.locator('.lesson .ask input').fill(`${Number(wrong.toFixed(6))}${sign}`);
  }
  await give.click();
  await expect(said(page)).toContainText(words.wrong);
  if (mistake !== undefined)
    await expect(said(page)).toContainText(step.mistakes?.[0]?.text[language] ?? '?');
  await page.getByRole('button', { name: words.redo }).click();
  if (isCurve) await page.getByText(words.table, { exact: true }).click();
  const fields = page.locator('.lesson .ask input');
  for (const [index, number] of answer.equals.entries()) await fields.nth(index).fill(`${number}${sign}`);
  await give.click();
  await expect(said(page)).toContainText(words.right);
}

async function move(page: Page, moves: readonly Move[], plan: Plan, language: Language): Promise<void> {
  for (const { line, set, add = 0 } of moves) {
    const found = plan.lines.find(({ id }) => id === line);
    const box = page
      .locator('.lesson .levers li')
      .getByRole('textbox', { name: SAID[language].level(found?.name[language] ?? line), exact: true });
    const isPercent = found?.unit === '%';
    // points are kept as fractions too, and their box has no sign
    const shown = isPercent || found?.unit === '个百分点' ? 100 : 1;
    const standing = Number((await box.inputValue()).replace(/[,%]/g, '').replace('−', '-')) / shown;
    const level = Number(((set ?? standing + add) * shown).toFixed(8));
    await box.fill(`${level}${isPercent ? '%' : ''}`);
    await box.press('Enter');
  }
}

async function task(page: Page, step: Step, plan: Plan, checks: Checks, language: Language): Promise<void> {
  const words = SAID[language];
  await expect(said(page)).toContainText(words.open);
  // one that takes several moves may be right between them
  const ways = (checks.wrong[step.id] ?? []).filter(({ changes }) => changes.length === 1);
  for (const { changes, hint } of ways) {
    await move(page, changes, plan, language);
    await expect(said(page)).toContainText(words.open);
    await page.getByRole('button', { name: words.hint, exact: true }).click();
    await expect(page.locator('.lesson .hint')).toContainText(step.hints?.[hint]?.text[language] ?? '?');
    await page.getByRole('button', { name: words.redo }).click();
  }
  await move(page, step.solution ?? [], plan, language);
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

for (const [file, language] of lessonFiles.flatMap((name) => [
  [name, 'zh'] as const,
  [name, 'en'] as const,
])) {
  const name = file.slice(0, -'.lesson.json'.length);
  test(`${name} is gone through from start to end (${language})`, async ({ page }) => {
    test.slow();
    await page.setViewportSize({ width: 1440, height: 900 });
    const plan = read<Plan>(`${name.split('.')[0]}.plan`);
    const lesson = read<Lesson>(`${name}.lesson`);
    const checks = checksOf(name);
    const words = SAID[language];
    await openLesson(page, lesson, language);
    for (const [index, step] of lesson.steps.entries()) {
      await expect(
        page.getByRole('heading', { level: 2, name: step.title[language], exact: true }),
      ).toBeFocused();
      if (step.kind === 'predict') await predict(page, step, checks, language);
      if (step.kind === 'task') await task(page, step, plan, checks, language);
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

for (const [language, locale, words] of [
  [
    'zh',
    'zh-CN',
    {
      take: '收下课程',
      lessons: '课程',
      present: '投屏',
      author: '编写课程',
      fine: '没有问题。',
    },
  ],
  [
    'en',
    'en-GB',
    {
      take: 'Keep the lesson',
      lessons: 'Lessons',
      present: 'Present',
      author: 'Write a lesson',
      fine: 'Nothing is wrong.',
    },
  ],
] as const) {
  test.describe(`a lesson that is brought as a file (${language})`, () => {
    test.use({ locale, viewport: { width: 1440, height: 900 } });

    const shipped = read<Lesson>('lishui-2021-2025.first-steps.lesson');
    const title = { zh: '带来的课', en: 'A lesson from a colleague' };
    const path = join(folder, `brought-${language}.lesson.json`);
    writeFileSync(path, JSON.stringify({ ...shipped, id: 'brought', title }));

    /** Looks at the page in a light, told as the app tells it: what is projected has no switch of its own. */
    async function expectNoFinding(page: Page, at: string, theme: 'light' | 'dark'): Promise<void> {
      await page.locator('html').evaluate((root, name) => root.setAttribute('data-theme', name), theme);
      expect(await findings(page), `${at}, ${theme}`).toEqual([]);
    }

    test('is there after a reload, is run and is projected', async ({ page }) => {
      test.slow();
      await openPlan(page);
      await openFile(page, NAMES[language], path);
      await dialog(page).getByRole('button', { name: words.take }).click();
      await expect(dialog(page)).toBeHidden();
      await expect.poll(() => dump(page)).toContain(title.en);
      await page.reload();
      await page.getByRole('button', { name: words.lessons, exact: true }).click();
      await page.getByRole('button', { name: title[language], exact: true }).click();
      await expect(page.getByRole('heading', { level: 1, name: title[language] })).toBeVisible();
      await page.getByRole('button', { name: SAID[language].next, exact: true }).click();
      const second = shipped.steps[1]?.title[language] ?? '';
      await expect(page.getByRole('heading', { level: 2, name: second, exact: true })).toBeVisible();

      // each kind of thing that is projected is looked at once
      await page.getByRole('button', { name: words.present }).click();
      const room = page.locator('.presenter');
      const place = room.locator('footer [role="status"]');
      const seen = new Set<string>();
      while (!(await room.locator('.end').isVisible())) {
        const before = await place.innerText();
        const parts = await room
          .locator('main')
          .evaluate((main) =>
            ['.words', '.task', '.stage'].filter((part) => main.querySelector(part)).join(),
          );
        if (!seen.has(parts))
          for (const theme of ['dark', 'light'] as const) await expectNoFinding(page, before, theme);
        seen.add(parts);
        await page.keyboard.press('PageDown');
        await expect(place).not.toHaveText(before);
      }
      expect(seen.size).toBeGreaterThan(1);
      await expect(room.getByRole('heading', { name: SAID[language].over })).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(room).toHaveCount(0);
    });

    test('is opened by its author, in a form without a finding', async ({ page }) => {
      test.slow();
      await openPlan(page);
      await page.getByRole('button', { name: words.lessons, exact: true }).click();
      const author = page.getByRole('region', { name: words.author });
      await author.locator('input[type="file"]').setInputFiles(path);
      await expect(author.getByText(words.fine)).toBeVisible();
      // the fields of each kind of step in one light here, in the other one in the other language
      const kinds = [...new Set(shipped.steps.map(({ kind }) => kind))];
      for (const [order, kind] of kinds.entries()) {
        await author
          .locator('.steps .pick')
          .nth(shipped.steps.findIndex((step) => step.kind === kind))
          .click();
        await expect(author.locator('.preview .text').first()).toBeVisible();
        const isLight = (order % 2 === 0) === (language === 'zh');
        await expectNoFinding(page, kind, isLight ? 'light' : 'dark');
      }
    });
  });
}

test('a trainer drops five returned files at once, and sees one board', async ({ page }) => {
  test.slow();
  await page.setViewportSize({ width: 1440, height: 900 });
  await openPlan(page);
  await setGrowth(page, '9');
  const { path } = await saveFrom(page, NAMES.zh, NAMES.zh.file, folder);
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
    await expect(board.getByText(name, { exact: true })).toBeVisible();
  }
  await expect(page.getByRole('listitem').filter({ hasText: 'other.json' })).toContainText('属于规划');
  await page.getByRole('combobox', { name: '看哪一行' }).selectOption('deposits_loans_growth');
  await expect(
    page.getByRole('img', { name: /3 个答案，从 9\.00% 到 12\.00%，中位数 10\.00%/ }),
  ).toBeVisible();
  await page.getByRole('combobox', { name: '排列次序' }).selectOption('value');
  await expect(board.locator('.who')).toHaveText(['吴', '林', '陈']);
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
