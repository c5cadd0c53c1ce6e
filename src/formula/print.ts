/** From expression back to text, with the brackets that leave no two readings. */
import { assertNever, type BinaryOperator, type Expression, type PeriodReference } from './expression.ts';
import type { Names } from './names.ts';

const STRENGTH: Readonly<Record<BinaryOperator, number>> = {
  or: 2,
  and: 3,
  '==': 4,
  '!=': 4,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '^': 8,
};

/** How to print. */
export interface PrintOptions {
  readonly names: Names;
  readonly language: 'zh' | 'en' | 'id';
  /** typed: as one types a formula, and the default · written: × ÷ − ≤, as a page of a book has them. */
  readonly signs?: 'typed' | 'written';
}

/** Signs that a book has and a keyboard has not. */
const WRITTEN: Readonly<Partial<Record<BinaryOperator, string>>> = {
  '*': '×',
  '/': '÷',
  '-': '−',
  '<=': '≤',
  '>=': '≥',
  '==': '=',
  '!=': '≠',
};

/** An operator as a page of a book has it. */
export function writtenSign(operator: BinaryOperator): string {
  return WRITTEN[operator] ?? operator;
}

/** How strongly an expression holds together, the weakest least: what is weaker than the sign beside it needs brackets. */
export function strengthOf(expression: Expression): number {
  switch (expression.kind) {
    case 'conditional':
      return 1;
    case 'binary':
      return STRENGTH[expression.operator];
    case 'unary':
      return 7;
    case 'factor':
      return 6;
    default:
      return 9;
  }
}

/** Writes a period as it stands in brackets. */
export function printPeriod(at: PeriodReference): string {
  if (at.kind === 'fixed') return String(at.period);
  if (at.kind !== 'lag') return at.kind;
  return at.by === 0 ? 't' : `t${at.by < 0 ? '-' : '+'}${Math.abs(at.by)}`;
}

/** Writes an expression in the language of mathematics; with typed signs it parses back to the same expression. */
export function printExpression(expression: Expression, options: PrintOptions): string {
  const print = (part: Expression): string => printExpression(part, options);
  const isWritten = options.signs === 'written';
  const sign = (operator: BinaryOperator): string => (isWritten ? writtenSign(operator) : operator);
  const within = (part: Expression, least: number): string =>
    strengthOf(part) < least ? `(${print(part)})` : print(part);
  switch (expression.kind) {
    case 'number':
      return expression.text;
    case 'reference': {
      const name = options.names.nameOf(expression.line, options.language);
      const isNow = expression.at.kind === 'lag' && expression.at.by === 0;
      return isNow ? name : `${name}[${printPeriod(expression.at)}]`;
    }
    case 'range': {
      const name = options.names.nameOf(expression.line, options.language);
      return `${name}[${printPeriod(expression.from)}:${printPeriod(expression.to)}]`;
    }
    case 'list':
      return `{${expression.items.map(print).join(', ')}}`;
    case 'period':
      return printPeriod(expression.at);
    case 'unary':
      return expression.operator === 'not'
        ? `not ${within(expression.operand, 9)}`
        : `${sign('-')}${within(expression.operand, 9)}`;
    case 'binary': {
      const { operator, right } = expression;
      const strength = STRENGTH[operator];
      // a power of a power and a power of a sign are read differently by Excel and by mathematics: always bracketed
      if (operator === '^') return `${within(expression.left, 9)}^${within(right, 9)}`;
      const isComparison = strength === 4;
      // two signs in a row are read as one
      const second = isWritten && right.kind === 'unary' ? `(${print(right)})` : within(right, strength + 1);
      return `${within(expression.left, isComparison ? 5 : strength)} ${sign(operator)} ${second}`;
    }
    case 'conditional':
      return `${within(expression.test, 2)} ? ${within(expression.then, 2)} : ${within(expression.otherwise, 1)}`;
    case 'call':
      return `${expression.name}(${expression.args.map((arg) => (arg ? print(arg) : '')).join(', ')})`;
    case 'factor':
      return `${within(expression.operand, 6)} ${sign('*')} ${expression.by}`;
    default:
      return assertNever(expression);
  }
}
