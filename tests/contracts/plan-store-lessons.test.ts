import { describe, expect, test } from 'vitest';
import type { Lesson } from '#plan';
import type { LessonDraft } from '#storage';
import { smallLesson } from '#tests/lessons';
import { codeOf, KINDS } from './stores.ts';

const lesson = smallLesson();
const { plan, id } = lesson;
const other: Lesson = { ...lesson, id: 'other', minutes: 9 };

describe.each(KINDS)('lessons in %s', (_, openTabs) => {
  test('what was kept is read in another tab, one of the same id in its place', async () => {
    const tab = openTabs();
    const store = await tab();
    expect(await store.readLessons()).toEqual([]);
    await store.keepLesson(plan, id, { ...lesson, minutes: 1 });
    await store.keepLesson(plan, other.id, other);
    await store.keepLesson(plan, id, lesson);
    const read = await (await tab()).readLessons();
    expect(read).toHaveLength(2);
    expect(read).toEqual(
      expect.arrayContaining([
        { plan, lesson },
        { plan, lesson: other },
      ]),
    );
  });

  test('one is taken away, and the others stay', async () => {
    const store = await openTabs()();
    await store.keepLesson(plan, id, lesson);
    await store.keepLesson(plan, other.id, other);
    await store.keepLesson('elsewhere', id, { ...lesson, plan: 'elsewhere' });
    await store.keepLesson(plan, id, undefined);
    expect((await store.readLessons()).map((one) => [one.plan, (one.lesson as Lesson).id])).toEqual(
      expect.arrayContaining([
        [plan, 'other'],
        ['elsewhere', id],
      ]),
    );
    expect(await store.readLessons()).toHaveLength(2);
    await store.keepLesson(plan, 'nobody', undefined);
  });

  test('they go with the work on their plan', async () => {
    const store = await openTabs()();
    await store.keepLesson(plan, id, lesson);
    await store.keepLesson(`${plan}-2`, id, { ...lesson, plan: `${plan}-2` });
    await store.remove(plan);
    expect((await store.readLessons()).map((one) => one.plan)).toEqual([`${plan}-2`]);
  });

  test('the one that is being written lies beside them, and goes by itself', async () => {
    const tab = openTabs();
    const store = await tab();
    await store.keepLesson(plan, id, lesson);
    await store.keepLessonDraft(plan, { head: { id: 'half' }, steps: [] });
    await store.keepLessonDraft(plan, { head: { title: { zh: '半', en: '' } }, steps: [{ afresh: true }] });
    const read = await (await tab()).readLessons();
    expect(read).toHaveLength(2);
    expect(read).toContainEqual({
      plan,
      lesson: { head: { title: { zh: '半', en: '' } }, steps: [{ afresh: true }] },
      isDraft: true,
    });
    await store.keepLessonDraft(plan, undefined);
    expect(await store.readLessons()).toEqual([{ plan, lesson }]);
    await store.keepLessonDraft(plan, { head: {}, steps: [] });
    await store.remove(plan);
    expect(await store.readLessons()).toEqual([]);
  });

  test('what is no form is refused as a lesson that is being written', async () => {
    const store = await openTabs()();
    const wrong = { head: { id: 5 }, steps: [] } as unknown as LessonDraft;
    expect(await codeOf(store.keepLessonDraft(plan, wrong))).toBe('failed');
    expect(await store.readLessons()).toEqual([]);
  });

  test('what is no lesson is refused', async () => {
    const store = await openTabs()();
    expect(await codeOf(store.keepLesson(plan, id, { ...lesson, steps: [] }))).toBe('failed');
    expect(await store.readLessons()).toEqual([]);
  });
});
