/** Compiled lines at work on the cells of one calculation. */
import type { Code } from '../code/instruction.ts';
import { CELL_BYTES, bytesOf, type CellLayout, type CellStore } from './cell-store.ts';
import { MEMORY_IMPORT } from '../emit/module.ts';
import { buildLineModule, type LineCode } from '../emit/line-module.ts';

/** Calculates cells of one line from one place to another (in bytes); gives where it stopped. */
type LineFunction = (from: number, to: number) => number;

/** Lines in one module: fewer make many modules, more make one that is slow to compile. */
const LINES_A_MODULE = 200;

/** The bytes of a page of WebAssembly memory. */
const PAGE_BYTES = 65_536;

/** The modules of a plan's formulas; they hold no values, so that every calculation of the plan can use them. */
export class CompiledLines {
  readonly layout: CellLayout;
  readonly #modules: { readonly module: WebAssembly.Module; readonly codes: ReadonlyMap<string, Code> }[] =
    [];
  readonly #firstPeriod: number;

  constructor(layout: CellLayout, firstPeriod: number) {
    this.layout = layout;
    this.#firstPeriod = firstPeriod;
  }

  /** Compiles lines at once. Fails: throws where WebAssembly is refused. */
  addNow(lines: readonly LineCode[]): void {
    for (const chunk of chunksOf(lines)) {
      const { bytes, codes } = this.#build(chunk);
      this.#modules.push({ module: new WebAssembly.Module(bytes), codes });
    }
  }

  /** Compiles lines while the page goes on. Fails: rejects where WebAssembly is refused. */
  async add(lines: readonly LineCode[]): Promise<void> {
    for (const chunk of chunksOf(lines)) {
      const { bytes, codes } = this.#build(chunk);
      this.#modules.push({ module: await WebAssembly.compile(bytes), codes });
    }
  }

  #build(lines: readonly LineCode[]) {
    const { bytes, names } = buildLineModule(lines, this.layout, this.#firstPeriod);
    const codes = new Map<string, Code>();
    names.forEach((name, order) => {
      if (name !== undefined) codes.set(name, (lines[order] as LineCode).code);
    });
    return { bytes, codes };
  }

  /** Takes the cells of a calculation into memory that the functions share. */
  runOn(cells: CellStore): LineRunner {
    const pages = Math.ceil(bytesOf(this.layout) / PAGE_BYTES);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    cells.moveTo(memory.buffer);
    const functions = new Map<Code, LineFunction>();
    for (const { module, codes } of this.#modules) {
      const { exports } = new WebAssembly.Instance(module, {
        [MEMORY_IMPORT.module]: { [MEMORY_IMPORT.name]: memory },
      });
      for (const [name, code] of codes) functions.set(code, exports[name] as LineFunction);
    }
    return new LineRunner(functions, new Uint32Array(memory.buffer, 0, 1));
  }
}

/** What a run of a line came to. */
export class LineRunner {
  readonly #functions: ReadonlyMap<Code, LineFunction>;
  readonly #changed: Uint32Array;

  constructor(functions: ReadonlyMap<Code, LineFunction>, changed: Uint32Array) {
    this.#functions = functions;
    this.#changed = changed;
  }

  /** The function of a code; undefined where the reference evaluator has to do it. */
  find(code: Code): LineFunction | undefined {
    return this.#functions.get(code);
  }

  /** The first index that the last run changed; where it stopped or later if none. */
  get changed(): number {
    return (this.#changed[0] as number) / CELL_BYTES;
  }
}

function* chunksOf(lines: readonly LineCode[]): Generator<readonly LineCode[]> {
  for (let start = 0; start < lines.length; start += LINES_A_MODULE)
    yield lines.slice(start, start + LINES_A_MODULE);
}
