/** Arithmetic on two samples at a time, as WebAssembly instructions. */
import type { FormulaArithmetic } from './arithmetic.ts';
import { EXPONENT_BIAS, MANTISSA, ONE_BITS, SHIFT, SHIFT_BITS, UPPER_HALF } from './double-bits.ts';
import { node, type Node } from './node.ts';
import { LANES_PREFIX, LANE_OP, OP } from './opcode.ts';

/** One instruction on two lanes. */
export function laneNode(name: keyof typeof LANE_OP, ...operands: readonly Node[]): Node {
  return node(name, 'v128', operands, (code) => code.byte(LANES_PREFIX).unsigned(LANE_OP[name]));
}

/** The same eight bytes in both lanes. */
function bothLanes(name: string, bytes: Uint8Array): Node {
  return node(
    name,
    'v128',
    [],
    (code) => code.byte(LANES_PREFIX).unsigned(LANE_OP['v128.const']).all(bytes).all(bytes),
    true,
  );
}

function bits(value: bigint): Node {
  return bothLanes(`${value}`, new Uint8Array(new BigInt64Array([value]).buffer));
}

const FRACTION_BITS = 52;

function shifted(name: 'i64x2.shl' | 'i64x2.shr_u', of: Node): Node {
  return node(name, 'v128', [of], (code) =>
    code.byte(OP['i32.const']).signed(BigInt(FRACTION_BITS)).byte(LANES_PREFIX).unsigned(LANE_OP[name]),
  );
}

/** Arithmetic whose values and masks are nodes of type v128. */
export const lanes: FormulaArithmetic<Node, Node> = {
  constant: (value) => ({
    ...bothLanes(`${value}`, new Uint8Array(new Float64Array([value]).buffer)),
    number: value,
  }),
  add: (a, b) => laneNode('f64x2.add', a, b),
  subtract: (a, b) => laneNode('f64x2.sub', a, b),
  multiply: (a, b) => laneNode('f64x2.mul', a, b),
  divide: (a, b) => laneNode('f64x2.div', a, b),
  smaller: (a, b) => laneNode('f64x2.pmin', a, b),
  larger: (a, b) => laneNode('f64x2.pmax', a, b),
  absolute: (a) => laneNode('f64x2.abs', a),
  squareRoot: (a) => laneNode('f64x2.sqrt', a),
  floor: (a) => laneNode('f64x2.floor', a),
  nearest: (a) => laneNode('f64x2.nearest', a),
  less: (a, b) => laneNode('f64x2.lt', a, b),
  lessOrEqual: (a, b) => laneNode('f64x2.le', a, b),
  equal: (a, b) => laneNode('f64x2.eq', a, b),
  both: (a, b) => laneNode('v128.and', a, b),
  either: (a, b) => laneNode('v128.or', a, b),
  not: (a) => laneNode('v128.not', a),
  select: (mask, then, otherwise) => {
    // a selection by bits takes three instructions of most processors; all bits set are no number
    if (Object.is(otherwise.number, 0)) return laneNode('v128.and', then, mask);
    if (Object.is(then.number, 0)) return laneNode('v128.andnot', otherwise, mask);
    if (Number.isNaN(then.number)) return laneNode('v128.or', otherwise, mask);
    if (Number.isNaN(otherwise.number)) return laneNode('v128.or', then, laneNode('v128.not', mask));
    return laneNode('v128.bitselect', then, otherwise, mask);
  },
  choose: (mask, then, otherwise) => lanes.select(mask, then(), otherwise()),
  upperHalf: (a) => laneNode('v128.and', a, bits(UPPER_HALF)),
  exponentOf: (a) =>
    lanes.subtract(
      laneNode('v128.or', shifted('i64x2.shr_u', a), bits(SHIFT_BITS)),
      lanes.constant(SHIFT + EXPONENT_BIAS),
    ),
  mantissaOf: (a) => laneNode('v128.or', laneNode('v128.and', a, bits(MANTISSA)), bits(ONE_BITS)),
  powerOfTwo: (k) => shifted('i64x2.shl', lanes.add(k, lanes.constant(SHIFT + EXPONENT_BIAS))),
};
