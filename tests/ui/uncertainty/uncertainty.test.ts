/** The view of uncertainty: it begins with a guess or a typed distribution, tells what came of it, and refuses with a sentence. */
import { configure, render, screen, waitFor, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import type { Component } from 'svelte';
import { expect, it, vi } from 'vitest';
import type { PlanSession } from '#session';
import Board from '../../../src/ui/board/board.svelte';
import Levers from '../../../src/ui/levers/levers.svelte';
import Uncertainty from '../../../src/ui/uncertainty/uncertainty.svelte';
import { anAppSession } from '../../helpers/app-session.ts';
import { aPlan } from '../../helpers/builders.ts';
import InApp from '../../helpers/in-app.svelte';
import { openSession } from '../../helpers/sessions.ts';

// samples are drawn on the test's own thread, and the tables of two charts are long
configure({ asyncUtilTimeout: 8000 });
vi.setConfig({ testTimeout: 30_000 });

const lever = { min: 0, max: 40, step: 1 };
const plan = aPlan()
  .driver('a', '10', { lever, decimals: 0 })
  .driver('b', '20', { lever, decimals: 0 })
  .driver('c', '20', { lever, decimals: 0 })
  .line('sum', {}, 'a + b', { decimals: 1 })
  .line('certain', {}, 'c * 2', { decimals: 1 })
  .target('sum', 33)
  .target('certain', 40)
  .build();

async function shown(part: Component<{ session: PlanSession }> = Uncertainty) {
  const { session } = await openSession(plan);
  session.select('sum', 2025);
  render(InApp, { props: { app: anAppSession([]), part, session } });
  return session;
}

const field = (name: string) => screen.getByRole('textbox', { name: `“${name}”的分布` });

it('opens with what it is for, and a first guess that is one step of undo', async () => {
  const session = await shown();
  expect(screen.getByText('还没有不确定的驱动因素')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: '设定初步估计' }));
  // a tenth of 0 to 40 on both sides
  expect(field('a')).toHaveValue('6至14');
  session.undo();
  await waitFor(() => expect(screen.getByText('还没有不确定的驱动因素')).toBeVisible());
});

it('tells the probability of every target and of all together, and that a figure is not reached', async () => {
  const session = await shown();
  await userEvent.type(field('a'), '正态(10, 3){Enter}');
  await userEvent.type(field('b'), '正态(20, 4){Enter}');
  const table = await screen.findByRole('row', { name: /^sum 2025 年 33 30\.[3-9]% ± / });
  expect(table).toBeVisible();
  // 1 − Φ(0.5) = 30.9 %, see the session's test
  expect(screen.getByRole('row', { name: /^certain 2025 年 40 100%/ })).toBeVisible();
  expect(screen.getByRole('row', { name: /^2 项同时达成 30\.[3-9]%/ })).toBeVisible();
  await waitFor(() =>
    expect(screen.getByText(/波动中影响最大的是“b”：仅它一项就占方差的 6\d\.\d%/)).toBeVisible(),
  );
  session.select('certain', 2025);
  await waitFor(() =>
    expect(screen.getByText(/没有不确定的驱动因素影响该数值：每个样本都是 40\.0/)).toBeVisible(),
  );
});

it('keeps what it cannot read, with a sentence, and changes nothing', async () => {
  const session = await shown();
  await userEvent.type(field('a'), '14 至 6{Enter}');
  expect(field('a')).toBeInvalid();
  expect(screen.getByRole('alert')).toHaveTextContent('请把最低的写在前，最高的写在后');
  expect(session.canUndo).toBe(false);
  await userEvent.keyboard('{Escape}');
  expect(field('a')).toHaveValue('');
  expect(screen.queryByRole('alert')).toBeNull();
});

it('lets drivers move together, refuses what is no correlation, and says what an impossible set became', async () => {
  const session = await shown();
  for (const line of ['a', 'b', 'c']) session.setDistribution(line, { kind: 'normal', mean: 10, sd: 1 });
  const choose = async (button: string, line: string) => {
    await userEvent.click(await screen.findByRole('button', { name: new RegExp(`^${button}`) }));
    await userEvent.click(screen.getByRole('menuitemradio', { name: line }));
  };
  await choose('驱动因素', 'a');
  await choose('与之联动', 'b');
  const rank = screen.getByRole('textbox', { name: '秩相关系数，−1 到 1' });
  await userEvent.clear(rank);
  await userEvent.type(rank, '1.5{Enter}');
  expect(screen.getByText('“1.5”不是相关系数，请写 −1 到 1 之间的数。')).toBeVisible();
  await userEvent.clear(rank);
  await userEvent.type(rank, '0.9{Enter}');
  expect(session.scenario.correlations).toEqual([{ lines: ['a', 'b'], rank: 0.9 }]);
  session.setCorrelation('b', 'c', 0.4);
  session.setCorrelation('a', 'c', -0.9);
  await waitFor(() => expect(screen.getByText(/^这些相关系数不可能同时成立/)).toBeVisible());
  const matrix = screen.getByRole('table', { name: '秩相关系数' });
  expect(within(matrix).getByRole('row', { name: 'c −0.90 0.40 1' })).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: '解除“a”与“c”的联动' }));
  await waitFor(() => expect(screen.queryByText(/^这些相关系数不可能同时成立/)).toBeNull());
});

it('is told on the board beside each target', async () => {
  const session = await shown(Board);
  expect(screen.queryByText(/概率/)).toBeNull();
  session.setDistribution('a', { kind: 'normal', mean: 10, sd: 5 });
  // a + 20 ≥ 32.5: 1 − Φ(0.5)
  expect(await screen.findByText(/^概率 30\.[3-9]%/)).toBeVisible();
  expect(screen.getByText('概率 100%')).toBeVisible();
  expect(screen.getAllByRole('img', { name: '有风险' }).length).toBeGreaterThan(0);
});

it('is typed in a lever’s box, and shown on its track', async () => {
  const session = await shown(Levers);
  const box = screen.getByRole('textbox', { name: 'a：数值' });
  await userEvent.clear(box);
  await userEvent.type(box, '8 至 12{Enter}');
  expect(session.distributionOf('a')?.distribution).toMatchObject({ kind: 'interval', low: 8, high: 12 });
  expect(screen.getByText('不确定：90% 区间 8 至 12')).toBeVisible();
  // the level itself stays
  expect(box).toHaveValue('10');
});
