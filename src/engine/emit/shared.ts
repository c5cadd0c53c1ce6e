/**
 * Arithmetic that does nothing twice: the same operation on the same operands is one node, and what is known beforehand is
 * a constant. Both leave every bit as it is.
 */
import { exponentOf, mantissaOf, powerOfTwo, upperHalf } from '#formula';
import type { FormulaArithmetic } from './arithmetic.ts';
import type { Node } from './node.ts';

/** Builds it around an arithmetic; the nodes belong to one function. */
export function buildShared(to: FormulaArithmetic<Node, Node>): FormulaArithmetic<Node, Node> {
  const truths = new Map<Node, boolean>();
  const constants = new Map<string, Node>();
  const places = new Map<Node, number>();
  const made = new Map<string, Node>();

  const placeOf = (one: Node): number => {
    const known = places.get(one) ?? places.size;
    places.set(one, known);
    return known;
  };
  const constant = (value: number): Node => {
    const key = Object.is(value, -0) ? '-0' : String(value);
    const node = constants.get(key) ?? to.constant(value);
    constants.set(key, node);
    return node;
  };
  const once = (name: string, operands: readonly Node[], make: () => Node): Node => {
    const key = `${name} ${operands.map(placeOf).join(' ')}`;
    const node = made.get(key) ?? make();
    made.set(key, node);
    return node;
  };

  type Unary = 'absolute' | 'squareRoot' | 'floor' | 'upperHalf' | 'exponentOf' | 'mantissaOf' | 'powerOfTwo';
  const unary = (name: Unary, known: (a: number) => number) => (a: Node) => {
    return a.number === undefined ? once(name, [a], () => to[name](a)) : constant(known(a.number));
  };
  type Binary = 'add' | 'subtract' | 'multiply' | 'divide' | 'smaller' | 'larger';
  const binary = (name: Binary, known: (a: number, b: number) => number) => (a: Node, b: Node) => {
    const [left, right] = [a.number, b.number];
    return left === undefined || right === undefined
      ? once(name, [a, b], () => to[name](a, b))
      : constant(known(left, right));
  };
  const comparison =
    (name: 'less' | 'lessOrEqual' | 'equal', known: (a: number, b: number) => boolean) =>
    (a: Node, b: Node) => {
      const [left, right] = [a.number, b.number];
      const mask = once(name, [a, b], () => to[name](a, b));
      if (left !== undefined && right !== undefined) truths.set(mask, known(left, right));
      return mask;
    };
  const select = (mask: Node, then: Node, otherwise: Node): Node => {
    const truth = truths.get(mask);
    if (then === otherwise || truth === true) return then;
    return truth === false
      ? otherwise
      : once('select', [mask, then, otherwise], () => to.select(mask, then, otherwise));
  };

  const multiply = binary('multiply', (a, b) => a * b);
  const divide = binary('divide', (a, b) => a / b);
  const subtract = binary('subtract', (a, b) => a - b);
  return {
    constant,
    add: binary('add', (a, b) => a + b),
    subtract: (a, b) => (Object.is(b.number, 0) ? a : subtract(a, b)),
    multiply: (a, b) => (b.number === 1 ? a : a.number === 1 ? b : multiply(a, b)),
    divide: (a, b) => {
      const by = b.number;
      if (by === 1) return a;
      // the inverse of a power of two is a number, and a product with it is rounded as the quotient is
      return by !== undefined && isPowerOfTwo(by) ? multiply(a, constant(1 / by)) : divide(a, b);
    },
    smaller: binary('smaller', Math.min),
    larger: binary('larger', Math.max),
    absolute: unary('absolute', Math.abs),
    squareRoot: unary('squareRoot', Math.sqrt),
    floor: unary('floor', Math.floor),
    nearest: (a) => once('nearest', [a], () => to.nearest(a)),
    less: comparison('less', (a, b) => a < b),
    lessOrEqual: comparison('lessOrEqual', (a, b) => a <= b),
    equal: comparison('equal', (a, b) => a === b),
    both: (a, b) => once('both', [a, b], () => to.both(a, b)),
    either: (a, b) => once('either', [a, b], () => to.either(a, b)),
    not: (a) => once('not', [a], () => to.not(a)),
    select,
    choose: (mask, then, otherwise) => select(mask, then(), otherwise()),
    upperHalf: unary('upperHalf', upperHalf),
    exponentOf: unary('exponentOf', exponentOf),
    mantissaOf: unary('mantissaOf', mantissaOf),
    powerOfTwo: unary('powerOfTwo', powerOfTwo),
  };
}

/** Exponents beyond which the inverse of a power of two is not a normal number. */
const FARTHEST = 1000;

function isPowerOfTwo(value: number): boolean {
  const size = Math.abs(value);
  return size > 2 ** -FARTHEST && size < 2 ** FARTHEST && mantissaOf(size) === 1;
}
