/** Arithmetic on one number at a time, as WebAssembly instructions. */
import type { FormulaArithmetic } from './arithmetic.ts';
import { instruction, node, type Node } from './node.ts';
import { OP } from './opcode.ts';
import { EXPONENT_BIAS, MANTISSA, ONE_BITS, SHIFT, SHIFT_BITS, UPPER_HALF } from './double-bits.ts';

const MANTISSA_BITS = 52n;

/** A constant of 64 bits. */
export function wholeConstant(value: bigint): Node {
  return node(`${value}`, 'i64', [], (code) => code.byte(OP['i64.const']).signed(value), true);
}

/** The number whose bits are these; for what a cell without a number holds. */
function fromBits(bits: Node): Node {
  return instruction('f64.reinterpret_i64', 'f64', [bits]);
}

/** The bits of a number. */
export function bitsOf(value: Node): Node {
  return instruction('i64.reinterpret_f64', 'i64', [value]);
}

const f64 = (name: keyof typeof OP, ...operands: readonly Node[]) => instruction(name, 'f64', operands);
const i64 = (name: keyof typeof OP, ...operands: readonly Node[]) => instruction(name, 'i64', operands);
const mask = (name: keyof typeof OP, ...operands: readonly Node[]) => instruction(name, 'i32', operands);

/** Arithmetic whose values are nodes of type f64 and whose masks are nodes of type i32. */
export const scalar: FormulaArithmetic<Node, Node> = {
  constant: (value) => ({
    ...node(`${value}`, 'f64', [], (code) => code.byte(OP['f64.const']).double(value), true),
    number: value,
  }),
  add: (a, b) => f64('f64.add', a, b),
  subtract: (a, b) => f64('f64.sub', a, b),
  multiply: (a, b) => f64('f64.mul', a, b),
  divide: (a, b) => f64('f64.div', a, b),
  smaller: (a, b) => f64('f64.min', a, b),
  larger: (a, b) => f64('f64.max', a, b),
  absolute: (a) => f64('f64.abs', a),
  squareRoot: (a) => f64('f64.sqrt', a),
  floor: (a) => f64('f64.floor', a),
  nearest: (a) => f64('f64.nearest', a),
  less: (a, b) => mask('f64.lt', a, b),
  lessOrEqual: (a, b) => mask('f64.le', a, b),
  equal: (a, b) => mask('f64.eq', a, b),
  both: (a, b) => mask('i32.and', a, b),
  either: (a, b) => mask('i32.or', a, b),
  not: (a) => mask('i32.eqz', a),
  select: (test, then, otherwise) => f64('select', then, otherwise, test),
  choose: (test, then, otherwise) => f64('select', then(), otherwise(), test),
  upperHalf: (a) => fromBits(i64('i64.and', bitsOf(a), wholeConstant(UPPER_HALF))),
  exponentOf: (a) => {
    const field = i64('i64.shr_u', bitsOf(a), wholeConstant(MANTISSA_BITS));
    const shifted = fromBits(i64('i64.or', field, wholeConstant(SHIFT_BITS)));
    return f64('f64.sub', shifted, scalar.constant(SHIFT + EXPONENT_BIAS));
  },
  mantissaOf: (a) =>
    fromBits(i64('i64.or', i64('i64.and', bitsOf(a), wholeConstant(MANTISSA)), wholeConstant(ONE_BITS))),
  powerOfTwo: (k) =>
    fromBits(
      i64(
        'i64.shl',
        bitsOf(f64('f64.add', k, scalar.constant(SHIFT + EXPONENT_BIAS))),
        wholeConstant(MANTISSA_BITS),
      ),
    ),
};
