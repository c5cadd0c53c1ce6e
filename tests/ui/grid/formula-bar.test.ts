/** The formula bar shows what stands in the selected cell and who decides it, and takes entries without losing any. */
import { render, screen } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { tick } from 'svelte';
import { describe, expect, it } from 'vitest';
import { gridViewOf } from '#session';
import FormulaBar from '../../../src/ui/grid/formula-bar.svelte';
import StatusSums from '../../../src/ui/grid/status-sums.svelte';
import { anAppSession } from '../../helpers/app-session.ts';
import { aPlan } from '../../helpers/builders.ts';
import InApp from '../../helpers/in-app.svelte';
import { openSession } from '../../helpers/sessions.ts';

const plan = aPlan()
  .driver('growth', '10%', { name: { zh: '贷款增速', en: 'Loan growth' }, unit: '%', decimals: 2 })
  .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)', {
    name: { zh: '贷款余额', en: 'Loans' },
    unit: '亿元',
  })
  .build();

async function aBar(part = FormulaBar) {
  const { session } = await openSession(plan);
  render(InApp, { props: { app: anAppSession([]), part, session } });
  return session;
}

const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: '公式或数' });

async function write(text: string, key = ''): Promise<void> {
  await userEvent.clear(field());
  // brackets mean keys to the keyboard of the tests
  await userEvent.type(field(), text.replaceAll('[', '[['));
  if (key !== '') await userEvent.keyboard(`{${key}}`);
}

describe('the selected cell', () => {
  it('is shown with its address, its formula in the reader’s language and who decides it', async () => {
    const session = await aBar();
    expect(field()).toBeDisabled();
    session.select('loans', 2022);
    await tick();
    expect(screen.getByText('G3')).toBeInTheDocument();
    expect(field()).toHaveValue('=贷款余额[t-1] * (1 + 贷款增速)');
    expect(field()).toHaveAccessibleDescription('规划的公式');
  });

  it('shows a number with all its digits', async () => {
    const session = await aBar();
    session.enter([{ line: 'growth', period: 2021, text: '8.125%' }]);
    session.select('growth', 2021);
    await tick();
    expect(field()).toHaveValue('8.125%');
    expect(field()).toHaveAccessibleDescription('“试算 1”改定的数');
  });
});

describe('an entry', () => {
  it('is a number of the cell, or a formula of the line', async () => {
    const session = await aBar();
    session.select('growth', 2021);
    await tick();
    await write('12.5%', 'Enter');
    expect(session.value('growth', 2021)).toBe(0.125);
    session.select('loans', 2023);
    await tick();
    await write('=贷款余额[2020] * 2', 'Enter');
    expect(session.value('loans', 2024)).toBe(200);
  });

  it('that is a formula takes the place of the number that stands in its cell', async () => {
    const session = await aBar();
    session.enter([{ line: 'growth', period: 2021, text: '5%' }]);
    session.select('growth', 2021);
    await tick();
    await write('=20%', 'Enter');
    expect(session.value('growth', 2021)).toBe(0.2);
    session.undo();
    expect(session.value('growth', 2021)).toBe(0.05);
  });

  it('that is empty gives back what was inherited', async () => {
    const session = await aBar();
    session.enter([{ line: 'growth', period: 2021, text: '5%' }]);
    session.select('growth', 2021);
    await tick();
    await userEvent.clear(field());
    await userEvent.keyboard('{Enter}');
    expect(session.value('growth', 2021)).toBe(0.1);
  });

  it('that is given up changes nothing', async () => {
    const session = await aBar();
    session.select('growth', 2021);
    await tick();
    await write('55%', 'Escape');
    expect(field()).toHaveValue('=10%');
    expect(session.canUndo).toBe(false);
  });
});

describe('a refused entry', () => {
  it('stays with the reason under it, and the old value in the model', async () => {
    const session = await aBar();
    session.select('growth', 2021);
    await tick();
    await write('=10% * 增速', 'Enter');
    expect(screen.getByRole('alert')).toHaveTextContent('没有叫“增速”的行。');
    expect(field()).toHaveValue('=10% * 增速');
    expect(field()).toBeInvalid();
    expect(document.querySelector('.wrong')).toHaveTextContent(/^增速$/);
    expect(session.value('growth', 2021)).toBe(0.1);
    expect(session.canUndo).toBe(false);
  });

  it('waits in its cell while others are looked at, until it is put right', async () => {
    const session = await aBar();
    session.select('growth', 2021);
    await tick();
    await write('abc', 'Enter');
    session.select('loans', 2021);
    await tick();
    session.select('growth', 2021);
    await tick();
    expect(field()).toHaveValue('abc');
    await write('11%', 'Enter');
    expect(session.value('growth', 2021)).toBe(0.11);
    expect(screen.getByRole('alert')).toBeEmptyDOMElement();
  });

  it('of a block is told with its address and leaves the whole block undone', async () => {
    const session = await aBar();
    const view = gridViewOf(session);
    const cells = ['6%', '8', 'x'].map((text, index) => ({ line: 'growth', period: 2021 + index, text }));
    view.enter(cells, { cellAt: () => undefined });
    await tick();
    expect(screen.getByRole('alert')).toHaveTextContent('3 格中有 2 格读不懂，所以什么都没有改动。');
    expect(session.value('growth', 2021)).toBe(0.1);
    await userEvent.click(screen.getByRole('button', { name: 'G2' }));
    expect(session.selection).toEqual({ line: 'growth', period: 2022 });
    expect(field()).toHaveValue('8');
    await userEvent.click(screen.getByRole('button', { name: '关闭' }));
    expect(screen.getByRole('alert')).toBeEmptyDOMElement();
  });
});

describe('completion', () => {
  it('offers names while a formula is typed; Tab takes the first', async () => {
    const session = await aBar();
    session.select('loans', 2021);
    await tick();
    await write('=2 * 增');
    expect(screen.getAllByRole('option').map((option) => option.textContent.trim())).toEqual([
      expect.stringContaining('贷款增速'),
    ]);
    await userEvent.keyboard('{Tab}');
    expect(field()).toHaveValue('=2 * 贷款增速');
    expect(field()).toHaveFocus();
    expect(screen.queryByRole('option')).toBeNull();
  });

  it('is walked with the arrows; Enter takes the reached name, Escape sends the list away', async () => {
    const session = await aBar();
    session.select('loans', 2021);
    await tick();
    await write('=贷款');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    const reached = screen.getByRole('option', { selected: true });
    expect(reached).toHaveTextContent('贷款余额');
    expect(field()).toHaveAttribute('aria-activedescendant', reached.id);
    await userEvent.keyboard('{Enter}');
    expect(field()).toHaveValue('=贷款余额');
    await userEvent.type(field(), ' + 贷款{Escape}');
    expect(screen.queryByRole('option')).toBeNull();
    expect(field()).toHaveValue('=贷款余额 + 贷款');
  });

  it('shows the signature of the function that is being written', async () => {
    const session = await aBar();
    session.select('loans', 2021);
    await tick();
    await write('=PMT(1, ');
    expect(screen.getByText('PMT', { exact: false, selector: '.hint' })).toHaveTextContent('PMT(rate, nper');
  });
});

describe('finding a line', () => {
  it('comes at Ctrl+F, finds both names, and Enter goes there', async () => {
    const session = await aBar();
    session.select('growth', 2022);
    await tick();
    await userEvent.keyboard('{Control>}f{/Control}');
    const find = screen.getByRole('combobox', { name: '查找行' });
    expect(find).toHaveFocus();
    await userEvent.type(find, 'LOANS');
    expect(screen.getAllByRole('option')).toHaveLength(1);
    await userEvent.keyboard('{Enter}');
    expect(session.selection).toEqual({ line: 'loans', period: 2022 });
    expect(find).toHaveValue('');
  });

  it('says when there is none', async () => {
    await aBar();
    await userEvent.type(screen.getByRole('combobox', { name: '查找行' }), '房价');
    expect(screen.getByText('没有名称含“房价”的行')).toBeInTheDocument();
  });
});

describe('the sums of the selection', () => {
  const mark = (line: string, periods: readonly number[]) => periods.map((period) => ({ line, period }));

  it('are sum, average and count, in the unit', async () => {
    const session = await aBar(StatusSums);
    gridViewOf(session).mark(mark('loans', [2019, 2020, 2021]));
    await tick();
    expect(screen.getByText('求和 210 亿元')).toBeInTheDocument();
    expect(screen.getByText('平均 105 亿元')).toBeInTheDocument();
    expect(screen.getByText('计数 2')).toBeInTheDocument();
  });

  it('follow the values', async () => {
    const session = await aBar(StatusSums);
    gridViewOf(session).mark(mark('growth', [2021, 2022]));
    await tick();
    expect(screen.getByText('平均 10.00%')).toBeInTheDocument();
    session.moveLever('growth', 0.2);
    await tick();
    expect(screen.getByText('平均 20.00%')).toBeInTheDocument();
  });

  it('are not made of different units, nor of one cell', async () => {
    const session = await aBar(StatusSums);
    gridViewOf(session).mark([...mark('loans', [2020]), ...mark('growth', [2021])]);
    await tick();
    expect(screen.getByText('单位不一')).toBeInTheDocument();
    gridViewOf(session).mark(mark('loans', [2020]));
    await tick();
    expect(screen.queryByText(/计数/)).toBeNull();
  });
});
