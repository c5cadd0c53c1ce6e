/**
 * The values of all cells of a calculation in one block of memory, as the fast evaluators read them: a row of doubles for
 * each line, with cells outside of the periods around it that are missing for ever. A cell without a number holds a NaN
 * that says which: missing, or failed; why it failed stands beside.
 */
import { MISSING, isFailure, isMissing, isSameValue, type Failure, type Value } from '#quantity';
import { HEAD, HEAD_BYTES } from './head.ts';

/** Bits of a cell that is missing, and of one that has failed; the lower words tell them apart. */
export const MISSING_BITS = 0x7ff8000000000001n;
const NAN_WORD = 0x7ff80000;
const MISSING_WORD = 1;
const FAILED_WORD = 2;

/** Bytes of a cell. */
export const CELL_BYTES = 8;
const WORD_BYTES = 4;
/** Bytes after the last cell that may be read with it, two cells at a time. */
const BEYOND_BYTES = 16;

/** Between which numbers a line moves. */
export interface Extent {
  readonly least: number;
  readonly most: number;
}

/** How cells lie in memory. */
export interface CellLayout {
  readonly lines: number;
  readonly periods: number;
  /** Cells between two lines that belong to no period: how far a lag may reach. */
  readonly margin: number;
}

/** The bytes that a layout takes. */
export function bytesOf(layout: CellLayout): number {
  return Math.ceil((shownAt(layout) + layout.lines) / CELL_BYTES) * CELL_BYTES;
}

/** Where the first period of a line lies, in bytes. */
export function addressOf({ periods, margin }: CellLayout, line: number): number {
  return HEAD_BYTES + (line * (periods + margin) + margin) * CELL_BYTES;
}

/** Where the row begins that tells of each line whether it has been shown since it changed: 1, else 0. */
function shownAt(layout: CellLayout): number {
  return addressOf(layout, layout.lines) + BEYOND_BYTES;
}

/** The cells of one calculation. */
export class CellStore {
  readonly layout: CellLayout;
  #numbers: Float64Array;
  /** The same memory in halves of cells, lower half first. */
  #words: Uint32Array;
  /** Which lines have been shown since they changed. */
  #shown: Uint8Array;
  /** Why cells have failed, by place in memory. */
  readonly #failures = new Map<number, Failure>();
  readonly #series: (readonly Value[] | undefined)[];
  /** Cells of a row, and where the first row begins. */
  readonly #stride: number;
  readonly #first: number;

  constructor(layout: CellLayout) {
    this.layout = layout;
    this.#stride = layout.periods + layout.margin;
    this.#first = addressOf(layout, 0) / CELL_BYTES;
    const buffer = new ArrayBuffer(bytesOf(layout));
    this.#numbers = new Float64Array(buffer);
    this.#words = new Uint32Array(buffer);
    this.#series = new Array<undefined>(layout.lines).fill(undefined);
    this.#shown = new Uint8Array(buffer, shownAt(layout), layout.lines);
    const end = shownAt(layout) / CELL_BYTES;
    for (let at = HEAD_BYTES / CELL_BYTES; at < end; at += 1) this.#mark(at, MISSING_WORD);
  }

  /** Goes on in another memory, which takes over all cells. */
  moveTo(buffer: ArrayBuffer): void {
    const words = new Uint32Array(buffer, 0, this.#words.length);
    words.set(this.#words);
    this.#words = words;
    this.#numbers = new Float64Array(buffer, 0, this.#numbers.length);
    this.#shown = new Uint8Array(buffer, shownAt(this.layout), this.layout.lines);
    words[HEAD.shown / WORD_BYTES] = shownAt(this.layout);
  }

  /** The value of a cell; missing outside of the periods. */
  read(line: number, index: number): Value {
    if (index < 0 || index >= this.layout.periods) return MISSING;
    const at = this.#at(line, index);
    const number = this.#numbers[at] as number;
    // only what is no number differs from itself
    if (number === number) return number;
    return this.#words[2 * at] === MISSING_WORD ? MISSING : (this.#failures.get(at) as Failure);
  }

  /** Sets a cell; tells whether it now holds another value. */
  write(line: number, index: number, value: Value): boolean {
    const before = this.read(line, index);
    if (isSameValue(before, value)) return false;
    const at = this.#at(line, index);
    if (isFailure(before)) this.#failures.delete(at);
    if (isFailure(value)) {
      this.#failures.set(at, value);
      this.#mark(at, FAILED_WORD);
    } else if (isMissing(value)) this.#mark(at, MISSING_WORD);
    else this.#numbers[at] = value;
    return true;
  }

  /** Sets cells of a line, from an index up to another, to one number; gives the first that now holds another value. */
  fill(line: number, from: number, end: number, value: number): number | undefined {
    let first: number | undefined;
    for (let index = from; index < end; index += 1) {
      // a cell that holds the number already is passed over; zeros have signs
      if (this.#numbers[this.#at(line, index)] === value && value !== 0) continue;
      if (this.write(line, index, value)) first ??= index;
    }
    return first;
  }

  /** The values of a line; the same array until `touch` says that one of them has changed. */
  series(line: number): readonly Value[] {
    const known = this.#series[line];
    if (known && this.#shown[line] === 1) return known;
    const values = Array.from({ length: this.layout.periods }, (_, index) => this.read(line, index));
    this.#series[line] = values;
    this.#shown[line] = 1;
    return values;
  }

  /** The numbers of a line as they lie in memory, for as long as nothing is calculated; NaN where a cell has none. */
  row(line: number): Float64Array {
    const first = this.#at(line, 0);
    return this.#numbers.subarray(first, first + this.layout.periods);
  }

  /** The least and the greatest number of a line; undefined where it has none. */
  extent(line: number): Extent | undefined {
    const first = this.#at(line, 0);
    const end = first + this.layout.periods;
    let [least, most] = [Infinity, -Infinity];
    for (let at = first; at < end; at += 1) {
      const number = this.#numbers[at] as number;
      // what is no number is neither less nor greater
      if (number < least) least = number;
      if (number > most) most = number;
    }
    return least <= most ? { least, most } : undefined;
  }

  /** Tells that a value of a line has changed. */
  touch(line: number): void {
    this.#shown[line] = 0;
  }

  #at(line: number, index: number): number {
    return this.#first + line * this.#stride + index;
  }

  /** Through the words, since a NaN that goes through a number may lose its bits. */
  #mark(at: number, low: number): void {
    this.#words[2 * at] = low;
    this.#words[2 * at + 1] = NAN_WORD;
  }
}
