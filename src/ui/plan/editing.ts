/** What the forms of the plan have in common. */
import type { FieldFault, ModelField, PlanSession } from '#session';
import type { AppContext } from '../_shared/app-context.svelte.ts';
import type { Notices } from '../_shared/notices.svelte.ts';

/** What stands beside the outline: a part of the plan, or a new one where it has no id or place. */
export type Chosen =
  | { readonly kind: 'head' }
  | { readonly kind: 'line'; readonly id?: string; readonly section: string }
  | { readonly kind: 'section'; readonly id?: string }
  | { readonly kind: 'target'; readonly at?: number };

/** Lets a form take what was written in it before another is opened; false keeps it open, since it cannot be taken. */
export type Guard = () => boolean;

/** The faults of a field. */
export function faultsOf(faults: readonly FieldFault[], field: ModelField): readonly FieldFault[] {
  return faults.filter((one) => one.field === field);
}

/** Says which part was deleted and what went with it, with the way back. */
export function tellDeleted(
  { words }: AppContext,
  notices: Notices,
  session: PlanSession,
  name: string,
  kept?: string,
): void {
  notices.show({
    kind: 'done',
    what: words.say('model_deleted', { name }),
    kept,
    next: words.say('model_deleted_next'),
    action: { label: words.say('undo'), run: () => session.undo() },
  });
}

/** Whether two parts of the plan are the same one. */
export function isSameChoice(a: Chosen, b: Chosen): boolean {
  if (a.kind === 'target' && b.kind === 'target') return a.at === b.at;
  if (a.kind === 'line' && b.kind === 'line')
    return a.id === b.id && (a.id !== undefined || a.section === b.section);
  if (a.kind === 'section' && b.kind === 'section') return a.id === b.id;
  return a.kind === b.kind;
}
