/** What the forms of the plan have in common. */
import type { FieldFault, ModelField } from '#session';

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

/** Whether two parts of the plan are the same one. */
export function isSameChoice(a: Chosen, b: Chosen): boolean {
  if (a.kind === 'target' && b.kind === 'target') return a.at === b.at;
  if (a.kind === 'line' && b.kind === 'line')
    return a.id === b.id && (a.id !== undefined || a.section === b.section);
  if (a.kind === 'section' && b.kind === 'section') return a.id === b.id;
  return a.kind === b.kind;
}
