/** Whether the printed page of the open scenario is asked for: by a menu, until it is closed. */
import { tick } from 'svelte';
import type { PlanSession } from '#session';

/** A wish to see the printed page. */
class BriefingDesk {
  #isOpen = $state(false);
  #asker: Element | null = null;

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Shows the page; what has the focus now gets it back afterwards. */
  open(): void {
    this.#asker = document.activeElement;
    this.#isOpen = true;
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    // what lies under the page cannot take the focus before the page is gone
    await tick();
    if (this.#asker instanceof HTMLElement) this.#asker.focus();
  }
}

const known = new WeakMap<PlanSession, BriefingDesk>();

/** The desk of a session; one for all places that ask and show. */
export function briefingDeskOf(session: PlanSession): BriefingDesk {
  const desk = known.get(session) ?? new BriefingDesk();
  known.set(session, desk);
  return desk;
}
