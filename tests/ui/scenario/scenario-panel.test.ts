/** What the open scenario is made of: base, stack, conflicts, changes; all of it can be changed by keyboard and undone. */
import { render, screen, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { tick } from 'svelte';
import { expect, it } from 'vitest';
import ScenarioPanel from '../../../src/ui/scenario/scenario-panel.svelte';
import { anAppSession } from '../../helpers/app-session.ts';
import { aPlan, aScenario } from '../../helpers/builders.ts';
import InApp from '../../helpers/in-app.svelte';
import { openSession } from '../../helpers/sessions.ts';

async function somePanel() {
  const plan = aPlan()
    .driver('rate', '5%', { unit: '%' })
    .line('loans', { 2020: 1 }, 'loans[t-1] * (1 + rate)')
    .build();
  const { session } = await openSession({
    ...plan,
    scenarios: [
      ...plan.scenarios,
      aScenario({ id: 'low', name: { zh: '低', en: 'Low' }, changes: [{ line: 'rate', set: 0.02 }] }),
      aScenario({
        id: 'high',
        name: { zh: '高', en: 'High' },
        changes: [{ line: 'rate', from: 2023, set: 0.08 }],
      }),
    ],
  });
  render(InApp, { props: { app: anAppSession([]), part: ScenarioPanel, session } });
  return session;
}

const button = (name: string | RegExp) => screen.getByRole('button', { name });

async function stack(name: string): Promise<void> {
  await userEvent.click(button('叠加'));
  await userEvent.click(screen.getByRole('menuitem', { name }));
}

it('stacks scenarios, tells their conflict in words, and takes another order', async () => {
  const session = await somePanel();
  await stack('低');
  // a plan's own scenario does not change: one's own has begun
  expect([session.scenario.id, session.scenario.stack]).toEqual(['trial_1', ['low']]);
  await stack('高');
  expect(screen.getByText('以“高”的取值为准，“低”的取值不起作用。')).toBeInTheDocument();
  const conflicts = screen.getByText('相互冲突').closest('section') as HTMLElement;
  expect(within(conflicts).getByText('2023–2025')).toBeInTheDocument();
  await userEvent.click(button('下移“高”'));
  expect(session.scenario.stack).toEqual(['low', 'high']);
  expect(screen.getByText('以“低”的取值为准，“高”的取值不起作用。')).toBeInTheDocument();
  await userEvent.click(button('移出“低”'));
  expect(session.scenario.stack).toEqual(['high']);
  expect(screen.queryByText('相互冲突')).toBeNull();
});

it('refuses a base that leads back to the scenario, and says so', async () => {
  const session = await somePanel();
  session.addScenario('low');
  session.addScenario('trial_1');
  session.openScenario('trial_1');
  await tick();
  const base = screen.getByRole('combobox', { name: '基于' });
  await userEvent.selectOptions(base, 'trial_2');
  expect(session.scenario.basedOn).toBe('low');
  expect(base).toHaveValue('low');
  expect(screen.getByRole('status')).toHaveTextContent('会绕回自己');
  await userEvent.selectOptions(base, 'high');
  expect([session.scenario.basedOn, session.value('rate', 2025)]).toEqual(['high', 0.08]);
});

it('lists own and inherited changes apart; takes one back, or all, and undo brings them again', async () => {
  const session = await somePanel();
  session.addScenario('low');
  session.changeSpan('loans', { from: 2022, to: 2023, add: 2 });
  session.enterActual('loans', 2021, 1.5);
  await tick();
  const own = () => within(screen.getByText('本情景的改动').closest('section') as HTMLElement);
  expect(own().getByText('+2')).toBeInTheDocument();
  expect(own().getByText('实际值 1.5')).toBeInTheDocument();
  expect(screen.getByText('低', { selector: '.of' })).toBeInTheDocument();
  await userEvent.click(button('撤回：loans，2022–2023'));
  expect(session.overlay('loans')).toEqual({ actuals: { 2021: 1.5 } });
  await userEvent.click(button('全部恢复'));
  expect(session.overlay('loans')).toBeNull();
  session.undo();
  session.undo();
  await tick();
  expect(own().getByText('+2')).toBeInTheDocument();
});
