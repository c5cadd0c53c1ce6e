/** Solving an equation for one of its cells, as one does on paper. */
import { partsOf, type ArithmeticOperator, type Expression } from '#formula';
import type { Cell } from '../cell.ts';
import { binary, number, reference } from './movement.ts';

/**
 * What a cell is when `left` is what `expression` gives, written in the other cells; undefined where the cell does not stand
 * exactly once, or stands where nothing can be taken to the other side.
 */
export function isolate(cell: Cell, left: Cell, expression: Expression): Expression | undefined {
  if (isCell(reference(left), cell)) return count(expression, cell) === 0 ? expression : undefined;
  return count(expression, cell) === 1 ? takeAcross(cell, expression, reference(left)) : undefined;
}

type Move = (other: Expression, beside: Expression) => Expression;

/** What the other side becomes when what stands beside the left or the right part is taken across. */
interface Across {
  readonly left: Move;
  /** Absent where nothing can be taken across: an exponent that is sought. */
  readonly right?: Move;
}

const ACROSS: Readonly<Record<ArithmeticOperator, Across>> = {
  '+': {
    left: (other, right) => binary('-', other, right),
    right: (other, left) => binary('-', other, left),
  },
  '-': {
    left: (other, right) => binary('+', other, right),
    right: (other, left) => binary('-', left, other),
  },
  '*': {
    left: (other, right) => binary('/', other, right),
    right: (other, left) => binary('/', other, left),
  },
  '/': {
    left: (other, right) => binary('*', other, right),
    right: (other, left) => binary('/', left, other),
  },
  '^': { left: (other, right) => binary('^', other, reciprocal(right)) },
};

function takeAcross(cell: Cell, side: Expression, other: Expression): Expression | undefined {
  switch (side.kind) {
    case 'reference':
      return other;
    case 'factor':
      return takeAcross(cell, side.operand, binary('/', other, number(side.by)));
    case 'unary':
      return side.operator === '-'
        ? takeAcross(cell, side.operand, { kind: 'unary', operator: '-', operand: other })
        : undefined;
    case 'binary': {
      const across = ACROSS[side.operator as ArithmeticOperator] as Across | undefined;
      const isLeft = count(side.left, cell) === 1;
      const [within, beside] = isLeft ? [side.left, side.right] : [side.right, side.left];
      const moved = isLeft ? across?.left(other, beside) : across?.right?.(other, beside);
      return moved && takeAcross(cell, within, moved);
    }
    default:
      return undefined;
  }
}

/** The exponent that undoes one: 5 of 1 ÷ 5. */
function reciprocal(exponent: Expression): Expression {
  const isFraction =
    exponent.kind === 'binary' &&
    exponent.operator === '/' &&
    exponent.left.kind === 'number' &&
    exponent.left.value === 1;
  return isFraction ? exponent.right : binary('/', number(1), exponent);
}

function isCell(part: Expression, { line, period }: Cell): boolean {
  return (
    part.kind === 'reference' && part.line === line && part.at.kind === 'fixed' && part.at.period === period
  );
}

function count(expression: Expression, cell: Cell): number {
  if (isCell(expression, cell)) return 1;
  return partsOf(expression).reduce((sum, part) => sum + count(part, cell), 0);
}
