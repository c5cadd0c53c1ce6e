/**
 * Handsontable, and the only file that knows it: a frozen, virtual grid that asks for everything it shows and tells
 * everything that is done to it. It holds no data: no value is ever written into Handsontable, and none is read from it.
 */
import Handsontable from 'handsontable/base';
import { TextEditor } from 'handsontable/editors/textEditor';
import { Autofill, registerPlugin } from 'handsontable/plugins';
import 'handsontable/styles/handsontable.css';
import 'handsontable/styles/ht-theme-main-no-icons.css';
import './grid-theme.css';
import './grid-system-colors.css';
import type { Block } from './grid-entries.ts';
import { HEAD_HEIGHT, NUMBER_WIDTH, ROW_HEIGHT } from './grid-measures.ts';

registerPlugin(Autofill);

/** The key that Handsontable asks for; a build of one's own sets `VITE_HANDSONTABLE_KEY`. */
const LICENCE_KEY: string =
  (import.meta.env['VITE_HANDSONTABLE_KEY'] as string | undefined) ?? 'non-commercial-and-evaluation';

/** Rows beyond the visible ones that are kept drawn, so that scrolling does not show blanks. */
const ROWS_AHEAD = 8;

/** How many rows there are and how wide each column is. */
export interface GridLayout {
  readonly rows: number;
  readonly widths: readonly number[];
  readonly frozen: number;
  readonly label: string;
}

/** What the grid asks and tells. Rows and columns count from 0 over what is shown. */
export interface GridHandlers {
  paint(cell: HTMLElement, row: number, column: number): void;
  paintHead(head: HTMLElement, column: number): void;
  paintNumber(head: HTMLElement, row: number): void;
  isEditable(row: number, column: number): boolean;
  /** What an editor starts with. */
  editText(row: number, column: number): string;
  /** An entry is finished; `isForAll` wants it in every selected cell. */
  commit(text: string, row: number, column: number, isForAll: boolean): void;
  /** An entry is being typed; undefined when its editor has closed. */
  typing(entry: { row: number; column: number; input: HTMLTextAreaElement } | undefined): void;
  selected(row: number, column: number, blocks: readonly Block[]): void;
  /** A key before the grid acts on it; true keeps the grid from acting. */
  key(event: KeyboardEvent, isEditing: boolean): boolean;
  /** A press on a cell; true keeps the grid from selecting it. */
  press(event: MouseEvent, row: number, column: number): boolean;
  /** The fill handle was drawn from one block over another. */
  fill(source: Block, over: Block): void;
  /** What a screen reader calls the entry in a cell, and the corner that selects all cells. */
  words(): { readonly entry: string; readonly all: string };
}

/** One grid in an element. */
export class GridAdapter {
  readonly #grid: Handsontable.Core;
  readonly #scroller: HTMLElement | null;
  #isQuiet = false;
  #isTabbing = false;

  constructor(element: HTMLElement, layout: GridLayout, handlers: GridHandlers) {
    this.#grid = new Handsontable(element, {
      licenseKey: LICENCE_KEY,
      themeName: 'ht-theme-main',
      width: '100%',
      height: '100%',
      ...contentOf(layout),
      renderer: (_grid, cell, row, column) => handlers.paint(cell, row, column),
      editor: cellEditor(handlers) as unknown as new (...parts: unknown[]) => unknown,
      cells: (row, column) => ({ readOnly: !handlers.isEditable(row, column) }),
      colHeaders: () => '',
      rowHeaders: true,
      columnHeaderHeight: HEAD_HEIGHT,
      rowHeaderWidth: NUMBER_WIDTH,
      rowHeights: ROW_HEIGHT,
      autoRowSize: false,
      autoColumnSize: false,
      viewportRowRenderingOffset: ROWS_AHEAD,
      fillHandle: { direction: 'horizontal', autoInsertRow: false },
      enterBeginsEditing: false,
      // leaves Chinese input whole: with fast editing on, digits are lost
      imeFastEdit: false,
      outsideClickDeselects: false,
      wordWrap: false,
      readOnlyCellClassName: 'fixed',
      afterGetColHeader: (column, head) => {
        if (column < 0) {
          head.setAttribute('aria-label', handlers.words().all);
          delete head.dataset['head'];
          return;
        }
        const label = head.querySelector<HTMLElement>('.colHeader');
        if (label) handlers.paintHead(label, column);
      },
      afterGetRowHeader: (row, head) => {
        const label = head.querySelector<HTMLElement>('.rowHeader');
        if (label) handlers.paintNumber(label, row);
      },
      afterSelection: (row, column) => {
        if (!this.#isQuiet && row >= 0 && column >= 0) handlers.selected(row, column, this.blocks());
      },
      beforeKeyDown: (event) => {
        const editor = this.#grid.getActiveEditor();
        const isEditing = editor?.isOpened() ?? false;
        if (handlers.key(event, isEditing)) return false;
        // an input method has begun to compose: the editor must be there before its first letter
        if (!isEditing && (event.keyCode === 229 || event.key === 'Process')) editor?.beginEditing('');
        return undefined;
      },
      beforeOnCellMouseDown: (event, coords) => {
        const { row, col } = coords;
        if (row === null || col === null || !handlers.press(event, row, col)) return;
        event.preventDefault();
        // how Handsontable's own handlers tell each other to stop
        Object.assign(event, { isImmediatePropagationEnabled: false });
      },
      beforeAutofill: (_data, source, target) => {
        handlers.fill(blockOf(source), blockOf(target));
        // false is what keeps the values out of the grid; its type knows lists only
        return false as unknown as undefined;
      },
      beforeChange: () => false,
    });
    this.#scroller = element.querySelector<HTMLElement>('.ht_master .wtHolder');
    // a presentational element that can have the focus is none: what would focus it focuses the grid
    this.#scroller?.removeAttribute('tabindex');
    this.#scroller?.addEventListener('focus', () => this.focus());
    element.ownerDocument.addEventListener('focusin', this.#onFocusIn);
    element.ownerDocument.addEventListener('keydown', this.#onAnyKey, true);
    this.#name(layout.label);
  }

  /** Tab is how a person walks into the grid. */
  readonly #onAnyKey = (event: KeyboardEvent): void => {
    this.#isTabbing = event.key === 'Tab';
  };

  /**
   * Gives the keyboard up when the focus goes elsewhere, and gives the focus back when the grid takes it without being
   * asked: Handsontable listens to the whole page and focuses its cell again whenever its size changes.
   */
  readonly #onFocusIn = (event: FocusEvent): void => {
    const root = this.#grid.rootElement;
    const isInside = event.target instanceof Node && root.contains(event.target);
    if (!isInside) {
      this.#grid.unlisten();
      return;
    }
    const before = event.relatedTarget;
    const isTaken =
      !this.#isTabbing &&
      before instanceof HTMLElement &&
      before.isConnected &&
      !root.contains(before) &&
      !this.#grid.isListening();
    if (isTaken) before.focus({ preventScroll: true });
  };

  #name(label: string): void {
    this.#grid.rootElement
      .querySelector('[role="treegrid"], [role="grid"]')
      ?.setAttribute('aria-label', label);
  }

  /** Takes other rows and columns; values never come this way. */
  show(layout: GridLayout): void {
    this.#quietly(() => this.#grid.updateSettings(contentOf(layout)));
    this.#name(layout.label);
  }

  /** Paints everything that is drawn again. */
  render(): void {
    this.#grid.render();
  }

  /** Follows another size of its element. */
  resize(): void {
    this.#grid.refreshDimensions();
  }

  /** The cell that is drawn at a place. Frozen columns are drawn twice: this is the one that is seen. */
  cell(row: number, column: number): HTMLElement | null {
    return this.#grid.getCell(row, column, true);
  }

  /** The first and the last row that are drawn. */
  drawnRows(): { from: number; to: number } {
    return {
      from: this.#grid.getFirstRenderedVisibleRow() ?? 0,
      to: this.#grid.getLastRenderedVisibleRow() ?? -1,
    };
  }

  /** The first and the last column that are drawn of those that scroll. */
  drawnColumns(): { from: number; to: number } {
    return {
      from: this.#grid.getFirstRenderedVisibleColumn() ?? 0,
      to: this.#grid.getLastRenderedVisibleColumn() ?? -1,
    };
  }

  /** The place of an element of the grid. */
  placeOf(element: Element): { row: number; column: number } | undefined {
    const cell = element.closest('td');
    const coords = cell && this.#grid.getCoords(cell);
    return coords && coords.row !== null && coords.col !== null
      ? { row: coords.row, column: coords.col }
      : undefined;
  }

  /** Where the keyboard is. */
  get place(): { row: number; column: number } | undefined {
    const [row, column] = this.#grid.getSelectedLast() ?? [];
    const { highlight } = this.#grid.getSelectedRangeLast() ?? {};
    if (highlight && highlight.row !== null && highlight.col !== null)
      return { row: highlight.row, column: highlight.col };
    return row === undefined || column === undefined ? undefined : { row, column };
  }

  /** What is selected. */
  blocks(): Block[] {
    return (this.#grid.getSelectedRange() ?? []).map(blockOf);
  }

  /** Selects a cell and brings it into view, without taking the keyboard and without telling. */
  select(row: number, column: number): void {
    const { place } = this;
    if (place?.row === row && place.column === column) return;
    this.#quietly(() => this.#grid.selectCell(row, column, row, column, true, false));
  }

  /** Takes the keyboard to the selected cell, or so many cells from it as far as the grid goes. */
  focus(down = 0, right = 0): void {
    this.#grid.listen();
    const { place } = this;
    if (!place) return;
    const row = Math.max(0, Math.min(place.row + down, this.#grid.countRows() - 1));
    const column = Math.max(0, Math.min(place.column + right, this.#grid.countCols() - 1));
    this.#grid.selectCell(row, column);
    this.cell(row, column)?.focus({ preventScroll: true });
  }

  /** Opens the editor of the selected cell. */
  edit(): void {
    const editor = this.#grid.getActiveEditor();
    editor?.enableFullEditMode();
    editor?.beginEditing();
  }

  /** Whether keys go to the grid and not to an editor in it. */
  get isListening(): boolean {
    return this.#grid.isListening() && !this.#grid.getActiveEditor()?.isOpened();
  }

  get scrollTop(): number {
    return this.#scroller?.scrollTop ?? 0;
  }

  /** What scrolls. */
  get scroller(): HTMLElement | null {
    return this.#scroller;
  }

  destroy(): void {
    this.#grid.rootDocument.removeEventListener('focusin', this.#onFocusIn);
    this.#grid.rootDocument.removeEventListener('keydown', this.#onAnyKey, true);
    this.#grid.destroy();
  }

  #quietly(work: () => void): void {
    this.#isQuiet = true;
    work();
    this.#isQuiet = false;
  }
}

function contentOf({ rows, widths, frozen }: GridLayout): Handsontable.GridSettings {
  return {
    data: Array.from({ length: rows }, () => []),
    columns: widths.map(() => ({})),
    // as one list: Handsontable takes widths that stand with their columns for all the same, and draws too few
    colWidths: [...widths],
    fixedColumnsStart: frozen,
  };
}

/** The members of Handsontable's ranges that are read here. */
interface Range {
  getTopStartCorner(): { row: number | null; col: number | null };
  getBottomEndCorner(): { row: number | null; col: number | null };
}

function blockOf(range: Range): Block {
  const [start, end] = [range.getTopStartCorner(), range.getBottomEndCorner()];
  return {
    fromRow: Math.max(0, start.row ?? 0),
    toRow: end.row ?? -1,
    fromColumn: Math.max(0, start.col ?? 0),
    toColumn: end.col ?? -1,
  };
}

/** An editor that starts with the whole number or the formula, and hands its text over instead of storing it. */
function cellEditor(handlers: GridHandlers): typeof TextEditor {
  const tell = (editor: TextEditor) => {
    if (editor.isOpened())
      handlers.typing({ row: editor.row ?? 0, column: editor.col ?? 0, input: inputOf(editor) });
  };
  return class CellEditor extends TextEditor {
    override createElements(): void {
      super.createElements();
      const input = inputOf(this);
      input.spellcheck = false;
      input.setAttribute('aria-label', handlers.words().entry);
      // closed it is nothing: a screen reader is to find the grid's rows and no field beside them
      this.TEXTAREA_PARENT.setAttribute('aria-hidden', 'true');
      for (const event of ['input', 'keyup', 'pointerup']) input.addEventListener(event, () => tell(this));
    }

    override prepare(...parts: Parameters<TextEditor['prepare']>): void {
      super.prepare(...parts);
      const [row, column] = parts;
      this.originalValue = handlers.editText(row, column);
    }

    override open(): void {
      inputOf(this).setAttribute('aria-label', handlers.words().entry);
      this.TEXTAREA_PARENT.removeAttribute('aria-hidden');
      super.open();
      tell(this);
    }

    override close(): void {
      super.close();
      this.TEXTAREA_PARENT.setAttribute('aria-hidden', 'true');
      handlers.typing(undefined);
    }

    override saveValue(value: unknown, isForAll = false): void {
      const [[text]] = value as [[string]];
      const isTouched = text !== this.originalValue || isForAll;
      if (isTouched) handlers.commit(text, this.row ?? 0, this.col ?? 0, isForAll);
    }
  };
}

function inputOf(editor: TextEditor): HTMLTextAreaElement {
  return editor.TEXTAREA as HTMLTextAreaElement;
}
