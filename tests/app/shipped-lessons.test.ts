/** What the build offers of lessons: a cover of each at once, and the lesson itself when it is asked for. */
import { expect, it } from 'vitest';
import { lessons, templates } from 'virtual:templates';
import { readLesson } from '#plan';
import { lessonFiles, loadPlan } from '#tests/plans';

it('offers every lesson with a cover that says what is in it', async () => {
  expect(lessons.map(({ plan, id }) => `${plan}.${id}`)).toEqual(lessonFiles);
  for (const { load, steps, ...cover } of lessons) {
    const read = readLesson(await load(), loadPlan(cover.plan));
    if (!read.ok) throw new Error(`${cover.id}: ${JSON.stringify(read.problems)}`);
    expect(read.value).toMatchObject(cover);
    expect(read.value.steps).toHaveLength(steps);
  }
});

it('offers lessons of shipped plans only, each under a name that no other has', () => {
  const plans = new Set(templates.map(({ id }) => id));
  expect(lessons.filter(({ plan }) => !plans.has(plan))).toEqual([]);
  expect(new Set(lessons.map(({ id }) => id)).size).toBe(lessons.length);
});
