/** What is open now and every verb that changes it. Knows no DOM. */
export { AppSession } from './app-session.svelte.ts';
export type { AppParts, Screen, TargetMarks, Template } from './app-session.svelte.ts';
export { PlanSession } from './plan-session.svelte.ts';
export type { RefusedCell, SessionParts, TypedCell } from './plan-session.svelte.ts';
export type { SaveState } from './autosave.svelte.ts';
export { Levers } from './levers.svelte.ts';
export type { Lever, Notch } from './levers.svelte.ts';
export type { CellEntry, EntryProblemCode } from './cell-entry.ts';
