/** What belongs to an open plan, and not to the part of the page that asked for it first. */
import type { PlanSession } from './plan-session.svelte.ts';

/**
 * Gives the one object of each session, made when it is first asked for; it lives as long as the session. What it derives is
 * made outside of the component that asks: it would no longer follow once that component is gone.
 */
export function oneOfSession<Kept, Rest extends readonly unknown[]>(
  make: (session: PlanSession, ...rest: Rest) => Kept,
): (session: PlanSession, ...rest: Rest) => Kept {
  const all = new WeakMap<PlanSession, { readonly kept: Kept }>();
  return (session, ...rest) => {
    const known = all.get(session);
    if (known) return known.kept;
    let kept!: Kept;
    $effect.root(() => {
      kept = make(session, ...rest);
    });
    all.set(session, { kept });
    return kept;
  };
}
