/**
 * Lessons that a person brought or wrote, as they lie in the database: under their plan and their id. The one that is being
 * written lies there too, under an id that no lesson has.
 */
import { readLesson, type Lesson } from '#plan';
import { answerOf, tolerate } from './idb-requests.ts';
import type { KeptLesson, LessonDraft } from './plan-store.ts';
import { demand } from './record.ts';

/** The id of what is being written; a lesson's id is never empty. */
export const DRAFT_ID = '';

/** Refuses what could not be read again: as a lesson or, under the id of what is being written, as the fields of its form. */
export function demandLesson(id: string, lesson: Lesson | LessonDraft | undefined): void {
  if (lesson) demand(id === DRAFT_ID ? isDraft(lesson) : readLesson(lesson).ok, 'lesson');
}

function isDraft(lesson: Lesson | LessonDraft): boolean {
  return 'head' in lesson && [lesson.head, ...lesson.steps].every(isFields);
}

function isFields(value: object): boolean {
  return Object.values(value).every(
    (field: unknown) =>
      typeof field === 'string' ||
      typeof field === 'boolean' ||
      (typeof field === 'object' &&
        field !== null &&
        Object.values(field).every((text) => typeof text === 'string')),
  );
}

/** How a record under a plan and an id is told of. */
export function toKeptLesson(plan: string, id: string, lesson: unknown): KeptLesson {
  return { plan, lesson, ...(id === DRAFT_ID && { isDraft: true }) };
}

/** All that are kept, by plan and id. One that cannot be brought hides no other. */
export async function readLessons(tx: IDBTransaction): Promise<readonly KeptLesson[]> {
  const store = tx.objectStore('lessons');
  const keys = await answerOf(store.getAllKeys());
  const found = await Promise.all(keys.map((key) => tolerate<unknown, undefined>(store.get(key), undefined)));
  return keys.flatMap((key, index) => {
    const [plan, id] = Array.isArray(key) ? key : [];
    const lesson = found[index];
    const isWhole = typeof plan === 'string' && typeof id === 'string' && lesson !== undefined;
    return isWhole ? [toKeptLesson(plan, id, lesson)] : [];
  });
}

/** Puts a lesson, or what is being written, under its key, or takes away what is there. */
export async function putLesson(
  tx: IDBTransaction,
  key: readonly [plan: string, id: string],
  lesson: Lesson | LessonDraft | undefined,
): Promise<void> {
  const store = tx.objectStore('lessons');
  if (lesson) await answerOf(store.put(lesson, [...key]));
  else await answerOf(store.delete([...key]));
}
