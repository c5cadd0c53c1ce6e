/** The compiled formulas of a plan: which shapes there are, and in which module each is. */
import { atOnce, type Turns } from '#plan';
import type { Code } from '../code/instruction.ts';
import type { Periods } from '../emit/line-function.ts';
import { buildLineModule } from '../emit/line-module.ts';
import { shapeOf, type LineCode, type Shaped } from '../emit/shape.ts';
import type { CellLayout } from './cell-store.ts';

/** Shapes in one module: fewer make many modules, more make one that is slow to compile. */
const SHAPES_A_MODULE = 200;

/** A module up to here may be compiled at once in every browser, also where the page is shown. */
const MAX_BYTES_AT_ONCE = 4096;

/** Tells whether what was thrown is the browser's refusal to run compiled code, and not a mistake. */
export function isRefusal(thrown: unknown): boolean {
  if (typeof WebAssembly === 'undefined') return true;
  return (
    thrown instanceof WebAssembly.CompileError || thrown instanceof RangeError || thrown instanceof EvalError
  );
}

/** The function of a shape. */
export interface ShapeFunction {
  readonly module: WebAssembly.Module;
  readonly name: string;
}

/** A formula with the function of its shape. */
export interface Placed {
  readonly shaped: Shaped;
  /** null: there is no fast form. */
  readonly place: ShapeFunction | null;
}

/** A formula that waits for its shape to be compiled, and with it others of that shape. */
type Waiting = LineCode & {
  readonly shaped: Shaped;
  readonly others: { readonly code: Code; readonly shaped: Shaped }[];
};

/**
 * The modules of a plan's formulas; they hold no values, so that every calculation of the plan can use them, and of the plan
 * after an edit: formulas of one shape are one function. A shape that no formula is left of goes by itself.
 */
export class CompiledLines {
  readonly #periods: Periods;
  readonly #placed = new WeakMap<Code, Placed>();
  /** Shapes by their text. */
  readonly #places = new Map<string, WeakRef<ShapeFunction> | null>();
  #compiled = 0;

  constructor(layout: CellLayout, firstPeriod: number) {
    this.#periods = { layout, firstPeriod };
  }

  /** How many shapes have been compiled so far, those without a fast form included. */
  get compiled(): number {
    return this.#compiled;
  }

  /** Tells whether the functions also work on cells that lie so: there may be other lines, in rows as long. */
  fits({ periods, margin }: CellLayout, firstPeriod: number): boolean {
    const { layout } = this.#periods;
    return (
      periods === layout.periods && margin === layout.margin && firstPeriod === this.#periods.firstPeriod
    );
  }

  /** Of some lines those that have a shape of their own which has not been compiled: one for each shape. */
  missing(lines: readonly LineCode[]): LineCode[] {
    return atOnce(this.#waiting(lines));
  }

  /** Compiles lines at once. Fails: throws where WebAssembly is refused. */
  addNow(lines: readonly LineCode[]): void {
    for (const chunk of chunksOf(atOnce(this.#waiting(lines)))) {
      const { bytes, names } = buildLineModule(chunk, this.#periods);
      this.#take(chunk, names, new WebAssembly.Module(bytes));
    }
  }

  /**
   * Compiles lines while the page goes on: writes their modules in turns, and gives what compiles them. Fails: that rejects
   * where WebAssembly is refused.
   */
  *addInTurns(lines: readonly LineCode[]): Turns<() => Promise<void>> {
    const written: (() => Promise<void>)[] = [];
    for (const chunk of chunksOf(yield* this.#waiting(lines))) {
      const { bytes, names } = buildLineModule(chunk, this.#periods);
      written.push(async () => this.#take(chunk, names, await WebAssembly.compile(bytes)));
      yield;
    }
    return async () => {
      for (const compile of written) await compile();
    };
  }

  /** A line with its function; a shape that is met for the first time is compiled by itself. */
  find(line: LineCode): Placed {
    const known = this.#placed.get(line.code);
    if (known) return known;
    const [waiting] = atOnce(this.#waiting([line]));
    if (waiting) {
      const { bytes, names } = buildLineModule([waiting], this.#periods);
      if (bytes.length > MAX_BYTES_AT_ONCE)
        this.#placed.set(line.code, { shaped: waiting.shaped, place: null });
      else this.#take([waiting], names, new WebAssembly.Module(bytes));
    }
    return this.#placed.get(line.code) as Placed;
  }

  /** Places lines whose shapes are known; gives one line for each other shape. */
  *#waiting(lines: readonly LineCode[]): Turns<Waiting[]> {
    const waiting = new Map<string, Waiting>();
    for (const line of lines) {
      if (this.#placed.has(line.code)) continue;
      const shaped = shapeOf(line);
      const place = this.#placeOf(shaped.shape);
      const alike = waiting.get(shaped.shape);
      if (place !== undefined) this.#placed.set(line.code, { shaped, place });
      else if (alike) alike.others.push({ code: line.code, shaped });
      else waiting.set(shaped.shape, { ...line, shaped, others: [] });
      yield;
    }
    return [...waiting.values()];
  }

  #placeOf(shape: string): ShapeFunction | null | undefined {
    const known = this.#places.get(shape);
    return known === null ? null : known?.deref();
  }

  #take(lines: readonly Waiting[], names: readonly (string | undefined)[], module: WebAssembly.Module): void {
    lines.forEach(({ code, shaped, others }, order) => {
      const name = names[order];
      const place = name === undefined ? null : { module, name };
      this.#places.set(shaped.shape, place && new WeakRef(place));
      for (const one of [{ code, shaped }, ...others])
        this.#placed.set(one.code, { shaped: one.shaped, place });
    });
    this.#compiled += lines.length;
  }
}

function* chunksOf(lines: readonly Waiting[]): Generator<readonly Waiting[]> {
  for (let start = 0; start < lines.length; start += SHAPES_A_MODULE)
    yield lines.slice(start, start + SHAPES_A_MODULE);
}
