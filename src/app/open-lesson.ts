/** The shipped lessons, and how one of them is loaded. */
import { lessons } from 'virtual:templates';
import { readLesson, type Lesson, type LessonCover } from '#plan';
import type { KeptLesson } from '#storage';
import { LessonNotLoaded } from '#session';

/** What lists show of the shipped lessons. */
export const shippedLessons: readonly LessonCover[] = lessons.map(({ load: _, ...cover }) => cover);

/** The lessons that a person brought or wrote, as they were kept; one that cannot be read stays where it is. */
export function readBrought(kept: readonly KeptLesson[]): readonly Lesson[] {
  return kept.flatMap(({ plan, lesson, isDraft = false }) => {
    const read = readLesson(lesson);
    return read.ok && !isDraft ? [{ ...read.value, plan }] : [];
  });
}

/** Loads a shipped lesson; what it refers to in its plan is not checked. Fails: `LessonNotLoaded`. */
export async function readShippedLesson(id: string): Promise<Lesson> {
  const found = lessons.find((one) => one.id === id);
  const document = await found?.load().catch((cause: unknown) => {
    throw new LessonNotLoaded(cause);
  });
  const read = readLesson(document);
  if (!read.ok) throw new LessonNotLoaded(read.problems);
  return read.value;
}
