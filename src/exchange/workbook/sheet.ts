/** A worksheet as this room builds it, before any library: cells with a value or a formula, and how they look. */
import type { Place } from './address.ts';

/** How a cell looks; what it means decides, the writer knows the colours. */
export interface Look {
  /** Excel’s number format. */
  readonly format?: string;
  /**
   * input: a number to change, blue · level: a formula that a number may be typed over · history: observed, on a faint ground · kept: a value in place of a formula ·
   * faint: beside the matter · head: a column’s head · section: a section’s name · title: a sheet’s title.
   */
  readonly tone?: 'input' | 'level' | 'history' | 'kept' | 'faint' | 'head' | 'section' | 'title' | 'active';
  readonly isWrapped?: boolean;
  /** indented: to the left, but away from the number before it. */
  readonly align?: 'left' | 'indented' | 'center' | 'right';
}

/** What a viewer shows until it calculates: a number, a text, an error code. */
export type Shown = number | string;

/** One cell. */
export interface SheetCell {
  readonly value?: Shown;
  /** Without the equals sign; `value` is then what it gives. */
  readonly formula?: string;
  readonly look?: Look;
}

/** A list of allowed texts for a cell, taken from a range. */
export interface Choice {
  readonly place: Place;
  readonly source: string;
  readonly title: string;
  readonly message: string;
  readonly refusal: string;
}

/** A text that colours a cell where it stands. */
export interface Highlight {
  readonly range: string;
  readonly text: string;
  readonly tone: 'good' | 'bad';
}

/** One worksheet. */
export interface Sheet {
  readonly name: string;
  /** Width of each column in characters. */
  readonly widths: readonly number[];
  readonly frozen: { readonly rows: number; readonly columns: number };
  readonly cells: ReadonlyMap<string, SheetCell & Place>;
  readonly choices?: readonly Choice[];
  readonly highlights?: readonly Highlight[];
  /** Neither shown nor offered to be shown. */
  readonly isHidden?: boolean;
}

/** Puts cells on a sheet. */
export class SheetBuilder {
  readonly #cells = new Map<string, SheetCell & Place>();

  put(place: Place, cell: SheetCell): void {
    this.#cells.set(`${place.row},${place.column}`, { ...place, ...cell });
  }

  /** Puts texts or numbers side by side; undefined leaves a cell empty. */
  putRow(row: number, values: readonly (Shown | undefined)[], look?: Look): void {
    values.forEach((value, column) => {
      if (value !== undefined) this.put({ row, column }, { value, ...(look && { look }) });
    });
  }

  build(sheet: Omit<Sheet, 'cells'>): Sheet {
    return { ...sheet, cells: this.#cells };
  }
}

/** A name that formulas may use for one place. */
export interface DefinedName {
  readonly name: string;
  readonly refersTo: string;
}

/** One of Excel’s own scenarios: values of at most 32 cells of one sheet. */
export interface ScenarioRecord {
  readonly name: string;
  readonly comment: string;
  readonly cells: readonly { readonly address: string; readonly value: Shown }[];
}

/** A workbook ready to be written. */
export interface Workbook {
  readonly title: string;
  readonly sheets: readonly Sheet[];
  readonly names: readonly DefinedName[];
  /** On the first sheet; `active` is the one in force. */
  readonly records: readonly ScenarioRecord[];
  readonly active: number;
}
