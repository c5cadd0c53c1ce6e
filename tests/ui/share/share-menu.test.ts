/** What cannot leave in the way that was asked for says so, and offers the way that is left. */
import { render, screen } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { buildMemoryStore } from '#storage';
import { loadWords } from '#words';
import { loadLesson, loadPlan } from '#tests/plans';
import { openOwnSession } from '#tests/sessions';
import { anAppSession } from '../../helpers/app-session.ts';
import ShareInApp from './share-in-app.svelte';

const saveFile = vi.hoisted(() => vi.fn());
vi.mock('../../../src/ui/_shared/save-file.ts', () => ({ saveFile }));

const LISHUI = 'lishui-2021-2025';

/** A note in which no character follows from those before it: it stays as long when it is packed. */
function unpackable(length: number): string {
  let state = 7;
  const next = () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31);
  return Array.from({ length }, () => String.fromCharCode(0x4e00 + ((next() >> 8) % 20_000))).join('');
}

/** Opens the menu over a scenario with a note of so many characters. */
async function showMenu(language: 'zh' | 'en', length: number) {
  const app = anAppSession([LISHUI], { settings: { language } });
  await app.open(LISHUI);
  if (app.screen.kind !== 'plan') throw new Error('the plan was not opened');
  const { session } = app.screen;
  session.addScenario();
  const note = unpackable(length);
  session.renameScenario(session.scenario.id, { zh: '很长', en: 'Long' }, { zh: note, en: note });
  render(ShareInApp, { props: { app, session, onclose: () => undefined } });
}

it('of a link that is too long says how long it would be, and saves the file instead', async () => {
  await showMenu('en', 20_000);
  await userEvent.click(screen.getByRole('button', { name: 'Share' }));
  await userEvent.click(screen.getByRole('menuitem', { name: 'Copy link' }));
  const said = await screen.findByText(/^The link would have [\d,]+ characters; beyond [\d,]+, /);
  expect(said).toHaveTextContent('Save a file and send that.');
  expect(saveFile).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole('button', { name: 'Save scenario file' }));
  await vi.waitFor(() => expect(saveFile).toHaveBeenCalledOnce());
  expect(saveFile.mock.calls[0]?.[1]).toMatch(/Long.*\.json$/);
});

it('of a plan that nobody else has it offers all of it, since a scenario alone would be of no use', async () => {
  const store = buildMemoryStore();
  await store.keepPlan({ ...loadPlan(LISHUI), id: 'own-a' }, [], 0);
  const { session } = await openOwnSession('own-a', store);
  const app = anAppSession([LISHUI], { settings: { language: 'en' } });
  session.addScenario();
  const note = unpackable(20_000);
  session.renameScenario(session.scenario.id, { zh: '很长', en: 'Long' }, { zh: note, en: note });
  render(ShareInApp, { props: { app, session, onclose: () => undefined } });
  await userEvent.click(screen.getByRole('button', { name: 'Share' }));
  await userEvent.click(screen.getByRole('menuitem', { name: 'Copy link' }));
  saveFile.mockClear();
  await userEvent.click(await screen.findByRole('button', { name: 'Save bundle with all scenarios' }));
  await vi.waitFor(() => expect(saveFile).toHaveBeenCalledOnce());
  expect(saveFile.mock.calls[0]?.[1]).toMatch(/\.bundle\.json$/);
});

it('says it in Chinese, for the code as for the link', async () => {
  await showMenu('zh', 20_000);
  await userEvent.click(screen.getByRole('button', { name: '共享' }));
  await userEvent.click(screen.getByRole('menuitem', { name: /二维码/ }));
  expect(await screen.findByText(/链接/)).toBeInTheDocument();
  expect(screen.queryByRole('dialog')).toBeNull();
});

it.each([
  [
    'en',
    'Share',
    'Save bundle with all scenarios',
    'Lessons left out, since they do not fit the plan as it is now: Astray.',
    'A bundle carries 100 lessons at most: the last 3 of your list were left out, from “Lesson 101” on.',
  ],
  [
    'zh',
    '共享',
    '保存规划包（含全部情景）',
    '下列课程与规划现状不符，未随文件保存：迷路。',
    '规划包最多带 100 个课程，列表中最后 3 个未随文件保存（从“课程101”起）。',
  ],
] as const)(
  'of more lessons than a bundle holds says which stay behind (%s)',
  async (language, share, bundle, misfit, surplus) => {
    const plan = loadPlan(LISHUI);
    const { $schema: _, ...lesson } = loadLesson(`${LISHUI}.ceiling`, plan);
    // kept before there was a limit
    const brought = Array.from({ length: 103 }, (_, index) => ({
      ...lesson,
      id: `mine-${index + 1}`,
      title: { zh: `课程${index + 1}`, en: `Lesson ${index + 1}` },
    }));
    const astray = { ...lesson, id: 'astray', scenario: 'nobody', title: { zh: '迷路', en: 'Astray' } };
    await loadWords(language);
    const app = anAppSession([LISHUI], { settings: { language }, brought: [astray, ...brought] });
    await app.open(LISHUI);
    if (app.screen.kind !== 'plan') throw new Error('the plan was not opened');
    render(ShareInApp, { props: { app, session: app.screen.session, onclose: () => undefined } });
    saveFile.mockClear();
    await userEvent.click(screen.getByRole('button', { name: share }));
    await userEvent.click(screen.getByRole('menuitem', { name: bundle }));
    expect(await screen.findByText(new RegExp(`${misfit} ?${surplus}`))).toBeVisible();
    const file = saveFile.mock.calls[0]?.[0] as Blob;
    const read = JSON.parse(await file.text()) as { lessons: { id: string }[] };
    expect(new Set(read.lessons.map(({ id }) => id))).toEqual(
      new Set(brought.slice(0, 100).map(({ id }) => id)),
    );
  },
);
