/**
 * What formulas have in common that differ only in the lines that they read and in their numbers. They run as one
 * function, which is given a row with both: ten thousand lines are mostly a few shapes, compiled once and soon optimised.
 */
import { isNumber } from '#quantity';
import { assertNever } from '#formula';
import { printAt } from '../code/print-code.ts';
import type { Block, Code, Instruction, Register } from '../code/instruction.ts';

/** A line whose code becomes a function. */
export interface LineCode {
  readonly line: number;
  readonly code: Code;
}

/** What is particular to a formula, and what it shares. */
export interface Shaped {
  /** The same for formulas that can run as one function. */
  readonly shape: string;
  /** The lines that it names, the own one first; their order is part of the shape. */
  readonly lines: readonly number[];
  /** Its numbers, by register: operands of plain arithmetic, where nothing depends on which number it is. */
  readonly numbers: ReadonlyMap<Register, number>;
}

/** Tells the shape of a line's formula from what is its own. */
export function shapeOf({ line, code }: LineCode): Shaped {
  const places = new Map([[line, 0]]);
  const numbers = freeNumbers(code);
  const placeOf = (one: number): number => {
    const known = places.get(one) ?? places.size;
    places.set(one, known);
    return known;
  };
  const textOf = (block: Block): string =>
    `${block.instructions.map((one) => `${one.to}=${textOfOne(one)}`).join()};${block.result}`;

  function textOfOne(one: Instruction): string {
    switch (one.op) {
      case 'value':
        if (numbers.has(one.to)) return '#';
        return isNumber(one.value) ? `${Object.is(one.value, -0) ? '-0' : one.value}` : '?';
      case 'load':
        return `${placeOf(one.line)}[${printAt(one.at)}]`;
      case 'span':
        return `${placeOf(one.line)}[${printAt(one.first)}:${printAt(one.last)}]`;
      case 'list':
        return `list ${one.items.join(' ')}`;
      case 'period':
        return `period ${printAt(one.at)}`;
      case 'negate':
      case 'not':
      case 'isBlank':
        return `${one.op} ${one.of}`;
      case 'scale':
        return `${one.of} by ${one.by}`;
      case 'binary':
        return `${one.left}${one.operator}${one.right}`;
      case 'call':
        return `${one.spec.name} ${one.args.join(' ')}`;
      case 'branch':
        return `if ${one.test} {${textOf(one.then)}} {${textOf(one.otherwise)}}`;
      case 'rescue':
        return `try {${textOf(one.attempt)}} {${textOf(one.instead)}}`;
      case 'fail':
        return 'fail';
      default:
        return assertNever(one);
    }
  }

  const shape = textOf(code);
  return { shape, lines: [...places.keys()], numbers };
}

const NO_NUMBERS: ReadonlyMap<Register, number> = new Map();

/** Numbers that are operands of arithmetic and comparisons and nothing else; powers are taken apart by their exponent. */
function freeNumbers(code: Code): ReadonlyMap<Register, number> {
  const free = new Map<Register, number>();
  const bind = (register: Register | undefined) => {
    if (register !== undefined) free.delete(register);
  };
  const visit = (block: Block): void => {
    for (const one of block.instructions) {
      if (one.op === 'value') {
        if (isNumber(one.value)) free.set(one.to, one.value);
      } else if (one.op === 'binary') {
        if (one.operator === '^') [one.left, one.right].forEach(bind);
      } else if (one.op === 'list') one.items.forEach(bind);
      else if (one.op === 'call') one.args.forEach(bind);
      else if (one.op === 'branch') {
        bind(one.test);
        visit(one.then);
        visit(one.otherwise);
      } else if (one.op === 'rescue') {
        visit(one.attempt);
        visit(one.instead);
      } else if ('of' in one) bind(one.of);
    }
    bind(block.result);
  };
  visit(code);
  return free.size === 0 ? NO_NUMBERS : free;
}
