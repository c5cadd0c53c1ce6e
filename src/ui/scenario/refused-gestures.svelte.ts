/** Gestures on scenarios may come from anywhere on the page; what is not done is said where scenarios stand. */
import { untrack } from 'svelte';
import type { PlanSession } from '#session';
import { problemSentence } from '#words';
import type { useApp } from '../_shared/app-context.svelte.ts';
import type { useNotices } from '../_shared/notices.svelte.ts';

/** Says why a gesture was not done; for the setup of a component. */
export function sayRefusals(
  session: () => PlanSession,
  context: ReturnType<typeof useApp>,
  notices: ReturnType<typeof useNotices>,
): void {
  $effect(() => {
    const { refusal } = session();
    if (!refusal) return;
    untrack(() => notices.show({ kind: 'refused', what: problemSentence(context.words, refusal) }));
  });
}
