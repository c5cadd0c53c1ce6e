/** A lesson is written in fields, checked as it is typed, and is the same lesson after it has been saved and opened. */
import { describe, expect, it } from 'vitest';
import type { Lesson } from '#plan';
import { writeLessonFile } from '#exchange';
import { lessonAuthorOf, type LessonAuthor } from '#session';
import { anAppSession } from '#tests/app-session';
import { smallLesson, smallPlan } from '#tests/lessons';
import { lessonFiles, loadLesson, loadPlan } from '#tests/plans';
import { openSession } from '#tests/sessions';

const both = (text: string) => ({ zh: text, en: text });

async function anAuthor() {
  const { session } = await openSession(smallPlan);
  return lessonAuthorOf(session, anAppSession([]).lessons.drafts);
}

/** The small lesson with hints that the form cannot hold: the sign in them is the one that parts them. */
function beyondTheForm(): Lesson {
  const lesson = smallLesson();
  const steps = lesson.steps.map((step) => ({ ...step, hints: [{ text: both('so | so') }] }));
  return { ...lesson, steps };
}

function writeTask(author: LessonAuthor) {
  author.editHead({ title: both('mine'), summary: both('about loans') });
  author.edit(0, {
    kind: 'task',
    title: both('up'),
    story: both('bring loans up'),
    levers: 'growth 0 0.3',
    success: 'loans[2023] >= 150',
    solution: 'growth = 16%',
    hints: 'loans[2023] < 140 | 还差得多 | far off\n | 再高些 | higher',
  });
}

describe('the author', () => {
  it('begins with what is missing', async () => {
    const author = await anAuthor();
    expect(author.lesson).toBeUndefined();
    expect(author.problemsAt('title.zh')).not.toEqual([]);
  });

  it('makes a lesson of what is written, and finds nothing wrong with it', async () => {
    const author = await anAuthor();
    writeTask(author);
    expect(author.problems).toEqual([]);
    expect(author.lesson?.steps[0]).toMatchObject({
      levers: [{ line: 'growth', min: 0, max: 0.3 }],
      success: { formula: 'loans[2023] >= 150' },
      solution: [{ line: 'growth', set: 0.16 }],
      hints: [
        { when: { formula: 'loans[2023] < 140' }, text: { zh: '还差得多', en: 'far off' } },
        { text: { zh: '再高些', en: 'higher' } },
      ],
    });
  });

  it('says beside a field what is wrong in it, as it is typed', async () => {
    const author = await anAuthor();
    writeTask(author);
    author.edit(0, { success: 'loans[2023] >= ' });
    expect(author.problemsAt('steps[0].success')).not.toEqual([]);
    author.edit(0, { success: 'loans[2023] >= 90' });
    expect(author.problemsAt('steps[0].success').map(({ code }) => code)).toEqual(['lesson_done_at_start']);
    author.edit(0, { success: 'loans[2023] >= 150', levers: 'nobody' });
    expect(author.problemsAt('steps[0].levers').map(({ code }) => code)).toEqual(['plan_unknown_reference']);
  });

  it('takes conditions of every kind, in a task and for its hints', async () => {
    const author = await anAuthor();
    writeTask(author);
    author.edit(0, {
      success: '',
      any: 'loans[2023] >= 150\nloans[2022] >= 130',
      onlyMoved: 'growth',
      hints: [
        'loans[2023] < 140; only: growth | 甲 | a',
        '任一: IF(loans[2023] > 1, 1, 0) == 2；any: loans[2022] < 1 | 乙 | b',
        'only: - | 丙 | c',
      ].join('\n'),
    });
    expect(author.problems).toEqual([]);
    const step = author.lesson?.steps[0];
    expect(step).toMatchObject({
      success: { any: ['loans[2023] >= 150', 'loans[2022] >= 130'], onlyMoved: ['growth'] },
    });
    expect(step?.hints?.map(({ when }) => when)).toEqual([
      { formula: 'loans[2023] < 140', onlyMoved: ['growth'] },
      { any: ['IF(loans[2023] > 1, 1, 0) == 2', 'loans[2022] < 1'] },
      { onlyMoved: [] },
    ]);
    const bytes = author.file() ?? new Uint8Array();
    expect(author.open(bytes)).toEqual([]);
    expect(author.file()).toEqual(bytes);
  });

  it('says beside the field which condition is wrong', async () => {
    const author = await anAuthor();
    writeTask(author);
    const codes = (path: string) => author.problemsAt(`steps[0].${path}`).map(({ code }) => code);
    author.edit(0, { any: 'loans[2023] >= 150\nnobody > 1' });
    expect([codes('success.any').length, codes('hints')]).toEqual([1, []]);
    author.edit(0, { any: '', met: 'loans 2023', onlyMoved: 'nobody' });
    expect(codes('success.met')).toEqual(['lesson_no_target']);
    expect(codes('success.onlyMoved')).toEqual(['plan_unknown_reference']);
    author.edit(0, { met: '', onlyMoved: '', hints: 'met: loans 2023 | 甲 | a\nonly: nobody | 乙 | b' });
    expect(codes('hints[0]')).toEqual(['lesson_no_target']);
    expect(codes('hints[1]')).toEqual(['plan_unknown_reference']);
    author.edit(0, { hints: 'loans[2023] > 1; loans[2022] > 1 | 甲 | a' });
    expect(codes('hints')).toEqual(['plan_shape']);
    author.edit(0, { hints: 'how: loans | 甲 | a' });
    expect(codes('hints')).toHaveLength(1);
  });

  it('adds, moves and deletes steps, and keeps the last', async () => {
    const author = await anAuthor();
    author.add(0);
    author.edit(1, { title: both('second') });
    author.move(1, -1);
    expect(author.steps.map(({ title }) => title.en)).toEqual(['second', '']);
    author.remove(1);
    author.remove(0);
    expect(author.steps).toHaveLength(1);
  });

  it('opens what was saved as the same lesson', async () => {
    const author = await anAuthor();
    const lesson = smallLesson();
    expect(author.open(writeLessonFile(lesson))).toEqual([]);
    expect(author.lesson).toEqual(lesson);
    expect(author.file()).toEqual(writeLessonFile(lesson));
  });

  it.each(lessonFiles)(
    'holds all of %s, which is the same after it has been through the form',
    async (file) => {
      const plan = loadPlan(file.split('.')[0] ?? '');
      const { session } = await openSession(plan);
      const author = lessonAuthorOf(session, anAppSession([]).lessons.drafts);
      const bytes = writeLessonFile(loadLesson(file, plan));
      expect(author.open(bytes)).toEqual([]);
      expect(author.file()).toEqual(bytes);
    },
  );

  it('does not open what it would lose something of, nor what is no lesson', async () => {
    const author = await anAuthor();
    writeTask(author);
    const before = author.lesson;
    expect(author.open(writeLessonFile(beyondTheForm())).map(({ code }) => code)).toEqual(['author_beyond']);
    expect(author.open(new TextEncoder().encode('{}'))).not.toEqual([]);
    expect(author.lesson).toBe(before);
  });
});
