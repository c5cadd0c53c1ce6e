/**
 * What the grid, its formula bar and its sums share while a plan is open: the marked cells, the text that is being
 * typed, the entries that were refused. Nothing of it is kept: the plan's work is in the session.
 */
import type { Sheet } from '#formula';
import { isFormulaEntry } from './formula-start.ts';
import type { PlanSession } from './plan-session.svelte.ts';
import type { RefusedCell, TypedCell } from './typed-cells.ts';

/** A cell of the figures. */
export interface GridCell {
  readonly line: string;
  readonly period: number;
}

/** An entry while it is typed, and who holds the keyboard: the cell's own editor or the formula bar. */
export interface Draft extends GridCell {
  readonly text: string;
  readonly caret: number;
  readonly at: 'cell' | 'bar';
}

/** A text to put into the entry that is being typed, over the characters `from` to `to`. */
export interface Insertion {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** A way in the grid, in cells. */
export interface Step {
  readonly down: number;
  readonly right: number;
}

/** The refused entries of a gesture of so many. */
interface Refused {
  readonly cells: readonly RefusedCell[];
  readonly of: number;
}

const NOTHING_REFUSED: Refused = { cells: [], of: 0 };

/** The view of one plan's grid. */
export class GridView {
  readonly #session: PlanSession;
  #marked = $state.raw<readonly GridCell[]>([]);
  #draft = $state.raw<Draft | undefined>(undefined);
  #refused = $state.raw<Refused>(NOTHING_REFUSED);
  #isPastShown = $state(false);
  #focusGrid: (step: Step) => void = () => undefined;
  #insert: ((insertion: Insertion) => void) | undefined;

  constructor(session: PlanSession) {
    this.#session = session;
  }

  /** The cells inside the selection, line by line. */
  get marked(): readonly GridCell[] {
    return this.#marked;
  }

  mark(cells: readonly GridCell[]): void {
    this.#marked = cells;
  }

  /** Whether the years before the base in which nothing was observed are shown. */
  get isPastShown(): boolean {
    return this.#isPastShown;
  }

  showPast(isShown: boolean): void {
    this.#isPastShown = isShown;
  }

  get draft(): Draft | undefined {
    return this.#draft;
  }

  /** Follows an entry while it is typed; undefined when it has been taken or given up. */
  type(draft: Draft | undefined): void {
    this.#draft = draft;
  }

  /** The entries of the last gesture that were refused, and of how many; nothing of that gesture was done. */
  get refused() {
    return this.#refused;
  }

  /** The entry that was refused in a cell; its text waits there to be put right. */
  refusedAt(line: string, period: number): RefusedCell | undefined {
    return this.#refused.cells.find((one) => one.line === line && one.period === period);
  }

  /** Forgets what was refused. */
  forgive(): void {
    this.#refused = NOTHING_REFUSED;
  }

  /** Hands entries to the session as one gesture; keeps what it refuses. Tells whether they were taken. */
  enter(cells: readonly TypedCell[], sheet: Sheet): boolean {
    if (cells.length === 0) return true;
    // a formula speaks for the line; a number that stands in the cell itself would hide what was just typed there
    const bared = cells.filter(({ text }) => isFormulaEntry(text)).map((cell) => ({ ...cell, text: '' }));
    const refused = this.#session.enter([...bared, ...cells], sheet);
    this.#refused = refused.length === 0 ? NOTHING_REFUSED : { cells: refused, of: cells.length };
    return refused.length === 0;
  }

  /** Says who takes the keyboard when the formula bar gives it back. Gives a way to take that back. */
  attach(focusGrid: (step: Step) => void): () => void {
    this.#focusGrid = focusGrid;
    return () => {
      this.#focusGrid = () => undefined;
    };
  }

  /** Gives the keyboard to the grid, on the selected cell or so many cells from it. */
  focusGrid(step: Step = { down: 0, right: 0 }): void {
    this.#focusGrid(step);
  }

  /** Says how a text gets into the entry that is being typed; undefined when nothing is typed. */
  listen(insert: ((insertion: Insertion) => void) | undefined): void {
    this.#insert = insert;
  }

  /** Puts a text into the entry that is being typed. */
  insert(insertion: Insertion): void {
    this.#insert?.(insertion);
  }
}

const views = new WeakMap<PlanSession, GridView>();

/** The view that belongs to a session: the same one for every component. */
export function gridViewOf(session: PlanSession): GridView {
  const known = views.get(session);
  if (known) return known;
  const view = new GridView(session);
  views.set(session, view);
  return view;
}
