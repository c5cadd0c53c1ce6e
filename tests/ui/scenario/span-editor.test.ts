/** The editor of a change: from the line's panel to the change in the scenario, with the course before it is made. */
import { render, screen, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import LinePanel from '../../../src/ui/shell/line-panel.svelte';
import { anAppSession } from '../../helpers/app-session.ts';
import { aPlan } from '../../helpers/builders.ts';
import InApp from '../../helpers/in-app.svelte';
import { openSession } from '../../helpers/sessions.ts';

async function openEditor() {
  const plan = aPlan().line('loans', { 2020: 100 }, 'loans[t-1] * 1.05', { unit: '亿元' }).build();
  const { session } = await openSession(plan);
  session.select('loans', 2023);
  render(InApp, { props: { app: anAppSession([]), part: LinePanel, session } });
  await userEvent.click(screen.getByRole('button', { name: '改动…' }));
  await screen.findByRole('dialog', { name: '改动' });
  return session;
}

const field = () => within(screen.getByRole('dialog')).getAllByRole('textbox')[0] as HTMLElement;

it('begins at the number, shows the course that would come, and makes the change at Enter', async () => {
  const session = await openEditor();
  expect(field()).toHaveFocus();
  await userEvent.click(screen.getByRole('radio', { name: '年增长' }));
  await userEvent.type(field(), '3%');
  const preview = screen.getByRole('group', { name: '改动前后的逐年数值' });
  // by hand: 110.25 × 1.03 = 113.56
  expect(within(preview).getByText('113.56')).toBeInTheDocument();
  expect(session.canUndo).toBe(false);
  await userEvent.keyboard('{Enter}');
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(session.overlay('loans')?.changes).toEqual([{ line: 'loans', from: 2023, to: 2025, growth: 0.03 }]);
  expect(screen.getByText('年增长 +3%')).toBeInTheDocument();
});

it('answers wrong input in words and keeps what was written', async () => {
  const session = await openEditor();
  await userEvent.click(screen.getByRole('button', { name: '应用' }));
  expect(screen.getByText('请输入数值或公式，尚未改动。')).toBeInTheDocument();
  await userEvent.type(field(), '很多');
  expect(screen.getByText(/“很多”不是数/)).toBeInTheDocument();
  await userEvent.keyboard('{Enter}');
  expect(field()).toHaveValue('很多');
  await userEvent.keyboard('{Escape}');
  expect([screen.queryByRole('dialog'), session.canUndo]).toEqual([null, false]);
});

it('enters an actual for one year only', async () => {
  const session = await openEditor();
  await userEvent.click(screen.getByRole('radio', { name: '实际值' }));
  expect(screen.queryByRole('radio', { name: /规划期/ })).toBeNull();
  await userEvent.type(field(), '130{Enter}');
  expect(session.rule('loans', 2023)?.base).toMatchObject({ kind: 'actual', value: 130 });
  expect(session.value('loans', 2024)).toBeCloseTo(136.5, 9);
});
