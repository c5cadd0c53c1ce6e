/**
 * From codes to a module: one function a line that calculates a span of its periods.
 *
 * A function is given the first period and the one after the last, in bytes from the line's first cell, and goes on until
 * a cell is out of the ordinary; it gives where it stopped. Where a value differs from what stood there, the place of the
 * first such cell is left at the start of the memory, else the end of the span.
 */
import { indexAt, type At, type Code } from '../code/instruction.ts';
import { printAt } from '../code/print-code.ts';
import { CELL_BYTES, MISSING_BITS, addressOf, type CellLayout } from '../run/cell-store.ts';
import { Bytes } from './bytes.ts';
import { emitFormula, type Source } from './formula.ts';
import { buildModule, type FunctionBody } from './module.ts';
import { Locals, instruction, localNode, node, writeNode, type Node } from './node.ts';
import { NO_RESULT, OP } from './opcode.ts';
import { printNode } from './print-node.ts';
import { ALWAYS, MAY_BE_NONE, type Operand, type Stretch } from './operand.ts';
import { bitsOf, scalar, wholeConstant } from './scalar.ts';

/** A line whose code becomes a function. */
export interface LineCode {
  readonly line: number;
  readonly code: Code;
}

/** What the functions of a module stand for. */
export interface LineModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The names of the functions, by the lines given; undefined where there is no fast form. */
  readonly names: readonly (string | undefined)[];
}

/** Parameters of a function: where it begins and where it ends, in bytes. The first is counted up. */
const [AT, END] = [0, 1];
const PARAMETERS = 2;

/** Builds the module of some lines. `firstPeriod` is the calendar number of index 0. */
export function buildLineModule(
  lines: readonly LineCode[],
  layout: CellLayout,
  firstPeriod: number,
): LineModule {
  const bodies: FunctionBody[] = [];
  const names = lines.map(({ line, code }, order) => {
    const value = emitFormula(code, scalar, sourceOf(layout, firstPeriod))?.value;
    if (value === undefined) return undefined;
    const name = `f${order}`;
    bodies.push({ ...lineFunction(value, addressOf(layout, line)), name });
    return name;
  });
  return { bytes: buildModule(bodies), names };
}

/** What a code becomes, as nested operations; or which function has no fast form. For developers. */
export function printLineCode(code: Code, layout: CellLayout, firstPeriod: number): string[] {
  let subject = '';
  const value = emitFormula(code, scalar, sourceOf(layout, firstPeriod), (one) => (subject = one))?.value;
  return value ? printNode(value) : [`no fast form: ${subject}; the reference evaluator does it`];
}

/** Cells in memory, as the formula of one line reads them. */
function sourceOf(layout: CellLayout, firstPeriod: number): Source<Node> {
  const known = new Map<string, Node>();
  const numberIn = (line: number, at: At): Node => {
    const key = `${line} ${at.kind} ${at.kind === 'lag' ? at.by : at.index}`;
    const cell = known.get(key) ?? cellNode(line, at, layout);
    known.set(key, cell);
    return cell;
  };
  const load = (line: number, at: At): Operand<Node> => ({
    value: isOutside(at, layout) ? scalar.constant(NaN) : numberIn(line, at),
    care: MAY_BE_NONE,
  });
  const always = (value: Node): Operand<Node> => ({ value, care: ALWAYS });
  return {
    load,
    isBlank: (line, at) => {
      if (isBeyondMargin(at, layout)) return { value: scalar.constant(NaN), care: MAY_BE_NONE };
      if (isOutside(at, layout)) return always(scalar.constant(1));
      const isMissing = instruction('i64.eq', 'i32', [
        bitsOf(numberIn(line, at)),
        wholeConstant(MISSING_BITS),
      ]);
      return always(scalar.select(isMissing, scalar.constant(1), scalar.constant(0)));
    },
    period: (at) =>
      always(
        at.kind === 'index'
          ? scalar.constant(firstPeriod + at.index)
          : scalar.add(
              scalar.multiply(
                instruction('f64.convert_i32_s', 'f64', [localNode(AT, 'i32')]),
                scalar.constant(1 / CELL_BYTES),
              ),
              scalar.constant(firstPeriod + at.by),
            ),
      ),
    span(line, first, last) {
      if (first.kind !== last.kind) return stretchOf(line, first, last, layout);
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

/** log2 of the alignment of a cell. */
const ALIGNED = 3;

function cellNode(line: number, at: At, layout: CellLayout): Node {
  const index = indexAt(at, 0);
  const address = addressOf(layout, line) + index * CELL_BYTES;
  const name = `line ${line} ${printAt(at)}`;
  return node(name, 'f64', [], (code) => {
    if (at.kind === 'lag') code.byte(OP['local.get']).unsigned(AT);
    else code.byte(OP['i32.const']).signed(0n);
    code.byte(OP['f64.load']).unsigned(ALIGNED).unsigned(address);
  });
}

/** Cells of which one end moves with the period and the other does not. */
function stretchOf(line: number, first: At, last: At, layout: CellLayout): Stretch<Node> | undefined {
  if (isOutside(first, layout) || isOutside(last, layout)) return undefined;
  const name = `line ${line} from ${printAt(first)} to ${printAt(last)}`;
  const fold = (what: string, step: (code: Bytes, cell: number, so: number) => void): Node =>
    node(`${what} of ${name}`, 'f64', [], (code, locals) => {
      const [cell, end, so] = [locals.add('i32'), locals.add('i32'), locals.add('f64')];
      const get = (local: number) => code.byte(OP['local.get']).unsigned(local);
      const set = (local: number) => code.byte(OP['local.set']).unsigned(local);
      writeAddress(code, line, first, layout);
      set(cell);
      writeAddress(code, line, last, layout);
      set(end);
      code.byte(OP['f64.const']).double(0);
      set(so);
      code.byte(OP.block).byte(NO_RESULT).byte(OP.loop).byte(NO_RESULT);
      get(end);
      get(cell);
      code.byte(OP['i32.lt_u']).byte(OP.br_if).unsigned(1);
      step(code, cell, so);
      // what is missing is passed over
      get(so);
      get(cell);
      code.byte(OP['i64.load']).unsigned(ALIGNED).unsigned(0);
      code.byte(OP['i64.const']).signed(MISSING_BITS).byte(OP['i64.ne']).byte(OP.select);
      set(so);
      get(cell);
      code.byte(OP['i32.const']).signed(BigInt(CELL_BYTES)).byte(OP['i32.add']);
      set(cell);
      code.byte(OP.br).unsigned(0).byte(OP.end).byte(OP.end);
      get(so);
    });
  return {
    sum: fold('sum', (code, cell, so) => {
      code.byte(OP['local.get']).unsigned(so).byte(OP['local.get']).unsigned(cell);
      code.byte(OP['f64.load']).unsigned(ALIGNED).unsigned(0).byte(OP['f64.add']);
    }),
    count: fold('count', (code, _, so) => {
      code.byte(OP['local.get']).unsigned(so).byte(OP['f64.const']).double(1).byte(OP['f64.add']);
    }),
  };
}

/** The address of a cell of a line, on the stack. */
function writeAddress(code: Bytes, line: number, at: At, layout: CellLayout): void {
  code.byte(OP['i32.const']).signed(BigInt(addressOf(layout, line) + indexAt(at, 0) * CELL_BYTES));
  if (at.kind === 'lag') code.byte(OP['local.get']).unsigned(AT).byte(OP['i32.add']);
}

function lineFunction(value: Node, address: number): Omit<FunctionBody, 'name'> {
  const locals = new Locals(PARAMETERS);
  const code = new Bytes();
  const changed = locals.add('i32');
  const result = locals.add('f64');
  const get = (local: number) => code.byte(OP['local.get']).unsigned(local);
  const set = (local: number) => code.byte(OP['local.set']).unsigned(local);

  get(END);
  set(changed);
  code.byte(OP.block).byte(NO_RESULT).byte(OP.loop).byte(NO_RESULT);
  get(AT);
  get(END);
  code.byte(OP['i32.ge_u']).byte(OP.br_if).unsigned(1);
  writeNode(value, code, locals);
  set(result);
  // x − x is 0 of a number alone
  get(result);
  get(result);
  code.byte(OP['f64.sub']).byte(OP['f64.const']).double(0).byte(OP['f64.ne']).byte(OP.br_if).unsigned(1);
  get(AT);
  code.byte(OP['i64.load']).unsigned(ALIGNED).unsigned(address);
  get(result);
  code.byte(OP['i64.reinterpret_f64']).byte(OP['i64.ne']).byte(OP.if).byte(NO_RESULT);
  get(AT);
  get(result);
  code.byte(OP['f64.store']).unsigned(ALIGNED).unsigned(address);
  get(AT);
  get(changed);
  get(AT);
  get(changed);
  code.byte(OP['i32.lt_u']).byte(OP.select);
  set(changed);
  code.byte(OP.end);
  get(AT);
  code.byte(OP['i32.const']).signed(BigInt(CELL_BYTES)).byte(OP['i32.add']);
  set(AT);
  code.byte(OP.br).unsigned(0).byte(OP.end).byte(OP.end);
  code.byte(OP['i32.const']).signed(0n);
  get(changed);
  code.byte(OP['i32.store']).unsigned(2).unsigned(0);
  get(AT);
  return { signature: { takes: ['i32', 'i32'], gives: ['i32'] }, locals: locals.types, code };
}
