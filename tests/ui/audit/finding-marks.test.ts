/** Findings where a reader meets the row: on the board's targets and with the selected line; both lead to the finding. */
import { render, screen, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import Audit from '../../../src/ui/audit/audit.svelte';
import { auditDeskOf } from '../../../src/ui/audit/audit-desk.svelte.ts';
import Board from '../../../src/ui/board/board.svelte';
import LinePanel from '../../../src/ui/shell/line-panel.svelte';
import { aPlanWith } from '../../analysis/audit/planted-plan.ts';
import { anAppSession } from '../../helpers/app-session.ts';
import { loadPlan } from '../../helpers/plans.ts';
import InApp from '../../helpers/in-app.svelte';
import { openSession } from '../../helpers/sessions.ts';

async function opened(plan = aPlanWith(['increment', 'fourYears'])) {
  const { session } = await openSession(plan);
  const show = (part: typeof Board) => render(InApp, { props: { app: anAppSession([]), part, session } });
  return { session, show };
}

it('a target that does not add up has its sign and sentence on the board, the others have none', async () => {
  const { session, show } = await opened();
  show(Board);
  // 90 and 101 are 191, and the target is 200
  const mark = await screen.findByRole('button', { name: /^审核矛盾：direct。印出变化 101 亿元/ });
  expect(within(mark).getByRole('img', { name: '矛盾' })).toBeVisible();
  expect(screen.getAllByRole('button', { name: /^审核/ })).toEqual([mark]);
  await userEvent.click(mark);
  expect(auditDeskOf(session).asked).toMatch(/^change:direct:/);
});

it('a mark is no further stop of Tab, but for the row that Tab reaches', async () => {
  const { session, show } = await opened();
  session.select('listed', 2025);
  show(Board);
  const mark = await screen.findByRole('button', { name: /^审核矛盾/ });
  expect(mark).toHaveAttribute('tabindex', '-1');
  session.select('direct', 2025);
  await expect.poll(() => mark.getAttribute('tabindex')).toBe('0');
});

it('the selected line says what was found of it', async () => {
  const { session, show } = await opened();
  session.select('fin_va', 2020);
  show(LinePanel);
  const finding = await screen.findByRole('button', { name: /印出年均增长 12\.65%/ });
  await userEvent.click(finding);
  expect(auditDeskOf(session).asked).toMatch(/^growth:fin_va:/);
  session.select('listed', 2020);
  await expect.poll(() => screen.queryByRole('heading', { name: '规划审核' })).toBeNull();
});

it('the audit unfolds the finding that is asked for, whatever was filtered, and takes the keyboard there', async () => {
  const { session, show } = await opened(loadPlan('jian-2021-2025'));
  show(Audit);
  const group = await screen.findByRole('group', { name: '按轻重显示' });
  await userEvent.click(within(group).getByRole('button', { name: /^提示/ }));
  expect(screen.queryByRole('button', { name: /GDP 印出年均增长/ })).toBeNull();
  auditDeskOf(session).asked = 'growth:gdp:growth:2015:2020:0.078';
  const head = await screen.findByRole('button', { name: /GDP 印出年均增长/ });
  await expect.poll(() => head.getAttribute('aria-expanded')).toBe('true');
  expect(head).toHaveFocus();
  expect(auditDeskOf(session).asked).toBeUndefined();
});

it('a finding that is no longer there is not waited for', async () => {
  const { session, show } = await opened();
  auditDeskOf(session).asked = 'growth:nothing';
  show(Audit);
  await screen.findByText(/^发现 2 处矛盾/);
  expect(auditDeskOf(session).asked).toBeUndefined();
});
