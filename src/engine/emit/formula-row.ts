/**
 * The row that a function is given for one of the formulas that it calculates: where the lines begin that it names, then its
 * numbers. What is used often is taken into locals before the first period.
 */
import type { Register } from '../code/instruction.ts';
import { addressOf, CELL_BYTES, type CellLayout } from '../run/cell-store.ts';
import { Instructions, leaf } from './instructions.ts';
import type { Locals, Node } from './node.ts';
import type { Shaped } from './shape.ts';

const ADDRESS_BYTES = 4;
/** Addresses and numbers that are kept in locals; more would be pushed out of the processor's registers anyway. */
const MOST_KEPT = 16;

/** Bytes of a row. */
export function rowBytes({ lines, numbers }: Shaped): number {
  return numbersAt(lines.length) + numbers.size * CELL_BYTES;
}

/** Writes a row at a place that divides by 8. */
export function writeRow({ lines, numbers }: Shaped, layout: CellLayout, into: DataView, at: number): void {
  lines.forEach((line, place) => {
    into.setUint32(at + place * ADDRESS_BYTES, addressOf(layout, line) - marginBytes(layout), true);
  });
  [...numbers.values()].forEach((number, place) => {
    into.setFloat64(at + numbersAt(lines.length) + place * CELL_BYTES, number, true);
  });
}

/** Where a period lies after the address of a line in a row, which is that of the margin before it. */
export function offsetOf(layout: CellLayout, index: number): number {
  return marginBytes(layout) + index * CELL_BYTES;
}

function marginBytes({ margin }: CellLayout): number {
  return margin * CELL_BYTES;
}

function numbersAt(lines: number): number {
  return Math.ceil((lines * ADDRESS_BYTES) / CELL_BYTES) * CELL_BYTES;
}

/** The row as a function reads it. */
export class FormulaRow {
  readonly #shaped: Shaped;
  readonly #places: ReadonlyMap<number, number>;
  readonly #registers: readonly Register[];
  readonly #row: number;
  readonly #locals: Locals;
  readonly #arePairs: boolean;
  readonly #kept = new Map<string, number>();
  readonly #prologue = new Instructions();

  /** `row` is the parameter that holds its address; numbers are taken twice for pairs of periods. */
  constructor(shaped: Shaped, row: number, locals: Locals, arePairs: boolean) {
    this.#shaped = shaped;
    this.#places = new Map(shaped.lines.map((line, place) => [line, place]));
    this.#registers = [...shaped.numbers.keys()];
    this.#row = row;
    this.#locals = locals;
    this.#arePairs = arePairs;
  }

  /** Writes the address of a line. */
  writeAddress(line: number, code: Instructions): void {
    const offset = (this.#places.get(line) as number) * ADDRESS_BYTES;
    const kept = this.#keep(`address ${offset}`, 'i32', () =>
      this.#prologue.get(this.#row).memory('i32.load', offset),
    );
    if (kept === undefined) code.get(this.#row).memory('i32.load', offset);
    else code.get(kept);
  }

  /** A number that is in the row; undefined where it is the same for all of the shape. */
  number(register: Register): Node | undefined {
    const number = this.#shaped.numbers.get(register);
    if (number === undefined) return undefined;
    const offset = numbersAt(this.#shaped.lines.length) + this.#registers.indexOf(register) * CELL_BYTES;
    const type = this.#arePairs ? 'v128' : 'f64';
    const load = (code: Instructions) =>
      this.#arePairs
        ? code.get(this.#row).laneMemory('v128.load64_splat', offset)
        : code.get(this.#row).memory('f64.load', offset);
    const kept = this.#keep(`number ${offset}`, type, () => load(this.#prologue));
    return leaf(
      `${number}`,
      type,
      (code) => (kept === undefined ? load(code) : code.get(kept)),
      kept !== undefined,
    );
  }

  /** What comes before the first period. */
  get prologue(): Instructions {
    return this.#prologue;
  }

  #keep(what: string, type: Node['type'], load: () => void): number | undefined {
    const known = this.#kept.get(what);
    if (known !== undefined || this.#kept.size >= MOST_KEPT) return known;
    load();
    const local = this.#locals.add(type);
    this.#prologue.set(local);
    this.#kept.set(what, local);
    return local;
  }
}
