/** A scenario on paper: asked for in the menu, looked at, printed to PDF page by page, in both languages, and closed again. */
import { expect, test } from '@playwright/test';
import { findings } from './axe.ts';

test.use({ viewport: { width: 1440, height: 900 } });

const WORDS = {
  'zh-CN': {
    share: '共享',
    briefing: '打印简报…',
    title: '情景简报',
    preview: '打印预览',
    stress: '压力',
    ready: '可以打印',
    print: '打印或存为PDF',
    places: '目标的原文出处',
    grey: '灰度',
    back: '返回',
    parts: [
      '摘要',
      '目标',
      '假设的变动 与“规划”相比',
      '目标走势',
      '敏感性',
      '规划审核',
      '目标的原文出处',
      '来源',
    ],
    other: 'English',
    otherTitle: 'Lishui financial sector development plan 2021–2025',
  },
  'en-GB': {
    share: 'Share',
    briefing: 'Print a briefing…',
    title: 'Scenario briefing',
    preview: 'Print preview',
    stress: 'Stress',
    ready: 'Ready to print',
    print: 'Print or save as PDF',
    places: 'Where targets are printed',
    grey: 'Greyscale',
    back: 'Back',
    parts: [
      'Summary',
      'Targets',
      'Changed assumptions Against “Plan”',
      'Courses of targets',
      'Sensitivity',
      'Plan audit',
      'Where targets are printed',
      'Sources',
    ],
    other: '中文',
    otherTitle: '丽水市金融业发展“十四五”规划',
  },
} as const;

/** The size and the number of the pages of a PDF, read from its page tree. */
function pagesOf(pdf: Buffer): { readonly count: number; readonly sizes: readonly string[] } {
  const text = pdf.toString('latin1');
  const count = Math.max(...[...text.matchAll(/\/Count (\d+)/g)].map(([, one]) => Number(one)));
  const boxes = [...text.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
  return {
    count,
    sizes: [
      ...new Set(
        boxes.map(([, width, height]) => `${Math.round(Number(width))}×${Math.round(Number(height))}`),
      ),
    ],
  };
}

for (const locale of ['zh-CN', 'en-GB'] as const) {
  test.describe(locale, () => {
    test.use({ locale, colorScheme: locale === 'zh-CN' ? 'light' : 'dark' });
    const words = WORDS[locale];

    test('the stress scenario of Lishui is printed', async ({ page }) => {
      await page.goto('/');
      await page.getByRole('button', { name: /^(Lishui financial|丽水市金融业)/ }).click();
      await page.getByRole('tab', { name: words.stress }).click();
      const board = page
        .getByRole('table')
        .filter({ has: page.locator('[data-target]') })
        .first();
      const projected = await board
        .getByRole('row')
        .filter({ has: page.locator('[data-target]') })
        .first()
        .locator('.projected span')
        .first()
        .innerText();
      const share = page.getByRole('button', { name: words.share, exact: true });
      await share.click();
      await page.getByRole('menuitem', { name: words.briefing }).click();

      const briefing = page.getByRole('dialog', { name: words.title });
      await expect(briefing.getByRole('heading', { name: words.title })).toBeFocused();
      await expect(briefing.getByText(words.ready)).toBeVisible();
      const sheet = briefing.getByRole('region', { name: words.preview }).getByRole('article');
      await expect(sheet.getByRole('heading', { level: 2 })).toHaveText([...words.parts]);
      // the number is the board's
      const first = sheet
        .getByRole('row')
        .filter({ hasText: /金融业增加值|Value added of the financial sector/ })
        .first();
      await expect(first).toContainText(projected);
      // six lines with their charts, and the tornado
      await expect(sheet.getByRole('figure').locator('svg')).toHaveCount(7);
      expect(await findings(page)).toEqual([]);

      const whole = pagesOf(await page.pdf({ preferCSSPageSize: true }));
      expect(whole.sizes).toEqual(['595×842']);
      // 63 targets fill more than two pages, and again as many where they are printed; the charts and sources the rest
      expect(whole.count).toBeGreaterThanOrEqual(6);
      expect(whole.count).toBeLessThanOrEqual(9);
      await page.emulateMedia({ media: 'print' });
      await expect(briefing.getByRole('button', { name: words.print })).toBeHidden();
      await expect(page.getByRole('button', { name: words.share, exact: true })).toBeHidden();
      const outside = await sheet.evaluate((paper) =>
        [...paper.querySelectorAll('td, th, p, h1, h2, h3, svg')]
          .filter((one) => one.getBoundingClientRect().right > paper.getBoundingClientRect().right + 1)
          .map((one) => one.textContent),
      );
      expect(outside).toEqual([]);
      await page.emulateMedia({ media: null });

      await briefing.getByRole('checkbox', { name: words.places }).uncheck();
      await expect(sheet.getByRole('heading', { name: words.places })).toHaveCount(0);
      expect(pagesOf(await page.pdf({ preferCSSPageSize: true })).count).toBeLessThan(whole.count);

      // in greyscale every sign has the ink of the text
      await briefing.getByRole('radio', { name: words.grey }).check();
      const inks = await sheet.evaluate((paper) => [
        ...new Set([...paper.querySelectorAll('td svg')].map((sign) => getComputedStyle(sign).color)),
        getComputedStyle(paper).color,
      ]);
      expect(new Set(inks).size).toBe(1);

      await briefing.getByRole('radio', { name: words.other }).check();
      await expect(sheet.getByRole('heading', { level: 1 })).toHaveText(words.otherTitle);
      await expect(briefing.getByRole('heading', { name: words.title })).toBeVisible();
      await expect(briefing.getByText(words.ready)).toBeVisible();
      expect(await findings(page)).toEqual([]);

      await page.keyboard.press('Escape');
      await expect(briefing).toHaveCount(0);
      await expect(share).toBeFocused();
    });
  });
}
