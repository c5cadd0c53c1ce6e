/** The questions' panel answers in words, applies what it found as one edit, and compares scenarios. */
import { cleanup, render, screen, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { tick } from 'svelte';
import { expect, it } from 'vitest';
import type { PlanSession } from '#session';
import Questions from '../../../src/ui/questions/questions.svelte';
import { anAppSession } from '../../helpers/app-session.ts';
import { aPlan, aScenario } from '../../helpers/builders.ts';
import InApp from '../../helpers/in-app.svelte';
import { openSession } from '../../helpers/sessions.ts';

const show = (session: PlanSession) =>
  render(InApp, { props: { app: anAppSession([]), part: Questions, session } });

async function thePanel() {
  const plan = aPlan()
    .driver('growth', '10%', { unit: '%', decimals: 2, lever: { min: 0, max: 0.2, step: 0.01 } })
    .driver('tilt', '1', { lever: { min: -3, max: 3, step: 0.5 } })
    .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)', { unit: '亿元', decimals: 1 })
    .line('bowl', {}, 'tilt * tilt', { decimals: 1 })
    .target('loans', 150)
    .build();
  const { session } = await openSession({
    ...plan,
    scenarios: [
      ...plan.scenarios,
      aScenario({ id: 'low', name: { zh: '低增长', en: 'Low' }, changes: [{ line: 'growth', set: 0.05 }] }),
    ],
  });
  show(session);
  return session;
}

const wanted = () => screen.getByRole('textbox', { name: '想要达到' });

it('asks for a selection first, and compares without one', async () => {
  await thePanel();
  expect(screen.getByText(/在表格里选一个数/)).toBeVisible();
  expect(screen.getByText('各项目标')).toBeVisible();
});

it('says what the target takes and does it as one edit', async () => {
  const session = await thePanel();
  session.select('loans', 2025);
  await tick();
  expect(wanted()).toHaveValue('150.0');
  expect(await screen.findByText('growth需要由 10.00% 调到这里（−1.55 个百分点）。')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: '采用 8.45%' }));
  expect(session.value('loans', 2025)).toBeCloseTo(150, 6);
  expect(await screen.findByText('已经达到：growth现为 8.45%。')).toBeVisible();
  session.undo();
  expect(session.canUndo).toBe(false);
});

it('says how far it comes when a value cannot be reached, and what cannot be read', async () => {
  const session = await thePanel();
  session.select('loans', 2025);
  await tick();
  await userEvent.clear(wanted());
  expect(screen.getByText('输入想要达到的值。')).toBeVisible();
  await userEvent.type(wanted(), '300');
  expect(
    await screen.findByText('达不到：growth到上限 20.00% 时为 248.8 亿元，还差 51.2 亿元。'),
  ).toBeVisible();
  await userEvent.type(wanted(), '个');
  expect(wanted()).toHaveAttribute('aria-invalid', 'true');
  expect(screen.queryByText(/达不到/)).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: '恢复为目标值 150.0' }));
  expect(wanted()).toHaveValue('150.0');
});

it('lists every level that reaches a value, and says when a driver has no part in it', async () => {
  const session = await thePanel();
  session.select('bowl', 2025);
  await tick();
  await userEvent.type(wanted(), '4');
  expect(await screen.findByText('tilt有 2 个位置能够达到（现为 1.0）：')).toBeVisible();
  expect(screen.getAllByRole('button', { name: /^采用/ }).map((one) => one.textContent.trim())).toEqual([
    '采用 2.0',
    '采用 −2.0',
  ]);
  await userEvent.click(screen.getByRole('button', { name: /tilt/ }));
  await userEvent.click(screen.getByRole('menuitemradio', { name: 'growth' }));
  expect(await screen.findByText('growth怎样移动，这个数都是 1.0：它不依赖growth。')).toBeVisible();
});

it('shows what differs from another scenario and where the difference comes from', async () => {
  const session = await thePanel();
  session.openScenario('low');
  session.select('loans', 2025);
  await tick();
  expect(
    await screen.findByText('2025 年：“plan”为 161.1 亿元，“低增长”为 127.6 亿元，相差 −33.4 亿元。'),
  ).toBeVisible();
  expect(screen.getByText(/差额全部由它而来，没有剩余/)).toBeVisible();
  const [bridge, changes, targets] = screen.getAllByRole('table');
  expect(within(bridge as HTMLElement).getByRole('row', { name: /growth/ })).toHaveTextContent('−33.4');
  expect(within(changes as HTMLElement).getByRole('row', { name: /growth/ })).toHaveTextContent('10.00%');
  expect(targets).toHaveTextContent('−20.8%');
});

it('gives no answer while a lever moves', async () => {
  const session = await thePanel();
  session.select('loans', 2025);
  session.moveLever('growth', 0.07, true);
  await tick();
  expect(screen.getAllByText('滑杆停下后作答。')).toHaveLength(2);
  expect(screen.queryByRole('button', { name: /^采用/ })).toBeNull();
  session.moveLever('growth', 0.07);
  await tick();
  expect(await screen.findByRole('button', { name: '采用 8.45%' })).toBeVisible();
});

it('answers again when it is opened again, and keeps what was typed', async () => {
  const session = await thePanel();
  cleanup();
  session.select('loans', 2025);
  show(session);
  await userEvent.clear(wanted());
  await userEvent.type(wanted(), '300');
  cleanup();
  show(session);
  expect(wanted()).toHaveValue('300');
  await userEvent.clear(wanted());
  await userEvent.type(wanted(), '155');
  expect(await screen.findByRole('button', { name: '采用 9.16%' })).toBeVisible();
});
