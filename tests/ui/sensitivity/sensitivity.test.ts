/** The sensitivity view opens with an answer, takes typed ranges in words, and applies a way to the target as one edit. */
import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import type { PlanSession } from '#session';
import Sensitivity from '../../../src/ui/sensitivity/sensitivity.svelte';
import { anAppSession } from '../../helpers/app-session.ts';
import { aPlan } from '../../helpers/builders.ts';
import InApp from '../../helpers/in-app.svelte';
import { openSession } from '../../helpers/sessions.ts';

afterEach(cleanup);

async function theView(): Promise<PlanSession> {
  const plan = aPlan()
    .driver('growth', '10%', { unit: '%', decimals: 2, lever: { min: 0, max: 0.2, step: 0.01 } })
    .driver('share', '25%', { unit: '%', decimals: 1, lever: { min: 0.1, max: 0.5, step: 0.01 } })
    .driver('idle', '1')
    .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)')
    .line('green', {}, 'loans * share', { unit: '亿元', decimals: 1 })
    .target('green', 50)
    .build();
  const { session } = await openSession(plan);
  render(InApp, { props: { app: anAppSession([]), part: Sensitivity, session } });
  return session;
}

/** The row of a driver among the ranges; the chart's own table has one of the same name. */
const shareRow = () =>
  within(screen.getByRole('table', { name: '变动范围' })).getByRole('row', { name: /^share/ });

it('opens with the tornado of the first target, in a sentence', async () => {
  await theView();
  // 161.051 · 10 % and 50 %
  expect(
    await screen.findByText(/share：由 10\.0% 到 50\.0%，green由 16\.1 亿元变为 80\.5 亿元/),
  ).toBeVisible();
  expect(screen.getByText(/不影响green的驱动因素：idle/)).toBeVisible();
});

it('takes a typed range, and answers what it cannot take with a sentence', async () => {
  await theView();
  const user = userEvent.setup();
  const low = await screen.findByRole('textbox', { name: 'share：低端' });
  await user.clear(low);
  await user.type(low, '60{Enter}');
  expect(screen.getByRole('alert')).toHaveTextContent('低端必须小于高端，范围没有改动。');
  await user.clear(low);
  await user.type(low, '20{Enter}');
  await waitFor(() => expect(shareRow()).toHaveTextContent(/自行输入.*32\.2/));
  expect(screen.queryByRole('alert')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'share：恢复原来的范围' }));
  await waitFor(() => expect(shareRow()).toHaveTextContent(/调节杆两端.*16\.1/));
});

it('gives elasticities that are walked by arrow keys', async () => {
  await theView();
  const user = userEvent.setup();
  await user.click(screen.getByRole('tab', { name: '影响强弱' }));
  const matrix = await screen.findByRole('grid');
  const cells = within(matrix).getAllByRole('gridcell');
  // 5 · 10 % / 110 %, and a factor
  expect(cells.map((cell) => cell.textContent)).toEqual(['+0.45', '+1.00', '']);
  cells[0]?.focus();
  await user.keyboard('{ArrowRight}');
  expect(cells[1]).toHaveFocus();
  expect(screen.getByText('green（2025）对share（现为 25.0%）：1')).toBeVisible();
});

it('goes the way to the target as one edit', async () => {
  const session = await theView();
  const user = userEvent.setup();
  await user.click(screen.getByRole('tab', { name: '离目标多远' }));
  await user.click(await screen.findByRole('button', { name: /^采用：growth调到/ }));
  expect(session.value('green', 2025)).toBeCloseTo(50, 7);
  session.undo();
  expect(session.canUndo).toBe(false);
});
