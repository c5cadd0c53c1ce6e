/** Scenarios are opened, begun, renamed, duplicated and deleted, and undo brings back what was deleted. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { tick } from 'svelte';
import { expect, it } from 'vitest';
import type { Plan } from '#plan';
import ScenarioTabs from '../../../src/ui/scenario/scenario-tabs.svelte';
import { scenarioToken } from '../../../src/ui/scenario/scenario-colour.ts';
import { anAppSession } from '../../helpers/app-session.ts';
import { aPlan } from '../../helpers/builders.ts';
import InApp from '../../helpers/in-app.svelte';
import { openSession } from '../../helpers/sessions.ts';

async function someTabs() {
  const built = aPlan().driver('growth', '10%', { unit: '%' }).line('loans', { 2020: 1 }).build();
  const plan: Plan = {
    ...built,
    scenarios: [
      { id: 'plan', name: { zh: '规划', en: 'Plan' } },
      { id: 'trend', name: { zh: '趋势', en: 'Trend' } },
    ],
  };
  const { session } = await openSession(plan);
  render(InApp, { props: { app: anAppSession([]), part: ScenarioTabs, session } });
  return session;
}

const tabs = () => screen.getAllByRole('tab').map((tab) => tab.textContent.replace(/\s+/g, ' ').trim());
const menu = (name: RegExp) => screen.getByRole('button', { name });

it('opens a scenario by a click and by the arrow keys', async () => {
  const session = await someTabs();
  await userEvent.click(screen.getByRole('tab', { name: '趋势' }));
  expect(session.scenario.id).toBe('trend');
  await userEvent.keyboard('{ArrowRight}');
  expect(session.scenario.id).toBe('plan');
  expect(screen.getByRole('tab', { name: '规划' })).toHaveFocus();
  expect(screen.getByText('规划自带，改动会另起一个情景')).toBeInTheDocument();
});

it('begins a scenario on the open one and counts its changes', async () => {
  const session = await someTabs();
  await userEvent.click(screen.getByRole('button', { name: '新情景' }));
  expect(tabs()).toEqual(['规划', '趋势', '试算 1']);
  expect(screen.getByText('基于“规划” · 尚无改动')).toBeInTheDocument();
  session.moveLever('growth', 0.08);
  await tick();
  expect(screen.getByRole('tab', { name: /试算 1.*改动 1 行/ })).toHaveAttribute('aria-selected', 'true');
  expect(screen.getByText('基于“规划” · 改动 1 行')).toBeInTheDocument();
});

it('renames by F2 and keeps a note; Escape puts aside what was written', async () => {
  const session = await someTabs();
  session.addScenario();
  await tick();
  screen.getByRole('tab', { name: '试算 1' }).focus();
  await userEvent.keyboard('{F2}');
  const name = () => screen.getByRole('textbox', { name: '名称' });
  await userEvent.clear(name());
  await userEvent.type(name(), '贷款增速 8%');
  await userEvent.keyboard('{Escape}');
  expect(session.scenario.name.zh).toBe('试算 1');
  expect(screen.getByRole('tab', { name: '试算 1' })).toHaveFocus();

  await userEvent.keyboard('{F2}');
  await userEvent.clear(name());
  await userEvent.type(name(), '贷款增速 8%');
  await userEvent.type(screen.getByRole('textbox', { name: '说明' }), '试一试');
  await userEvent.click(screen.getByRole('button', { name: '保存' }));
  expect(session.scenario.name).toEqual({ zh: '贷款增速 8%', en: '贷款增速 8%' });
  expect(session.scenario.note).toEqual({ zh: '试一试', en: '试一试' });
});

it('what cannot be seen does not come into a name, and that is said', async () => {
  const session = await someTabs();
  session.addScenario();
  await tick();
  screen.getByRole('tab', { name: '试算 1' }).focus();
  await userEvent.keyboard('{F2}');
  const name = screen.getByRole('textbox', { name: '名称' });
  await userEvent.clear(name);
  await userEvent.paste('二〇二五 葛\u{e0100}城 👩‍🌾');
  expect(screen.queryByText(/看不见/)).toBeNull();
  await userEvent.paste('放\u200b缓\u202e');
  expect(name).toHaveValue('二〇二五 葛\u{e0100}城 👩‍🌾放缓');
  expect(screen.getByText('去掉了看不见的字符（U+200B U+202E），其余未变。')).toHaveAttribute(
    'role',
    'status',
  );
  await userEvent.click(screen.getByRole('button', { name: '保存' }));
  expect(session.scenario.name.zh).toBe('二〇二五 葛\u{e0100}城 👩‍🌾放缓');
});

it('a name that another scenario has is said while it is written, and kept with a number', async () => {
  const session = await someTabs();
  session.addScenario();
  await tick();
  screen.getByRole('tab', { name: '试算 1' }).focus();
  await userEvent.keyboard('{F2}');
  const name = screen.getByRole('textbox', { name: '名称' });
  await userEvent.clear(name);
  await userEvent.type(name, '趋势');
  expect(screen.getByText('另一个情景已用此名，将存为“趋势（2）”。')).toBeInTheDocument();
  await userEvent.type(name, '线');
  expect(screen.queryByText(/已用此名/)).toBeNull();
  await userEvent.type(name, '{Backspace}');
  await userEvent.click(screen.getByRole('button', { name: '保存' }));
  expect(session.scenario.name.zh).toBe('趋势（2）');
  expect(tabs()).toEqual(['规划', '趋势', '趋势（2）']);
});

it('does not rename the plan’s own scenarios', async () => {
  await someTabs();
  await userEvent.dblClick(screen.getByRole('tab', { name: '趋势' }));
  expect(screen.queryByRole('dialog')).toBeNull();
});

it('duplicates a scenario with its changes as one gesture', async () => {
  const session = await someTabs();
  session.moveLever('growth', 0.08);
  await tick();
  await userEvent.click(menu(/“试算 1”的操作/));
  await userEvent.click(screen.getByRole('menuitem', { name: '复制' }));
  expect(tabs().at(-1)).toMatch(/^试算 1 副本/);
  expect(session.value('growth', 2025)).toBe(0.08);
  session.undo();
  await tick();
  expect(tabs()).toHaveLength(3);
});

it('deletes a scenario, says that undo brings it back, and undo does', async () => {
  const session = await someTabs();
  session.moveLever('growth', 0.08);
  await tick();
  screen.getByRole('tab', { name: /试算 1/ }).focus();
  await userEvent.keyboard('{Delete}');
  expect(tabs()).toEqual(['规划', '趋势']);
  expect(screen.getByRole('status')).toHaveTextContent('按“撤销”可以找回');
  session.undo();
  await tick();
  expect(tabs().at(-1)).toMatch(/^试算 1/);
  session.openScenario('trial_1');
  expect(session.value('growth', 2025)).toBe(0.08);
});

it('keeps the colour of a scenario when another one goes', async () => {
  const session = await someTabs();
  session.addScenario('plan');
  session.addScenario('plan');
  const before = scenarioToken(session, 'trial_2');
  session.removeScenario('trial_1');
  expect(scenarioToken(session, 'trial_2')).toBe(before);
  // the mark behind the number tells scenarios of different people apart, not their colours
  expect(scenarioToken(session, 'trial_2_k7')).toBe(before);
  expect(new Set(['plan', 'trend', 'trial_2'].map((id) => scenarioToken(session, id))).size).toBe(3);
});

it('moves one’s own scenario among its own by Alt and arrows and by the menu, and undo puts it back', async () => {
  const session = await someTabs();
  session.addScenario('plan', { zh: '甲', en: 'A' });
  session.addScenario('plan', { zh: '乙', en: 'B' });
  await tick();
  screen.getByRole('tab', { name: '乙' }).focus();
  await userEvent.keyboard('{Alt>}{ArrowLeft}{/Alt}');
  expect(tabs()).toEqual(['规划', '趋势', '乙', '甲']);
  expect(screen.getByRole('tab', { name: '乙' })).toHaveFocus();
  await userEvent.click(menu(/“乙”的操作/));
  expect(screen.getByRole('menuitem', { name: /左移/ })).toBeDisabled();
  await userEvent.click(screen.getByRole('menuitem', { name: /右移/ }));
  expect(tabs()).toEqual(['规划', '趋势', '甲', '乙']);
  session.undo();
  await tick();
  expect(tabs()).toEqual(['规划', '趋势', '乙', '甲']);
});

it('moves a scenario to where its tab is dropped', async () => {
  const session = await someTabs();
  for (const name of ['甲', '乙', '丙']) session.addScenario('plan', { zh: name, en: name });
  await tick();
  await fireEvent.dragStart(screen.getByRole('tab', { name: '丙' }));
  await fireEvent.drop(screen.getByRole('tab', { name: '甲' }));
  expect(tabs()).toEqual(['规划', '趋势', '丙', '甲', '乙']);
});

it('shows the note of the open scenario under the tabs, and tells of conflicts beside them', async () => {
  const session = await someTabs();
  session.addScenario();
  session.renameScenario('trial_1', { zh: '甲', en: 'A' }, { zh: '贷款放缓', en: 'slower' });
  session.enterActual('loans', 2021, 2);
  session.enter([{ line: 'loans', period: 2021, text: '3' }]);
  await tick();
  expect(screen.getByText('贷款放缓')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: '1 处冲突' })).toBeInTheDocument();
});
