/**
 * The explanation of a cell as it is unfolded on the screen: a tree that is built as far as it is open, in which a cell
 * that is told further up is not told again.
 */
import { isNumber } from '#quantity';
import { printExpression, setExpression, type Expression, type Mathematics } from '#formula';
import { explainCell, inNumbers, type CellText, type Derivation, type DerivationInput } from '#engine';
import { oneOfSession } from './one-of-session.svelte.ts';
import type { PlanSession } from './plan-session.svelte.ts';
import type { GridCell } from './grid-view.svelte.ts';

/** A cell of the explanation, with those that it is made of as far as it is open. */
export interface ExplainedCell {
  /** Tells it from others, which may be the same cell elsewhere: the way from the root. */
  readonly key: string;
  readonly derivation: Derivation;
  /** How the cell above reads it; absent for the root. */
  readonly input?: DerivationInput;
  /** leaf: made of no other cell · above: told or unfolded further up, at `aboveKey`. */
  readonly state: 'leaf' | 'closed' | 'open' | 'above';
  readonly aboveKey?: string;
  readonly parts: readonly ExplainedCell[];
}

/** So many cells are unfolded at once at most: a screen reader and a page of text have their limits too. */
export const MAX_UNFOLDED = 2000;

/** The explanation in one session. */
export class Explanation {
  readonly #session: PlanSession;
  /** What a person opened and closed, by key. */
  #isOpen = $state.raw<ReadonlyMap<string, boolean>>(new Map());
  #held = $state.raw<{ root: GridCell; at: GridCell } | undefined>(undefined);
  /** Whether numbers have all their digits. */
  isExact = $state(false);
  /** Whether formulas are set as mathematics. */
  isSet = $state(false);

  constructor(session: PlanSession) {
    this.#session = session;
  }

  /** The cell that is explained: the selected one, or the one from which a person went to look at its parts. */
  readonly root: GridCell | undefined = $derived.by(() => {
    const { selection } = this.#session;
    const held = this.#held;
    if (!selection || !held || !this.#session.line(held.root.line)) return selection;
    return isSameCell(held.at, selection) ? held.root : selection;
  });

  /** Whether the explained cell is another than the selected one. */
  readonly isHeld: boolean = $derived.by(() => {
    const { selection } = this.#session;
    return this.root !== undefined && selection !== undefined && !isSameCell(this.root, selection);
  });

  /** The tree as far as it is open; undefined where nothing is selected. */
  readonly tree: ExplainedCell | undefined = $derived.by(() => {
    const { root } = this;
    return root && this.#build(root, (key, depth) => this.#isOpen.get(key) ?? depth === 0).tree;
  });

  /** The cells of the tree in the order in which they are read. */
  readonly cells: readonly ExplainedCell[] = $derived.by(() => {
    const list = (cell: ExplainedCell): ExplainedCell[] => [cell, ...cell.parts.flatMap(list)];
    return this.tree ? list(this.tree) : [];
  });

  /** The whole tree, every cell unfolded once, whatever is open; `isCut` where it is too long for that. */
  whole(): { readonly tree: ExplainedCell; readonly isCut: boolean } | undefined {
    return this.root && this.#build(this.root, () => true);
  }

  /** Opens or closes a cell. */
  toggle(key: string, isOpen: boolean): void {
    this.#isOpen = new Map(this.#isOpen).set(key, isOpen);
  }

  /** Opens all cells, as far as that can be read. */
  unfoldAll(): void {
    const next = new Map(this.#isOpen);
    const open = (cell: ExplainedCell) => {
      if (cell.state === 'open') next.set(cell.key, true);
      cell.parts.forEach(open);
    };
    const whole = this.whole();
    if (whole) open(whole.tree);
    this.#isOpen = next;
  }

  /** Closes all cells but the first. */
  foldAll(): void {
    this.#isOpen = new Map();
  }

  /** Selects a cell of the explanation and goes on explaining the same one, until another is selected by hand. */
  visit(cell: GridCell): void {
    const { root } = this;
    if (root) this.#held = { root, at: { line: cell.line, period: cell.period } };
    this.#session.select(cell.line, cell.period);
  }

  /** Explains the selected cell again. */
  release(): void {
    this.#held = undefined;
  }

  #build(
    root: GridCell,
    wants: (key: string, depth: number) => boolean,
  ): { tree: ExplainedCell; isCut: boolean } {
    const { explained } = this.#session;
    const told = new Map<string, string>();
    let unfolded = 0;
    let isCut = false;
    const cellOf = (
      place: GridCell,
      above: string,
      depth: number,
      input?: DerivationInput,
    ): ExplainedCell => {
      const name = `${place.line} ${place.period}`;
      const key = `${above}/${name}`;
      const derivation = explainCell(explained, place.line, place.period);
      const cell = { key, derivation, ...(input && { input }), parts: [] };
      const aboveKey = told.get(name);
      if (aboveKey !== undefined) return { ...cell, state: 'above', aboveKey };
      if (derivation.inputs.length === 0) {
        told.set(name, key);
        return { ...cell, state: 'leaf' };
      }
      if (!wants(key, depth)) return { ...cell, state: 'closed' };
      if (unfolded >= MAX_UNFOLDED) {
        isCut = true;
        return { ...cell, state: 'closed' };
      }
      unfolded += 1;
      told.set(name, key);
      const parts = derivation.inputs.map((one) => cellOf(one, key, depth + 1, one));
      return { ...cell, state: 'open', parts };
    };
    return { tree: cellOf(root, '', 0), isCut };
  }
}

/** The explanation that belongs to a session: the same one for every component. */
export const explanationOf = oneOfSession((session: PlanSession) => new Explanation(session));

/** Which way a formula is read: with the names of its cells, or with their values as `textOf` writes them. */
export type FormulaReading =
  { readonly kind: 'names' } | { readonly kind: 'numbers'; readonly textOf: CellText };

/** An arithmetic that stands in a cell: that of a derivation, or one that is only reckoned there. */
type Arithmetic = Pick<Derivation, 'expression' | 'period'>;

/** The formula of a cell as a line of text; undefined where none takes part. */
export function formulaText(
  session: PlanSession,
  derivation: Arithmetic,
  reading: FormulaReading,
  language: 'zh' | 'en',
): string | undefined {
  const expression = readExpression(session, derivation, reading);
  return (
    expression && printExpression(expression, { names: session.engine.names, language, signs: 'written' })
  );
}

/** The formula of a cell as mathematics; undefined where none takes part. */
export function formulaMathematics(
  session: PlanSession,
  derivation: Arithmetic,
  reading: FormulaReading,
  language: 'zh' | 'en',
): Mathematics | undefined {
  const expression = readExpression(session, derivation, reading);
  return expression && setExpression(expression, { names: session.engine.names, language });
}

function readExpression(
  session: PlanSession,
  { expression, period }: Arithmetic,
  reading: FormulaReading,
): Expression | undefined {
  if (!expression || reading.kind === 'names') return expression;
  return inNumbers(expression, period, session.plan.periods, reading.textOf);
}

/** Whether a cell of the explanation is an assumption itself: a number that no other cell decides and nobody observed. */
export function isAssumption({ rule: { base }, inputs, value }: Derivation): boolean {
  return base.kind === 'formula' && inputs.length === 0 && isNumber(value);
}

function isSameCell(a: GridCell, b: GridCell): boolean {
  return a.line === b.line && a.period === b.period;
}
