/** Lessons in bundles and in files of their own. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Lesson } from '#plan';
import { placeImport, readFile, readLessonFile, writeBundle, writeLessonFile } from '#exchange';
import { lessonFiles, loadLesson, loadPlan } from '#tests/plans';

const plan = loadPlan('lishui-2021-2025');
const lessons = lessonFiles.filter((file) => file.startsWith(plan.id)).map((file) => loadLesson(file, plan));
const [lesson] = lessons as [Lesson, ...Lesson[]];
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** A bundle of the plan whose lessons are these. */
function bundleWith(content: unknown): string {
  const bundle = JSON.parse(text(writeBundle(plan, plan.scenarios))) as object;
  return JSON.stringify({ ...bundle, lessons: content });
}

function codesOf(given: string): string[] {
  const read = readFile(given);
  return read.ok ? [] : read.problems.map(({ code, place }) => `${code} ${place.path ?? ''}`);
}

const bare = ({ $schema: _, ...content }: Lesson) => content;

describe('a bundle', () => {
  it('brings the lessons of its plan, in the order of their ids, whatever order they had', () => {
    const bytes = writeBundle(plan, plan.scenarios, 'plan', lessons);
    const read = readFile(bytes);
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const placed = placeImport(read.document, undefined);
    if (!placed.ok) throw new Error('not placed');
    const wanted = lessons.map(bare).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(placed.value.lessons).toEqual(wanted);
    expect(text(writeBundle(plan, plan.scenarios, 'plan', lessons.toReversed()))).toBe(text(bytes));
  });

  it('is as it was where there are none', () => {
    expect(text(writeBundle(plan, plan.scenarios, 'plan', []))).toBe(
      text(writeBundle(plan, plan.scenarios, 'plan')),
    );
    expect(text(writeBundle(plan, plan.scenarios, 'plan'))).not.toContain('"lessons"');
  });

  it('is refused whole with a lesson that does not fit, and says where', () => {
    const first = bare(lesson);
    const step = { ...first.steps[0], levers: [{ line: 'nowhere', min: 0, max: 1 }] };
    expect(codesOf(bundleWith([{ ...first, steps: [step] }]))).toEqual([
      'plan_unknown_reference lessons[0].steps[0].levers[0].line',
    ]);
    expect(codesOf(bundleWith([first, first]))).toEqual(['plan_duplicate_id lessons[1].id']);
    expect(codesOf(bundleWith([{ ...first, plan: 'elsewhere' }]))).toEqual([
      'lesson_other_plan lessons[0].plan',
    ]);
    expect(codesOf(bundleWith([{ ...first, format: 2 }]))).toEqual(['lesson_newer_format lessons[0].format']);
    expect(codesOf(bundleWith('none'))).toEqual(['plan_shape lessons']);
    expect(codesOf(bundleWith(Array.from({ length: 101 }, () => first)))).toEqual(['plan_shape lessons']);
  });
});

describe('a lesson’s file', () => {
  it.each(lessonFiles)('%s is read as it ships, and once written gives the same bytes again', (file) => {
    const own = loadPlan(file.split('.')[0] ?? '');
    const shipped = readFileSync(resolve(import.meta.dirname, `../../models/${file}.lesson.json`));
    const read = readLessonFile(shipped, own);
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const bytes = writeLessonFile(read.lesson);
    const again = readLessonFile(bytes, own);
    expect(again).toEqual({ ok: true, lesson: bare(read.lesson), problems: [] });
    if (again.ok) expect(text(writeLessonFile(again.lesson))).toBe(text(bytes));
  });

  it('is cleaned of characters that cannot be seen, and says so', () => {
    const bytes = writeLessonFile({ ...lesson, title: { zh: '题\u202e', en: 'Title' } });
    expect(readLessonFile(bytes, plan)).toMatchObject({
      ok: true,
      lesson: { title: { zh: '题', en: 'Title' } },
      problems: [{ code: 'import_characters_dropped' }],
    });
  });

  it('is told apart from a plan and a scenario', () => {
    expect(codesOf(text(writeLessonFile(lesson)))).toEqual(['import_is_lesson ']);
    expect(readLessonFile('[]')).toMatchObject({ ok: false, problems: [{ code: 'lesson_not_object' }] });
    expect(readLessonFile('{"steps"')).toMatchObject({ ok: false });
  });
});
