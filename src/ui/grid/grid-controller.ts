/** What the grid does: its keys and gestures become verbs of the session. Holds what is shown, and no value. */
import {
  cellTraceOf,
  formulaInWords,
  isFormulaEntry,
  referenceTo,
  type DraftKind,
  type DraftPlace,
  type GridView,
  type PlanSession,
  type TypedCell,
} from '#session';
import { unitName } from '#words';
import type { AppContext } from '../_shared/app-context.svelte.ts';
import { explainDeskOf } from '../explain/explain-desk.svelte.ts';
import { modelDeskOf } from '../plan/model-desk.svelte.ts';
import { printBlockHtml, type CopyCell } from './block-html.ts';
import { printBlock, parseBlock } from './block-text.ts';
import { exactText } from './exact-text.ts';
import {
  cellAt,
  cellsIn,
  fillFrom,
  fillRight,
  pasteBlock,
  sameInAll,
  type Block,
  type Misplaced,
  type Shown,
} from './grid-entries.ts';
import { commandOf, type TraceCommand } from './grid-keys.ts';
import {
  allRows,
  emptyPast,
  sheetOf,
  shownColumns,
  shownRows,
  type GridColumn,
  type GridRow,
} from './grid-rows.ts';
import type { GridAdapter } from './grid-adapter.ts';

/** Ends an expression that waits for a name: after it a press on a cell writes the cell's name. */
const WAITS_FOR_NAME = /[=＝+\-−*×/÷^<>(（,，:：&]\s*$/;

/** Stands for the told selection while the section that it is in unfolds. */
const UNFOLDING = 'unfolding';

/** The grid of one open plan. */
export class GridController {
  readonly session: PlanSession;
  readonly view: GridView;
  readonly app: AppContext;
  /** Tells that a pasted block did not fit. */
  readonly onMisplaced: (misplaced: readonly Misplaced[]) => void;
  /** Opens the editor of changes for the selected cells; set by the grid's component. */
  onChange: ((kind: DraftKind) => void) | undefined;
  adapter: GridAdapter | undefined;
  shown: Shown = { rows: [], columns: [] };
  /** Whether there are years before the base in which nothing was observed. */
  hasEmptyPast = false;
  #rows: readonly GridRow[] = [];
  #told = '';

  constructor(
    session: PlanSession,
    view: GridView,
    app: AppContext,
    onMisplaced: (misplaced: readonly Misplaced[]) => void,
  ) {
    this.session = session;
    this.view = view;
    this.app = app;
    this.onMisplaced = onMisplaced;
  }

  /** Finds out again which rows and columns are shown. */
  arrange(): Shown {
    const { session } = this;
    this.#rows = allRows(session.plan, session.foldedSections);
    const empty = emptyPast(session.plan, session.periods);
    this.hasEmptyPast = empty.size > 0;
    this.shown = {
      rows: shownRows(this.#rows),
      columns: shownColumns(session.plan, session.periods, empty, this.view.isPastShown),
    };
    return this.shown;
  }

  get sheet() {
    return sheetOf(this.#rows, this.session.periods);
  }

  cell(row: number, column: number) {
    return cellAt(this.shown, row, column);
  }

  // what the grid shows

  /** What an editor starts with: the entry that was refused here, the formula, or the number with all its digits. */
  editText(row: number, column: number): string {
    const cell = this.cell(row, column);
    if (!cell) return '';
    const refused = this.view.refusedAt(cell.line, cell.period);
    return refused?.text ?? entryText(this.session, this.app.language, cell.line, cell.period);
  }

  /** The text that a copy of the cell carries. */
  copyText(row: number, column: number): string {
    const at = this.shown.rows[row];
    const over = this.shown.columns[column];
    const cell = this.cell(row, column);
    if (cell)
      return exactText(this.session.value(cell.line, cell.period), this.session.engine.unitOf(cell.line));
    if (over?.kind === 'name')
      return at ? this.app.name(at.kind === 'line' ? at.line.name : at.section.name) : '';
    return over && at?.kind === 'line' ? this.#besideText(at.line.id, over) : '';
  }

  #besideText(line: string, column: GridColumn): string {
    if (column.kind === 'unit') return unitName(this.app.words, this.session.line(line)?.unit ?? '');
    const target = column.kind === 'target' ? this.#targetValue(line) : undefined;
    return target === undefined ? '' : exactText(target, this.session.engine.unitOf(line));
  }

  #targetValue(line: string): number | undefined {
    return this.session.targets.findLast((result) => result.target.line === line)?.target.value;
  }

  // selection

  /** The grid's selection has moved. */
  selected(row: number, column: number, blocks: readonly Block[]): void {
    this.view.mark(cellsIn(this.shown, blocks));
    const at = this.shown.rows[row];
    if (at?.kind !== 'line') return;
    const over = this.shown.columns[column];
    const period =
      over?.kind === 'period'
        ? over.period
        : (this.session.selection?.period ?? this.session.plan.periods.last);
    this.#told = `${at.line.id} ${period}`;
    this.session.select(at.line.id, period);
  }

  /**
   * The session's selection may have moved: by the board, the finder, or because the plan was just opened. `isAsked`
   * brings it back even where the grid itself has moved on, to a band or a line's name.
   */
  followSelection(isAsked = false): void {
    const { selection } = this.session;
    if (!this.adapter || !selection) return;
    if (!isAsked && this.#told === `${selection.line} ${selection.period}`) return;
    const row = this.shown.rows.findIndex((one) => one.kind === 'line' && one.line.id === selection.line);
    if (row === -1) {
      // a plan that is opened again stays folded as it was left
      if (!isAsked && this.#told === '') {
        this.#told = `${selection.line} ${selection.period}`;
        return;
      }
      const section = this.session.line(selection.line)?.section;
      this.#told = UNFOLDING;
      if (section !== undefined) this.session.fold(section, false);
      return;
    }
    const column = this.shown.columns.findIndex(
      (one) => one.kind === 'period' && one.period === selection.period,
    );
    if (column === -1) {
      this.view.showPast(true);
      return;
    }
    this.#told = `${selection.line} ${selection.period}`;
    this.view.mark([selection]);
    this.adapter.select(row, column);
  }

  // what a person does

  /** Takes a finished entry. A refused one is selected again, its text kept. */
  commit(text: string, row: number, column: number, isForAll: boolean): void {
    const cell = this.cell(row, column);
    if (!cell) return;
    const cells = isForAll ? sameInAll(this.shown, this.#blocks(), text) : [{ ...cell, text }];
    if (this.enter(cells)) return;
    // after the grid has moved on, as Enter and Tab do
    queueMicrotask(() => this.session.select(cell.line, cell.period));
  }

  enter(cells: readonly TypedCell[]): boolean {
    return this.view.enter(cells, this.sheet);
  }

  fill(source: Block, over: Block): void {
    const from = over.fromColumn > source.toColumn ? source.toColumn : source.fromColumn;
    this.enter(fillFrom(this.session, this.shown, from, over));
  }

  fillRight(): void {
    this.enter(this.#blocks().flatMap((block) => fillRight(this.session, this.shown, block)));
  }

  clear(): void {
    this.enter(sameInAll(this.shown, this.#blocks(), ''));
  }

  /** The selected line with the periods of its selected cells; undefined where no figure is selected. */
  get draftPlace(): DraftPlace | undefined {
    const place = this.adapter?.place;
    const cell = place && this.cell(place.row, place.column);
    if (!cell) return undefined;
    const periods = cellsIn(this.shown, this.#blocks())
      .filter(({ line }) => line === cell.line)
      .map(({ period }) => period);
    return {
      line: cell.line,
      from: Math.min(cell.period, ...periods),
      to: Math.max(cell.period, ...periods),
    };
  }

  /** Gives the selected lines back what they inherit. */
  resetLines(): void {
    const lines = new Set(
      this.#blocks().flatMap(({ fromRow, toRow }) =>
        this.shown.rows
          .slice(fromRow, toRow + 1)
          .flatMap((row) => (row.kind === 'line' ? [row.line.id] : [])),
      ),
    );
    for (const line of lines) this.session.resetLine(line);
  }

  /** The marked block as text, and as markup that a spreadsheet takes with its formats. */
  copied(): { readonly text: string; readonly html: string } {
    const [block] = this.#blocks();
    if (!block) return { text: '', html: '' };
    const columns = placesBetween(block.fromColumn, block.toColumn);
    const cells = placesBetween(block.fromRow, block.toRow).map((row) =>
      columns.map((column) => this.#copyCell(row, column)),
    );
    const text = printBlock(cells.map((row) => row.map((cell) => cell.text)));
    return { text, html: printBlockHtml(cells) };
  }

  #copyCell(row: number, column: number): CopyCell {
    const text = this.copyText(row, column);
    const at = this.shown.rows[row];
    const cell = this.cell(row, column);
    const line = at?.kind === 'line' ? at.line : undefined;
    const isTarget = line && this.shown.columns[column]?.kind === 'target';
    const value = cell
      ? this.session.value(cell.line, cell.period)
      : isTarget
        ? this.#targetValue(line.id)
        : undefined;
    if (!line || typeof value !== 'number') return { kind: 'text', text, isHead: at?.kind === 'section' };
    const { decimals } = this.session.line(line.id) ?? {};
    const shown = this.app.number(value, this.session.engine.unitOf(line.id), { decimals });
    return { kind: 'number', text, decimals: /\.(\d+)/.exec(shown)?.[1]?.length ?? 0 };
  }

  paste(text: string): void {
    const [block] = this.#blocks();
    if (!block || text === '') return;
    const laid = pasteBlock(this.shown, parseBlock(text), block, (row, column) => this.copyText(row, column));
    if (laid.misplaced.length > 0) this.onMisplaced(laid.misplaced);
    else this.enter(laid.cells);
  }

  /** Folds or unfolds the section whose band stands at a row. Tells whether there is one. */
  toggle(row: number): boolean {
    const at = this.shown.rows[row];
    if (at?.kind !== 'section') return false;
    this.session.fold(at.section.id, !at.isFolded);
    return true;
  }

  /** Opens the form of the line or section of the selected row. A shipped plan has none. */
  openForm(): void {
    const at = this.shown.rows[this.adapter?.place?.row ?? -1];
    if (!at || !this.session.isOwnPlan) return;
    modelDeskOf(this.session).asked =
      at.kind === 'line'
        ? { kind: 'line', id: at.line.id, section: at.line.section }
        : { kind: 'section', id: at.section.id };
  }

  /** Whether a place is a name that is changed in a form. */
  #hasForm(place: { readonly column: number } | undefined): boolean {
    return this.session.isOwnPlan && place !== undefined && this.shown.columns[place.column]?.kind === 'name';
  }

  /** Takes a key before the grid does. */
  key(event: KeyboardEvent, isEditing: boolean): boolean {
    const command = commandOf(event);
    if (isEditing || command === undefined) return false;
    if (command === 'forgive' && this.view.refused.cells.length === 0) return false;
    const place = this.adapter?.place;
    if (command === 'toggle' && !(place && this.shown.rows[place.row]?.kind === 'section')) return false;
    if (command === 'form' && !this.#hasForm(place)) return false;
    if (
      (command === 'turnOn' || command === 'turnBack' || command === 'back') &&
      !cellTraceOf(this.session).step
    )
      return false;
    event.preventDefault();
    event.stopPropagation();
    if (command === 'undo') this.session.undo();
    else if (command === 'redo') this.session.redo();
    else if (command === 'fillRight') this.fillRight();
    else if (command === 'change') this.onChange?.('set');
    else if (command === 'clear') this.clear();
    else if (command === 'forgive') this.view.forgive();
    else if (command === 'form') this.openForm();
    else if (command === 'explain') this.explain();
    else if (command !== 'toggle') this.trace(command);
    else if (place) this.toggle(place.row);
    return true;
  }

  /** Shows how the selected cell comes to its value. */
  explain(): void {
    explainDeskOf(this.session).isAsked = true;
  }

  /** Goes along the cells that read each other. */
  trace(command: TraceCommand): void {
    const trace = cellTraceOf(this.session);
    if (command === 'back') trace.back();
    else if (command === 'turnOn') trace.turn(1);
    else if (command === 'turnBack') trace.turn(-1);
    else trace.walk(command);
    this.view.focusGrid();
  }

  /** A press on a cell while a formula waits for a name writes the cell's name into it. */
  pressed(row: number, column: number): boolean {
    const { draft } = this.view;
    const cell = this.cell(row, column);
    if (!draft || !cell || !isFormulaEntry(draft.text)) return false;
    if (!WAITS_FOR_NAME.test(draft.text.slice(0, draft.caret))) return false;
    const context = this.session.formulaContext(draft.period);
    const text = referenceTo(cell.line, cell.period, draft.period, context, this.app.language);
    this.view.insert({ text, from: draft.caret, to: draft.caret });
    return true;
  }

  #blocks(): readonly Block[] {
    return this.adapter?.blocks() ?? [];
  }
}

/** A cell as one would type it: the formula that decides it, or its number with all digits. */
export function entryText(session: PlanSession, language: 'zh' | 'en', line: string, period: number): string {
  const base = session.rule(line, period)?.base;
  if (base?.kind === 'formula') return formulaInWords(base.text, session.formulaContext(period), language);
  return base && 'value' in base ? exactText(base.value, session.engine.unitOf(line)) : '';
}

function placesBetween(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
