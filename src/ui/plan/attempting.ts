/** Gestures that a store may refuse, or that need a plan which cannot be read. */
import type { PlanNotOpened } from '#session';
import type { AppContext } from '../_shared/app-context.svelte.ts';
import type { Notices } from '../_shared/notices.svelte.ts';
import { storageSentence } from '../shell/storage-sentence.ts';

type StorageCode = Parameters<typeof storageSentence>[1];

/** Does a gesture; says it where it could not be done. What nobody foresaw is thrown on. */
export async function attempting(
  { words }: AppContext,
  notices: Notices,
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    notices.show({ kind: 'refused', what: sentenceOf(words, thrown), next: words.say('model_refused') });
  }
}

function sentenceOf(words: AppContext['words'], thrown: unknown): string {
  if (thrown instanceof Error && thrown.name === 'StorageProblem' && 'code' in thrown)
    return storageSentence(words, thrown.code as StorageCode);
  if (thrown instanceof Error && 'failure' in thrown) {
    const { failure } = thrown as PlanNotOpened;
    return failure.kind === 'storage'
      ? storageSentence(words, failure.code)
      : words.say(failure.kind === 'unreachable' ? 'shell_failed_unreachable' : 'own_not_copied');
  }
  throw thrown;
}
