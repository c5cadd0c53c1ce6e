/** The view of the audit: what was compared, findings as sentences that unfold, one severity alone, and links to the rows. */
import { render, screen, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { Plan } from '#plan';
import Audit from '../../../src/ui/audit/audit.svelte';
import { aPlanWith, type Planted } from '../../analysis/audit/planted-plan.ts';
import { anAppSession } from '../../helpers/app-session.ts';
import { aPlan } from '../../helpers/builders.ts';
import InApp from '../../helpers/in-app.svelte';
import { openSession } from '../../helpers/sessions.ts';

async function theView(plan: Plan) {
  const { session } = await openSession(plan);
  render(InApp, { props: { app: anAppSession([]), part: Audit, session } });
  return session;
}
const planted = (...errors: Planted[]) => aPlanWith(errors);

it('says what was found and compared, and unfolds a finding to its arithmetic, places and repairs', async () => {
  const session = await theView(planted('fourYears'));
  expect(await screen.findByText(/^发现 1 处矛盾/)).toBeVisible();
  expect(screen.getByText(/个印出的数、6 处印出的增速与倍数/)).toBeVisible();
  const head = screen.getByRole('button', {
    name: /^矛盾 fin_va 印出年均增长 12\.65%；由 50 到 80\.53 亿元，5 年为/,
  });
  expect(head).toHaveAttribute('aria-expanded', 'false');
  await userEvent.click(head);
  expect(head).toHaveAttribute('aria-expanded', 'true');
  expect(screen.getByText('按 4 年而不是 5 年计算，即得印出的数。')).toBeVisible();
  expect(screen.getByText('= (80.53 亿元 ÷ 50 亿元)^(1 ÷ 5) − 1')).toBeVisible();
  const row = screen.getByRole('row', { name: /fin_va 2015 50 亿元/ });
  expect(row).toHaveTextContent('49.995—50.005 亿元');
  expect(row).toHaveTextContent('表1');
  await userEvent.click(within(row).getByRole('button', { name: 'fin_va' }));
  expect(session.selection).toMatchObject({ line: 'fin_va', period: 2015 });
});

it('shows one severity alone, and all again', async () => {
  await theView(planted('fourYears', 'textAgainstTable'));
  const group = await screen.findByRole('group', { name: '按轻重显示' });
  const all = screen.getAllByRole('heading', { level: 4 }).length;
  await userEvent.click(within(group).getByRole('button', { name: /^矛盾 2/ }));
  expect(screen.getAllByRole('heading', { level: 4 })).toHaveLength(2);
  await userEvent.click(within(group).getByRole('button', { name: /^全部/ }));
  expect(screen.getAllByRole('heading', { level: 4 })).toHaveLength(all);
});

it('reads bare figures otherwise on request', async () => {
  const goals = planted('targetsApart');
  await theView(goals);
  expect(await screen.findByText(/1 处矛盾/)).toBeVisible();
  await userEvent.click(screen.getByRole('radio', { name: '至少达到' }));
  // at least 300 of green loans may be 600 of 3000, and then the share holds
  expect(await screen.findByText(/^(没有发现|发现 (?!.*矛盾))/)).toBeVisible();
});

it('says that only printed numbers are audited where a plan has none', async () => {
  await theView(aPlan().line('loans', { 2020: 100 }, undefined, { unit: '亿元' }).build());
  expect(await screen.findByText(/^审核只看印出的数/)).toBeVisible();
  expect(screen.queryByRole('group', { name: '按轻重显示' })).toBeNull();
});
