/** Compiled lines at work on the cells and the agenda of one calculation. */
import type { Code } from '../code/instruction.ts';
import { MEMORY_IMPORT, TABLE_IMPORT } from '../emit/module.ts';
import { rowBytes, writeRow } from '../emit/formula-row.ts';
import { WALK, buildWalkModule } from '../emit/walk-module.ts';
import type { LineCode } from '../emit/shape.ts';
import type { Agenda } from './agenda.ts';
import { CELL_BYTES, bytesOf, type CellLayout, type CellStore } from './cell-store.ts';
import { HEAD } from './head.ts';
import type { CompiledLines, ShapeFunction } from './compiled-lines.ts';

/** Calculates cells of one line from one place to another (in bytes) by a row; gives where it stopped. */
type LineFunction = (from: number, to: number, row: number) => number;

/** A function by its number, with the row of one formula. */
export interface LineRun {
  readonly call: LineFunction;
  readonly run: number;
  readonly row: number;
}

/** The bytes of a page of WebAssembly memory. */
const PAGE_BYTES = 65_536;
/** What is left for edits, as a share of what is there, and at least so much. */
const SPARE_SHARE = 0.25;
const SPARE_BYTES = 16_384;
const SPARE_FUNCTIONS = 64;

/** Runs the lines of one calculation. */
export class LineRunner {
  readonly #lines: CompiledLines;
  readonly #layout: CellLayout;
  readonly #memory: WebAssembly.Memory;
  readonly #view: DataView;
  readonly #changed: Uint32Array;
  readonly #runs = new WeakMap<Code, LineRun | null>();
  readonly #functions = new Map<ShapeFunction, number>();
  readonly #table: WebAssembly.Table;
  readonly #exports = new WeakMap<WebAssembly.Module, WebAssembly.Instance['exports']>();
  readonly #walk: (from: number) => number;
  readonly #agendaAt: number;
  readonly #rowsAt: number;
  #nextRow: number;
  #isFull = false;

  /** Takes cells and agenda into memory that the functions share, with room for those of some lines. */
  constructor(lines: CompiledLines, known: readonly LineCode[], cells: CellStore, agenda: Agenda) {
    this.#lines = lines;
    this.#layout = cells.layout;
    const placed = known.map((line) => lines.find(line));
    const shapes = new Set(placed.map(({ place }) => place)).size;
    const rows = placed.reduce((sum, { shaped, place }) => (place ? sum + rowBytes(shaped) : sum), 0);
    this.#agendaAt = bytesOf(cells.layout);
    this.#rowsAt = this.#nextRow = this.#agendaAt + withSpare(agenda.bytes);
    const pages = Math.ceil((this.#rowsAt + withSpare(rows)) / PAGE_BYTES);
    this.#memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    this.#view = new DataView(this.#memory.buffer);
    this.#changed = new Uint32Array(this.#memory.buffer, HEAD.changed, 1);
    this.#table = new WebAssembly.Table({ element: 'anyfunc', initial: shapes + SPARE_FUNCTIONS });
    this.#walk = this.#exportsOf(walkModule())[WALK] as LineRunner['walk'];
    cells.moveTo(this.#memory.buffer);
    this.take(agenda);
  }

  /** Goes on with an agenda; false where there is no room for it. */
  take(agenda: Agenda): boolean {
    if (this.#agendaAt + agenda.bytes > this.#rowsAt) return false;
    agenda.moveTo({ buffer: this.#memory.buffer, at: this.#agendaAt });
    return true;
  }

  /** Whether there was no room for a formula; it is left to the reference evaluator. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** What calculates a line's code; undefined where the reference evaluator has to do it. */
  find(line: LineCode): LineRun | undefined {
    const known = this.#runs.get(line.code);
    if (known !== undefined) return known ?? undefined;
    const { shaped, place } = this.#lines.find(line);
    const row = this.#nextRow;
    const run = place && this.#numberOf(place);
    if (!place || run === undefined || row + rowBytes(shaped) > this.#memory.buffer.byteLength) {
      this.#isFull ||= place !== null;
      this.#runs.set(line.code, null);
      return undefined;
    }
    writeRow(shaped, this.#layout, this.#view, row);
    this.#nextRow += rowBytes(shaped);
    const found = { call: this.#functionOf(place), run: run as number, row };
    this.#runs.set(line.code, found);
    return found;
  }

  /** Goes through the agenda from a step on, as far as compiled functions come; gives the next step, −1 at the end. */
  walk(from: number): number {
    return this.#walk(from);
  }

  /** The first index that the last call of a function changed; where it stopped or later if none. */
  get changed(): number {
    return (this.#changed[0] as number) / CELL_BYTES;
  }

  /** The number of a function in the table; undefined where that is full. */
  #numberOf(place: ShapeFunction): number | undefined {
    const known = this.#functions.get(place);
    if (known !== undefined) return known;
    const number = this.#functions.size;
    if (number >= this.#table.length) return undefined;
    this.#table.set(number, this.#functionOf(place));
    this.#functions.set(place, number);
    return number;
  }

  #functionOf({ module, name }: ShapeFunction): LineFunction {
    return this.#exportsOf(module)[name] as LineFunction;
  }

  #exportsOf(module: WebAssembly.Module): WebAssembly.Instance['exports'] {
    const known = this.#exports.get(module);
    if (known) return known;
    const { exports } = new WebAssembly.Instance(module, {
      [MEMORY_IMPORT.module]: {
        [MEMORY_IMPORT.name]: this.#memory,
        [TABLE_IMPORT.name]: this.#table,
      },
    });
    this.#exports.set(module, exports);
    return exports;
  }
}

let walk: WebAssembly.Module | undefined;

/** The same for all plans. */
function walkModule(): WebAssembly.Module {
  return (walk ??= new WebAssembly.Module(buildWalkModule()));
}

function withSpare(bytes: number): number {
  const spare = Math.max(SPARE_BYTES, bytes * SPARE_SHARE);
  return Math.ceil((bytes + spare) / CELL_BYTES) * CELL_BYTES;
}
