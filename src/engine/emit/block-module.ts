/**
 * From reached cells to a module that calculates them for a block of samples, two at a time.
 *
 * Every cell and every move has a row in memory, a double a sample. A function calculates some cells one after another for
 * a pair of samples, then for the next pair; what it has just calculated it need not read again. It tells whether a value
 * that others look at is out of the ordinary in any sample.
 */
import { isMissing, isNumber } from '#quantity';
import { indexAt } from '../code/instruction.ts';
import type { Reach, ReachedCell } from '../batch/reach.ts';
import { Bytes } from './bytes.ts';
import { emitFormula, type Source } from './formula.ts';
import { laneNode, lanes } from './lanes.ts';
import { buildModule, type FunctionBody } from './module.ts';
import { Locals, node, writeNode, type Node } from './node.ts';
import { LANES_PREFIX, LANE_OP, NO_RESULT, OP } from './opcode.ts';
import { ALWAYS, MAY_BE_INFINITE, MAY_BE_NONE, type Operand } from './operand.ts';

/** How rows lie in memory. */
export interface RowLayout {
  /** Where the row of a move or of a reached cell begins, in bytes. */
  moveRow(move: number): number;
  cellRow(slot: number): number;
}

/** Bytes of a pair of samples. */
const PAIR_BYTES = 16;
/** log2 of their alignment. */
const ALIGNED = 4;

/** The parameter: how many bytes of each row are to be calculated. */
const END = 0;
const PARAMETERS = 1;

/** Cells in one function: fewer read more from memory, more are slow to compile. */
const CELLS_A_FUNCTION = 60;

/** Emits the cells of a module in groups that can be run one after another. */
export class BlockModule {
  readonly #reach: Reach;
  readonly #rows: RowLayout;
  readonly #isSeen: (slot: number) => boolean;
  readonly #functions: FunctionBody[] = [];
  /** What is known of each cell that was emitted. */
  readonly #cares = new Map<number, Operand<Node>['care']>();
  #group: { readonly values: Map<number, Operand<Node>>; readonly cells: { slot: number; value: Node }[] };

  /** `isSeen` tells which cells somebody looks at who is not emitted: an output, or a cell that is interpreted. */
  constructor(reach: Reach, rows: RowLayout, isSeen: (slot: number) => boolean) {
    this.#reach = reach;
    this.#rows = rows;
    this.#isSeen = isSeen;
    this.#group = { values: new Map(), cells: [] };
  }

  /** Adds a cell to the group; false where it has to be interpreted. */
  add(cell: ReachedCell): boolean {
    const value = this.#valueOf(cell);
    if (value === undefined) return false;
    const { cells, values } = this.#group;
    value.value.uses += 1;
    cells.push({ slot: cell.slot, value: value.value });
    values.set(cell.slot, value);
    this.#cares.set(cell.slot, value.care);
    if (cells.length >= CELLS_A_FUNCTION) this.#closeFunction();
    return true;
  }

  /** Ends a group; gives the numbers of its functions, in order. */
  close(from: number): number[] {
    this.#closeFunction();
    return Array.from({ length: this.#functions.length - from }, (_, order) => from + order);
  }

  get functions(): number {
    return this.#functions.length;
  }

  /** The bytes of the module; function n is exported as `f` and n. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return buildModule(this.#functions.map((body, number) => ({ ...body, name: `f${number}` })));
  }

  #closeFunction(): void {
    const { cells } = this.#group;
    if (cells.length > 0) this.#functions.push(this.#functionOf(cells));
    this.#group = { values: new Map(), cells: [] };
  }

  #valueOf(cell: ReachedCell): Operand<Node> | undefined {
    let held = this.#originOf(cell);
    if (!held) return undefined;
    for (const { kind, amount } of cell.transforms) {
      const by: Operand<Node> =
        amount.kind === 'fixed'
          ? { value: lanes.constant(amount.by), care: ALWAYS, constant: amount.by }
          : this.#moved(amount.move);
      if (kind === 'add') held = { value: lanes.add(held.value, by.value), care: MAY_BE_INFINITE };
      else if (kind === 'scale')
        held = { value: lanes.multiply(held.value, by.value), care: MAY_BE_INFINITE };
      else {
        const before = this.#cell(cell.line, cell.index - 1);
        const grown = lanes.multiply(before.value, lanes.add(lanes.constant(1), by.value));
        // a value that has failed stays so; one that is missing is replaced
        held = {
          value: held.isMissing || held.care === ALWAYS ? grown : keepNone(grown, held.value),
          care: MAY_BE_INFINITE,
        };
      }
    }
    return held;
  }

  #originOf({ origin, index }: ReachedCell): Operand<Node> | undefined {
    switch (origin.kind) {
      case 'moved':
        return this.#moved(origin.move);
      case 'value':
        return known(origin.value);
      case 'fault':
        return known(origin.fault);
      case 'code':
        return emitFormula(origin.code, lanes, this.#sourceAt(index));
    }
  }

  #sourceAt(now: number): Source<Node> {
    return {
      load: (line, at) => this.#cell(line, indexAt(at, now)),
      isBlank: (line, at) => {
        const cell = this.#cell(line, indexAt(at, now));
        if (cell.isMissing) return { value: lanes.constant(1), care: ALWAYS };
        const blank = lanes.constant(0);
        return cell.care === ALWAYS
          ? { value: blank, care: ALWAYS }
          : { value: keepNone(blank, cell.value), care: MAY_BE_NONE };
      },
      period: (at) => known(this.#reach.periodAt(indexAt(at, now))),
      span: (line, first, last) => {
        const cells: Operand<Node>[] = [];
        for (let index = indexAt(first, now); index <= indexAt(last, now); index += 1)
          cells.push(this.#cell(line, index));
        return cells;
      },
    };
  }

  #cell(line: number, index: number): Operand<Node> {
    if (index < 0 || index >= this.#reach.periods) return known(null);
    const slot = this.#reach.slotAt(line, index);
    if (slot === -1) return known(this.#reach.read(line, index));
    // what was interpreted is a number or none
    const care = this.#cares.get(slot) ?? MAY_BE_NONE;
    const { values } = this.#group;
    const held = values.get(slot) ?? { value: this.#row(this.#rows.cellRow(slot), `cell ${slot}`), care };
    values.set(slot, held);
    return held;
  }

  /** A move: a number that is not finite has failed before. */
  #moved(move: number): Operand<Node> {
    return { value: this.#row(this.#rows.moveRow(move), `move ${move}`), care: MAY_BE_NONE };
  }

  #row(address: number, name: string): Node {
    return node(name, 'v128', [], (code) =>
      code
        .byte(OP['local.get'])
        .unsigned(AT)
        .byte(LANES_PREFIX)
        .unsigned(LANE_OP['v128.load'])
        .unsigned(ALIGNED)
        .unsigned(address),
    );
  }

  #functionOf(cells: readonly { slot: number; value: Node }[]): FunctionBody {
    const locals = new Locals(PARAMETERS);
    const at = locals.add('i32');
    if (at !== AT) throw new Error('the place in the row is not the first local');
    const seen = locals.add('v128');
    const code = new Bytes();
    code.byte(OP.loop).byte(NO_RESULT);
    for (const { slot, value } of cells) {
      code.byte(OP['local.get']).unsigned(at);
      writeNode(value, code, locals);
      code
        .byte(LANES_PREFIX)
        .unsigned(LANE_OP['v128.store'])
        .unsigned(ALIGNED)
        .unsigned(this.#rows.cellRow(slot));
      if (!this.#isSeen(slot)) continue;
      // x − x is 0 of a number and nothing of anything else, and a sum with nothing in it stays so
      code.byte(OP['local.get']).unsigned(seen);
      const difference = laneNode('f64x2.sub', value, value);
      writeNode(difference, code, locals);
      code.byte(LANES_PREFIX).unsigned(LANE_OP['f64x2.add']).byte(OP['local.set']).unsigned(seen);
    }
    code.byte(OP['local.get']).unsigned(at);
    code.byte(OP['i32.const']).signed(BigInt(PAIR_BYTES)).byte(OP['i32.add']);
    code.byte(OP['local.tee']).unsigned(at);
    code.byte(OP['local.get']).unsigned(END).byte(OP['i32.lt_u']).byte(OP.br_if).unsigned(0).byte(OP.end);
    code.byte(OP['local.get']).unsigned(seen).byte(OP['local.get']).unsigned(seen);
    code.byte(LANES_PREFIX).unsigned(LANE_OP['f64x2.ne']);
    code.byte(LANES_PREFIX).unsigned(LANE_OP['v128.any_true']);
    return { signature: { takes: ['i32'], gives: ['i32'] }, locals: locals.types, code };
  }
}

/** The local that counts through the row, the first after the parameters. */
const AT = PARAMETERS;

/** A value that all samples share. */
function known(value: Parameters<typeof isNumber>[0]): Operand<Node> {
  if (isNumber(value)) return { value: lanes.constant(value), care: ALWAYS, constant: value };
  return {
    value: lanes.constant(NaN),
    care: MAY_BE_NONE,
    ...(isMissing(value) && { isMissing: true as const }),
  };
}

/** The value, but NaN where another is out of the ordinary. */
function keepNone(value: Node, other: Node): Node {
  return lanes.subtract(value, lanes.subtract(other, other));
}
