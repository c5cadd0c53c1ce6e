/** The keys of a presenter: those of a keyboard and those that a clicker sends. */

/** What a key asks for. */
export type PresenterVerb = 'next' | 'back' | 'story' | 'drivers' | 'formulas' | 'leave';

const KEYS: Readonly<Record<string, PresenterVerb>> = {
  ArrowRight: 'next',
  ArrowDown: 'next',
  PageDown: 'next',
  ' ': 'next',
  ArrowLeft: 'back',
  ArrowUp: 'back',
  PageUp: 'back',
  1: 'story',
  2: 'drivers',
  3: 'formulas',
  Escape: 'leave',
};

/** What a key asks for; undefined where it belongs to what has the focus, as a lever or a field. */
export function presenterKey(event: KeyboardEvent): PresenterVerb | undefined {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const verb = KEYS[event.key];
  if (verb === undefined || verb === 'leave') return verb;
  const { target } = event;
  if (!(target instanceof Element)) return verb;
  // page keys are a clicker's, wherever the focus is; a field has no use for them
  if (event.key.startsWith('Page')) return verb;
  if (target.matches('input, textarea, select, [role="slider"]')) return undefined;
  return event.key === ' ' && target.matches('button, summary, a') ? undefined : verb;
}
