/** Lessons that a person brought or wrote, as they lie in the database: under their plan and their id. */
import { readLesson, type Lesson } from '#plan';
import { answerOf, tolerate } from './idb-requests.ts';
import type { KeptLesson } from './plan-store.ts';
import { demand } from './record.ts';

/** Refuses what could not be read again as a lesson. */
export function demandLesson(lesson: Lesson | undefined): void {
  if (lesson) demand(readLesson(lesson).ok, 'lesson');
}

/** All that are kept, by plan and id. One that cannot be brought hides no other. */
export async function readLessons(tx: IDBTransaction): Promise<readonly KeptLesson[]> {
  const store = tx.objectStore('lessons');
  const keys = await answerOf(store.getAllKeys());
  const found = await Promise.all(keys.map((key) => tolerate<unknown, undefined>(store.get(key), undefined)));
  return keys.flatMap((key, index) => {
    const [plan] = Array.isArray(key) ? key : [];
    const lesson = found[index];
    return typeof plan === 'string' && lesson !== undefined ? [{ plan, lesson }] : [];
  });
}

/** Puts a lesson under its key, or takes away what is there. */
export async function putLesson(
  tx: IDBTransaction,
  key: readonly [plan: string, id: string],
  lesson: Lesson | undefined,
): Promise<void> {
  const store = tx.objectStore('lessons');
  if (lesson) await answerOf(store.put(lesson, [...key]));
  else await answerOf(store.delete([...key]));
}
