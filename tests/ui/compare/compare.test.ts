/** The comparison on the screen: it opens with an answer, and scenarios, years, measure and reference are a choice away. */
import { render, screen, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import Compare from '../../../src/ui/compare/compare.svelte';
import { anAppSession } from '../../helpers/app-session.ts';
import { aPlan, aScenario } from '../../helpers/builders.ts';
import InApp from '../../helpers/in-app.svelte';
import { openSession } from '../../helpers/sessions.ts';

async function someComparison() {
  const plan = aPlan()
    .driver('rate', '10%', { unit: '%' })
    .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + rate)', { unit: '亿元', decimals: 1 })
    .target('loans', 150)
    .build();
  const { session } = await openSession({
    ...plan,
    scenarios: [
      ...plan.scenarios,
      aScenario({ id: 'low', name: { zh: '低', en: 'Low' }, changes: [{ line: 'rate', set: 0.05 }] }),
    ],
  });
  session.select('loans', 2025);
  render(InApp, { props: { app: anAppSession([]), part: Compare, session } });
  await screen.findByRole('group', { name: '情景对照表' });
  return session;
}

const table = () => within(screen.getByRole('group', { name: '情景对照表' })).getByRole('table');
const rows = () =>
  within(table())
    .getAllByRole('row')
    .map((row) => [...row.children].map((cell) => cell.textContent.replace(/\s+/g, ' ').trim()));

it('opens with the targets in the last year, a column a scenario', async () => {
  await someComparison();
  // by hand: 100 × 1.1⁵ and 100 × 1.05⁵
  expect(rows()).toEqual([
    ['行', 'plan 参照', '低'],
    ['loans 亿元', '161.1', '127.6'],
  ]);
  expect(screen.getByText('与“plan”不同的假设')).toBeInTheDocument();
  expect(screen.getByText('10%')).toBeInTheDocument();
  expect(screen.getByText('5%')).toBeInTheDocument();
});

it('writes differences and percent, from another reference, over several years', async () => {
  await someComparison();
  await userEvent.click(screen.getByRole('radio', { name: '差额' }));
  expect(rows()[1]).toEqual(['loans 亿元', '161.1', '−33.4']);
  await userEvent.click(screen.getByRole('button', { name: /^参照/ }));
  await userEvent.click(screen.getByRole('menuitemradio', { name: '低' }));
  await userEvent.click(screen.getByRole('radio', { name: '百分比' }));
  await userEvent.click(screen.getByRole('button', { name: /^年份/ }));
  await userEvent.click(screen.getByRole('checkbox', { name: /规划期/ }));
  await vi.waitFor(() => expect(rows()).toHaveLength(4));
  expect(rows().slice(1)).toEqual([
    ['loans 亿元'],
    ['plan', '+4.8%', '+9.8%', '+15.0%', '+20.5%', '+26.2%'],
    ['低 参照', '105.0', '110.3', '115.8', '121.6', '127.6'],
  ]);
});

it('needs two scenarios, and says where the inputs are the same', async () => {
  const session = await someComparison();
  session.addScenario('plan', { zh: '同', en: 'Same' });
  expect(await screen.findByText('假设完全相同。')).toBeInTheDocument();
  const chip = (name: string) => screen.getByRole('checkbox', { name });
  await userEvent.click(chip('低'));
  await userEvent.click(chip('同'));
  expect(screen.getByText('至少选两个情景才能比较。')).toBeInTheDocument();
  await userEvent.click(chip('低'));
  await vi.waitFor(() => expect(rows()[0]).toEqual(['行', 'plan 参照', '低']));
});
