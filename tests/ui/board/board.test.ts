/** The targets board counts, follows a lever, sorts, and leads to a target's line. */
import { render, screen, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { tick } from 'svelte';
import { expect, it } from 'vitest';
import Board from '../../../src/ui/board/board.svelte';
import { anAppSession } from '../../helpers/app-session.ts';
import { aPlan } from '../../helpers/builders.ts';
import InApp from '../../helpers/in-app.svelte';
import { openSession } from '../../helpers/sessions.ts';

async function aBoard() {
  const plan = aPlan()
    .driver('growth', '10%', { unit: '%' })
    .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)', { unit: '亿元', decimals: 1 })
    .line('share', { 2020: 0.05 }, 'growth / 2', { unit: '%', decimals: 2 })
    .line('unread', {})
    .target('loans', 150)
    .target('share', 0.06, { comparator: '>=', nature: 'binding' })
    .target('unread', 1)
    .build();
  const opened = await openSession(plan);
  render(InApp, { props: { app: anAppSession([]), part: Board, session: opened.session } });
  return opened;
}

const rowOf = (name: string) =>
  within(screen.getByRole('button', { name }).closest('[role="row"]') as HTMLElement);
const names = () =>
  screen.getAllByRole('button', { name: /^(loans|share|unread)$/ }).map((one) => one.textContent.trim());

it('says of each target what is planned, projected, missing and needed', async () => {
  await aBoard();
  const loans = rowOf('loans');
  expect(loans.getByRole('img', { name: '达成' })).toBeVisible();
  expect(loans.getByText('161.1')).toBeVisible();
  expect(loans.getByText('多 11.1 亿元')).toBeVisible();
  expect(loans.getByText('自 2020 年需年均 +8.4%')).toBeVisible();
  expect(loans.getByText('2025 年达到')).toBeVisible();
  const share = rowOf('share');
  expect(share.getByRole('img', { name: '未达成' })).toBeVisible();
  expect(share.getByText('不低于 6%')).toBeVisible();
  expect(share.getByText('约束性')).toBeVisible();
  expect(share.getByText('少 1.00 个百分点')).toBeVisible();
  expect(share.getByText('期内未达到')).toBeVisible();
  expect(rowOf('unread').getByRole('img', { name: '无法判断' })).toBeVisible();
});

it('follows a lever while it moves, and holds the order of its rows until it is let go', async () => {
  const { session } = await aBoard();
  await userEvent.click(screen.getByRole('button', { name: '未达成在前' }));
  expect(names()).toEqual(['share', 'unread', 'loans']);
  session.moveLever('growth', 0.13, true);
  await tick();
  expect(rowOf('share').getByRole('img', { name: '达成' })).toBeVisible();
  expect(names()).toEqual(['share', 'unread', 'loans']);
  session.moveLever('growth', 0.13);
  await tick();
  expect(names()).toEqual(['unread', 'loans', 'share']);
});

it('keeps the risk that was found while a lever moves, and looks again when it rests and there is time', async () => {
  const { session, time } = await aBoard();
  session.moveLever('growth', 0.085);
  time.run();
  await tick();
  expect(rowOf('loans').getByRole('img', { name: '有风险' })).toBeVisible();
  session.moveLever('growth', 0.11, true);
  await tick();
  expect(rowOf('loans').getByRole('img', { name: '有风险' })).toBeVisible();
  time.run();
  await tick();
  expect(rowOf('loans').getByRole('img', { name: '有风险' })).toBeVisible();
  session.moveLever('growth', 0.11);
  time.run();
  await tick();
  expect(rowOf('loans').getByRole('img', { name: '达成' })).toBeVisible();
});

it('is walked by arrow keys and selects a target’s line and year', async () => {
  const { session } = await aBoard();
  await userEvent.tab();
  await userEvent.tab();
  await userEvent.tab();
  expect(screen.getByRole('button', { name: 'loans' })).toHaveFocus();
  await userEvent.keyboard('{ArrowDown}{Enter}');
  expect(session.selection).toEqual({ line: 'share', period: 2025 });
  expect(screen.getByRole('button', { name: 'share' }).closest('[role="row"]')).toHaveAttribute(
    'aria-current',
    'true',
  );
});
