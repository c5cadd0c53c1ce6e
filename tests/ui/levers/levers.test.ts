/** Levers are moved by keys and by typing; a movement is one step of undo, and nothing typed is lost. */
import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import Levers from '../../../src/ui/levers/levers.svelte';
import { anAppSession } from '../../helpers/app-session.ts';
import InApp from '../../helpers/in-app.svelte';
import { aPlan } from '../../helpers/builders.ts';
import { openSession } from '../../helpers/sessions.ts';

const percent = { unit: '%', decimals: 2, lever: { min: 0, max: 0.14, step: 0.005 } };

async function someLevers(plan = twoDrivers()) {
  const { session } = await openSession(plan);
  render(InApp, { props: { app: anAppSession([]), part: Levers, session } });
  return session;
}

function twoDrivers() {
  return aPlan()
    .driver('loan_growth', '10%', percent)
    .driver('pace', '4', { unit: '家', decimals: 1, lever: { min: 0, max: 10, step: 0.5 } })
    .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + loan_growth)')
    .target('loans', 160)
    .build();
}

const slider = () => screen.getByRole('slider', { name: 'loan_growth' });
const box = () => screen.getByRole('textbox', { name: 'loan_growth：数值' });

describe('a slider', () => {
  it('says its bounds, its level and its notches', async () => {
    await someLevers();
    expect(slider()).toHaveAttribute('aria-valuemin', '0');
    expect(slider()).toHaveAttribute('aria-valuemax', '0.14');
    expect(slider()).toHaveAttribute('aria-valuetext', '10.00%，规划 10.00%');
  });

  it('moves a step while a key is held, and takes the level when it is let go: one step of undo', async () => {
    const session = await someLevers();
    slider().focus();
    await fireEvent.keyDown(slider(), { key: 'ArrowLeft' });
    await waitFor(() => expect(session.value('loan_growth', 2025)).toBe(0.095));
    expect(session.canUndo).toBe(false);
    await fireEvent.keyDown(slider(), { key: 'ArrowLeft' });
    await fireEvent.keyUp(slider(), { key: 'ArrowLeft' });
    expect(session.value('loan_growth', 2025)).toBe(0.09);
    session.undo();
    expect(session.value('loan_growth', 2025)).toBe(0.1);
    expect(session.canUndo).toBe(false);
  });

  it('leaps ten steps with Page Up and Page Down and reaches its ends with Home and End', async () => {
    const session = await someLevers();
    slider().focus();
    await userEvent.keyboard('{PageDown}');
    expect(session.value('loan_growth', 2025)).toBe(0.05);
    await userEvent.keyboard('{End}');
    expect(session.value('loan_growth', 2025)).toBe(0.14);
    await userEvent.keyboard('{Home}');
    expect(session.value('loan_growth', 2025)).toBe(0);
  });

  it('puts everything back at Escape', async () => {
    const session = await someLevers();
    const user = userEvent.setup();
    slider().focus();
    await user.keyboard('{ArrowRight>}');
    await waitFor(() => expect(session.isMovingLever).toBe(true));
    await user.keyboard('{Escape}');
    await user.keyboard('{/ArrowRight}');
    expect(session.value('loan_growth', 2025)).toBe(0.1);
    expect(session.scenario.id).toBe('plan');
    expect(session.canUndo).toBe(false);
  });

  it('follows the pointer once per picture and commits when it is let go', async () => {
    const session = await someLevers();
    const track = slider().firstElementChild as HTMLElement;
    vi.spyOn(track, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 140, 28));
    slider().setPointerCapture = () => undefined;
    const moved = vi.spyOn(session, 'moveLever');
    const at = (clientX: number) => ({ clientX, button: 0, isPrimary: true, pointerId: 1 });
    await fireEvent.pointerDown(slider(), at(100));
    await fireEvent.pointerMove(slider(), at(60));
    await fireEvent.pointerMove(slider(), at(80));
    await waitFor(() => expect(session.value('loan_growth', 2025)).toBe(0.08));
    expect(moved.mock.calls).toEqual([['loan_growth', 0.08, true]]);
    await fireEvent.pointerUp(slider(), at(80));
    expect(moved).toHaveBeenLastCalledWith('loan_growth', 0.08);
    session.undo();
    expect(session.value('loan_growth', 2025)).toBe(0.1);
  });
});

describe('a box', () => {
  it.each(['8%', '0.08', '8', '８％'])('reads %s as 8 %', async (text) => {
    const session = await someLevers();
    await userEvent.clear(box());
    await userEvent.type(box(), `${text}{Enter}`);
    expect(session.value('loan_growth', 2025)).toBeCloseTo(0.08, 12);
    expect(box()).toHaveValue('8.00%');
  });

  it('says how it has read a number below one', async () => {
    await someLevers();
    await userEvent.clear(box());
    await userEvent.type(box(), '0.08{Enter}');
    expect(screen.getByText('“0.08”读作 8.00%')).toBeVisible();
  });

  it('keeps what it cannot read, with a sentence, and changes nothing', async () => {
    const session = await someLevers();
    await userEvent.clear(box());
    await userEvent.type(box(), '很多');
    await userEvent.tab();
    expect(box()).toHaveValue('很多');
    expect(box()).toBeInvalid();
    expect(screen.getByRole('alert')).toHaveTextContent('“很多”不是数');
    expect(session.canUndo).toBe(false);
    box().focus();
    await userEvent.keyboard('{Escape}');
    expect(box()).toHaveValue('10.00%');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('takes a level beyond the track and says so', async () => {
    const session = await someLevers();
    await userEvent.clear(box());
    await userEvent.type(box(), '20{Enter}');
    expect(session.value('loan_growth', 2025)).toBe(0.2);
    expect(slider()).toHaveAttribute('aria-valuenow', '0.14');
    expect(screen.getByText('高于滑杆上限 14.00%')).toBeVisible();
  });

  it('changes nothing when it is only visited', async () => {
    const session = await someLevers();
    await userEvent.click(box());
    await userEvent.tab();
    expect(session.canUndo).toBe(false);
  });
});

it('gives a changed lever back what it inherits', async () => {
  const session = await someLevers();
  expect(screen.queryByRole('button', { name: '还原“loan_growth”' })).toBeNull();
  slider().focus();
  await userEvent.keyboard('{ArrowLeft}');
  expect(screen.getByText('1 项已改')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: '还原“loan_growth”' }));
  expect(session.value('loan_growth', 2025)).toBe(0.1);
  expect(screen.queryByText('1 项已改')).toBeNull();
});

it('says that a value varies by year, and what a line is about on demand', async () => {
  const plan = aPlan()
    .driver('share', 't > base ? share[base] + 1% * (PERIODYEAR(t) - 2020) : share[t-1]', {
      ...percent,
      figures: [{ period: 2020, value: 0.05, origin: 'assumed', note: { zh: '假设', en: 'assumed' } }],
      drives: 'loans',
      note: { zh: '逐年上升。', en: 'Rises by the year.' },
    })
    .line('loans', { 2020: 1 })
    .build();
  const session = await someLevers(plan);
  expect(screen.getByText('逐年不同：2021 年 6.00%，2025 年 10.00%')).toBeVisible();
  expect(screen.queryByText('逐年上升。')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: '“share”的说明' }));
  expect(screen.getByText('逐年上升。')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'loans' }));
  expect(session.selection).toEqual({ line: 'loans', period: 2025 });
});

it('finds a lever by its name when there are many', async () => {
  const plan = Array.from({ length: 12 }, (_, index) => `driver_${index}`).reduce(
    (builder, id) => builder.driver(id, '1%', percent),
    aPlan(),
  );
  await someLevers(plan.build());
  await userEvent.type(screen.getByRole('searchbox', { name: '按名称筛选' }), '_11');
  expect(within(screen.getByRole('region')).getAllByRole('slider')).toHaveLength(1);
  await userEvent.type(screen.getByRole('searchbox'), 'x');
  expect(screen.getByText('没有名称含“_11x”的驱动因素。')).toBeVisible();
});
