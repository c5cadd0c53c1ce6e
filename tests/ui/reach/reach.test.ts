/** The view of what must be true: it opens with an answer, follows every choice, tells contradictions, and does what it found. */
import { render, screen, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { Plan } from '#plan';
import Reach from '../../../src/ui/reach/reach.svelte';
import { anAppSession } from '../../helpers/app-session.ts';
import { aPlan } from '../../helpers/builders.ts';
import InApp from '../../helpers/in-app.svelte';
import { openSession } from '../../helpers/sessions.ts';

const plan = aPlan()
  .driver('growth', '10%', { unit: '%', decimals: 2, lever: { min: 0, max: 0.2, step: 0.01 } })
  .driver('share', '20%', { unit: '%', decimals: 2, lever: { min: 0, max: 1, step: 0.01 } })
  .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)', { unit: '亿元', decimals: 1 })
  .line('green', {}, 'loans * share', { unit: '亿元', decimals: 1 })
  .line('other', {}, 'loans - green', { unit: '亿元', decimals: 1 })
  .target('loans', 180)
  .target('green', 30, { comparator: '>=' })
  .build();

async function theView(of: Plan = plan) {
  const { session } = await openSession(of);
  render(InApp, { props: { app: anAppSession([]), part: Reach, session } });
  return session;
}

it('opens with what is missed and the change that meets it, and does it as one edit', async () => {
  const session = await theView();
  // 1.8 ^ (1/5) − 1 = 12.47 %, from 10 %
  expect(await screen.findByText('可以达到，只需变动“growth”：+2.47 个百分点。')).toBeVisible();
  const row = screen.getByRole('row', { name: /“growth”可以变动/ });
  expect(row).toHaveTextContent('10.00%');
  expect(row).toHaveTextContent('12.47%');
  expect(screen.getByRole('figure', { name: '驱动因素的相对变动' })).toHaveTextContent('+24.7%');
  await userEvent.click(screen.getByRole('button', { name: '采用这组变动' }));
  expect(session.value('loans', 2025)).toBeCloseTo(180, 6);
  expect(await screen.findByText('所选目标都已达到，驱动因素不必变动。')).toBeVisible();
  session.undo();
  expect(session.canUndo).toBe(false);
});

it('follows a typed value, and marks what it cannot read instead of answering', async () => {
  await theView();
  await screen.findByText(/只需变动/);
  const value = screen.getByRole('textbox', { name: '“loans”要求的数值' });
  await userEvent.clear(value);
  expect(value).toHaveAttribute('aria-invalid', 'true');
  expect(screen.getByText('改正标出的输入后作答。')).toBeVisible();
  expect(screen.queryByRole('button', { name: '采用这组变动' })).toBeNull();
  await userEvent.type(value, '170');
  // 1.7 ^ (1/5) − 1 = 11.20 %
  expect(await screen.findByText('可以达到，只需变动“growth”：+1.20 个百分点。')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: '“loans”恢复为原文' }));
  expect(await screen.findByText('可以达到，只需变动“growth”：+2.47 个百分点。')).toBeVisible();
});

it('says what contradicts, and lets a held driver move as a way out', async () => {
  const session = await theView();
  await screen.findByText(/只需变动/);
  await userEvent.click(screen.getByRole('button', { name: '选择目标' }));
  await userEvent.click(screen.getByRole('checkbox', { name: /green/ }));
  await userEvent.click(screen.getByRole('button', { name: '“green”怎样比较 按原文' }));
  await userEvent.click(screen.getByRole('menuitemradio', { name: '不高于' }));
  await userEvent.click(screen.getByRole('checkbox', { name: '“share”可以变动' }));
  // at least 180 of loans make at least 36 green at a share of 20 %
  expect(await screen.findByText('在允许的范围内没有找到同时达到所选目标的办法。')).toBeVisible();
  expect(screen.getByText('loans 2025 年不低于 180 亿元')).toBeVisible();
  expect(screen.getByText('green 2025 年不高于 30 亿元')).toBeVisible();
  const way = screen.getByRole('group', { name: /^放开“share”/ });
  expect(way).toHaveTextContent('放开“share”：由 20.00% 到');
  expect(screen.getByRole('figure', { name: '折中与各目标的相对差距' })).toBeVisible();
  await userEvent.click(within(way).getByRole('button', { name: '采用' }));
  expect(session.value('loans', 2025)).toBeGreaterThan(180 - 1e-6);
  expect(session.value('green', 2025)).toBeLessThan(30 + 1e-6);
});

it('tells between which values another figure lies while the targets hold', async () => {
  await theView();
  await screen.findByText(/只需变动/);
  await userEvent.type(screen.getByRole('searchbox', { name: '查找要查看的数' }), 'other{Enter}');
  const row = await screen.findByRole('row', { name: /^other/ });
  // loans from 180 to 100 × 1.2^5 = 248.8 at a share that is held at 20 %: 144.0 to 199.1
  await expect.poll(() => row.textContent).toMatch(/144\.0 由目标限制.*199\.1 “growth”到上限/);
});

it('asks for targets and drivers where there are none', async () => {
  await theView();
  await screen.findByText(/只需变动/);
  await userEvent.click(screen.getByRole('checkbox', { name: '“growth”可以变动' }));
  expect(screen.getByText('先让至少一个驱动因素可以变动。')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: '不再要求“loans”' }));
  expect(screen.getByText('先选择想要达到的目标。')).toBeVisible();
});
