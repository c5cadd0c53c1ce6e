/** Printed forms for developers: an expression as a tree, and a code as numbered instructions. */
import { partsOf, printPeriod, type Expression } from '#formula';
import { isNumber } from '#quantity';
import type { At, Block, Code, Instruction } from './instruction.ts';

/** An expression as a tree, a part a row, deeper ones indented. */
export function printTree(expression: Expression): string[] {
  return [headOf(expression), ...partsOf(expression).flatMap((part) => printTree(part).map(indented))];
}

function headOf(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return `number ${expression.text}`;
    case 'reference':
      return `line ${expression.line}[${printPeriod(expression.at)}]`;
    case 'range':
      return `range ${expression.line}[${printPeriod(expression.from)}:${printPeriod(expression.to)}]`;
    case 'period':
      return `period ${printPeriod(expression.at)}`;
    case 'unary':
    case 'binary':
      return expression.operator;
    case 'call':
      return `call ${expression.name}`;
    case 'factor':
      return `factor ${expression.by}`;
    case 'list':
    case 'conditional':
      return expression.kind;
  }
}

/** A place in the periods: `t-1`, or `#3` for the fourth of them. */
export function printAt(at: At): string {
  if (at.kind === 'index') return `#${at.index}`;
  return at.by === 0 ? 't' : `t${at.by < 0 ? '' : '+'}${at.by}`;
}

/** A code, an instruction a row; `nameOf` gives the id of a line by its number. */
export function printCode(code: Code, nameOf: (line: number) => string): string[] {
  return printBlock(code, nameOf);
}

function printBlock({ instructions, result }: Block, nameOf: (line: number) => string): string[] {
  return [...instructions.flatMap((one) => printInstruction(one, nameOf)), `give r${result}`];
}

function printInstruction(one: Instruction, nameOf: (line: number) => string): string[] {
  const row = (...words: readonly (string | number)[]) => [`r${one.to} = ${[one.op, ...words].join(' ')}`];
  const inner = (name: string, block: Block) => [
    indented(name),
    ...printBlock(block, nameOf).map((text) => indented(indented(text))),
  ];
  switch (one.op) {
    case 'value':
      return row(isNumber(one.value) ? one.value : 'missing');
    case 'load':
      return row(`${nameOf(one.line)}[${printAt(one.at)}]`);
    case 'span':
      return row(`${nameOf(one.line)}[${printAt(one.first)}:${printAt(one.last)}]`);
    case 'list':
      return row(...one.items.map((item) => `r${item}`));
    case 'period':
      return row(printAt(one.at));
    case 'negate':
    case 'not':
    case 'isBlank':
      return row(`r${one.of}`);
    case 'scale':
      return row(`r${one.of}`, one.by);
    case 'binary':
      return row(`r${one.left}`, one.operator, `r${one.right}`);
    case 'call':
      return row(one.spec.name, ...one.args.map((arg) => (arg === undefined ? '–' : `r${arg}`)));
    case 'branch':
      return [...row(`r${one.test}`), ...inner('then', one.then), ...inner('otherwise', one.otherwise)];
    case 'rescue':
      return [...row(), ...inner('attempt', one.attempt), ...inner('instead', one.instead)];
    case 'fail':
      return row(one.code, one.reason);
  }
}

/** A row, a step deeper. */
export function indented(text: string): string {
  return `  ${text}`;
}
