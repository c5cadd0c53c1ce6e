/** The panel that explains a cell: what it says, how it is walked, what is copied. */
import { render, screen, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { tick } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import { isNumber } from '#quantity';
import { explanationOf, type PlanSession } from '#session';
import Explain from '../../../src/ui/explain/explain.svelte';
import { evaluateWritten } from '../../engine/written-arithmetic.ts';
import { anAppSession } from '../../helpers/app-session.ts';
import { aPlan } from '../../helpers/builders.ts';
import InApp from '../../helpers/in-app.svelte';
import { loadPlan } from '../../helpers/plans.ts';
import { openSession } from '../../helpers/sessions.ts';

const plan = aPlan()
  .periods(2019, 2020, 2023)
  .driver('growth', '10%', { unit: '%', decimals: 1, note: { zh: '一个假设', en: 'a guess' } })
  .line('loans', {}, 'loans[t-1] * (1 + growth)', {
    unit: '亿元',
    decimals: 1,
    figures: [
      {
        period: 2020,
        value: 100,
        origin: 'printed',
        asPrinted: '100.0',
        source: { section: '第二章' },
      },
    ],
  })
  .line('people', { 2020: 50 }, 'people[t-1]', { unit: '万人' })
  .line('each', {}, 'loans / people', { unit: '元/人', decimals: 0 })
  .line('broken', {}, '1 / (growth - growth)')
  .line('after', {}, 'broken + 1')
  .build();

const show = (session: PlanSession) => {
  const app = anAppSession([]);
  render(InApp, { props: { app, part: Explain, session } });
  return app;
};

async function thePanel(line: string, period: number) {
  const { session } = await openSession(plan);
  session.select(line, period);
  const app = show(session);
  return { session, app };
}

const cell = (name: RegExp) => screen.getByRole('button', { name });

describe('the explanation', () => {
  it('asks for a cell', async () => {
    const { session } = await openSession(plan);
    show(session);
    expect(screen.getByText(/选中一个格子/)).toBeVisible();
  });

  it('says the formula in names and in numbers, and the factor between units', async () => {
    await thePanel('each', 2021);
    expect(cell(/^each 2021 22,000 元\/人/)).toHaveAttribute('aria-expanded', 'true');
    expect(screen.getByText('= loans ÷ people × 10000')).toBeVisible();
    expect(screen.getByText('= 110 ÷ 50 × 10000', { exact: false })).toBeVisible();
    expect(screen.getByText(/× 10,000：把单位 亿元、万人 换成 元\/人/)).toBeVisible();
  });

  it('ends in what is printed, with its place, and in assumptions, with their note', async () => {
    await thePanel('loans', 2021);
    expect(screen.getByText('原文“100.0”，第二章')).toBeVisible();
    expect(screen.getByText('规划模型的假设')).toBeVisible();
    expect(screen.getByText('一个假设')).toBeVisible();
  });

  it('says who overrides what', async () => {
    const { session } = await thePanel('loans', 2021);
    session.enter([{ line: 'loans', period: 2021, text: '120' }]);
    await tick();
    expect(screen.getByText('“试算 1”改定的数')).toBeVisible();
    expect(screen.getByText('盖过：规划的公式')).toBeVisible();
  });

  it('leads a failure to the cell where it began', async () => {
    const { session } = await thePanel('after', 2022);
    expect(screen.getByText(/除数是零（起于“broken”，2022）/)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: '到那一格' }));
    expect(session.selection).toEqual({ line: 'broken', period: 2022 });
    expect(screen.getByText(/仍在说明 after（2022）/)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: '改为说明选中的格子' }));
    expect(cell(/^broken 2022/)).toBeVisible();
  });

  it('is walked by keys: along, into, out, and to the cell itself', async () => {
    const { session } = await thePanel('each', 2022);
    const root = cell(/^each 2022/);
    root.focus();
    await userEvent.keyboard('{ArrowDown}');
    expect(cell(/^loans 2022/)).toHaveFocus();
    await userEvent.keyboard('{ArrowRight}');
    expect(cell(/^loans 2022/)).toHaveAttribute('aria-expanded', 'true');
    await userEvent.keyboard('{ArrowRight}');
    expect(cell(/^loans 2021/)).toHaveFocus();
    await userEvent.keyboard('{ArrowLeft}');
    expect(cell(/^loans 2022/)).toHaveFocus();
    await userEvent.keyboard('{ArrowLeft}{End}');
    expect(cell(/^people 2022/)).toHaveFocus();
    await userEvent.keyboard('{Home}');
    expect(root).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(session.selection).toEqual({ line: 'loans', period: 2022 });
  });

  it('sets formulas as mathematics', async () => {
    await thePanel('each', 2021);
    await userEvent.click(screen.getByRole('button', { name: '数学式' }));
    const set = screen.getAllByRole('group', { name: /^公式/ });
    expect(set).toHaveLength(2);
    const [names] = set;
    expect(names?.querySelector('mfrac')?.children).toHaveLength(2);
  });

  it('copies all of it as text, and says how much', async () => {
    await thePanel('each', 2021);
    const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await userEvent.click(screen.getByRole('button', { name: '复制为文字' }));
    expect(await screen.findByText(/推导已复制，共 6 格/)).toBeVisible();
    expect(written.mock.lastCall?.[0]).toBe(`test · plan

each（2021）：22,000 元/人
  = loans ÷ people × 10000
  = 110 ÷ 50 × 10000
  × 10,000：把单位 亿元、万人 换成 元/人
  loans（2021）：110.0 亿元
    = loans[2020] × (1 + growth)
    = 100 × (1 + 10%)
    loans（2020）：100.0 亿元
      原文“100.0”，第二章
    growth（2021）：10.0%
      = 10%
      规划模型的假设
      一个假设
  people（2021）：50 万人
    = people[2020]
    = 50
    people（2020）：50 万人
      假设：for the test`);
  });

  it('is about one cell at a time for the keyboard', async () => {
    await thePanel('each', 2021);
    const tree = within(screen.getByRole('list', { name: /each/ }));
    expect(tree.getAllByRole('button').filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(2);
  });

  it('marks the grid by a switch that is kept', async () => {
    const { app } = await thePanel('each', 2021);
    await userEvent.click(screen.getByRole('button', { name: '在表中标出' }));
    expect(app.layout.isTraceShown).toBe(true);
  });
});

describe('what a reader copies from a plan', () => {
  it('gives each cell when it is worked out by hand, with all digits', async () => {
    const { session } = await openSession(loadPlan('lishui-2021-2025'));
    session.openScenario('stress');
    session.select('fin_va_share', 2025);
    show(session);
    await userEvent.click(screen.getByRole('button', { name: '全部位数' }));
    await userEvent.click(screen.getByRole('button', { name: '全部展开' }));
    const explanation = explanationOf(session);
    const open = explanation.cells.filter(({ state }) => state === 'open');
    expect(open.length).toBeGreaterThan(5);
    for (const { key, derivation } of open) {
      const item = document.querySelector(`[data-key="${key}"]`)?.closest('li');
      const shown = item?.querySelectorAll(':scope > .told > .formula')[1]?.textContent ?? '';
      expect(shown).toMatch(/^= /);
      const worked = evaluateWritten(shown.slice(2));
      if (!isNumber(derivation.decided)) throw new Error(`${key} has no number`);
      expect(worked).toBeCloseTo(derivation.decided, 9);
    }
  });
});
