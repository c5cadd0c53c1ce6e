/** The briefing on the screen: what the paper says by hand arithmetic, that nothing is printed before it is there, and its own language. */
import { configure, render, screen, waitFor, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { flushSync } from 'svelte';
import { afterEach, expect, it, vi } from 'vitest';
import BriefingPlace from '../../../src/ui/shell/briefing-place.svelte';
import { anAppSession } from '../../helpers/app-session.ts';
import { aPlan, aScenario } from '../../helpers/builders.ts';
import InApp from '../../helpers/in-app.svelte';
import { openSession } from '../../helpers/sessions.ts';

// the page is loaded when it is asked for, with all that it shows
configure({ asyncUtilTimeout: 20_000 });

afterEach(() => vi.unstubAllGlobals());

/** 100 grows at 10 % a year to 161.1 in 2025; in `slow` at 4 % to 121.7. */
const model = aPlan()
  .driver('growth', '10%', { unit: '%', lever: { min: 0, max: 0.2, step: 0.01 } })
  .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)', { unit: '亿元', decimals: 1 })
  .target('loans', 150)
  .build();
const slow = aScenario({
  id: 'slow',
  name: { zh: '放缓', en: 'Slow' },
  changes: [{ line: 'growth', add: -0.06 }],
});

async function shown() {
  const { session } = await openSession({ ...model, scenarios: [...model.scenarios, slow] });
  session.openScenario('slow');
  session.select('loans', 2025);
  render(InApp, { props: { app: anAppSession([]), part: BriefingPlace, session } });
  const briefing = await screen.findByRole('dialog', { name: '情景简报' });
  return { session, briefing, sheet: within(briefing).getByRole('article') };
}

it('says what the scenario gives, in a table and in sentences', async () => {
  const { sheet } = await shown();
  expect(within(sheet).getByText(/“放缓”情景下，1项目标中0项达成、0项有风险、1项未达成/)).toBeVisible();
  // 100 × 1.04⁵ = 121.665, 28.335 short of 150
  expect(
    within(sheet).getByRole('row', { name: /loans · 2025 · 亿元 150 121\.7 少 28\.3 亿元/ }),
  ).toBeVisible();
  expect(within(sheet).getByRole('row', { name: /growth 增减 2021–2025 10% 4%/ })).toBeVisible();
});

it('is printed only when all of it is there', async () => {
  const { session, briefing } = await shown();
  const print = vi.fn();
  vi.stubGlobal('print', print);
  const button = within(briefing).getByRole('button', { name: '打印或存为PDF' });
  await waitFor(() => expect(button).toBeEnabled());
  session.moveLever('growth', 0.05);
  flushSync();
  expect(button).toBeDisabled();
  expect(within(briefing).getByText('正在计算：敏感性')).toBeVisible();
  await waitFor(() => expect(within(briefing).getByText('可以打印')).toBeVisible());
  expect(button).toBeEnabled();
  await userEvent.click(button);
  expect(print).toHaveBeenCalledOnce();
});

it('speaks another language than the app, and leaves out what is not wanted', async () => {
  const { briefing } = await shown();
  await userEvent.click(within(briefing).getByRole('radio', { name: 'English' }));
  const sheet = within(briefing).getByRole('article');
  await waitFor(() => expect(within(briefing).getByRole('heading', { name: 'Targets' })).toBeVisible());
  expect(within(sheet).queryByText('目标')).toBeNull();
  expect(within(briefing).getByRole('button', { name: '返回' })).toBeVisible();
  await userEvent.click(within(briefing).getByRole('checkbox', { name: '目标' }));
  expect(within(briefing).queryByRole('heading', { name: 'Targets' })).toBeNull();
});
