/** The names that could continue a formula, while it is typed in a cell or in the formula bar, and the keys of that list. */
import {
  callAround,
  completionsAt,
  type CallHint,
  type Completion,
  type GridView,
  type PlanSession,
} from '#session';
import type { AppContext } from '../_shared/app-context.svelte.ts';

/** The completion of one place where formulas are typed. */
export class CompletionList {
  readonly #session: PlanSession;
  readonly #view: Pick<GridView, 'draft' | 'insert'>;
  readonly #app: AppContext;
  readonly #at: 'cell' | 'bar';
  /** The item that the arrow keys have reached; -1 before the first. */
  #active = $state(-1);
  /** The text for which the list was sent away. */
  #dismissed = $state<string | undefined>(undefined);

  constructor(
    session: PlanSession,
    view: Pick<GridView, 'draft' | 'insert'>,
    app: AppContext,
    at: 'cell' | 'bar',
  ) {
    this.#session = session;
    this.#view = view;
    this.#app = app;
    this.#at = at;
  }

  readonly #draft = $derived.by(() => {
    const { draft } = this.#view;
    return draft?.at === this.#at && draft.text !== this.#dismissed ? draft : undefined;
  });

  readonly items: readonly Completion[] = $derived.by(() => {
    const draft = this.#draft;
    if (!draft) return [];
    const context = this.#session.formulaContext(draft.period);
    return completionsAt(draft.text, draft.caret, this.#session.plan.lines, context, this.#app.language);
  });

  /** The call around the caret, while no name is being chosen. */
  readonly hint: CallHint | undefined = $derived.by(() => {
    const draft = this.#draft;
    return draft && this.items.length === 0 ? callAround(draft.text, draft.caret) : undefined;
  });

  get active(): number {
    return Math.min(this.#active, this.items.length - 1);
  }

  /** Takes a key of the list: arrows walk, Tab takes the best or the reached one, Enter the reached one, Escape closes. */
  key(event: KeyboardEvent): boolean {
    const { items, active } = this;
    if (event.isComposing || items.length === 0) return false;
    const chosen = items[Math.max(active, 0)];
    if (event.key === 'ArrowDown') this.#active = (active + 1) % items.length;
    else if (event.key === 'ArrowUp') this.#active = (active <= 0 ? items.length : active) - 1;
    else if (event.key === 'Tab' && !event.shiftKey && chosen) this.choose(chosen);
    else if (event.key === 'Enter' && active >= 0 && chosen) this.choose(chosen);
    else if (event.key === 'Escape') this.#dismissed = this.#view.draft?.text;
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  choose({ text, from, to }: Completion): void {
    this.#active = -1;
    this.#view.insert({ text, from, to });
  }
}
