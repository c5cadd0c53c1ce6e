/** Reached cells compiled to WebAssembly: which of them, in which order, and their rows in memory. */
import { indexAt, type Dependency } from '../code/instruction.ts';
import { BlockModule, MOVES_FUNCTION, type RowLayout } from '../emit/block-module.ts';
import { MEMORY_IMPORT } from '../emit/module.ts';
import type { CellPlace, Reach, ReachedCell, ReachedStep } from './reach.ts';

/** A stretch of the order of calculation: cells that are compiled, or a step that is interpreted. */
export type Part =
  | { readonly kind: 'fast'; readonly cells: readonly ReachedCell[]; readonly functions: readonly number[] }
  | { readonly kind: 'slow'; readonly step: ReachedStep };

/** Samples in a row: so few that the rows of what a function reads stay in the processor's cache. */
const ROW_SAMPLES = 512;
/** What the rows may take, in bytes. */
const MAX_ROW_BYTES = 64e6;
const DOUBLE_BYTES = 8;
const PAGE_BYTES = 65_536;

/**
 * Cells times samples from which a module pays for its compilation. Measured in processor time on two templates: 36 ms for
 * 375 cells, then 5.9 ns a cell and sample for 28 interpreted (even at 1.6e6); 16 ms for 230 cells, then 3.1 for 11 (2.1e6).
 */
const WORTH_COMPILING = 2e6;
/** Cells beyond which a module takes too long to compile. */
const MAX_COMPILED_CELLS = 30_000;

/** Tells whether compiling pays. */
export function isWorthCompiling(cells: number, samples: number): boolean {
  return cells <= MAX_COMPILED_CELLS && cells * samples >= WORTH_COMPILING;
}

/** The compiled cells of a question; they hold no samples, so that every run of it can use them. */
export class FastCells {
  readonly parts: readonly Part[];
  readonly samples: number;
  readonly #reach: Reach;
  readonly #isSeen: (slot: number) => boolean;
  readonly #lean: WebAssembly.Module;
  #whole: WebAssembly.Module | undefined;
  readonly #rows: number;
  readonly #moves: number;

  /** Fails: throws where WebAssembly is refused. */
  constructor(reach: Reach, outputs: readonly CellPlace[]) {
    this.#reach = reach;
    this.#moves = reach.moves.length;
    this.#rows = this.#moves + reach.cells;
    const fitting = Math.floor(MAX_ROW_BYTES / DOUBLE_BYTES / Math.max(1, this.#rows));
    this.samples = Math.max(2, Math.min(ROW_SAMPLES, fitting - (fitting % 2)));
    const { module, parts } = emit(reach, this.#layout());
    const seen = new Set(outputs.map((place) => reach.slotOf(place)));
    for (const part of parts) if (part.kind === 'slow') addReads(part.step, reach, seen);
    this.#isSeen = (slot) => seen.has(slot);
    this.parts = parts;
    this.#lean = new WebAssembly.Module(module.toBytes(this.#isSeen, false));
  }

  /** Makes rows for one run. */
  begin(): FastRows {
    const pages = Math.max(1, Math.ceil(this.#addressOf(this.#rows) / PAGE_BYTES));
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const row = (number: number) => new Float64Array(memory.buffer, this.#addressOf(number), this.samples);
    const link = (module: WebAssembly.Module) =>
      new WebAssembly.Instance(module, { [MEMORY_IMPORT.module]: { [MEMORY_IMPORT.name]: memory } }).exports;
    return new FastRows(
      link(this.#lean),
      () => link((this.#whole ??= this.#compileWhole())),
      (move) => row(move),
      (slot) => row(this.#moves + slot),
    );
  }

  /** The same functions, which write every cell: one that is out of the ordinary is then found in its row. */
  #compileWhole(): WebAssembly.Module {
    const { module } = emit(this.#reach, this.#layout());
    return new WebAssembly.Module(module.toBytes(this.#isSeen, true));
  }

  #layout(): RowLayout {
    return {
      moveRow: (move) => this.#addressOf(move),
      cellRow: (slot) => this.#addressOf(this.#moves + slot),
    };
  }

  #addressOf(row: number): number {
    return row * this.samples * DOUBLE_BYTES;
  }
}

/** Emits the cells that have a fast form, in the order of calculation; cycles and the others are interpreted between. */
function emit(reach: Reach, layout: RowLayout): { module: BlockModule; parts: readonly Part[] } {
  const module = new BlockModule(reach, layout);
  const parts: Part[] = [];
  let cells: ReachedCell[] = [];
  let first = 0;
  const close = () => {
    if (cells.length > 0) parts.push({ kind: 'fast', cells, functions: module.close(first) });
    cells = [];
    first = module.functions;
  };
  for (const step of reach.steps) {
    if (step.kind === 'cell' && module.add(step.cell)) {
      cells.push(step.cell);
      continue;
    }
    close();
    parts.push({ kind: 'slow', step });
  }
  close();
  return { module, parts };
}

/** The functions of a module by name. */
type Exports = WebAssembly.Instance['exports'];

/** Calculates so many bytes of every row; gives 0 where all values that are looked at are numbers. */
type BlockFunction = (bytes: number) => number;

/** The rows of one run. */
export class FastRows {
  #functions: Exports;
  readonly #linkWhole: () => Exports;
  /** Every cell has a row; before, only those that somebody reads. */
  keepsAll = false;
  /** The numbers of a move; NaN where it has failed. */
  readonly moveRow: (move: number) => Float64Array;
  /** The values of a cell; NaN where it has none. */
  readonly cellRow: (slot: number) => Float64Array;

  constructor(
    functions: Exports,
    linkWhole: () => Exports,
    moveRow: (move: number) => Float64Array,
    cellRow: (slot: number) => Float64Array,
  ) {
    this.#functions = functions;
    this.#linkWhole = linkWhole;
    this.moveRow = moveRow;
    this.cellRow = cellRow;
  }

  /** From now on every cell has a row. */
  keepAll(): void {
    this.#functions = this.#linkWhole();
    this.keepsAll = true;
  }

  /** Tells whether the numbers of all moves are numbers. */
  hasOrdinaryMoves(samples: number): boolean {
    return this.#call(MOVES_FUNCTION, samples);
  }

  /** Calculates a part; false where a value that is looked at is out of the ordinary in some sample. */
  run(functions: readonly number[], samples: number): boolean {
    let isOrdinary = true;
    for (const number of functions) if (!this.#call(`f${number}`, samples)) isOrdinary = false;
    return isOrdinary;
  }

  #call(name: string, samples: number): boolean {
    // an odd one takes the next with it, whatever it holds
    const bytes = (samples + (samples % 2)) * DOUBLE_BYTES;
    return (this.#functions[name] as BlockFunction)(bytes) === 0;
  }
}

const OWN_PAST = { kind: 'lag', by: -1 } as const;

/** What an interpreted step reads is looked at. */
function addReads(step: ReachedStep, reach: Reach, seen: Set<number>): void {
  for (const cell of step.kind === 'cell' ? [step.cell] : step.cells) {
    const reads: Dependency[] = cell.origin.kind === 'code' ? [...cell.origin.code.dependencies] : [];
    if (cell.transforms.some(({ kind }) => kind === 'growth'))
      reads.push({ line: cell.line, first: OWN_PAST, last: OWN_PAST });
    for (const { line, first, last } of reads)
      for (let index = indexAt(first, cell.index); index <= indexAt(last, cell.index); index += 1)
        seen.add(reach.slotAt(line, index));
  }
}
