/** Why work is not kept, as a sentence. */
import type { AppSession } from '#session';
import type { Words } from '#words';

/** Says a problem of the store. */
export function storageSentence(words: Words, code: NonNullable<AppSession['storageProblem']>): string {
  return words.say(`storage_${code}`);
}
