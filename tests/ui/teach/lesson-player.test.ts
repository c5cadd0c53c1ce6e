/** A learner goes through a lesson: what is asked, what is said to right and wrong answers, and the presenter's keys. */
import { render, screen, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { loadWords } from '#words';
import { LessonRun } from '#session';
import { anAppSession } from '#tests/app-session';
import { openSession } from '#tests/sessions';
import { practise, smallLesson, smallPlan } from '#tests/lessons';
import { presenterKey } from '../../../src/ui/teach/presenter-keys.ts';
import InLesson from './in-lesson.svelte';

async function show(step: string, language: 'zh' | 'en' = 'en') {
  await loadWords(language);
  const app = anAppSession([], { settings: { language } });
  const { session } = await openSession(smallPlan);
  const run = new LessonRun({
    lesson: smallLesson(),
    engine: session.engine,
    place: { step, done: [] },
    practise,
    keep: () => undefined,
  });
  render(InLesson, { props: { app, run } });
  return { app, run };
}

const status = () =>
  screen
    .getAllByRole('status')
    .map(({ textContent }) => textContent.trim())
    .join(' ');
const button = (name: string | RegExp) => screen.getByRole('button', { name });

describe('the player', () => {
  it('begins at the heading of the step, and goes on to the next', async () => {
    await show('hello');
    expect(screen.getByRole('heading', { level: 2, name: 'hello' })).toHaveFocus();
    await userEvent.click(button('Next'));
    expect(screen.getByRole('heading', { level: 2, name: 'guess' })).toHaveFocus();
    expect(screen.getByRole('navigation')).toHaveTextContent('1 of 5 steps done');
  });

  it('tells the depth that is chosen', async () => {
    await show('hello');
    expect(screen.getByText('a story')).toBeVisible();
    await userEvent.click(button('Drivers'));
    expect(screen.getByText('drivers')).toBeVisible();
  });

  it('takes a number, says how it stands to the model and where the way errs', async () => {
    await show('guess');
    const field = screen.getByRole('textbox', { name: 'loans, 2023' });
    await userEvent.type(field, 'many{Enter}');
    expect(field).toHaveAttribute('aria-invalid', 'true');
    await userEvent.clear(field);
    await userEvent.type(field, '160{Enter}');
    expect(status()).toContain('Your guess is too low. added, not multiplied');
    expect(within(screen.getByRole('table')).getByRole('row', { name: /2023/ })).toHaveTextContent(
      /160\.0.*172\.8.*−12\.8/,
    );
    await userEvent.click(button('Redo this step'));
    await userEvent.type(screen.getByRole('textbox', { name: 'loans, 2023' }), '172.8{Enter}');
    expect(status()).toContain('Your guess agrees with the model.');
  });

  it('takes a course, drawn by the arrow keys or typed', async () => {
    const { run } = await show('course');
    const field = screen.getByRole('textbox', { name: 'loans, 2021', hidden: true });
    await userEvent.type(field, '110');
    await userEvent.type(screen.getByRole('textbox', { name: 'loans, 2022', hidden: true }), '121');
    await userEvent.type(screen.getByRole('textbox', { name: 'loans, 2023', hidden: true }), '133.1');
    await userEvent.click(button('Give the guess'));
    expect(run.record.guess?.result.points.map(({ given }) => given)).toEqual([110, 121, 133.1]);
    expect(status()).toContain('agrees');
  });

  it('marks the conditions of a task as the model moves, and helps', async () => {
    const { run } = await show('reach');
    expect(status()).toContain('Not all conditions hold yet.');
    await userEvent.click(button('Hint'));
    expect(status()).toContain('too low');
    const box = screen.getByRole('textbox', { name: /share/ });
    await userEvent.clear(box);
    await userEvent.type(box, '95{Enter}');
    expect(status()).toContain('share goes no higher than 70.0%');
    expect(status()).toContain('The task is done.');
    expect(run.record.isDone).toBe(true);
  });

  it('hears where a fault is pointed at', async () => {
    await show('find');
    await userEvent.click(button(/^loans, 2021/));
    expect(status()).toContain('The right line, but another year.');
    await userEvent.click(button(/^loans, 2022/));
    expect(status()).toContain('Found. planted');
  });

  it('speaks Chinese', async () => {
    await show('reach', 'zh');
    expect(status()).toContain('条件还没有全部满足。');
    await userEvent.click(button('下一步'));
    expect(screen.getByText('第 5 步，共 5 步')).toBeVisible();
  });
});

describe('the presenter', () => {
  it('goes on and back by keys, page by page, changes the depth and is left', async () => {
    const { app, run } = await show('hello');
    await userEvent.click(button('Present'));
    expect(screen.getByRole('dialog', { name: 'Presentation' })).toBeVisible();
    // no browser frame can be taken away here, and the room is told so
    expect(screen.getByText('The browser gives no full screen: this window is used whole.')).toBeVisible();
    await userEvent.keyboard('2');
    expect(screen.getByText('drivers')).toBeVisible();
    await userEvent.keyboard('{ArrowRight}');
    expect(run.index).toBe(1);
    await userEvent.keyboard('{PageDown}');
    expect(screen.getByRole('textbox', { name: 'loans, 2023' })).toBeVisible();
    await userEvent.keyboard('{PageUp}{PageUp}');
    expect(run.index).toBe(0);
    await userEvent.keyboard('{Escape}');
    expect([app.lessons.isPresented, screen.queryByRole('dialog')]).toEqual([false, null]);
  });

  it('leaves keys to what has the focus', () => {
    const key = (name: string, target: Element) => {
      const event = new KeyboardEvent('keydown', { key: name, cancelable: true });
      Object.defineProperty(event, 'target', { value: target });
      return presenterKey(event);
    };
    const field = document.createElement('input');
    const press = document.createElement('button');
    expect(key('ArrowRight', field)).toBeUndefined();
    expect(key('3', field)).toBeUndefined();
    expect(key('PageDown', field)).toBe('next');
    expect(key(' ', press)).toBeUndefined();
    expect(key('ArrowRight', press)).toBe('next');
    expect(key('Escape', field)).toBe('leave');
  });
});
