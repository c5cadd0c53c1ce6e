/** A lesson is written in fields, checked as it is typed, and is the same lesson after it has been saved and opened. */
import { describe, expect, it } from 'vitest';
import type { Lesson } from '#plan';
import { writeLessonFile } from '#exchange';
import { lessonAuthorOf, type LessonAuthor } from '#session';
import { smallLesson, smallPlan } from '#tests/lessons';
import { openSession } from '#tests/sessions';

const both = (text: string) => ({ zh: text, en: text });

async function anAuthor() {
  const { session } = await openSession(smallPlan);
  return lessonAuthorOf(session);
}

/** The small lesson with a hint for which the form has no field. */
function beyondTheForm(): Lesson {
  const lesson = smallLesson();
  const when = { onlyMoved: ['share'] };
  const steps = lesson.steps.map((step) => ({ ...step, hints: [{ when, text: both('so') }] }));
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

  it('does not open what it would lose something of, nor what is no lesson', async () => {
    const author = await anAuthor();
    writeTask(author);
    const before = author.lesson;
    expect(author.open(writeLessonFile(beyondTheForm())).map(({ code }) => code)).toEqual(['author_beyond']);
    expect(author.open(new TextEncoder().encode('{}'))).not.toEqual([]);
    expect(author.lesson).toBe(before);
  });
});
