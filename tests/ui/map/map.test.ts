/** The logic map: nodes that can be chosen, folded, found and looked at alone; a change that is stepped through; the list. */
import { render, screen, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Plan } from '#plan';
import Map from '../../../src/ui/map/map.svelte';
import { anAppSession } from '../../helpers/app-session.ts';
import { aPlan } from '../../helpers/builders.ts';
import InApp from '../../helpers/in-app.svelte';
import { openSession } from '../../helpers/sessions.ts';

const plan: Plan = {
  ...aPlan()
    .driver('growth', '10%', { section: 'drivers', unit: '%', decimals: 1 })
    .driver('share', '20%', { section: 'drivers', unit: '%', decimals: 1 })
    .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)', {
      section: 'money',
      unit: '亿元',
      decimals: 1,
    })
    .line('green', {}, 'loans * share', { section: 'money', unit: '亿元', decimals: 1 })
    .line('alone', { 2020: 7 }, undefined, { section: 'told' })
    .target('green', 30)
    .build(),
  sections: ['drivers', 'money', 'told'].map((id) => ({ id, name: { zh: id, en: id } })),
};

/** Whether the person wishes for less motion. */
let isStill = false;

beforeEach(() => {
  isStill = false;
  vi.spyOn(window, 'matchMedia').mockImplementation(
    (query) =>
      ({
        matches: query.includes('reduced-motion') && isStill,
        media: query,
        addEventListener: () => undefined,
        removeEventListener: () => undefined,
      }) as unknown as MediaQueryList,
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function theMap(of: Plan = plan) {
  const { session } = await openSession(of);
  session.select('green', 2025);
  render(InApp, { props: { app: anAppSession([]), part: Map, session } });
  await tick();
  return session;
}

const node = (name: RegExp) => screen.getByRole('button', { name });

it('shows each line with its value, its links and its target, and selects the one that is chosen', async () => {
  const session = await theMap();
  // 100 × 1.1^5 = 161.1, a fifth of it 32.2
  expect(node(/^green，计算。2025 年：32\.2 亿元。2025 年目标：.*引用 2 行，被 0 行引用。$/)).toHaveAttribute(
    'aria-current',
    'true',
  );
  expect(node(/^loans，.*引用自身以前年份。/)).toBeVisible();
  expect(screen.queryByRole('button', { name: /^alone/ })).toBeNull();
  await userEvent.click(node(/^loans/));
  expect(session.selection).toEqual({ line: 'loans', period: 2025 });
  await userEvent.click(screen.getByRole('button', { name: '显示' }));
  expect(node(/^alone/)).toBeVisible();
});

it('is walked by arrow keys along the links', async () => {
  const session = await theMap();
  node(/^growth/).focus();
  await userEvent.keyboard('{ArrowRight}');
  await expect.poll(() => document.activeElement).toBe(node(/^loans/));
  await userEvent.keyboard('{ArrowRight}');
  await expect.poll(() => document.activeElement).toBe(node(/^green/));
  await userEvent.keyboard('{ArrowLeft}{Enter}');
  expect(session.selection?.line).not.toBe('alone');
});

it('folds a section to one node, and unfolds it where it is chosen', async () => {
  await theMap();
  await userEvent.click(screen.getByRole('button', { name: /^栏目/ }));
  await userEvent.click(screen.getByRole('checkbox', { name: /money/ }));
  const folded = node(/^折叠的栏目“money”，2 行。$/);
  expect(screen.queryByRole('button', { name: /^loans/ })).toBeNull();
  await userEvent.click(folded);
  expect(node(/^loans/)).toBeVisible();
});

it('looks at one line alone, and leaves that at Escape', async () => {
  const session = await theMap();
  session.select('growth', 2025);
  await userEvent.click(screen.getByRole('button', { name: '邻近各行' }));
  await userEvent.click(screen.getByRole('menuitemradio', { name: '相距不超过 1 步' }));
  expect(screen.getByText(/只显示“growth”及与之相连的行，共 2 个。/)).toBeVisible();
  expect(screen.queryByRole('button', { name: /^share/ })).toBeNull();
  node(/^loans/).focus();
  await userEvent.keyboard('{Escape}');
  expect(node(/^share/)).toBeVisible();
});

it('finds a line, in a folded section too', async () => {
  const session = await theMap();
  await userEvent.click(screen.getByRole('button', { name: /^栏目/ }));
  await userEvent.click(screen.getByRole('checkbox', { name: /money/ }));
  await userEvent.keyboard('{Escape}');
  await userEvent.type(screen.getByRole('combobox', { name: '查找行' }), 'loans{Enter}');
  await expect.poll(() => document.activeElement).toBe(node(/^loans/));
  expect(session.selection?.line).toBe('loans');
});

it('plays a change that is made while it is open, in the order of the links', async () => {
  const session = await theMap();
  vi.useFakeTimers();
  session.moveLever('growth', 0);
  await tick();
  await vi.advanceTimersByTimeAsync(0);
  const bar = screen.getByRole('region', { name: '变动怎样传导' });
  const heard = () => within(bar).getByRole('status').textContent;
  expect(heard()).toContain('第 1 步，共 3 步。growth 10.0% → 0.0%。');
  // what the change has not reached is as it was
  expect(node(/^green，.*2025 年：32\.2 亿元/)).toBeVisible();
  await vi.advanceTimersByTimeAsync(1500);
  expect(heard()).toContain('第 2 步，共 3 步。loans 161.1 → 100.0。');
  await vi.advanceTimersByTimeAsync(1500);
  expect(heard()).toContain('第 3 步，共 3 步。green 32.2 → 20.0。');
  expect(node(/^green，.*变化：32\.2 → 20\.0。/)).toBeVisible();
});

it('steps only, by buttons and by keys, where less motion is wished for', async () => {
  isStill = true;
  const session = await theMap();
  vi.useFakeTimers({ shouldAdvanceTime: true });
  session.moveLever('growth', 0);
  await tick();
  const bar = screen.getByRole('region', { name: '变动怎样传导' });
  expect(within(bar).getByRole('status')).toHaveTextContent('第 1 步，共 3 步。');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(within(bar).getByRole('status')).toHaveTextContent('第 1 步，共 3 步。');
  expect(within(bar).queryByRole('button', { name: '播放' })).toBeNull();
  within(bar).getByRole('button', { name: '下一步' }).focus();
  await userEvent.keyboard('{ArrowRight}');
  expect(within(bar).getByRole('status')).toHaveTextContent('第 2 步，共 3 步。loans');
  await userEvent.keyboard('{End}');
  expect(within(bar).getByRole('status')).toHaveTextContent('第 3 步');
  await userEvent.keyboard('{ArrowLeft}');
  expect(within(bar).getByRole('status')).toHaveTextContent('第 2 步');
  await userEvent.keyboard('{Escape}');
  expect(within(bar).getByRole('status')).toHaveTextContent('');
  expect(within(bar).getByText('3 行变动。')).toBeVisible();
});

it('counts a change from another scenario too', async () => {
  const session = await theMap({
    ...plan,
    scenarios: [
      ...plan.scenarios,
      { id: 'low', name: { zh: '低', en: 'low' }, basedOn: 'plan', changes: [{ line: 'share', set: 0.1 }] },
    ],
  });
  session.openScenario('low');
  await tick();
  expect(screen.getByRole('combobox', { name: '变动起点' })).toHaveDisplayValue('plan');
  expect(screen.getByText('2 行变动。')).toBeVisible();
});

it('is a list as well: every line with what it reads and what reads it', async () => {
  const session = await theMap();
  await userEvent.click(screen.getByRole('button', { name: '以列表显示' }));
  const list = screen.getByRole('list', { name: '图中各行及其联系' });
  const [first] = within(list).getAllByRole('listitem');
  expect(first).toHaveTextContent(/growth.*被引用.*loans/);
  const entry = within(list)
    .getAllByRole('listitem')
    .find((one) => one.textContent.includes('32.2'));
  expect(entry).toHaveTextContent(/green.*引用.*loans.*share/);
  await userEvent.click(within(list).getAllByRole('button', { name: 'share' })[0] as HTMLElement);
  expect(session.selection?.line).toBe('share');
});

it('says that nothing is linked where nothing is', async () => {
  await theMap(aPlan().line('green', { 2020: 1 }).build());
  expect(screen.getByText(/没有一行引用其他行/)).toBeVisible();
});
