/** Compiled lines at work on the cells of one calculation. */
import type { Code } from '../code/instruction.ts';
import { CELL_BYTES, bytesOf, type CellLayout, type CellStore } from './cell-store.ts';
import { MEMORY_IMPORT } from '../emit/module.ts';
import { buildLineModule, type LineCode } from '../emit/line-module.ts';

/** Calculates cells of one line from one place to another (in bytes); gives where it stopped. */
export type LineFunction = (from: number, to: number) => number;

/** Lines in one module: fewer make many modules, more make one that is slow to compile. */
const LINES_A_MODULE = 200;

/** The bytes of a page of WebAssembly memory. */
const PAGE_BYTES = 65_536;

/** A module up to here may be compiled at once in every browser, also where the page is shown. */
const MAX_BYTES_AT_ONCE = 4096;

/** Where the function of a code is. */
interface FunctionPlace {
  readonly module: WebAssembly.Module;
  readonly name: string;
}

/**
 * The modules of a plan's formulas; they hold no values, so that every calculation of the plan can use them, and of the plan
 * after an edit: a code that is the same object is the same function. What no code is left of goes by itself.
 */
export class CompiledLines {
  readonly layout: CellLayout;
  /** null: there is no fast form. */
  readonly #places = new WeakMap<Code, FunctionPlace | null>();
  readonly #firstPeriod: number;
  #compiled = 0;

  constructor(layout: CellLayout, firstPeriod: number) {
    this.layout = layout;
    this.#firstPeriod = firstPeriod;
  }

  /** How many codes have been compiled so far, those without a fast form included. */
  get compiled(): number {
    return this.#compiled;
  }

  /** Tells whether the functions also work on cells that lie so: there may be other lines, in rows as long. */
  fits({ periods, margin }: CellLayout, firstPeriod: number): boolean {
    return (
      periods === this.layout.periods && margin === this.layout.margin && firstPeriod === this.#firstPeriod
    );
  }

  /** Of some lines those that have not been compiled. */
  missing(lines: readonly LineCode[]): LineCode[] {
    return lines.filter(({ code }) => !this.#places.has(code));
  }

  /** Compiles lines at once. Fails: throws where WebAssembly is refused. */
  addNow(lines: readonly LineCode[]): void {
    for (const chunk of chunksOf(this.missing(lines))) {
      const { bytes, names } = this.#build(chunk);
      this.#take(chunk, names, new WebAssembly.Module(bytes));
    }
  }

  /** Compiles lines while the page goes on. Fails: rejects where WebAssembly is refused. */
  async add(lines: readonly LineCode[]): Promise<void> {
    for (const chunk of chunksOf(this.missing(lines))) {
      const { bytes, names } = this.#build(chunk);
      this.#take(chunk, names, await WebAssembly.compile(bytes));
    }
  }

  /** The function of one line; a code that is met for the first time is compiled by itself. Undefined: no fast form. */
  find(line: LineCode): FunctionPlace | undefined {
    const known = this.#places.get(line.code);
    if (known !== undefined) return known ?? undefined;
    const { bytes, names } = this.#build([line]);
    if (bytes.length > MAX_BYTES_AT_ONCE) this.#take([line], [undefined]);
    else this.#take([line], names, new WebAssembly.Module(bytes));
    return this.#places.get(line.code) ?? undefined;
  }

  #build(lines: readonly LineCode[]) {
    return buildLineModule(lines, this.layout, this.#firstPeriod);
  }

  #take(lines: readonly LineCode[], names: readonly (string | undefined)[], module?: WebAssembly.Module) {
    lines.forEach(({ code }, order) => {
      const name = names[order];
      this.#places.set(code, module && name !== undefined ? { module, name } : null);
    });
    this.#compiled += lines.length;
  }

  /** Takes the cells of a calculation into memory that the functions share. */
  runOn(cells: CellStore): LineRunner {
    const pages = Math.ceil(bytesOf(cells.layout) / PAGE_BYTES);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    cells.moveTo(memory.buffer);
    return new LineRunner(this, memory);
  }
}

/** What a run of a line came to. */
export class LineRunner {
  readonly #lines: CompiledLines;
  readonly #memory: WebAssembly.Memory;
  readonly #changed: Uint32Array;
  readonly #functions = new WeakMap<Code, LineFunction | null>();
  readonly #exports = new WeakMap<WebAssembly.Module, WebAssembly.Instance['exports']>();

  constructor(lines: CompiledLines, memory: WebAssembly.Memory) {
    this.#lines = lines;
    this.#memory = memory;
    this.#changed = new Uint32Array(memory.buffer, 0, 1);
  }

  /** The function of a line's code; undefined where the reference evaluator has to do it. */
  find(line: number, code: Code): LineFunction | undefined {
    const known = this.#functions.get(code);
    if (known !== undefined) return known ?? undefined;
    const place = this.#lines.find({ line, code });
    const found = place && (this.#exportsOf(place.module)[place.name] as LineFunction);
    this.#functions.set(code, found ?? null);
    return found;
  }

  /** The first index that the last run changed; where it stopped or later if none. */
  get changed(): number {
    return (this.#changed[0] as number) / CELL_BYTES;
  }

  #exportsOf(module: WebAssembly.Module): WebAssembly.Instance['exports'] {
    const known = this.#exports.get(module);
    if (known) return known;
    const { exports } = new WebAssembly.Instance(module, {
      [MEMORY_IMPORT.module]: { [MEMORY_IMPORT.name]: this.#memory },
    });
    this.#exports.set(module, exports);
    return exports;
  }
}

function* chunksOf(lines: readonly LineCode[]): Generator<readonly LineCode[]> {
  for (let start = 0; start < lines.length; start += LINES_A_MODULE)
    yield lines.slice(start, start + LINES_A_MODULE);
}
