/** The trainer's side: what a class returned on one board, a lesson written in fields, and the list in which it stands. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { loadWords } from '#words';
import { writeLessonFile, writeScenarioFile } from '#exchange';
import { lessonAuthorOf } from '#session';
import { anAppSession } from '#tests/app-session';
import { smallLesson, smallPlan } from '#tests/lessons';
import { openSession } from '#tests/sessions';
import InApp from '../../helpers/in-app.svelte';
import Author from '../../../src/ui/teach/author.svelte';
import Collect from '../../../src/ui/teach/collect.svelte';
import LessonsView from '../../../src/ui/teach/lessons-view.svelte';

async function open(language: 'zh' | 'en' = 'en') {
  await loadWords(language);
  const app = anAppSession([], { settings: { language } });
  const { session } = await openSession(smallPlan);
  return { app, session };
}

function returned(name: string, growth: number): File {
  const scenario = {
    id: `trial_${name.toLowerCase()}`,
    name: { zh: name, en: name },
    changes: [{ line: 'growth', set: growth }],
  };
  return new File([writeScenarioFile(smallPlan, [scenario], scenario.id)], `${name}.json`);
}

const button = (name: string | RegExp) => screen.getByRole('button', { name });

describe('the board of a class', () => {
  it('shows who answered what, names what was refused, and adds only what is asked for', async () => {
    const { app, session } = await open();
    const { container } = render(InApp, { props: { app, part: Collect, session } });
    const input = container.querySelector<HTMLInputElement>('input[type="file"]');
    if (!input) throw new Error('no field for files');
    await userEvent.upload(input, [
      returned('Ann', 0.1),
      returned('Bo', 0.2),
      new File(['{'], 'broken.json'),
    ]);
    await waitFor(() => expect(screen.getByText('2 scenarios read, 1 files not used.')).toBeVisible());
    expect(screen.getByRole('listitem')).toHaveTextContent('broken.json');
    const board = screen.getByRole('table', { name: 'Everyone’s results' });
    expect(within(board).getByRole('row', { name: /Ann/ })).toHaveTextContent('10.0%');
    expect(screen.getByRole('img', { name: /2 answers from 10\.0% to 20\.0%, median 15\.0%/ })).toBeVisible();
    const before = session.scenarios.length;
    await userEvent.click(button('Add “Bo” to my scenarios'));
    expect(session.scenarios).toHaveLength(before + 1);
    await userEvent.click(button('Take “Ann” off the board'));
    expect(within(board).queryByText('Ann')).toBeNull();
    await userEvent.click(button('Clear the board'));
    expect(screen.queryByRole('table', { name: 'Everyone’s results' })).toBeNull();
  });
});

describe('the author’s page', () => {
  it('says what is missing and what is wrong where it is written, and shows the step as a learner sees it', async () => {
    const { app, session } = await open();
    render(InApp, { props: { app, part: Author, session } });
    expect(screen.getByText('The preview appears when what is needed is written.')).toBeVisible();
    expect(button('Put among the lessons')).toBeDisabled();
    const author = lessonAuthorOf(session, app.lessons.drafts);
    const both = (text: string) => ({ zh: text, en: text });
    author.editHead({ title: both('mine'), summary: both('about loans') });
    author.edit(0, {
      kind: 'task',
      title: both('up'),
      story: both('bring loans up'),
      levers: 'growth 0 0.3',
    });
    const any = await screen.findByRole('textbox', { name: 'One of these is enough' });
    await userEvent.type(any, 'nobody > 1');
    expect(any).toHaveAttribute('aria-invalid', 'true');
    await userEvent.clear(any);
    await userEvent.type(any, 'loans[[2023] >= 150');
    expect(any).not.toHaveAttribute('aria-invalid');
    const preview = screen.getByRole('region', { name: 'Preview' });
    expect(within(preview).getByText('bring loans up')).toBeVisible();
    await userEvent.click(button('Put among the lessons'));
    expect(app.lessons.broughtTo(smallPlan.id).map(({ id }) => id)).toEqual(['my-lesson']);
  });

  it('says that it found what was being written, and begins anew when asked, which can be undone', async () => {
    const { app, session } = await open();
    const former = lessonAuthorOf((await openSession(smallPlan)).session, app.lessons.drafts);
    former.editHead({ title: { zh: '我的课', en: 'Mine' } });
    former.add(0);
    render(InApp, { props: { app, part: Author, session } });
    expect(screen.getByText(/^What you were writing .*: 2 steps\./)).toBeVisible();
    const title = () => screen.getByRole('textbox', { name: 'Title of the lesson (English)' });
    expect(title()).toHaveValue('Mine');
    await userEvent.click(button('Begin anew'));
    expect(title()).toHaveValue('');
    expect(button('Begin anew')).toBeDisabled();
    expect(screen.queryByText(/^What you were writing/)).toBeNull();
    await userEvent.click(button('Undo'));
    expect(title()).toHaveValue('Mine');
  });

  it('gives back what was written where a file took its place', async () => {
    const { app, session } = await open();
    const { container } = render(InApp, { props: { app, part: Author, session } });
    const title = () => screen.getByRole('textbox', { name: 'Title of the lesson (English)' });
    await userEvent.type(title(), 'Mine');
    const input = container.querySelector<HTMLInputElement>('.author input[type="file"]');
    if (!input) throw new Error('no field for a file');
    await userEvent.upload(input, new File([writeLessonFile(smallLesson())], 'small.lesson.json'));
    await waitFor(() => expect(title()).toHaveValue('small'));
    await userEvent.click(button('Undo'));
    expect(title()).toHaveValue('Mine');
  });
});

describe('the list of lessons', () => {
  it('marks those of the person, and gives one back that was removed', async () => {
    const { app, session } = await open('zh');
    app.lessons.bring({ ...smallLesson(), title: { zh: '我的课', en: 'Mine' } });
    render(InApp, { props: { app, part: LessonsView, session } });
    expect(screen.getByText('自有课程')).toBeVisible();
    await userEvent.click(button('移除课程“我的课”'));
    expect(app.lessons.broughtTo(smallPlan.id)).toEqual([]);
    await userEvent.click(button('撤销'));
    expect(app.lessons.broughtTo(smallPlan.id)).toHaveLength(1);
  });
});
