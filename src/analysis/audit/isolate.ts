/** Solving an equation for one of its cells, as one does on paper. */
import type { Expression } from '#formula';
import { partsOf } from '#formula';
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
      const { operator, left, right } = side;
      if (count(left, cell) === 1) {
        switch (operator) {
          case '+':
            return takeAcross(cell, left, binary('-', other, right));
          case '-':
            return takeAcross(cell, left, binary('+', other, right));
          case '*':
            return takeAcross(cell, left, binary('/', other, right));
          case '/':
            return takeAcross(cell, left, binary('*', other, right));
          case '^':
            return takeAcross(cell, left, binary('^', other, reciprocal(right)));
          default:
            return undefined;
        }
      }
      switch (operator) {
        case '+':
          return takeAcross(cell, right, binary('-', other, left));
        case '-':
          return takeAcross(cell, right, binary('-', left, other));
        case '*':
          return takeAcross(cell, right, binary('/', other, left));
        case '/':
          return takeAcross(cell, right, binary('/', left, other));
        default:
          return undefined;
      }
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
