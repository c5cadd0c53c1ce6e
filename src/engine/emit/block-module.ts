/**
 * From reached cells to a module that calculates them for a block of samples, two at a time.
 *
 * Every cell and every move has a row in memory, a double a sample. A function calculates some cells one after another for
 * a pair of samples, then for the next pair; what it has just calculated it need not read again, and what nobody else reads
 * it need not write. It tells whether a value that others look at is out of the ordinary in any sample.
 */
import { isMissing, isNumber } from '#quantity';
import { indexAt } from '../code/instruction.ts';
import type { Reach, ReachedCell } from '../batch/reach.ts';
import type { FormulaArithmetic } from './arithmetic.ts';
import { Bytes } from './bytes.ts';
import { emitFormula, type Source } from './formula.ts';
import { laneNode, lanes } from './lanes.ts';
import { buildModule, type FunctionBody } from './module.ts';
import { Locals, node, writeNode, type Node } from './node.ts';
import { LANES_PREFIX, LANE_OP, NO_RESULT, OP } from './opcode.ts';
import { buildShared } from './shared.ts';
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

/** Cells that stand in one function. */
interface Group {
  readonly to: FormulaArithmetic<Node, Node>;
  /** The cells that were read or calculated, by slot, and the moves that were read. */
  readonly values: Map<number, Operand<Node>>;
  readonly moves: Map<number, Operand<Node>>;
  readonly cells: { readonly slot: number; readonly value: Node; readonly care: Operand<Node>['care'] }[];
}

/** A cell of a function; one that is neither kept nor seen is calculated where others of the function need it. */
interface EmittedCell {
  readonly slot: number;
  readonly value: Node;
  readonly isSeen: boolean;
  readonly isKept: boolean;
}

/** The name under which the function of the moves is exported. */
export const MOVES_FUNCTION = 'moves';

function emptyGroup(): Group {
  return { to: buildShared(lanes), values: new Map(), moves: new Map(), cells: [] };
}

/** Emits the cells of a module in groups that can be run one after another. */
export class BlockModule {
  readonly #reach: Reach;
  readonly #rows: RowLayout;
  readonly #groups: Group[] = [];
  /** What is known of each cell that was emitted. */
  readonly #cares = new Map<number, Operand<Node>['care']>();
  /** Cells that a function reads from another's. */
  readonly #isShared = new Set<number>();
  #group = emptyGroup();

  constructor(reach: Reach, rows: RowLayout) {
    this.#reach = reach;
    this.#rows = rows;
  }

  /** Adds a cell to the group; false where it has to be interpreted. */
  add(cell: ReachedCell): boolean {
    const value = this.#valueOf(cell);
    if (value === undefined) return false;
    const { cells, values } = this.#group;
    cells.push({ slot: cell.slot, value: value.value, care: value.care });
    values.set(cell.slot, value);
    this.#cares.set(cell.slot, value.care);
    if (cells.length >= CELLS_A_FUNCTION) this.#closeFunction();
    return true;
  }

  /** Ends a group; gives the numbers of its functions, in order. */
  close(from: number): number[] {
    this.#closeFunction();
    return Array.from({ length: this.functions - from }, (_, order) => from + order);
  }

  get functions(): number {
    return this.#groups.length;
  }

  /**
   * The bytes of the module; function n is exported as `f` and n, and as `moves` one that tells whether the numbers of all
   * moves are ordinary. `isSeen` tells which cells somebody looks at who is not emitted: an output, or a cell that is
   * interpreted. The rows of others hold nothing, unless `keepsAll`. To be asked once.
   */
  toBytes(isSeen: (slot: number) => boolean, keepsAll: boolean): Uint8Array<ArrayBuffer> {
    const functions = this.#groups.map(({ cells }, number) => ({
      ...this.#functionOf(
        cells.map((cell) => ({
          ...cell,
          isSeen: cell.care !== ALWAYS && isSeen(cell.slot),
          isKept: keepsAll || isSeen(cell.slot) || this.#isShared.has(cell.slot),
        })),
      ),
      name: `f${number}`,
    }));
    const moves = this.#reach.moves.map((_, move) => ({
      slot: 0,
      value: this.#moveRow(move),
      isSeen: true,
      isKept: false,
    }));
    return buildModule([...functions, { ...this.#functionOf(moves), name: MOVES_FUNCTION }]);
  }

  #closeFunction(): void {
    if (this.#group.cells.length === 0) return;
    this.#groups.push(this.#group);
    this.#group = emptyGroup();
  }

  #valueOf(cell: ReachedCell): Operand<Node> | undefined {
    const { to } = this.#group;
    let held = this.#originOf(cell);
    if (!held) return undefined;
    for (const { kind, amount } of cell.transforms) {
      const by: Operand<Node> =
        amount.kind === 'fixed'
          ? { value: to.constant(amount.by), care: ALWAYS, constant: amount.by }
          : this.#moved(amount.move);
      if (kind === 'add') held = { value: to.add(held.value, by.value), care: MAY_BE_INFINITE };
      else if (kind === 'scale') held = { value: to.multiply(held.value, by.value), care: MAY_BE_INFINITE };
      else {
        const before = this.#cell(cell.line, cell.index - 1);
        const grown = to.multiply(before.value, to.add(to.constant(1), by.value));
        // a value that has failed stays so; one that is missing is replaced
        held = {
          value: held.isMissing || held.care === ALWAYS ? grown : keepNone(to, grown, held.value),
          care: MAY_BE_INFINITE,
        };
      }
    }
    return held;
  }

  #originOf({ origin, index }: ReachedCell): Operand<Node> | undefined {
    const { to } = this.#group;
    switch (origin.kind) {
      case 'moved':
        return this.#moved(origin.move);
      case 'value':
        return known(to, origin.value);
      case 'fault':
        return known(to, origin.fault);
      case 'code':
        return emitFormula(origin.code, to, this.#sourceAt(index));
    }
  }

  #sourceAt(now: number): Source<Node> {
    const { to } = this.#group;
    return {
      load: (line, at) => this.#cell(line, indexAt(at, now)),
      isBlank: (line, at) => {
        const cell = this.#cell(line, indexAt(at, now));
        if (cell.isMissing) return { value: to.constant(1), care: ALWAYS };
        const blank = to.constant(0);
        return cell.care === ALWAYS
          ? { value: blank, care: ALWAYS }
          : { value: keepNone(to, blank, cell.value), care: MAY_BE_NONE };
      },
      period: (at) => known(to, this.#reach.periodAt(indexAt(at, now))),
      span: (line, first, last) => {
        const cells: Operand<Node>[] = [];
        for (let index = indexAt(first, now); index <= indexAt(last, now); index += 1)
          cells.push(this.#cell(line, index));
        return cells;
      },
    };
  }

  #cell(line: number, index: number): Operand<Node> {
    const { to, values } = this.#group;
    if (index < 0 || index >= this.#reach.periods) return known(to, null);
    const slot = this.#reach.slotAt(line, index);
    if (slot === -1) return known(to, this.#reach.read(line, index));
    // what was interpreted is a number or none
    const care = this.#cares.get(slot) ?? MAY_BE_NONE;
    const held = values.get(slot) ?? { value: this.#row(this.#rows.cellRow(slot), `cell ${slot}`), care };
    if (!values.has(slot)) this.#isShared.add(slot);
    values.set(slot, held);
    return held;
  }

  /** A move: a number that is not finite has failed before. */
  #moved(move: number): Operand<Node> {
    const { moves } = this.#group;
    const held = moves.get(move) ?? { value: this.#moveRow(move), care: MAY_BE_NONE };
    moves.set(move, held);
    return held;
  }

  #moveRow(move: number): Node {
    return this.#row(this.#rows.moveRow(move), `move ${move}`);
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

  #functionOf(cells: readonly EmittedCell[]): FunctionBody {
    const locals = new Locals(PARAMETERS);
    const at = locals.add('i32');
    if (at !== AT) throw new Error('the place in the row is not the first local');
    const seen = locals.add('v128');
    const code = new Bytes();
    code.byte(OP.loop).byte(NO_RESULT);
    for (const { slot, value, isKept, isSeen } of cells) {
      if (!isKept && !isSeen && (value.uses === 0 || value.isCheap)) continue;
      // its own place here is a use: it is calculated in its turn and kept in a local for the others
      value.uses += 1;
      if (isKept) code.byte(OP['local.get']).unsigned(at);
      writeNode(value, code, locals);
      if (isKept)
        code
          .byte(LANES_PREFIX)
          .unsigned(LANE_OP['v128.store'])
          .unsigned(ALIGNED)
          .unsigned(this.#rows.cellRow(slot));
      else code.byte(OP.drop);
      if (!isSeen) continue;
      // x − x is 0 of a number and NaN of anything else, and so are all bits together
      code.byte(OP['local.get']).unsigned(seen);
      writeNode(laneNode('f64x2.sub', value, value), code, locals);
      code.byte(LANES_PREFIX).unsigned(LANE_OP['v128.or']).byte(OP['local.set']).unsigned(seen);
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
function known(to: Group['to'], value: Parameters<typeof isNumber>[0]): Operand<Node> {
  if (isNumber(value)) return { value: to.constant(value), care: ALWAYS, constant: value };
  return {
    value: to.constant(NaN),
    care: MAY_BE_NONE,
    ...(isMissing(value) && { isMissing: true as const }),
  };
}

/** The value, but NaN where another is out of the ordinary. */
function keepNone(to: Group['to'], value: Node, other: Node): Node {
  return to.subtract(value, to.subtract(other, other));
}
