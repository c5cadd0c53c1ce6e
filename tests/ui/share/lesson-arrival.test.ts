/** Lessons that arrive, in words: alone, or with a bundle; nothing is taken that was not chosen. */
import { render, screen } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { writeLessonFile } from '#exchange';
import { Arrival, bundleFileOf, type AppSession } from '#session';
import { loadWords } from '#words';
import { anAppSession } from '#tests/app-session';
import { loadLesson, loadPlan } from '#tests/plans';
import ShareInApp from './share-in-app.svelte';

const LISHUI = 'lishui-2021-2025';
const lesson = loadLesson(`${LISHUI}.ceiling`, loadPlan(LISHUI));

async function openApp(language: 'zh' | 'en') {
  await loadWords(language);
  const app = anAppSession([LISHUI], { settings: { language } });
  await app.open(LISHUI);
  if (app.screen.kind !== 'plan') throw new Error('the plan was not opened');
  return { app, session: app.screen.session };
}

async function show(app: AppSession, content: Uint8Array<ArrayBuffer>) {
  const arrival = new Arrival(app, new File([content], 'a.json'));
  await arrival.read();
  const onclose = vi.fn();
  render(ShareInApp, { props: { app, arrival, onclose } });
  return onclose;
}

const taken = (app: AppSession) => app.lessons.broughtTo(LISHUI).map(({ id }) => id);

it.each([
  ['en', 'Keep the lesson', /among the lessons about .*Plans and scenarios stay as they are/],
  ['zh', '收下课程', /课程列表。规划和情景都不会改动/],
] as const)('a lesson alone is told and kept only when that is chosen (%s)', async (language, keep, lead) => {
  const { app } = await openApp(language);
  const onclose = await show(app, writeLessonFile(lesson));
  expect(screen.getByRole('heading', { name: new RegExp(lesson.title[language]) })).toBeVisible();
  expect(screen.getByText(lesson.summary[language])).toBeVisible();
  expect(screen.getByText(lead)).toBeVisible();
  expect(taken(app)).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: keep }));
  expect(onclose).toHaveBeenCalledOnce();
  expect(taken(app)).toEqual(['ceiling']);
});

it('a lesson without its plan is refused with what to do', async () => {
  const { app } = await openApp('en');
  await show(app, writeLessonFile({ ...lesson, plan: 'elsewhere' }));
  expect(screen.getByRole('alert')).toHaveTextContent(
    'This lesson is about the plan “elsewhere”, which is not here. Open the file of that plan first, then the lesson.',
  );
});

it('lessons of a bundle are listed, and can be left', async () => {
  const { app, session } = await openApp('en');
  session.moveLever('deposits_loans_growth', 0.08);
  const bundle = bundleFileOf(session, [lesson]);
  const receiver = await openApp('en');
  await show(receiver.app, bundle);
  expect(screen.getByRole('heading', { name: 'Lessons that come with it: 1' })).toBeVisible();
  expect(screen.getByText(lesson.title.en)).toBeVisible();
  await userEvent.click(screen.getByRole('checkbox', { name: 'Take the lessons too' }));
  await userEvent.click(screen.getByRole('button', { name: 'Add as new' }));
  expect([taken(receiver.app), taken(app)]).toEqual([[], []]);
});
