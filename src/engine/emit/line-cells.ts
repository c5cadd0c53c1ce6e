/** Cells in memory, as the formula of a line reads them: in one period, or in two that follow each other. */
import { indexAt, type At } from '../code/instruction.ts';
import { printAt } from '../code/print-code.ts';
import { CELL_BYTES, MISSING_BITS, type CellLayout } from '../run/cell-store.ts';
import type { FormulaArithmetic } from './arithmetic.ts';
import type { Source } from './formula.ts';
import { offsetOf, type FormulaRow } from './formula-row.ts';
import { leaf, type Instructions } from './instructions.ts';
import { laneNode, lanes } from './lanes.ts';
import { ONE_BITS } from './double-bits.ts';
import { instruction, localNode, type Node } from './node.ts';
import { ALWAYS, MAY_BE_NONE, type Operand, type Stretch } from './operand.ts';
import { bitsOf, scalar, wholeConstant } from './scalar.ts';

/** Where the cells of a function are found. */
export interface CellPlaces {
  readonly layout: CellLayout;
  /** The calendar number of index 0. */
  readonly firstPeriod: number;
  readonly row: FormulaRow;
  /** The local that holds the index of the period, in bytes. */
  readonly at: number;
  /** Cells by which periods are read later than at that index. */
  readonly ahead?: number;
  /** A line whose value of the period before need not be read again, and the local that holds it; asked for once it is needed. */
  readonly previous?: { readonly line: number; readonly local: () => number };
}

/** What a period at a time and two at a time do differently. */
interface Access {
  readonly arithmetic: FormulaArithmetic<Node, Node>;
  readonly type: Node['type'];
  readMoving(code: Instructions, offset: number): void;
  readFixed(code: Instructions, offset: number): void;
  isMissing(cell: Node): Node;
  /** The index of the period. */
  index(at: number): Node;
  /** Undefined where cells of which one end moves with the period cannot be read. */
  readonly stretch?: (places: CellPlaces, line: number, first: At, last: At) => Stretch<Node> | undefined;
}

const one: Access = {
  arithmetic: scalar,
  type: 'f64',
  readMoving: (code, offset) => code.memory('f64.load', offset),
  readFixed: (code, offset) => code.memory('f64.load', offset),
  isMissing: (cell) => instruction('i64.eq', 'i32', [bitsOf(cell), wholeConstant(MISSING_BITS)]),
  index: (at) => periodsOf(at),
  stretch: stretchOf,
};

const two: Access = {
  arithmetic: lanes,
  type: 'v128',
  readMoving: (code, offset) => code.laneMemory('v128.load', offset),
  readFixed: (code, offset) => code.laneMemory('v128.load64_splat', offset),
  isMissing: (cell) =>
    laneNode(
      'i64x2.eq',
      cell,
      leaf('missing', 'v128', (code) => code.lanesConstant(MISSING_BITS, MISSING_BITS), true),
    ),
  index: (at) =>
    lanes.add(
      laneNode('f64x2.splat', periodsOf(at)),
      leaf('0 1', 'v128', (code) => code.lanesConstant(0n, ONE_BITS), true),
    ),
};

/** The cells of one period. */
export function cellsOfPeriod(places: CellPlaces): Source<Node> {
  return sourceOf(places, one);
}

/** The cells of a period in the first lane, of the next in the second; a line that reads its own past cannot have them. */
export function cellsOfTwo(places: CellPlaces): Source<Node> {
  return sourceOf(places, two);
}

function periodsOf(at: number): Node {
  return scalar.multiply(
    instruction('f64.convert_i32_s', 'f64', [localNode(at, 'i32')]),
    scalar.constant(1 / CELL_BYTES),
  );
}

function sourceOf(places: CellPlaces, access: Access): Source<Node> {
  const { layout, firstPeriod, row, at: now, previous, ahead = 0 } = places;
  const { arithmetic } = access;
  const known = new Map<string, Node>();
  const cellOf = (line: number, at: At): Node => {
    const name = `line ${line} ${printAt(at)}`;
    if (line === previous?.line && at.kind === 'lag' && at.by === -1) {
      const local = previous.local();
      return leaf(name, access.type, (code) => code.get(local), true);
    }
    const cell =
      known.get(name) ??
      leaf(name, access.type, (code) => {
        row.writeAddress(line, code);
        const offset = offsetOf(layout, indexAt(at, 0) + (at.kind === 'index' ? 0 : ahead));
        if (at.kind === 'index') access.readFixed(code, offset);
        else access.readMoving(code.get(now).do('i32.add'), offset);
      });
    known.set(name, cell);
    return cell;
  };
  const load = (line: number, at: At): Operand<Node> => ({
    value: isOutside(at, layout) ? arithmetic.constant(NaN) : cellOf(line, at),
    care: MAY_BE_NONE,
  });
  const always = (value: Node): Operand<Node> => ({ value, care: ALWAYS });
  return {
    load,
    parameter: (register) => {
      const number = row.number(register);
      return number && always(number);
    },
    isBlank: (line, at) => {
      if (isBeyondMargin(at, layout)) return { value: arithmetic.constant(NaN), care: MAY_BE_NONE };
      if (isOutside(at, layout)) return always(arithmetic.constant(1));
      const isMissing = access.isMissing(cellOf(line, at));
      return always(arithmetic.select(isMissing, arithmetic.constant(1), arithmetic.constant(0)));
    },
    period: (at) =>
      always(
        at.kind === 'index'
          ? arithmetic.constant(firstPeriod + at.index)
          : arithmetic.add(access.index(now), arithmetic.constant(firstPeriod + ahead + at.by)),
      ),
    span(line, first, last) {
      if (first.kind !== last.kind) return access.stretch?.(places, line, first, last);
      const count = indexAt(last, 0) - indexAt(first, 0) + 1;
      return Array.from({ length: Math.max(0, count) }, (_, step) => load(line, later(first, step)));
    },
  };
}

function later(at: At, by: number): At {
  return at.kind === 'lag' ? { kind: 'lag', by: at.by + by } : { kind: 'index', index: at.index + by };
}

/** Beyond the margin a cell would be another line's. */
function isOutside(at: At, { periods, margin }: CellLayout): boolean {
  return at.kind === 'lag' ? Math.abs(at.by) > margin : at.index < 0 || at.index >= periods;
}

/** A formula that came later may look farther than the margin: whether a period lies there is told by the reference alone. */
function isBeyondMargin(at: At, { periods, margin }: CellLayout): boolean {
  return at.kind === 'lag' && Math.abs(at.by) > margin && Math.abs(at.by) < periods;
}

/** Cells of which one end moves with the period and the other does not. */
function stretchOf(places: CellPlaces, line: number, first: At, last: At): Stretch<Node> | undefined {
  const { layout, row, at: now } = places;
  if (isOutside(first, layout) || isOutside(last, layout)) return undefined;
  const name = `line ${line} from ${printAt(first)} to ${printAt(last)}`;
  const writeAddress = (code: Instructions, at: At) => {
    row.writeAddress(line, code);
    code.whole(offsetOf(layout, indexAt(at, 0))).do('i32.add');
    if (at.kind === 'lag') code.get(now).do('i32.add');
  };
  const fold = (what: string, step: (code: Instructions, cell: number, so: number) => void): Node =>
    leaf(`${what} of ${name}`, 'f64', (code, locals) => {
      const [cell, end, so] = [locals.add('i32'), locals.add('i32'), locals.add('f64')];
      writeAddress(code, first);
      code.set(cell);
      writeAddress(code, last);
      code.set(end).number(0).set(so);
      code.loop(() => {
        code.get(end, cell).do('i32.lt_u').branch('br_if', 1);
        step(code, cell, so);
        // what is missing is passed over
        code.get(so, cell).memory('i64.load', 0).long(MISSING_BITS).do('i64.ne', 'select').set(so);
        code.get(cell).whole(CELL_BYTES).do('i32.add').set(cell).branch('br', 0);
      });
      code.get(so);
    });
  return {
    sum: fold('sum', (code, cell, so) => code.get(so, cell).memory('f64.load', 0).do('f64.add')),
    count: fold('count', (code, _, so) => code.get(so).number(1).do('f64.add')),
  };
}
