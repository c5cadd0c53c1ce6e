/** The screens of a workbook that arrives, as a reader meets them. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { render, screen, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { Arrival } from '#session';
import { loadWords } from '#words';
import { anAppSession } from '../../helpers/app-session.ts';
import { foreignBytes } from '../../helpers/foreign-workbook.ts';
import { loadPlan } from '../../helpers/plans.ts';
import { typed, written } from '../../exchange/workbook-edits.ts';
import ShareInApp from './share-in-app.svelte';

const LISHUI = 'lishui-2021-2025';

async function show(bytes: Uint8Array, plan?: string) {
  await Promise.all([loadWords('zh'), loadWords('en')]);
  const app = anAppSession([LISHUI]);
  if (plan !== undefined) await app.open(plan);
  const arrival = new Arrival(app, new File([new Uint8Array(bytes)], '工作簿.xlsx'));
  await arrival.read();
  const onclose = vi.fn();
  render(ShareInApp, { props: { app, arrival, onclose } });
  return { app, onclose, dialog: await screen.findByRole('dialog') };
}

const saved = (name: string) =>
  new Uint8Array(readFileSync(resolve(import.meta.dirname, '../../saved/workbooks', `${name}.xlsx`)));

it('lists lines, uneven rows and cells that are not taken, each group with its count', async () => {
  const rows = [
    ['', 2020, 2021, 2022, 2023],
    ['GDP', 100, '=B2*2|200', '=C2*2|400', '=D2*3|1200'],
    ['Text', 1, 'unknown', 3, 'unknown'],
  ];
  const { dialog } = await show(await foreignBytes({ S: rows }));
  expect(await within(dialog).findByText('找到的行（2）')).toBeInTheDocument();
  expect(within(dialog).getByText('=GDP[t-1]*2')).toBeInTheDocument();
  const uneven = within(dialog).getByRole('group', { name: '与本行公式不同的单元格（1）' });
  expect(within(uneven).getByText(/S E2.*=D2\*3/)).toBeInTheDocument();
  const not = within(dialog).getByRole('group', { name: '未采用或只取了数值的单元格（2）' });
  expect(within(not).getAllByText(/S [CE]3/)).toHaveLength(2);
  expect(within(dialog).getByRole('radio', { name: /^表格/ })).toBeDisabled();
});

it('needs a name for the plan', async () => {
  const { dialog } = await show(saved('project.calculated'));
  const add = within(dialog).getByRole('button', { name: '作为我的规划加入' });
  const name = await within(dialog).findByRole('textbox', { name: '规划名称' });
  expect(name).toHaveValue('工作簿');
  expect(add).toBeEnabled();
  await userEvent.clear(name);
  expect(within(dialog).getByText('请给规划起一个名称。')).toBeInTheDocument();
  expect(add).toBeDisabled();
});

it('says where the years are missing, and offers nothing to add', async () => {
  const rows = [
    ['Year', 'GDP'],
    [2020, 100],
    [2021, '=B2*2|200'],
  ];
  const { dialog } = await show(await foreignBytes({ S: rows }));
  expect(await within(dialog).findByRole('alert')).toHaveTextContent('年份竖排在 A 列');
  expect(within(dialog).getByRole('option', { name: 'A 列：2020 2021' })).toBeInTheDocument();
  expect(within(dialog).getByRole('button', { name: '作为我的规划加入' })).toBeDisabled();
});

it('shows what was typed over in one of ours with its cell, and leaves all as it was when it is cancelled', async () => {
  const bytes = typed(await written(loadPlan(LISHUI)), 1, { I10: 0.08, I12: 'x' });
  const { app, onclose, dialog } = await show(bytes, LISHUI);
  expect(within(dialog).getByRole('row', { name: /Drivers I10.*— 8\.00%/ })).toBeInTheDocument();
  const not = within(dialog).getByRole('group', { name: '工作簿中未采用的改动（1）' });
  expect(within(not).getByText(/Drivers I12/)).toBeInTheDocument();
  await userEvent.click(within(dialog).getByRole('button', { name: '取消' }));
  expect(onclose).toHaveBeenCalledOnce();
  expect(app.screen.kind === 'plan' && app.screen.session.canUndo).toBe(false);
});

it('says of one of ours that nothing was changed, and offers nothing to add', async () => {
  const { dialog } = await show(await written(loadPlan(LISHUI)), LISHUI);
  expect(within(dialog).getByText(/工作簿自导出以来没有改动/)).toBeInTheDocument();
  expect(within(dialog).queryByRole('button', { name: '作为新情景加入' })).toBeNull();
});
