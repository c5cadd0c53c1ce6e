import { describe, expect, test } from 'vitest';
import type { Lesson } from '#plan';
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

  test('what is no lesson is refused', async () => {
    const store = await openTabs()();
    expect(await codeOf(store.keepLesson(plan, id, { ...lesson, steps: [] }))).toBe('failed');
    expect(await store.readLessons()).toEqual([]);
  });
});
